import { CodedError, type ErrorCode } from "./errors.ts";
import type { Log } from "./log.ts";

/** An error as a caller sees it: a message written for them, and a code a program can switch on. */
export interface PublicError {
  readonly message: string;
  readonly extensions: { readonly code: ErrorCode; readonly [detail: string]: unknown };
}

const errorCodes: Readonly<Record<ErrorCode, true>> = {
  PLACE_NOT_FOUND: true,
  AMBIGUOUS_PLACE: true,
  BAD_INPUT: true,
  NOT_ALLOWED: true,
  QUERY_TOO_DEEP: true,
  QUERY_TOO_COSTLY: true,
  RATE_LIMITED: true,
  TIMEOUT: true,
  UNAVAILABLE: true,
  CONFLICT: true,
  INTERNAL: true,
};

/** Whether this is one of our codes: an error that carries one was made for the caller. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && Object.hasOwn(errorCodes, code);
}

/** What a caller is told of whatever was not there when the deadline passed. */
export const timedOut: PublicError = {
  message: "This took too long and was stopped. Ask for less at once, or try again.",
  extensions: { code: "TIMEOUT" },
};

/** What a caller is told of whatever stands behind something that does not answer. */
export const unavailable: PublicError = {
  message: "The directory cannot be reached at the moment. Try again shortly.",
  extensions: { code: "UNAVAILABLE" },
};

/** What a caller is told of a fault of ours: nothing but how to report it. Without a `requestId`, it is in the `x-request-id` header alone. */
export function internal(requestId: string | null): PublicError {
  return {
    message: "Something went wrong on our side. Quote this request id if you report it.",
    extensions: requestId === null ? { code: "INTERNAL" } : { code: "INTERNAL", requestId },
  };
}

/**
 * What a caller may know of `cause`, whatever was thrown: a CodedError as it is, and of anything else nothing.
 * That else is a fault of ours, and is logged with its cause; `where` says what was being done, in words of ours.
 */
export function publicError(
  cause: unknown,
  { log, requestId, where }: { readonly log: Log; readonly requestId: string; readonly where: string },
): PublicError {
  if (cause instanceof CodedError) {
    // The code first, as it reads; and last word has it, too, should the details hold another.
    return {
      message: cause.message,
      extensions: Object.assign({ code: cause.code }, cause.details, { code: cause.code }),
    };
  }
  log.error({ requestId, where, err: cause }, "a fault of ours");
  return internal(requestId);
}
