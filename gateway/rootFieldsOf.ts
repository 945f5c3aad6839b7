import { type FieldNode, type FragmentDefinitionNode, Kind, type SelectionNode } from "graphql";

/** The fields at the root of an operation, out of whatever fragments they stand in. */
export function rootFieldsOf(
  selections: readonly SelectionNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): readonly FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
    return rootFieldsOf(fragment?.selectionSet.selections ?? [], fragments);
  });
}
