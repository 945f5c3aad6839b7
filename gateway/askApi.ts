/**
 * Asks the API a question, as whoever `token` says; left out or null: as nobody in particular. `client` stands for the network of whom it is asked for (`clientOf`); left out or null: it is not known. The answer as its clients get it.
 */
export type Ask = (
  query: string,
  variables: Readonly<Record<string, unknown>>,
  token?: string | null,
  client?: string | null,
) => Promise<Answered>;

export interface Answered {
  /** It has the shape of its question. */
  readonly data?: unknown;
  readonly errors?: readonly AnsweredError[];
}

interface AnsweredError {
  readonly message: string;
  readonly extensions?: {
    readonly code?: string;
    readonly field?: readonly string[];
    readonly suggestions?: readonly SuggestedPlace[];
  };
}

/** A place that may have been meant, by an id that `near` takes. */
export interface SuggestedPlace {
  readonly id: string;
  readonly name: string;
}

export type RefusedStatus = 400 | 403 | 404 | 413 | 415 | 429 | 500 | 503 | 504;

const statusOfCode: Readonly<Record<string, RefusedStatus>> = {
  BAD_INPUT: 400,
  PLACE_NOT_FOUND: 404,
  AMBIGUOUS_PLACE: 400,
  NOT_ALLOWED: 403,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  TIMEOUT: 504,
};

/** Why there is nothing to show: a sentence for whoever asked, and the status of HTTP that says so. */
export class Refused extends Error {
  readonly status: RefusedStatus;
  /** The name of the part of the question that is at fault; null when none is. */
  readonly field: string | null;
  /** What may have been meant by a place. */
  readonly suggestions: readonly SuggestedPlace[];

  constructor(
    status: RefusedStatus,
    message: string,
    {
      field = null,
      suggestions = [],
    }: { readonly field?: string | null; readonly suggestions?: readonly SuggestedPlace[] } = {},
  ) {
    super(message);
    this.status = status;
    this.field = field;
    this.suggestions = suggestions;
  }
}

/** The whole answer to a question. Throws Refused when there is an error in it: half an answer would say that the rest is not so. */
export async function askApi<Data>(
  ask: Ask,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Data> {
  const { data, errors } = await ask(query, variables);
  const [error] = errors ?? [];
  if (error !== undefined) {
    const { code = "", field, suggestions } = error.extensions ?? {};
    const isWhere = code === "PLACE_NOT_FOUND" || code === "AMBIGUOUS_PLACE";
    throw new Refused(statusOfCode[code] ?? 500, error.message, {
      field: isWhere ? "near" : (field?.at(-1) ?? null),
      suggestions: suggestions ?? [],
    });
  }
  return data as Data;
}
