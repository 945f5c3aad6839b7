import { randomUUID } from "node:crypto";
import { ApolloServer, type BaseContext } from "@apollo/server";
import { GraphQLError } from "graphql";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { secureHeaders } from "hono/secure-headers";
import { apolloDefaults, quietPlugins } from "../core/apolloDefaults.ts";
import { callerIn } from "../core/callerHeader.ts";
import type { ErrorCode } from "../core/errors.ts";
import { graphqlOverHttp } from "../core/graphqlOverHttp.ts";
import type { Log } from "../core/log.ts";
import { type OperationUnderWay, startOperation } from "../core/operation.ts";
import { internal } from "../core/publicError.ts";
import { bearerOf, isSecret } from "../core/secret.ts";
import type { Graph } from "../graph/graph.ts";
import { isReachable } from "./isReachable.ts";
import { executorOf } from "./execute.ts";
import type { Subgraph } from "./subgraph.ts";

interface Asked extends BaseContext {
  readonly operation: OperationUnderWay;
}

export interface SubgraphServer {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  /** Finishes what is under way, and answers nothing after. */
  readonly stop: () => Promise<void>;
}

/** A hundred entities, each known by its id, are some 10 KB: this is far above what a gateway of ours sends. */
const maximumBodyBytes = 4 * 1024 * 1024;

const readinessTimeoutMs = 1000;

/**
 * A subgraph as an HTTP service, for a gateway that runs elsewhere: `/graphql` for whoever has the gateway's credential and nobody
 * else, `/livez` and `/readyz` for whoever watches over it. Call it, then hand its `fetch` to a server.
 */
export async function createSubgraphServer(
  subgraph: Subgraph,
  {
    graph,
    log,
    credential,
    operationTimeoutMs,
    compileAfter,
  }: {
    readonly graph: Graph;
    readonly log: Log;
    readonly credential: string;
    /** The longest an operation may take, in milliseconds, whatever the gateway would allow it. */
    readonly operationTimeoutMs: number;
    readonly compileAfter?: number;
  },
): Promise<SubgraphServer> {
  const execute = executorOf(subgraph, { graph, log, ...(compileAfter === undefined ? {} : { compileAfter }) });
  const server = new ApolloServer<Asked>({
    // Apollo Server asks a gateway, where there is one, instead of executing by itself: so this executes as the gateway does in memory.
    gateway: {
      load: () =>
        Promise.resolve({
          executor: async ({ document, request, context }) => {
            const { data, errors } = await execute(
              { document, variables: request.variables },
              (context as Asked).operation,
            );
            return errors === undefined
              ? { data }
              : { data, errors: errors.map(({ message, ...rest }) => new GraphQLError(message, rest)) };
          },
        }),
      onSchemaLoadOrUpdate: (loaded) => {
        loaded({ apiSchema: subgraph.schema, coreSupergraphSdl: "" });
        return () => undefined;
      },
      stop: () => Promise.resolve(),
    },
    ...apolloDefaults,
    plugins: quietPlugins(),
    logger: log,
  });
  await server.start();

  const app = new Hono();
  app.use(secureHeaders());
  app.get("/livez", (request) => request.text("alive\n"));
  app.get("/readyz", async (request) =>
    (await isReachable(graph, readinessTimeoutMs)) ? request.text("ready\n") : request.text("not ready\n", 503),
  );
  app.use("/graphql", async (request, next) => {
    if (isSecret(bearerOf(request.req.header("authorization")) ?? "", credential)) return next();
    return request.json(
      errorBody("NOT_ALLOWED", "This is a part of the directory that only its own gateway may ask."),
      401,
      { "www-authenticate": "Bearer" },
    );
  });
  app.all(
    "/graphql",
    bodyLimit({
      maxSize: maximumBodyBytes,
      onError: (request) => request.json(errorBody("QUERY_TOO_COSTLY", "This request is too large."), 413),
    }),
    async (request) => {
      const operation = startOperation(requestIdOf(request.req.header("x-request-id")), {
        timeoutMs: timeoutOf(request.req.header("x-timeout-ms"), operationTimeoutMs),
        callerGone: request.req.raw.signal,
        // Believed, because whoever says it has the gateway's credential.
        caller: callerIn(request.req.header("x-caller")),
      });
      try {
        return await graphqlOverHttp(request, server, { operation });
      } finally {
        operation.end();
      }
    },
  );
  app.notFound((request) => request.text("Nothing is here.\n", 404));
  app.onError((error, request) => {
    const requestId = requestIdOf(request.req.header("x-request-id"));
    log.error({ requestId, where: `subgraph ${subgraph.name}`, err: error }, "a fault of ours");
    return request.json({ errors: [internal(requestId)] }, 500);
  });
  return { fetch: (request) => app.fetch(request), stop: () => server.stop() };
}

function errorBody(code: ErrorCode, message: string) {
  return { errors: [{ message, extensions: { code } }] };
}

function requestIdOf(header: string | undefined): string {
  return header !== undefined && /^[\w-]{1,64}$/.test(header) ? header : randomUUID();
}

function timeoutOf(header: string | undefined, limit: number): number {
  const asked = Number(header ?? limit);
  return Number.isFinite(asked) && asked > 0 ? Math.min(asked, limit) : limit;
}
