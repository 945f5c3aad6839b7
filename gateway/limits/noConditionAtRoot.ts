import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
  type ValidationRule,
} from "graphql";

/**
 * Refuses a subscription whose field is under a condition (`@skip`, `@include`): with nothing left there would be nothing to listen to. GraphQL is about to forbid it; graphql-js's own rule for the root of
 * subscriptions throws where such a condition is a variable, and so the operation is kept from it.
 */
export const noConditionAtRoot: ValidationRule = (context) => ({
  Document: (document): DocumentNode | undefined => {
    const fragments = new Map(
      document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
    );
    const refused = document.definitions.filter(
      (one): one is OperationDefinitionNode =>
        one.kind === Kind.OPERATION_DEFINITION &&
        one.operation === OperationTypeNode.SUBSCRIPTION &&
        isConditional(one.selectionSet, fragments, new Set()),
    );
    if (refused.length === 0) return undefined;
    for (const nodes of refused) {
      context.reportError(
        new GraphQLError("A subscription's own field cannot be under `@skip` or `@include`.", { nodes }),
      );
    }
    return { ...document, definitions: document.definitions.filter((one) => !refused.some((other) => other === one)) };
  },
});

/** Whether anything at the root is under a condition. `seen` are the fragments that were looked into: they may go in circles. */
function isConditional(
  { selections }: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  seen: Set<string>,
): boolean {
  return selections.some((selection) => {
    if (selection.directives?.some(({ name }) => /^(skip|include)$/.test(name.value))) return true;
    if (selection.kind === Kind.FIELD) return false;
    if (selection.kind === Kind.INLINE_FRAGMENT) return isConditional(selection.selectionSet, fragments, seen);
    const fragment = fragments.get(selection.name.value);
    if (fragment === undefined || seen.has(selection.name.value)) return false;
    seen.add(selection.name.value);
    return isConditional(fragment.selectionSet, fragments, seen);
  });
}
