/** What a caller can do about an error, as a word a program can switch on. Sent as `extensions.code`. */
export type ErrorCode =
  | "PLACE_NOT_FOUND"
  | "AMBIGUOUS_PLACE"
  | "BAD_INPUT"
  | "NOT_ALLOWED"
  | "QUERY_TOO_DEEP"
  | "QUERY_TOO_COSTLY"
  | "RATE_LIMITED"
  | "TIMEOUT"
  | "UNAVAILABLE"
  | "CONFLICT"
  | "INTERNAL";

/** An error whose message was written for the caller: the only kind that reaches them unmasked. */
export class CodedError extends Error {
  readonly code: ErrorCode;
  /** Further facts for programs, beside `code` in `extensions`; plain JSON. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "CodedError";
    this.code = code;
    this.details = details;
  }
}

/** The caller's mistake. `field` is the path to the argument at fault: `["filter", "near"]`. */
export class InputError extends CodedError {
  constructor(message: string, { field }: { readonly field: readonly string[] }) {
    super("BAD_INPUT", message, { field });
    this.name = "InputError";
  }
}
