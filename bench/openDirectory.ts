import { subgraphNames } from "../core/config.ts";
import { createLog } from "../core/log.ts";
import { askInProcess } from "../gateway/askInProcess.ts";
import { createGateway, type Gateway } from "../gateway/gateway.ts";
import { connectGraph, type Graph, type GraphServer } from "../graph/graph.ts";
import { readSchemas } from "../schema/readSchemas.ts";
import { executorOf } from "../subgraphs/execute.ts";
import { createSubgraphs } from "../subgraphs/subgraphs.ts";
import type { Question } from "./questions.ts";

export interface OpenDirectory {
  readonly gateway: Gateway;
  /** The text of an answer, over the gateway's own HTTP handler and no network. Throws when the answer has errors. */
  readonly ask: (question: Question) => Promise<string>;
  readonly close: () => Promise<void>;
}

const operationTimeoutMs = 60_000;

/**
 * The whole directory in this process, put together as `npm start` does, without the sentence model: what the bench asks it understands
 * without. `throughGraph` may stand between the subgraphs and the graph, to see what is sent. Close it after. Throws as `Graph.run` does.
 */
export async function openDirectory(
  server: GraphServer,
  throughGraph: (graph: Graph) => Graph = (graph) => graph,
): Promise<OpenDirectory> {
  const log = createLog("error", "bench");
  const connected = connectGraph(server, { log });
  const graph = throughGraph(connected);
  const subgraphs = createSubgraphs(graph, { log });
  await subgraphs.warmUp();
  const gateway = await createGateway({
    ...(await readSchemas()),
    connections: subgraphNames.map((name) => ({ name, execute: executorOf(subgraphs.byName[name], { graph, log }) })),
    graph,
    log,
    operationTimeoutMs,
  });
  return {
    gateway,
    ask: async ({ query, variables }) => {
      const answer = await askInProcess(gateway, query, variables);
      if (answer.startsWith('{"errors"') || answer.includes('"errors":[')) throw new Error(answer.slice(0, 1000));
      return answer;
    },
    close: async () => {
      await gateway.stop();
      await subgraphs.stop();
      await connected.close();
    },
  };
}
