import type { GraphQLResolveInfo, SelectionSetNode } from "graphql";

/** Whether an operation asks for a field of what is being resolved, so that what costs a statement of its own is done only when wanted. */
export function isAsked(info: Pick<GraphQLResolveInfo, "fieldNodes" | "fragments">, field: string): boolean {
  const isIn = (selectionSet: SelectionSetNode | undefined): boolean =>
    selectionSet?.selections.some((selection) => {
      if (selection.kind === "Field") return selection.name.value === field;
      if (selection.kind === "InlineFragment") return isIn(selection.selectionSet);
      return isIn(info.fragments[selection.name.value]?.selectionSet);
    }) ?? false;
  return info.fieldNodes.some(({ selectionSet }) => isIn(selectionSet));
}
