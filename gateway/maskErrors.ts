import { ApolloServerErrorCode } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Log } from "../core/log.ts";
import { internal, isErrorCode } from "../core/publicError.ts";
import { isTooManyTokens, maximumTokens } from "./limits/maximumTokens.ts";

/** What Apollo Server says of requests that never become an operation: its own words, about nothing but the request. */
const aboutTheRequest: readonly string[] = [
  ApolloServerErrorCode.GRAPHQL_PARSE_FAILED,
  ApolloServerErrorCode.GRAPHQL_VALIDATION_FAILED,
  ApolloServerErrorCode.OPERATION_RESOLUTION_FAILURE,
  ApolloServerErrorCode.BAD_REQUEST,
  ApolloServerErrorCode.PERSISTED_QUERY_NOT_SUPPORTED,
];

/**
 * The last look at an error before it is sent: what carries one of our codes was made for the caller, what is about the request alone
 * may be said, and anything else is a fault of ours, logged and kept from the caller.
 */
export function maskErrors(log: Log): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const code = formatted.extensions?.["code"];
    // Apollo Server puts a code of its own on what a validation rule of ours reports.
    const original = error instanceof GraphQLError ? error.originalError : undefined;
    if (original instanceof GraphQLError && isErrorCode(original.extensions["code"])) {
      return { ...formatted, extensions: original.extensions };
    }
    if (isTooManyTokens(formatted.message)) {
      return {
        message: `This query has more than ${maximumTokens} words and signs, and was not read further.`,
        extensions: { code: "QUERY_TOO_COSTLY", limit: maximumTokens },
      };
    }
    if (isErrorCode(code) || (typeof code === "string" && aboutTheRequest.includes(code))) return formatted;
    log.error({ where: "gateway", err: error }, "a fault of ours");
    return internal(null);
  };
}
