// The directory in this process, with its subgraphs federated or as one schema: see parts/federation.ts.
import { createLog } from "../../core/log.ts";
import { askInProcess } from "../../gateway/askInProcess.ts";
import { createGateway } from "../../gateway/gateway.ts";
import { connectGraph, type Graph, type GraphServer } from "../../graph/graph.ts";
import { readSchemas } from "../../schema/readSchemas.ts";
import { executorOf } from "../../subgraphs/execute.ts";
import type { Subgraph } from "../../subgraphs/subgraph.ts";
import { createSubgraphs } from "../../subgraphs/subgraphs.ts";
import { noGraph } from "../../test/fixtures/town.ts";
import { serveContender } from "../contender.ts";
import { openOneSchema } from "../oneSchema/openOneSchema.ts";
import { villageSubgraphs } from "../oneSchema/village.ts";
import type { Question } from "../questions.ts";

export interface FederatedSettings {
  readonly how: "federated" | "one schema" | "one schema, compiled";
  /** Null: the village, in memory. */
  readonly server: GraphServer | null;
}

interface Data {
  readonly subgraphs: readonly Subgraph[];
  readonly graph: Graph;
  readonly close: () => Promise<void>;
}

const log = createLog("error", "bench");
const operationTimeoutMs = 60_000;
const { how, server } = JSON.parse(process.argv[2] ?? "") as FederatedSettings;

async function openData(): Promise<Data> {
  if (server === null) return { subgraphs: villageSubgraphs(), graph: noGraph, close: () => Promise.resolve() };
  const graph = connectGraph(server, { log });
  const subgraphs = createSubgraphs(graph, { log });
  await subgraphs.warmUp();
  return {
    subgraphs: Object.values(subgraphs.byName),
    graph,
    close: async () => {
      await subgraphs.stop();
      await graph.close();
    },
  };
}

const { subgraphs, graph, close } = await openData();
const { supergraphSdl, apiSdl } = await readSchemas();
const isCompiled = how === "one schema, compiled";
const door =
  how === "federated"
    ? await createGateway({
        supergraphSdl,
        apiSdl,
        connections: subgraphs.map((subgraph) => ({
          name: subgraph.name,
          execute: executorOf(subgraph, { graph, log }),
        })),
        graph,
        log,
        operationTimeoutMs,
      })
    : await openOneSchema(subgraphs, { apiSdl, graph, log, operationTimeoutMs, isCompiled });

serveContender(
  (question) => {
    const { query, variables } = question as Question;
    return askInProcess(door, query, variables);
  },
  async () => {
    await door.stop();
    await close();
  },
);
