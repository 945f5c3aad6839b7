import closeWithGrace from "close-with-grace";
import { readConfig, subgraphNames } from "../core/config.ts";
import { listen } from "../core/listen.ts";
import { createLog } from "../core/log.ts";
import { createTokens } from "../core/tokens.ts";
import { connectGraph } from "../graph/graph.ts";
import { createSubgraphServer } from "./serve.ts";
import { createSubgraphs } from "./subgraphs.ts";

/** Serves the subgraph named on the command line until it is told to stop. Throws an Error of one sentence when it cannot. */
async function main(asked: string | undefined): Promise<void> {
  const name = subgraphNames.find((known) => known === asked);
  if (name === undefined) {
    throw new Error(`Say which subgraph to serve: node --import tsx subgraphs/main.ts <${subgraphNames.join("|")}>`);
  }
  const config = readConfig(process.env);
  if (config.server === null) {
    throw new Error("NEO4J_URI is not set: a subgraph on its own needs to be told where Neo4j is (see .env.example).");
  }
  if (config.gatewayCredential === null) {
    throw new Error(
      "GATEWAY_CREDENTIAL is not set: without it nobody could ask this subgraph. Set the same secret (32 characters or more) as for the gateway.",
    );
  }
  const log = createLog(config.logLevel, name);
  const graph = connectGraph(config.server, { log });
  const subgraphs = createSubgraphs(graph, {
    log,
    sentenceModel: config.sentenceModel,
    tokens: config.signingKey === null ? null : createTokens(config.signingKey),
  });
  // What Neo4j has planned for one process it has planned for all.
  if (name === "directory") await subgraphs.warmUp();
  const server = await createSubgraphServer(subgraphs.byName[name], {
    graph,
    log,
    credential: config.gatewayCredential,
    operationTimeoutMs: config.operationTimeoutMs,
  });
  const listening = await listen(server.fetch, config.http);
  log.info({ url: listening.url }, "serving");
  if (name === "directory") void subgraphs.settle();
  if (name === "activities") subgraphs.layOut();
  closeWithGrace({ delay: config.operationTimeoutMs + 1000, logger: false }, async ({ err }) => {
    if (err) log.fatal({ err }, "stopping after an error nobody expected");
    await listening.close();
    await server.stop();
    await subgraphs.stop();
    await graph.close();
  });
}

try {
  await main(process.argv[2]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
