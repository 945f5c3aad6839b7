import neo4j, { Neo4jError } from "neo4j-driver";
import { CodedError } from "../core/errors.ts";
import type { Log } from "../core/log.ts";

const timedOut = /TransactionTimedOut|TransactionTerminated|LockClientStopped/;
const outOfSpace = /NoSpaceLeft|DatabaseUnavailable|TransactionLogError|DatabaseNotFound|WriteOnAccessMode/;

/**
 * What a failure of the driver means to a caller. The one place where Neo4j's errors are read.
 * Returns a CodedError for what the caller may see, else the error itself, which is our fault and is masked further up.
 */
export function graphError(error: unknown, statement: string, aborted: boolean, log: Log | undefined): unknown {
  if (error instanceof CodedError) return error;
  const code = error instanceof Neo4jError ? error.code : "";
  if (aborted || timedOut.test(code)) {
    return new CodedError(
      "TIMEOUT",
      "This took too long and was stopped. Ask for less at once, or try again.",
      {},
      { cause: error },
    );
  }
  const unreachable =
    code === neo4j.error.SERVICE_UNAVAILABLE ||
    code === neo4j.error.SESSION_EXPIRED ||
    code === "N/A" ||
    outOfSpace.test(code);
  if (unreachable || (error instanceof Neo4jError && error.retryable)) {
    log?.error({ statement, code, err: error }, "Neo4j did not answer");
    return new CodedError(
      "UNAVAILABLE",
      "The directory cannot be reached at the moment. Try again shortly.",
      {},
      { cause: error },
    );
  }
  return error;
}
