import neo4j, { Neo4jError } from "neo4j-driver";
import { CodedError } from "../core/errors.ts";
import type { Log } from "../core/log.ts";
import { timedOut, unavailable } from "../core/publicError.ts";

const endedEarly = /TransactionTimedOut|TransactionTerminated|LockClientStopped/;
const outOfService = /NoSpaceLeft|DatabaseUnavailable|TransactionLogError|DatabaseNotFound|WriteOnAccessMode/;

/**
 * What a failure of the driver means to a caller. The one place where Neo4j's errors are read.
 * Returns a CodedError for what the caller may see, else the error itself, which is our fault and is masked further up.
 */
export function graphError(error: unknown, statement: string, aborted: boolean, log: Log | undefined): unknown {
  if (error instanceof CodedError) return error;
  const code = error instanceof Neo4jError ? error.code : "";
  if (aborted || endedEarly.test(code)) {
    return new CodedError("TIMEOUT", timedOut.message, {}, { cause: error });
  }
  const unreachable =
    code === neo4j.error.SERVICE_UNAVAILABLE ||
    code === neo4j.error.SESSION_EXPIRED ||
    code === "N/A" ||
    outOfService.test(code);
  if (unreachable || (error instanceof Neo4jError && error.retryable)) {
    log?.error({ statement, code, err: error }, "Neo4j did not answer");
    return new CodedError("UNAVAILABLE", unavailable.message, {}, { cause: error });
  }
  return error;
}
