import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { ErrorCode } from "../../core/errors.ts";

const limitBytes = 100 * 1024;

/** Refuses a request whose body is larger than 100 KB, with 413, before it is read. */
export function maximumBody(): MiddlewareHandler {
  const refuse = (request: Parameters<MiddlewareHandler>[0]) => {
    const code: ErrorCode = "QUERY_TOO_COSTLY";
    return request.json(
      { errors: [{ message: "This request is larger than 100 KB.", extensions: { code, limit: limitBytes } }] },
      413,
    );
  };
  const whileReading = bodyLimit({ maxSize: limitBytes, onError: refuse });
  return async (request, next) => {
    const length = request.req.header("content-length");
    // With a length, Node reads no further than it says, and the body need not be read through a stream of its own to be counted.
    if (length === undefined || request.req.header("transfer-encoding") !== undefined)
      return whileReading(request, next);
    return Number(length) > limitBytes ? refuse(request) : next();
  };
}
