import type { GraphQLFormattedError } from "graphql";
import { createHandler, type ExecutionResult, type Response as Refusal } from "graphql-sse";
import type { Context } from "hono";
import type { Caller } from "../../core/caller.ts";
import type { Log } from "../../core/log.ts";
import { type OperationUnderWay, startOperation } from "../../core/operation.ts";
import { internal, publicError, type PublicError, unavailable } from "../../core/publicError.ts";
import { notOurs } from "../signingIn/callers.ts";
import { type Answered, eventsOf } from "./eventsOf.ts";
import { retryAfterSeconds, seatsFor } from "./seats.ts";
import type { Subscriptions } from "./subscriptions.ts";
import { turns } from "./turns.ts";
import type { Watch, Watching } from "./watch.ts";

/** What is asked of the API, within its limits and with its refusals. */
export interface Question {
  readonly query?: string;
  readonly operationName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Whoever wants to listen, and until when they are who they are; null: without end. */
export interface Listener {
  readonly caller: Caller;
  readonly until: Date | null;
  readonly requestId: string;
}

/** One request for a stream. */
interface Visit extends Listener {
  /** Fires when whoever listens is gone. */
  readonly gone: AbortController;
  watching: Watching | null;
  /** How many events were handed out and not yet taken by the connection. */
  unread: number;
  /** Since when the connection takes nothing, as of Date.now; null: it waits for something to send. */
  stuckSince: number | null;
}

export interface Stream {
  /** Answers a request for a stream. Never throws for what the caller sent. */
  readonly open: (request: Context, listener: Listener) => Promise<Response>;
  /** Ends all streams as they should end, and opens none after. */
  readonly stop: () => void;
}

/** What happens in a workshop is asked for by everybody who listens, at the same time: so many of them are answered at once. */
const mostAtOnce = 20;

/** Whoever reads nothing for so long, not even that the stream is still there, is gone. */
const stuckMs = 60_000;

/** What a refusal before the first event has for a status, where HTTP has not been told of one. */
const statusByCode: Readonly<Record<string, number>> = {
  BAD_INPUT: 400,
  NOT_ALLOWED: 403,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
};

/**
 * Subscriptions as server-sent events, by the protocol of graphql-sse with a connection for each. What can be said before the first event is said by HTTP: its status, and a body with coded errors. `ask` answers a
 * question as whoever the operation is for; `most` is how many may listen to this process at once.
 */
export function streams({
  ask,
  subscriptions,
  watch,
  most,
  operationTimeoutMs,
  log,
  clock,
}: {
  readonly ask: (question: Question, operation: OperationUnderWay) => Promise<Answered>;
  readonly subscriptions: Subscriptions;
  readonly watch: Watch;
  readonly most: number;
  /** How long each answer may take, in milliseconds; a stream takes as long as somebody listens. */
  readonly operationTimeoutMs: number;
  readonly log: Log;
  readonly clock: () => Date;
}): Stream {
  const letIn = seatsFor(most);
  const inTurn = turns(mostAtOnce);
  let isStopped = false;

  /** Asks one question, in an operation of its own. */
  async function askFor<Result>(visit: Visit, work: (operation: OperationUnderWay) => Promise<Result>) {
    const { requestId, caller, gone } = visit;
    const operation = startOperation(requestId, { timeoutMs: operationTimeoutMs, callerGone: gone.signal, caller });
    try {
      return await work(operation);
    } finally {
      operation.end();
    }
  }

  function ending({ gone, until, stuckSince }: Visit): readonly GraphQLFormattedError[] | null {
    if (stuckSince !== null && Date.now() - stuckSince > stuckMs) gone.abort();
    if (gone.signal.aborted || isStopped) return [];
    return until !== null && clock() >= until ? [tokenRanOut] : null;
  }

  /** Lets somebody listen to what they ask for: the events, or a refusal. */
  async function subscribe(visit: Visit, question: Question) {
    const { asked, refused } = await askFor(visit, async (operation) => {
      const expected = subscriptions.expect(operation);
      const answered = await ask(question, operation);
      return { asked: expected.asked, refused: answered };
    });
    if (asked === null || refused.errors.length > 0) return refusal(refused.errors, refused.status);
    if (isStopped) return refusal([unavailable]);
    const { gone, caller } = visit;
    let leave: () => void;
    try {
      leave = letIn(caller.actor?.id ?? "");
    } catch (error) {
      return refusal([publicError(error, { log, requestId: visit.requestId, where: "stream" })]);
    }
    const watching = watch.listen(asked.workshop);
    visit.watching = watching;
    const out = () => {
      leave();
      watching.end();
    };
    if (gone.signal.aborted) out();
    else gone.signal.addEventListener("abort", out, { once: true });

    const answer = (query: string, variables: Question["variables"]) =>
      inTurn(() => askFor(visit, (operation) => ask({ query, ...(variables ? { variables } : {}) }, operation)));
    // How far it has come is looked at first: what happens after that is not missed.
    if (ending(visit) === null) await watching.next();
    const generation = watching.mark()?.generation ?? null;
    const answered = await answer(asked.query, asked.variables(asked.since));
    if (answered.data === null) {
      gone.abort();
      return refusal(answered.errors, answered.status);
    }
    const events = eventsOf({
      asked,
      watching,
      first: { answered, generation },
      ask: answer,
      isRead: () => visit.unread === 0,
      ending: () => ending(visit),
    });
    // It is written out as JSON: errors are as they are sent already.
    return events as AsyncGenerator<ExecutionResult>;
  }

  const handle = createHandler<Visit, Visit>({
    // One connection for several subscriptions would have to be kept between requests, by one process of several.
    authenticate: () => null,
    onSubscribe: ({ context: visit }, { query, operationName, variables }) =>
      typeof (operationName ?? "") === "string"
        ? subscribe(visit, {
            query,
            ...(operationName ? { operationName } : {}),
            ...(variables ? { variables } : {}),
          })
        : refusal([badRequest("`operationName` is a text.")], 400),
    onNext: (_, { context: visit }) => {
      visit.unread += 1;
    },
  });

  return {
    open: async (request, listener) => {
      const { method } = request.req;
      const accept = request.req.header("accept") ?? "*/*";
      if (method !== "GET" && method !== "POST") {
        return answerOf(request, refusal([badRequest("A stream is asked for with GET or POST.")], 405));
      }
      if (!/text\/event-stream|\*\/\*|text\/\*/.test(accept)) {
        return answerOf(request, refusal([badRequest("Ask with the header `accept: text/event-stream`.")], 406));
      }
      if (isStopped) return answerOf(request, refusal([unavailable]));
      const visit: Visit = {
        ...listener,
        gone: new AbortController(),
        watching: null,
        unread: 0,
        stuckSince: null,
      };
      const leave = () => {
        visit.gone.abort();
      };
      const { signal } = request.req.raw;
      signal.addEventListener("abort", leave, { once: true });
      visit.gone.signal.addEventListener("abort", () => signal.removeEventListener("abort", leave), { once: true });
      try {
        const [body, init] = await handle({
          method,
          url: request.req.url,
          headers: { get: (name) => (name === "accept" ? "text/event-stream" : request.req.header(name)) },
          body: () => bodyOf(request),
          raw: visit,
          context: visit,
        });
        if (body === null || typeof body === "string") {
          leave();
          return answerOf(request, [body, init]);
        }
        return new Response(sending(visit, body), { headers: streamHeaders });
      } catch (error) {
        leave();
        throw error;
      }
    },
    stop: () => {
      isStopped = true;
      watch.stop();
    },
  };

  /** What is sent, as the connection takes it. */
  function sending(visit: Visit, chunks: AsyncGenerator<string, void, undefined>): ReadableStream<Uint8Array> {
    const encoder = new TextEncoder();
    const { gone, requestId } = visit;
    gone.signal.addEventListener("abort", () => void chunks.return(), { once: true });
    visit.stuckSince = Date.now();
    let isLetGo = false;

    async function take(): Promise<IteratorResult<string, undefined>> {
      try {
        const next = await chunks.next();
        return next.done === true ? { done: true, value: undefined } : next;
      } catch (error) {
        log.error({ requestId, where: "stream", err: error }, "a fault of ours");
        return { done: false, value: lastWords(requestId) };
      }
    }

    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          visit.stuckSince = null;
          const { done, value } = await take();
          visit.stuckSince = Date.now();
          if (isLetGo) return;
          if (done === true) {
            controller.close();
            gone.abort();
            return;
          }
          controller.enqueue(encoder.encode(value));
          if (!value.startsWith("event: next")) return;
          visit.unread -= 1;
          visit.watching?.wake();
        },
        cancel: () => {
          isLetGo = true;
          gone.abort();
        },
      },
      // Nothing is taken before the connection asks for it.
      { highWaterMark: 0 },
    );
  }
}

/** Nobody on the way is to keep it, nor to hold it back until there is more. */
const streamHeaders = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
};

const tokenRanOut: PublicError = { message: notOurs, extensions: { code: "NOT_ALLOWED" } };

function badRequest(message: string): GraphQLFormattedError {
  return { message, extensions: { code: "BAD_REQUEST" } };
}

/** What graphql-sse hands on of itself: a body of errors, and a status by their code where none is given. */
function refusal(errors: readonly GraphQLFormattedError[], status = 200): Refusal {
  const code = errors[0]?.extensions?.["code"];
  return [
    JSON.stringify({ errors }),
    {
      status: status === 200 ? (statusByCode[String(code)] ?? 500) : status,
      statusText: "",
      headers: code === "RATE_LIMITED" || code === "UNAVAILABLE" ? { "retry-after": String(retryAfterSeconds) } : {},
    },
  ];
}

/** A refusal as it is answered, also where it is one of graphql-sse's own, which have no code. */
function answerOf(request: Context, [body, { status, headers }]: Refusal): Response {
  const { errors } = JSON.parse(typeof body === "string" ? body : `{"errors":[{"message":""}]}`) as {
    readonly errors: readonly GraphQLFormattedError[];
  };
  const coded = errors.map(({ message, ...rest }) =>
    rest.extensions === undefined
      ? badRequest(message === "" ? "Send the operation as JSON, with `content-type: application/json`." : message)
      : { message, ...rest },
  );
  return request.json({ errors: coded }, status as 400, { ...headers, "cache-control": "no-store" });
}

async function bodyOf(request: Context): Promise<string> {
  const text = await request.req.text();
  try {
    JSON.parse(text);
  } catch {
    throw new Error("The body is not JSON.");
  }
  return text;
}

/** What a stream ends with that cannot go on through a fault of ours. */
function lastWords(requestId: string): string {
  return `event: next\ndata: ${JSON.stringify({ errors: [internal(requestId)] })}\n\nevent: complete\ndata:\n\n`;
}
