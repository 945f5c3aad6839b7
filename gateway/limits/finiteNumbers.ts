import {
  type ASTNode,
  type ASTVisitFn,
  type FloatValueNode,
  GraphQLError,
  type IntValueNode,
  Kind,
  type ValidationRule,
} from "graphql";
import type { ErrorCode } from "../../core/errors.ts";

/**
 * Refuses numbers that are too large to be told from infinity, `1e400`, at the argument that they are given to: GraphQL itself takes them
 * for a Float, and on the way to a subgraph they would be written `inf`, which nothing can read. In variables GraphQL refuses them.
 */
export const finiteNumbers: ValidationRule = (context) => {
  const check: ASTVisitFn<FloatValueNode | IntValueNode> = (node, _key, parent, _path, ancestors) => {
    if (Number.isFinite(Number(node.value))) return;
    const code: ErrorCode = "BAD_INPUT";
    context.reportError(
      new GraphQLError(`${shortened(node.value)} is too large a number.`, {
        nodes: node,
        extensions: { code, field: [...ancestors, parent].flatMap(nameOf) },
      }),
    );
  };
  return { FloatValue: check, IntValue: check };
};

/** The argument, the field of an input or the variable that a value stands in: a path has one of each that is on the way to it. */
function nameOf(one: ASTNode | readonly ASTNode[] | undefined): readonly string[] {
  if (one === undefined || !("kind" in one)) return [];
  if (one.kind === Kind.ARGUMENT || one.kind === Kind.OBJECT_FIELD) return [one.name.value];
  return one.kind === Kind.VARIABLE_DEFINITION ? [one.variable.name.value] : [];
}

function shortened(number: string): string {
  return number.length <= 20 ? number : `${number.slice(0, 20)}…`;
}
