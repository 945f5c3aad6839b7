import { type DocumentNode, Kind, OperationTypeNode, print } from "graphql";
import { Pool } from "undici";
import { z } from "zod";
import { anybody } from "../core/caller.ts";
import { callerHeader } from "../core/callerHeader.ts";
import type { Log } from "../core/log.ts";
import { internal, isErrorCode, type PublicError, timedOut, unavailable } from "../core/publicError.ts";
import type { AskedOperation, SubgraphAnswer, SubgraphRequest } from "../subgraphs/execute.ts";
import type { SubgraphConnection } from "./subgraphConnection.ts";

/** A page of a hundred assets with all that is known of them is some 300 KB. */
const maximumAnswerBytes = 16 * 1024 * 1024;

/** As many statements as Neo4j's own pool takes at a time; what is above waits here rather than there. */
const connectionsPerSubgraph = 100;

const Answer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        path: z.array(z.union([z.string(), z.number()])).optional(),
        extensions: z.looseObject({ code: z.unknown() }).optional(),
      }),
    )
    .optional(),
});

const staleConnection: ReadonlySet<unknown> = new Set(["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"]);

function isQuery(document: DocumentNode): boolean {
  return document.definitions.every(
    (definition) => definition.kind !== Kind.OPERATION_DEFINITION || definition.operation === OperationTypeNode.QUERY,
  );
}

/** A failure to get an answer, with what the caller is told of it. */
class NoAnswer extends Error {
  readonly told: PublicError;

  constructor(told: PublicError, reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.told = told;
  }
}

/**
 * A subgraph at `url` (its `/graphql`), asked over HTTP through one pool of connections. It is shown the credential, told the request id,
 * who asks and how much time is left, and let go of as soon as the operation ends.
 */
export function remoteSubgraph({
  name,
  url,
  credential,
  log,
}: {
  readonly name: string;
  readonly url: string;
  readonly credential: string;
  readonly log: Log;
}): SubgraphConnection {
  const { origin, pathname } = new URL(url);
  const path = pathname === "/" ? "/graphql" : pathname;
  // The operation's own deadline ends a request; these would only add a second, different one.
  const pool = new Pool(origin, { connections: connectionsPerSubgraph, headersTimeout: 0, bodyTimeout: 0 });
  const texts = new WeakMap<DocumentNode, string>();

  function textOf(document: DocumentNode): string {
    let text = texts.get(document);
    if (text === undefined) {
      text = print(document);
      texts.set(document, text);
    }
    return text;
  }

  async function ask({ document, variables }: SubgraphRequest, operation: AskedOperation): Promise<unknown> {
    const { statusCode, body } = await pool.request({
      path,
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        authorization: `Bearer ${credential}`,
        "x-request-id": operation.requestId,
        "x-caller": callerHeader(operation.caller ?? anybody),
        "x-timeout-ms": String(Math.max(1, operation.deadline - Date.now())),
      },
      body: JSON.stringify({ query: textOf(document), variables }),
      signal: operation.signal,
    });
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      // Leaving the loop ends the connection, so that the rest is not read either.
      if (bytes > maximumAnswerBytes) throw new NoAnswer(internal(operation.requestId), "its answer is too large");
      chunks.push(chunk);
    }
    if (statusCode === 401) throw new NoAnswer(internal(operation.requestId), "it refused our GATEWAY_CREDENTIAL");
    if (statusCode >= 500) throw new NoAnswer(unavailable, `it answered ${statusCode}`);
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  }

  /** Asks again, once, when the connection turns out to have been closed at the other end meanwhile: reading twice does no harm. */
  async function askTwice(request: SubgraphRequest, operation: AskedOperation): Promise<unknown> {
    try {
      return await ask(request, operation);
    } catch (error) {
      const code = (error as { readonly code?: unknown }).code;
      if (operation.signal.aborted || !staleConnection.has(code) || !isQuery(request.document)) throw error;
      return ask(request, operation);
    }
  }

  function noAnswer(error: unknown, operation: AskedOperation): SubgraphAnswer {
    if (operation.signal.aborted) return { data: null, errors: [timedOut] };
    // Its reasons may name addresses: they are for the log, and the caller is told what follows from them.
    log.error({ requestId: operation.requestId, subgraph: name, err: error }, "a subgraph did not answer");
    return { data: null, errors: [error instanceof NoAnswer ? error.told : unavailable] };
  }

  function answerOf(value: unknown, { requestId }: AskedOperation): SubgraphAnswer {
    const { data = null, errors } = Answer.parse(value);
    if (errors === undefined || errors.length === 0) return { data };
    return {
      data,
      errors: errors.map(({ message, path, extensions }) => {
        const at = path === undefined ? {} : { path };
        if (isErrorCode(extensions?.code))
          return { message, ...at, extensions: { ...extensions, code: extensions.code } };
        log.error(
          { requestId, subgraph: name, reason: message, path },
          "a subgraph answered with an error that is not ours",
        );
        return { ...internal(requestId), ...at };
      }),
    };
  }

  return {
    name,
    execute: async (request, operation) => {
      try {
        return answerOf(await askTwice(request, operation), operation);
      } catch (error) {
        return noAnswer(error, operation);
      }
    },
    isReady: async (timeoutMs) => {
      try {
        const { statusCode, body } = await pool.request({
          path: "/readyz",
          method: "GET",
          signal: AbortSignal.timeout(timeoutMs),
        });
        await body.dump();
        return statusCode === 200;
      } catch {
        return false;
      }
    },
    close: () => pool.destroy(),
  };
}
