import { GraphQLError, type ValidationRule } from "graphql";
import type { ErrorCode } from "../../core/errors.ts";
import { measureOperation, type OperationSize } from "../measureOperation.ts";

/**
 * A limit on the size of an operation, as a rule of validation: it is checked once for each document, before anything is asked of anybody.
 * `sentence` tells the caller what it is and what is allowed; the code and `limit` tell their program.
 */
export function limitRule({
  measure,
  limit,
  code,
  sentence,
}: {
  readonly measure: keyof OperationSize;
  readonly limit: number;
  readonly code: ErrorCode;
  readonly sentence: (actual: number) => string;
}): ValidationRule {
  return (context) => ({
    OperationDefinition: (operation) => {
      const actual = measureOperation(context.getSchema(), context.getDocument(), operation)[measure];
      if (actual <= limit) return;
      context.reportError(new GraphQLError(sentence(actual), { nodes: operation, extensions: { code, limit } }));
    },
  });
}
