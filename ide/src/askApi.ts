import type { OperationName } from "./form/tasks.ts";
import { operations } from "./operations.ts";

/** Sends an operation of ours by its name. */
export type Ask = <Data>(name: OperationName, variables?: Readonly<Record<string, unknown>>) => Promise<Data>;

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
    const { data, errors = [] } = await send({ query: operations[name], operationName: name, variables }, token);
    const [error] = errors;
    if (error !== undefined) {
      const { code = null, requestId } = error.extensions ?? {};
      throw new NoAnswer(requestId === undefined ? error.message : `${error.message} (${requestId})`, code);
    }
    return data as Data;
  };
}

/** Sends any operation as whoever has this token. Throws `NoAnswer` when nothing that can be read comes back. */
export async function send(body: unknown, token: string | null): Promise<Answered> {
  let response: Response;
  try {
    response = await fetch("/graphql", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
  } catch {
    throw new NoAnswer("The directory cannot be reached. Check the connection, and try again.", null);
  }
  try {
    return (await response.json()) as Answered;
  } catch {
    throw new NoAnswer(`The directory could not answer (${response.status}). Try again in a moment.`, null);
  }
}
