import { subgraphNames } from "../../../core/config.ts";
import type { Log } from "../../../core/log.ts";
import type { SubgraphConnection } from "../../../gateway/subgraphConnection.ts";
import { connectGraph, type ConnectedGraph, type GraphServer } from "../../../graph/graph.ts";
import { executorOf } from "../../../subgraphs/execute.ts";
import { createSubgraphs } from "../../../subgraphs/subgraphs.ts";

export interface LocalSubgraphs {
  readonly connections: readonly SubgraphConnection[];
  readonly graph: ConnectedGraph;
  readonly stop: () => Promise<void>;
}

/** Our subgraphs in this process, each as whoever asks it knows it. */
export async function localSubgraphs(server: GraphServer, log: Log): Promise<LocalSubgraphs> {
  const graph = connectGraph(server, { log });
  const subgraphs = createSubgraphs(graph, { log });
  await subgraphs.warmUp();
  return {
    connections: subgraphNames.map((name) => ({
      name,
      execute: executorOf(subgraphs.byName[name], { graph, log }),
    })),
    graph,
    stop: async () => {
      await subgraphs.stop();
      await graph.close();
    },
  };
}
