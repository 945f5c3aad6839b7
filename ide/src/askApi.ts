import type { OperationName } from "./form/tasks.ts";
import { operations } from "./operations.ts";

/** Sends an operation of ours by its name. */
export type Ask = <Data>(name: OperationName, variables?: Readonly<Record<string, unknown>>) => Promise<Data>;

/** Sends a subscription of ours by its name, and gives what it tells, until `signal` ends it. */
export type Listen = <Data>(
  name: OperationName,
  variables: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
) => AsyncGenerator<Data, undefined>;

interface Answered {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: string; readonly requestId?: string };
  }[];
}

/** Why there is no answer, in a sentence for the reader. `code` is that of the API; null where it was not reached. */
export class NoAnswer extends Error {
  readonly code: string | null;

  constructor(message: string, code: string | null) {
    super(message);
    this.code = code;
  }
}

/** What asks the API as whoever has this token. Throws `NoAnswer` when there is none, or one with errors. */
export function askApi(token: string | null): Ask {
  return async <Data>(name: OperationName, variables: Readonly<Record<string, unknown>> = {}) => {
    return dataOf<Data>(await send({ query: operations[name], operationName: name, variables }, token));
  };
}

/** What listens to the API as whoever has this token. Throws `NoAnswer` when it cannot, or no longer can. */
export function listenToApi(token: string | null): Listen {
  return async function* <Data>(
    name: OperationName,
    variables: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ) {
    const events = subscribe({ query: operations[name], operationName: name, variables }, token, signal);
    for await (const event of events) yield dataOf<Data>(event);
    return undefined;
  };
}

function dataOf<Data>({ data, errors = [] }: Answered): Data {
  const [error] = errors;
  if (error !== undefined) {
    const { code = null, requestId } = error.extensions ?? {};
    throw new NoAnswer(requestId === undefined ? error.message : `${error.message} (${requestId})`, code);
  }
  return data as Data;
}

const outOfReach = "The directory cannot be reached. Check the connection, and try again.";

/** Sends any query or mutation as whoever has this token. Throws `NoAnswer` when nothing that can be read comes back. */
export async function send(body: unknown, token: string | null): Promise<Answered> {
  return jsonOf(await post("/graphql", { body, token, accept: "application/json" }));
}

/**
 * Sends any subscription as whoever has this token, and gives its events until it is complete, or `signal` ends it. Throws `NoAnswer` when it is refused, or breaks off.
 */
export async function* subscribe(
  body: unknown,
  token: string | null,
  signal: AbortSignal,
): AsyncGenerator<Answered, undefined> {
  const response = await post("/graphql/stream", { body, token, accept: "text/event-stream", signal });
  if (!response.ok || response.body === null) {
    dataOf(await jsonOf(response));
    throw new NoAnswer(`The directory could not answer (${response.status}). Try again in a moment.`, null);
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
    if (done || value === undefined) throw new NoAnswer(outOfReach, null);
    const blocks = `${rest}${value}`.split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      // What is neither is there to keep the connection open.
      const [, event, data = ""] = /^event: (\w+)\ndata: ?(.*)$/.exec(block) ?? [];
      if (event === "complete") return undefined;
      if (event === "next") yield JSON.parse(data) as Answered;
    }
  }
}

async function post(
  path: string,
  {
    body,
    token,
    accept,
    signal = null,
  }: {
    readonly body: unknown;
    readonly token: string | null;
    readonly accept: string;
    readonly signal?: AbortSignal | null;
  },
): Promise<Response> {
  try {
    return await fetch(path, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept,
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
      signal,
    });
  } catch {
    throw new NoAnswer(outOfReach, null);
  }
}

async function jsonOf(response: Response): Promise<Answered> {
  try {
    return (await response.json()) as Answered;
  } catch {
    throw new NoAnswer(`The directory could not answer (${response.status}). Try again in a moment.`, null);
  }
}
