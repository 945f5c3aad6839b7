import { type Config, subgraphNames } from "../core/config.ts";
import { listen } from "../core/listen.ts";
import type { Log } from "../core/log.ts";
import { signingKeyOf } from "../core/signingKeyOf.ts";
import { createTokens } from "../core/tokens.ts";
import { connectGraph, type GraphServer } from "../graph/graph.ts";
import { readSchemas } from "../schema/readSchemas.ts";
import { prepare } from "../seed/prepare.ts";
import { executorOf } from "../subgraphs/execute.ts";
import { createSubgraphs } from "../subgraphs/subgraphs.ts";
import { createGateway } from "./gateway.ts";
import { remoteSubgraph } from "./remoteSubgraph.ts";

/** Ends something that was begun. */
export type Stop = () => Promise<void> | void;

/**
 * Serves the whole directory: the gateway, and over the graph on `server` the subgraphs that have no URL of their own; null when all of
 * them have one. `stopping` gets what ends it, in the order it was begun, also of what a failure leaves half begun. Returns where it
 * listens, once whoever asks is answered at once. Throws as `signingKeyOf`, `prepare`, `createGateway` and `listen` do.
 */
export async function serveDirectory(
  config: Config,
  { server, log, stopping }: { readonly server: GraphServer | null; readonly log: Log; readonly stopping: Stop[] },
): Promise<string> {
  const graph = server === null ? null : connectGraph(server, { log });
  if (graph !== null) stopping.push(() => graph.close());
  const signingKey = await signingKeyOf(config);
  if (signingKey === null) {
    log.info("SIGNING_KEY is not set: nobody can sign in with an invitation, nor join a workshop with its code");
  }
  const subgraphs =
    graph === null
      ? null
      : createSubgraphs(graph, {
          log,
          sentenceModel: config.sentenceModel,
          tokens: signingKey === null ? null : createTokens(signingKey),
        });
  if (subgraphs !== null) stopping.push(subgraphs.stop);

  async function openGateway() {
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
      recordingKey: config.recordingKey,
      signingKey,
      identityProvider: config.identityProvider,
      website: config.website,
      proxies: config.proxies,
    });
    stopping.push(() => gateway.stop());
    return gateway;
  }

  async function readyGraph() {
    if (graph === null) return;
    await prepare(graph, new Date());
    await subgraphs?.warmUp();
  }

  // The one is this process's work, the other Neo4j's.
  const [gateway] = await Promise.all([openGateway(), readyGraph()]);
  const listening = await listen(gateway.fetch, config.http);
  stopping.push(() => listening.close());
  void subgraphs?.settle();
  if (config.subgraphUrls.activities === undefined) subgraphs?.layOut();
  return listening.url;
}
