// `npm start`: the whole directory in one process, on a Neo4j of its own or on the one that NEO4J_URI names.
import closeWithGrace from "close-with-grace";
import { type Config, readConfig, subgraphNames } from "../core/config.ts";
import { listen } from "../core/listen.ts";
import { createLog, type Log } from "../core/log.ts";
import { type ConnectedGraph, connectGraph } from "../graph/graph.ts";
import { startLocalNeo4j } from "../graph/local/startLocalNeo4j.ts";
import { readSchemas } from "../schema/readSchemas.ts";
import { prepare } from "../seed/prepare.ts";
import { executorOf } from "../subgraphs/execute.ts";
import { createSubgraphs } from "../subgraphs/subgraphs.ts";
import { createGateway } from "./gateway.ts";
import { remoteSubgraph } from "./remoteSubgraph.ts";

type Stop = () => Promise<void> | void;

const say = (line: string) => process.stderr.write(`${line}\n`);

/** Connects to the graph that subgraphs in this process read. `stopping` gets what ends it, in the order it was begun. */
async function openGraph(config: Config, log: Log, stopping: Stop[]): Promise<ConnectedGraph> {
  let { server } = config;
  if (server === null) {
    const local = await startLocalNeo4j({ ...config.local, report: say });
    stopping.push(() => local.stop());
    server = local;
  }
  const graph = connectGraph(server, { log });
  stopping.push(() => graph.close());
  await prepare(graph);
  return graph;
}

async function start(stopping: Stop[]): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel, "gateway");
  const isAnyLocal = subgraphNames.some((name) => config.subgraphUrls[name] === undefined);
  const graph = isAnyLocal ? await openGraph(config, log, stopping) : null;
  const subgraphs = graph === null ? null : createSubgraphs(graph, { log, sentenceModel: config.sentenceModel });
  if (subgraphs !== null) {
    stopping.push(subgraphs.stop);
    await subgraphs.warmUp();
  }
  const gateway = await createGateway({
    ...(await readSchemas()),
    connections: subgraphNames.map((name) => {
      const url = config.subgraphUrls[name];
      if (url !== undefined) return remoteSubgraph({ name, url, credential: config.gatewayCredential ?? "", log });
      if (graph === null || subgraphs === null) throw new Error(`Nothing serves the subgraph ${name}.`);
      return { name, execute: executorOf(subgraphs.byName[name], { graph, log }) };
    }),
    graph,
    log,
    operationTimeoutMs: config.operationTimeoutMs,
  });
  stopping.push(() => gateway.stop());
  const listening = await listen(gateway.fetch, config.http);
  stopping.push(() => listening.close());
  say(`Common Ground answers at ${listening.url}/graphql`);
  void subgraphs?.settle();
}

const stopping: Stop[] = [];
closeWithGrace({ delay: 20_000, logger: false }, async ({ err }) => {
  if (err) say(err.message);
  for (const stop of stopping.reverse()) await stop();
});
try {
  await start(stopping);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  for (const stop of stopping.reverse()) await stop();
  process.exit(1);
}
