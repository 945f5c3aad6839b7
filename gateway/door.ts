import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { ApolloServer, type ApolloServerOptions } from "@apollo/server";
import { Hono } from "hono";
import { cors } from "hono/cors";
import { secureHeaders } from "hono/secure-headers";
import { apolloDefaults, quietPlugins } from "../core/apolloDefaults.ts";
import { bearerOf } from "../core/secret.ts";
import type { Answered, Ask } from "./askApi.ts";
import { calendars } from "./calendars/calendars.ts";
import { changesNeedAKey, scopesOf, wrongKey } from "./changesNeedAKey.ts";
import { graphqlOverHttp } from "../core/graphqlOverHttp.ts";
import type { Log } from "../core/log.ts";
import { type OperationUnderWay, startOperation } from "../core/operation.ts";
import { internal } from "../core/publicError.ts";
import type { RequestContext } from "./federation.ts";
import { homePage } from "./homePage.ts";
import { ide } from "./ide.ts";
import { limits } from "./limits/limits.ts";
import { maximumBody } from "./limits/maximumBody.ts";
import { maximumItems } from "./limits/maximumItems.ts";
import { maximumTokens } from "./limits/maximumTokens.ts";
import { maskErrors } from "./maskErrors.ts";
import { operationIsThere } from "./operationIsThere.ts";
import { styleSource } from "./ways/style.ts";
import { ways } from "./ways/ways.ts";

/** Where `npm run build:ide` leaves the IDE. */
const ideDirectory = join(import.meta.dirname, "../ide/dist");

export interface Door {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  /** Finishes what is under way, and answers nothing after. */
  readonly stop: () => Promise<void>;
}

/** Where answers come from, in Apollo Server's own terms: a `gateway` that executes, or a `schema` with resolvers. */
export type Behind<Context extends RequestContext> =
  | { readonly gateway: NonNullable<ApolloServerOptions<Context>["gateway"]> }
  | { readonly schema: NonNullable<ApolloServerOptions<Context>["schema"]> };

/**
 * The public door, whatever is behind it: GraphQL at `/graphql` within the limits, its schema at `/schema.graphql`, `/livez` and `/readyz`
 * for whoever watches over it. Throws when what is behind cannot be loaded.
 */
export async function openDoor<Context extends RequestContext>({
  behind,
  contextOf,
  apiSdl,
  isReady,
  log,
  operationTimeoutMs,
  recordingKey = null,
  clock,
}: {
  readonly behind: Behind<Context>;
  /** What resolvers, or the executor, are given with an operation. */
  readonly contextOf: (operation: OperationUnderWay) => Context;
  readonly apiSdl: string;
  readonly isReady: () => Promise<boolean>;
  readonly log: Log;
  /** How long an operation may take, in milliseconds. */
  readonly operationTimeoutMs: number;
  /** The secret of whoever may record what came of referrals. Left out or null: nobody may. */
  readonly recordingKey?: string | null;
  /** What time it is. */
  readonly clock: () => Date;
}): Promise<Door> {
  const server = new ApolloServer<Context>({
    ...apolloDefaults,
    ...behind,
    parseOptions: { maxLexicalTokens: maximumTokens },
    validationRules: [...limits],
    formatError: maskErrors(log),
    plugins: [...quietPlugins(), operationIsThere, changesNeedAKey(recordingKey !== null), maximumItems],
    logger: log,
  });
  await server.start();

  const app = new Hono<{ Variables: { requestId: string } }>();
  app.use(async (request, next) => {
    // Ours, and not one that came with the request: an id that callers could choose would be no use in a log.
    const requestId = randomUUID();
    request.set("requestId", requestId);
    await next();
    request.header("x-request-id", requestId);
  });
  const { page: idePage, headers: ideHeaders } = await ide(ideDirectory);
  const headers = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
      formAction: ["'self'"],
      styleSrc: [styleSource],
    },
    referrerPolicy: "no-referrer",
    // The API is there to be read from other sites.
    crossOriginResourcePolicy: "cross-origin",
  });
  // The one or the other: of two the outer would win, and the IDE could run nothing.
  app.use((request, next) => (/^\/ide(\/|$)/.test(request.req.path) ? ideHeaders : headers)(request, next));
  const readableFromAnywhere = cors({
    origin: "*",
    allowMethods: ["GET", "POST"],
    allowHeaders: ["content-type", "apollo-require-preflight", "x-apollo-operation-name"],
    exposeHeaders: ["x-request-id"],
    maxAge: 86_400,
  });
  app.get("/", (request) => request.html(homePage));
  // Hono takes "/ide/*" for "/ide" as well.
  app.get("/ide/*", idePage);
  app.get("/livez", (request) => request.text("alive\n"));
  app.get("/readyz", async (request) =>
    (await isReady()) ? request.text("ready\n") : request.text("not ready\n", 503),
  );
  app.get("/schema.graphql", readableFromAnywhere, (request) =>
    request.body(apiSdl, 200, { "content-type": "application/graphql; charset=utf-8" }),
  );
  // As any client asks, within the same limits.
  const ask: Ask = async (query, variables) => {
    const response = await app.request("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answered;
  };
  app.get("/calendar/*", readableFromAnywhere, calendars({ ask, clock }));
  const { pathways, routes, routesByForm } = ways({ ask });
  // Hono takes "/pathways/*" for "/pathways" as well.
  app.get("/pathways/*", readableFromAnywhere, pathways);
  for (const path of ["/referral-routes", "/referral-routes.fhir.json"]) {
    app.use(path, readableFromAnywhere);
    app.get(path, routes);
    app.post(path, routesByForm);
  }
  app.use("/graphql", readableFromAnywhere, maximumBody());
  app.all("/graphql", async (request) => {
    const allowed = scopesOf(bearerOf(request.req.header("authorization")), recordingKey);
    if (allowed === null) {
      return request.json({ errors: [wrongKey] }, 401, { "www-authenticate": "Bearer" });
    }
    const operation = startOperation(request.get("requestId"), {
      timeoutMs: operationTimeoutMs,
      caller: request.req.raw.signal,
      scopes: allowed,
    });
    try {
      return await graphqlOverHttp(request, server, contextOf(operation));
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

  return { fetch: (request) => app.fetch(request), stop: () => server.stop() };
}
