import { GraphQLError } from "graphql";
import type { ErrorCode } from "../core/errors.ts";
import type { LocatedError } from "./completeAnswer.ts";

/** The HTTP status of an answer with nothing in it, by why there is nothing; 200 for what the caller can put right. */
const statusByCode: readonly (readonly [ErrorCode, number])[] = [
  ["INTERNAL", 500],
  ["UNAVAILABLE", 503],
  ["TIMEOUT", 504],
];

/**
 * Errors as Apollo Server sends them. When there is no data at all beside them (`hasData` is false) and the fault is ours, they set the
 * status, so that whatever watches over HTTP sees it; with any data the status is 200, as GraphQL over HTTP has it.
 */
export function toGraphQLErrors(errors: readonly LocatedError[], hasData: boolean): readonly GraphQLError[] {
  const status = hasData
    ? undefined
    : statusByCode.find(([code]) => errors.some(({ extensions }) => extensions.code === code))?.[1];
  return errors.map(
    ({ message, path, extensions }, index) =>
      new GraphQLError(message, {
        path: path ?? null,
        extensions: index === 0 && status !== undefined ? { ...extensions, http: { status } } : extensions,
      }),
  );
}
