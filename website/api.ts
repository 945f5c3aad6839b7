import { plain } from "./plain.ts";

/** A question kept in a `.graphql` file; `npm run codegen` makes these of them, with the types of what it takes and of what it answers. */
export interface Operation<Data, Variables> {
  readonly name: string;
  readonly text: string;
  /** Never there: it ties the types to the question. */
  readonly types?: { readonly data: Data; readonly variables: Variables };
}

/** What is sent to a GraphQL endpoint. */
export interface Asked {
  readonly operationName?: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Sends a question to the public endpoint, with a token where one is given, and returns the JSON of its answer. Throws when there is none. */
export type Endpoint = (
  asked: Asked,
  options: {
    readonly signal: AbortSignal | null;
    readonly token: string | null;
    /** How long the answer is waited for, in milliseconds: an endpoint in the same process may take longer than its limit for everybody, where that is more. */
    readonly patienceMs: number;
  },
) => Promise<unknown>;

/** A place that may have been meant. */
export interface SuggestedPlace {
  readonly id: string;
  readonly name: string;
}

/** Why the API did not answer: by its code, its own sentence, and what may have been meant. */
export class ApiProblem extends Error {
  /** As in `extensions.code`; `UNAVAILABLE` when no answer came at all. */
  readonly code: string;
  readonly suggestions: readonly SuggestedPlace[];
  /** The name of the part of the question that is at fault; null when none is. */
  readonly field: string | null;

  constructor(code: string, message: string, suggestions: readonly SuggestedPlace[] = [], field: string | null = null) {
    super(message);
    this.code = code;
    this.suggestions = suggestions;
    this.field = field;
  }
}

/** An answer; `isWhole` false: a part of the directory did not answer, and what it knows is null in `data`. */
export interface Answer<Data> {
  readonly data: Data;
  readonly isWhole: boolean;
}

export interface Api {
  /** Asks a question, as nobody in particular unless `token` says who. Throws ApiProblem when there is nothing to show. */
  readonly ask: <Data, Variables extends Readonly<Record<string, unknown>>>(
    operation: Operation<Data, Variables>,
    variables: Variables,
    token?: string | null,
  ) => Promise<Answer<Data>>;
}

/**
 * What was asked may go on for so long after that, within the API's own limits: a question that Neo4j has not planned yet, given up at each reader's patience, would
 * never be planned, and its page never shown.
 */
const longestMs = 15_000;

interface Json {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: {
      readonly code?: string;
      readonly suggestions?: readonly SuggestedPlace[];
      readonly field?: readonly string[];
    };
  }[];
}

/** The public endpoint, asked with a deadline of our own, in milliseconds: an answer that comes later is as good as none. */
export function apiAt(endpoint: Endpoint, patience: () => number): Api {
  return {
    ask: async <Data>(
      { name, text }: Operation<Data, unknown>,
      variables: Readonly<Record<string, unknown>>,
      token: string | null = null,
    ) => {
      const { data, errors = [] } = await answered(
        endpoint,
        { operationName: name, query: text, variables },
        { token, patienceMs: patience() },
      );
      const [error] = errors;
      if (isNothing(data, errors.length > 0)) {
        const { code = "UNAVAILABLE", suggestions = [], field } = error?.extensions ?? {};
        throw new ApiProblem(code, error?.message ?? "The directory does not answer.", suggestions, field?.at(-1));
      }
      return { data: plain(data) as Data, isWhole: errors.length === 0 };
    },
  };
}

/** Whether there is nothing in an answer: where there are errors, null at all that was asked is not that it is not there. */
function isNothing(data: unknown, hasErrors: boolean): boolean {
  if (typeof data !== "object" || data === null) return true;
  return hasErrors && Object.values(data).every((one) => one === null);
}

async function answered(
  endpoint: Endpoint,
  asked: Asked,
  { token, patienceMs }: { readonly token: string | null; readonly patienceMs: number },
): Promise<Json> {
  const deadline = AbortSignal.timeout(patienceMs);
  const tooLate = new Promise<never>((_, reject) => {
    deadline.addEventListener("abort", () => reject(new Error("too late")), { once: true });
  });
  try {
    const answer = endpoint(asked, {
      signal: AbortSignal.timeout(Math.max(patienceMs, longestMs)),
      token,
      patienceMs,
    });
    return (await Promise.race([answer, tooLate])) as Json;
  } catch {
    throw new ApiProblem("UNAVAILABLE", "The directory does not answer.");
  }
}
