import { randomUUID } from "node:crypto";
import { ApolloServer } from "@apollo/server";
import { buildSchema } from "graphql";
import { Hono } from "hono";
import { cors } from "hono/cors";
import { secureHeaders } from "hono/secure-headers";
import { apolloDefaults, quietPlugins } from "../core/apolloDefaults.ts";
import { graphqlOverHttp } from "../core/graphqlOverHttp.ts";
import type { Log } from "../core/log.ts";
import { startOperation } from "../core/operation.ts";
import { internal } from "../core/publicError.ts";
import type { Graph } from "../graph/graph.ts";
import { isReachable } from "../subgraphs/isReachable.ts";
import { checkingScalars } from "./checkingScalars.ts";
import { federation, type RequestContext } from "./federation.ts";
import { homePage } from "./homePage.ts";
import { limits } from "./limits/limits.ts";
import { maximumBody } from "./limits/maximumBody.ts";
import { maximumItems } from "./limits/maximumItems.ts";
import { maximumTokens } from "./limits/maximumTokens.ts";
import { maskErrors } from "./maskErrors.ts";
import { operationIsThere } from "./operationIsThere.ts";
import type { SubgraphConnection } from "./subgraphConnection.ts";

export interface Gateway {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  /** Finishes what is under way, closes the connections to subgraphs elsewhere, and answers nothing after. */
  readonly stop: () => Promise<void>;
}

const readinessTimeoutMs = 1000;

/**
 * The public door: GraphQL at `/graphql` for anyone, its schema at `/schema.graphql`, `/livez` and `/readyz` for whoever watches over it.
 * Hand its `fetch` to a server. Throws when the supergraph and the connections do not belong together.
 */
export async function createGateway({
  supergraphSdl,
  apiSdl,
  connections,
  graph,
  log,
  operationTimeoutMs,
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
}): Promise<Gateway> {
  const apiSchema = checkingScalars(buildSchema(apiSdl));
  const server = new ApolloServer<RequestContext>({
    ...apolloDefaults,
    gateway: federation({ supergraphSdl, apiSchema, connections, log }),
    parseOptions: { maxLexicalTokens: maximumTokens },
    validationRules: [...limits],
    formatError: maskErrors(log),
    plugins: [...quietPlugins(), operationIsThere, maximumItems],
    logger: log,
  });
  await server.start();

  async function isReady(): Promise<boolean> {
    const ready = await Promise.all([
      graph === null ? Promise.resolve(true) : isReachable(graph, readinessTimeoutMs),
      ...connections.map(({ isReady: isThere }) => isThere?.(readinessTimeoutMs) ?? Promise.resolve(true)),
    ]);
    return ready.every(Boolean);
  }

  const app = new Hono<{ Variables: { requestId: string } }>();
  app.use(async (request, next) => {
    // Ours, and not one that came with the request: an id that callers could choose would be no use in a log.
    const requestId = randomUUID();
    request.set("requestId", requestId);
    await next();
    request.header("x-request-id", requestId);
  });
  app.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'none'"], baseUri: ["'none'"], frameAncestors: ["'none'"] },
      // The API is there to be read from other sites.
      crossOriginResourcePolicy: "cross-origin",
    }),
  );
  const readableFromAnywhere = cors({
    origin: "*",
    allowMethods: ["GET", "POST"],
    allowHeaders: ["content-type", "apollo-require-preflight", "x-apollo-operation-name"],
    exposeHeaders: ["x-request-id"],
    maxAge: 86_400,
  });
  app.get("/", (request) => request.html(homePage));
  app.get("/livez", (request) => request.text("alive\n"));
  app.get("/readyz", async (request) =>
    (await isReady()) ? request.text("ready\n") : request.text("not ready\n", 503),
  );
  app.get("/schema.graphql", readableFromAnywhere, (request) =>
    request.body(apiSdl, 200, { "content-type": "application/graphql; charset=utf-8" }),
  );
  app.use("/graphql", readableFromAnywhere, maximumBody());
  app.all("/graphql", async (request) => {
    const operation = startOperation(request.get("requestId"), {
      timeoutMs: operationTimeoutMs,
      caller: request.req.raw.signal,
    });
    try {
      return await graphqlOverHttp(request, server, { operation });
    } finally {
      operation.end();
    }
  });
  app.notFound((request) =>
    request.text("Nothing is here. The API is at /graphql, and its schema at /schema.graphql.\n", 404),
  );
  app.onError((error, request) => {
    const requestId = request.get("requestId");
    log.error({ requestId, where: "gateway", err: error }, "a fault of ours");
    return request.json({ errors: [internal(requestId)] }, 500);
  });

  return {
    fetch: (request) => app.fetch(request),
    stop: async () => {
      await server.stop();
      await Promise.all(connections.map(({ close }) => close?.() ?? Promise.resolve()));
    },
  };
}
