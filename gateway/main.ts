// `npm start`: the whole directory in one process, on a Neo4j of its own or on the one that NEO4J_URI names.
import closeWithGrace from "close-with-grace";
import { type Config, readConfig, subgraphNames } from "../core/config.ts";
import { createLog } from "../core/log.ts";
import type { GraphServer } from "../graph/graph.ts";
import { startLocalNeo4j } from "../graph/local/startLocalNeo4j.ts";
import type { Stop } from "./serveDirectory.ts";

const say = (line: string) => process.stderr.write(`${line}\n`);

/** The Neo4j that subgraphs in this process read; null when there are none. */
async function graphServer(config: Config, stopping: Stop[]): Promise<GraphServer | null> {
  if (subgraphNames.every((name) => config.subgraphUrls[name] !== undefined)) return null;
  if (config.server !== null) return config.server;
  const local = await startLocalNeo4j({ ...config.local, report: say });
  stopping.push(() => local.stop());
  return local;
}

async function start(stopping: Stop[]): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel, "gateway");
  // The planner's runtime reads the same setting for a log of its own, and refuses to be loaded with a level that it does not know.
  if (config.logLevel === "fatal" || config.logLevel === "silent") process.env["LOG_LEVEL"] = "error";
  // Neo4j takes longest to start: the rest of the program is read in the meantime.
  const [server, { serveDirectory }] = await Promise.all([
    graphServer(config, stopping),
    import("./serveDirectory.ts"),
  ]);
  say(`Common Ground answers at ${await serveDirectory(config, { server, log, stopping })}/graphql`);
}

const stopping: Stop[] = [];
closeWithGrace({ delay: 40_000, logger: false }, async ({ err }) => {
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
