import { hkdfSync } from "node:crypto";
import { buildSchema } from "graphql";
import { defaultMostListeners, type IdentityProviderSettings, type SubgraphName } from "../core/config.ts";
import type { Connection } from "../core/listen.ts";
import type { Log } from "../core/log.ts";
import { createTokens } from "../core/tokens.ts";
import type { Graph } from "../graph/graph.ts";
import { isReachable } from "../subgraphs/isReachable.ts";
import { plainWebsite, type WebsiteSettings } from "../website/settings.ts";
import { checkingScalars } from "./checkingScalars.ts";
import { openDoor } from "./door.ts";
import { federation } from "./federation.ts";
import { watchOver } from "./live/watch.ts";
import { identityProvider } from "./signingIn/identityProvider.ts";
import type { SubgraphConnection } from "./subgraphConnection.ts";

export interface Gateway {
  /** Answers a request; by which connection it came is left out where it came by none. */
  readonly fetch: (request: Request, connection?: Connection) => Response | Promise<Response>;
  /** Asks once what pages ask, which is planned then. */
  readonly warmUp: () => Promise<void>;
  /** Ends all streams, and opens none after: to be called before whatever waits for the last answer. */
  readonly endStreams: () => void;
  /** Finishes what is under way, closes the connections to subgraphs elsewhere, and answers nothing after. */
  readonly stop: () => Promise<void>;
}

const readinessTimeoutMs = 1000;

/**
 * The subgraphs as one API, behind the public door. Hand its `fetch` to a server. Throws when the supergraph and the connections do not belong together.
 */
export async function createGateway({
  supergraphSdl,
  apiSdl,
  connections,
  graph,
  log,
  operationTimeoutMs,
  recordingKey = null,
  signingKey = null,
  identityProvider: provider = null,
  website = plainWebsite,
  mostListeners = defaultMostListeners,
  clock = () => new Date(),
}: {
  /** What `composeSupergraph` made, as committed in schema/. */
  readonly supergraphSdl: string;
  readonly apiSdl: string;
  /** Every subgraph of the supergraph, in this process or elsewhere. */
  readonly connections: readonly SubgraphConnection[];
  /** The graph that subgraphs in this process read; null when all of them are elsewhere. */
  readonly graph: Graph | null;
  readonly log: Log;
  /** How long an operation may take, in milliseconds. */
  readonly operationTimeoutMs: number;
  /** The secret of whoever may record what came of referrals. Left out or null: nobody may. */
  readonly recordingKey?: string | null;
  /** The key that tokens of our own are signed with. Left out or null: none is taken. */
  readonly signingKey?: string | null;
  /** The OpenID provider whose tokens are taken; it needs a `signingKey`. Left out or null: none is. */
  readonly identityProvider?: IdentityProviderSettings | null;
  /** What a council makes of the website. Left out: nothing. */
  readonly website?: WebsiteSettings;
  /** How many may listen to what happens in workshops at once. */
  readonly mostListeners?: number;
  /** What time it is. Left out: the machine's clock. */
  readonly clock?: () => Date;
}): Promise<Gateway> {
  if (provider !== null && signingKey === null) throw new Error("An identity provider needs a signing key beside it.");
  const workshops = connections.find(({ name }) => name === ("workshops" satisfies SubgraphName));
  const apiSchema = checkingScalars(buildSchema(apiSdl));

  async function isReady(): Promise<boolean> {
    const ready = await Promise.all([
      graph === null ? Promise.resolve(true) : isReachable(graph, readinessTimeoutMs),
      ...connections.map(({ isReady: isThere }) => isThere?.(readinessTimeoutMs) ?? Promise.resolve(true)),
    ]);
    return ready.every(Boolean);
  }

  const door = await openDoor({
    behind: { gateway: federation({ supergraphSdl, apiSchema, connections, log }) },
    contextOf: (operation) => ({ operation }),
    apiSdl,
    supergraphSdl,
    isReady,
    log,
    operationTimeoutMs,
    waysIn: {
      recordingKey,
      tokens: signingKey === null ? null : createTokens(signingKey),
      identityProvider:
        provider === null || signingKey === null ? null : identityProvider(provider, { actorKey: signingKey, log }),
    },
    website,
    formKey: signingKey === null ? null : Buffer.from(hkdfSync("sha256", signingKey, "", "forms of the website", 32)),
    watch: workshops === undefined ? null : watchOver(workshops.execute, log),
    mostListeners,
    clock,
  });
  return {
    fetch: door.fetch,
    warmUp: door.warmUp,
    endStreams: door.endStreams,
    stop: async () => {
      await door.stop();
      await Promise.all(connections.map(({ close }) => close?.() ?? Promise.resolve()));
    },
  };
}
