import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { ApolloServer, type ApolloServerOptions } from "@apollo/server";
import { type Context as HttpRequest, Hono } from "hono";
import { cors } from "hono/cors";
import { secureHeaders } from "hono/secure-headers";
import { apolloDefaults, quietPlugins } from "../core/apolloDefaults.ts";
import { bearerOf } from "../core/secret.ts";
import type { Asked } from "../website/api.ts";
import { plainWebsite, type WebsiteSettings } from "../website/settings.ts";
import { createWebsite } from "../website/website.ts";
import type { Answered, Ask } from "./askApi.ts";
import { calendars } from "./calendars/calendars.ts";
import { type CameBy, clientOf } from "./clientOf.ts";
import { graphqlOverHttp } from "../core/graphqlOverHttp.ts";
import { CodedError } from "../core/errors.ts";
import type { Connection } from "../core/listen.ts";
import type { Log } from "../core/log.ts";
import { type OperationUnderWay, startOperation } from "../core/operation.ts";
import { internal, publicError, type PublicError } from "../core/publicError.ts";
import type { RequestContext } from "./federation.ts";
import { fhir } from "./fhir/fhir.ts";
import { ide } from "./ide.ts";
import { joinAttempts } from "./limits/joinAttempts.ts";
import { limits } from "./limits/limits.ts";
import { maximumBody } from "./limits/maximumBody.ts";
import { maximumItems } from "./limits/maximumItems.ts";
import { maximumTokens } from "./limits/maximumTokens.ts";
import { type Question, streams } from "./live/stream.ts";
import { subscriptions } from "./live/subscriptions.ts";
import type { Watch } from "./live/watch.ts";
import { maskErrors } from "./maskErrors.ts";
import { operationIsThere } from "./operationIsThere.ts";
import { callersBy, type Known, noWayIn, type WaysIn } from "./signingIn/callers.ts";
import { onlyWhoMay } from "./signingIn/onlyWhoMay.ts";
import { endSession, isFromOurPages, sessionOf } from "./signingIn/session.ts";
import { signIn } from "./signingIn/signIn.ts";
import { signInScriptSource } from "./signingIn/signInPage.ts";
import { visitorToken } from "./signingIn/visitorToken.ts";
import { styleSource } from "./pages/style.ts";
import { workshops } from "./workshops/workshops.ts";

/** Where `npm run build:ide` leaves the IDE. */
const ideDirectory = join(import.meta.dirname, "../ide/dist");

export interface Door {
  /** Answers a request; by which connection it came is left out where it came by none. */
  readonly fetch: (request: Request, connection?: Connection) => Response | Promise<Response>;
  /** Asks once what pages ask, which is planned then. */
  readonly warmUp: () => Promise<void>;
  /** Ends all streams, and opens none after: to be called before whatever waits for the last answer. */
  readonly endStreams: () => void;
  /** Finishes what is under way, and answers nothing after. */
  readonly stop: () => Promise<void>;
}

interface AboutRequest {
  readonly Variables: { readonly requestId: string };
}

const fromElsewhere: PublicError = {
  message:
    "Signed in by a session, this can be asked from this directory's own pages alone. Programs send the token in the header `Authorization: Bearer <token>`.",
  extensions: { code: "NOT_ALLOWED" },
};

/** Where answers come from, in Apollo Server's own terms: a `gateway` that executes, or a `schema` with resolvers. */
export type Behind<Context extends RequestContext> =
  | { readonly gateway: NonNullable<ApolloServerOptions<Context>["gateway"]> }
  | { readonly schema: NonNullable<ApolloServerOptions<Context>["schema"]> };

/**
 * The public door, whatever is behind it: GraphQL at `/graphql` within the limits, subscriptions at `/graphql/stream`, its schema at
 * `/schema.graphql`, `/livez` and `/readyz` for whoever watches over it. Throws when what is behind cannot be loaded, and as `onlyWhoMay` does.
 */
export async function openDoor<Context extends RequestContext>({
  behind,
  contextOf,
  apiSdl,
  supergraphSdl,
  isReady,
  log,
  operationTimeoutMs,
  waysIn = noWayIn,
  website: websiteSettings = plainWebsite,
  formKey = null,
  watch = null,
  mostListeners = 0,
  clock,
}: {
  readonly behind: Behind<Context>;
  /** What resolvers, or the executor, are given with an operation. */
  readonly contextOf: (operation: OperationUnderWay) => Context;
  readonly apiSdl: string;
  /** The schema whose directives say who may ask for what. */
  readonly supergraphSdl: string;
  readonly isReady: () => Promise<boolean>;
  readonly log: Log;
  /** How long an operation may take, in milliseconds. */
  readonly operationTimeoutMs: number;
  /** How callers can be known. Left out: not at all. */
  readonly waysIn?: WaysIn;
  /** What a council makes of the website. Left out: nothing. */
  readonly website?: WebsiteSettings;
  /** What the website's forms are signed with (see `createWebsite`). Left out or null: a key of this process alone. */
  readonly formKey?: Buffer | null;
  /** What notices that a workshop has come further. Left out or null: nobody can listen. */
  readonly watch?: Watch | null;
  /** How many may listen at once. */
  readonly mostListeners?: number;
  /** What time it is. */
  readonly clock: () => Date;
}): Promise<Door> {
  const canSignIn = waysIn.tokens !== null || waysIn.identityProvider !== null;
  const subscribing = subscriptions(() => watch?.look());
  const joining = joinAttempts();
  const server = new ApolloServer<Context>({
    ...apolloDefaults,
    ...behind,
    parseOptions: { maxLexicalTokens: maximumTokens },
    validationRules: [...limits],
    formatError: maskErrors(log),
    plugins: [
      ...quietPlugins(),
      operationIsThere,
      onlyWhoMay(supergraphSdl, canSignIn || waysIn.recordingKey !== null),
      maximumItems,
      joining.plugin,
      subscribing.plugin,
    ],
    logger: log,
  });
  await server.start();

  const app = new Hono<AboutRequest>();
  app.use(async (request, next) => {
    // Ours, and not one that came with the request: an id that callers could choose would be no use in a log.
    const requestId = randomUUID();
    request.set("requestId", requestId);
    await next();
    request.header("x-request-id", requestId);
  });
  const policy = {
    defaultSrc: ["'none'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
    formAction: ["'self'"],
    styleSrc: [styleSource],
  };
  app.use(
    secureHeaders({
      contentSecurityPolicy: policy,
      referrerPolicy: "no-referrer",
      // The API is there to be read from other sites.
      crossOriginResourcePolicy: "cross-origin",
      // `frame-ancestors` says the same, and of one page that others may frame it.
      xFrameOptions: false,
      // A page with a form that is taken from our own pages alone has headers of its own.
      overwrite: false,
    }),
  );
  // Hono takes "/workshop/*" for "/workshop" as well.
  for (const path of ["/sign-in", "/sign-out", "/workshop/*"]) {
    app.use(
      path,
      secureHeaders({
        contentSecurityPolicy: { ...policy, ...(path === "/sign-in" ? { scriptSrc: [signInScriptSource] } : {}) },
        referrerPolicy: "same-origin",
      }),
    );
  }
  const { page: idePage, headers: ideHeaders } = await ide(ideDirectory);
  app.use("/ide/*", ideHeaders);
  const readableFromAnywhere = cors({
    origin: "*",
    allowMethods: ["GET", "POST"],
    allowHeaders: ["content-type", "apollo-require-preflight", "x-apollo-operation-name"],
    exposeHeaders: ["x-request-id"],
    maxAge: 86_400,
  });
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
  async function asked(
    question: Asked,
    about: { readonly signal?: AbortSignal | null; readonly token: string | null } & CameBy,
  ) {
    const { signal = null, token, client = null, patienceMs = 0 } = about;
    const asking = {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(question),
      signal,
    };
    const response = await app.request("/graphql", asking, { client, patienceMs } satisfies CameBy);
    return (await response.json()) as Answered;
  }
  const ask: Ask = (query, variables, token = null, client = null) => asked({ query, variables }, { token, client });
  const website = await createWebsite({
    endpoint: (question, options) => asked(question, { ...options, client: null }),
    settings: websiteSettings,
    // What is left of the time is for making the page, and for saying that there is none.
    patienceMs: operationTimeoutMs / 2,
    token: visitorToken(waysIn.tokens, clock),
    formKey,
    clock,
  });
  app.get("/calendar/*", readableFromAnywhere, calendars({ ask, clock }));
  const { pathway, routes, routesByForm } = fhir({ ask });
  app.get("/pathways/:file{[^/]+\\.fhir\\.json}", readableFromAnywhere, pathway);
  app.use("/referral-routes.fhir.json", readableFromAnywhere);
  app.get("/referral-routes.fhir.json", routes).post(routesByForm);
  const callers = callersBy(waysIn, { ask, clock });
  const { signInPages, signInByForm, signOutPages, signOutByForm } = signIn({ callers, ask, clock, canSignIn });
  app.get("/sign-in", signInPages).post(signInByForm);
  app.get("/sign-out", signOutPages).post(signOutByForm);
  app.route("/workshop", workshops({ callers, ask, clock }));

  /**
   * Who asks; or the answer to somebody who is not known by what they show, or not known to have meant it: with a session that has to be a page of ours, where something is sent, and always
   * where `isKept`, since what is asked then goes on.
   */
  async function callerOf(request: HttpRequest<AboutRequest>, isKept = false): Promise<Known | Response> {
    const shown = bearerOf(request.req.header("authorization"));
    const session = shown === null ? sessionOf(request) : null;
    if (session !== null && (isKept || request.req.method === "POST") && !isFromOurPages(request)) {
      return request.json({ errors: [fromElsewhere] }, 403);
    }
    try {
      return await callers.callerWith(shown ?? session);
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      const told = publicError(error, { log, requestId: request.get("requestId"), where: "gateway" });
      if (error.code !== "NOT_ALLOWED") return request.json({ errors: [told] }, 503, { "retry-after": "10" });
      // The browser would send it again and again.
      if (session !== null) endSession(request);
      return request.json({ errors: [told] }, 401, { "www-authenticate": "Bearer" });
    }
  }

  app.use("/graphql", readableFromAnywhere, maximumBody());
  app.all("/graphql", async (request) => {
    const known = await callerOf(request);
    if (known instanceof Response) return known;
    const { caller } = known;
    const operation = startOperation(request.get("requestId"), {
      timeoutMs: Math.max(operationTimeoutMs, (request.env as CameBy | undefined)?.patienceMs ?? 0),
      callerGone: request.req.raw.signal,
      caller,
    });
    joining.from(operation, clientOf(request));
    try {
      const answer = await graphqlOverHttp(request, server, contextOf(operation));
      // It may be for them alone.
      if (caller.actor !== null) answer.headers.set("cache-control", "no-store");
      return answer;
    } finally {
      operation.end();
    }
  });

  /** Asks without HTTP around it, within the same limits. */
  async function answerTo(question: Question, operation: OperationUnderWay) {
    const { body, http } = await server.executeOperation(question, { contextValue: contextOf(operation) });
    if (body.kind !== "single") throw new Error("Incremental answers are not supported.");
    const { data = null, errors = [] } = body.singleResult;
    return { status: http.status ?? 200, data, errors };
  }
  const stream =
    watch === null
      ? null
      : streams({
          ask: answerTo,
          subscriptions: subscribing,
          watch,
          most: mostListeners,
          operationTimeoutMs,
          log,
          clock,
        });
  if (stream !== null) {
    app.use("/graphql/stream", readableFromAnywhere, maximumBody());
    app.all("/graphql/stream", async (request) => {
      const known = await callerOf(request, true);
      return known instanceof Response
        ? known
        : stream.open(request, { ...known, requestId: request.get("requestId") });
    });
  }
  // All that is not the directory's own is the website, which says so where it has no page.
  app.notFound((request) => website.fetch(request.req.raw, clientOf(request)));
  app.onError((error, request) => {
    const requestId = request.get("requestId");
    log.error({ requestId, where: "gateway", err: error }, "a fault of ours");
    return request.json({ errors: [internal(requestId)] }, 500);
  });

  const endStreams = () => stream?.stop();
  return {
    fetch: (request, connection = {}) => app.fetch(request, connection),
    warmUp: () => website.warmUp(),
    endStreams,
    stop: () => {
      endStreams();
      return server.stop();
    },
  };
}
