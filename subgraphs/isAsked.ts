import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from "graphql";

/** What a resolver is told of the operation, as far as it says what is asked for. */
export type Asked = Pick<GraphQLResolveInfo, "fieldNodes" | "fragments">;

/**
 * Whether an operation asks for a field of what is being resolved, or for one further down (`edges`, `why`, `steps`), so that what costs
 * something of its own is done only when wanted.
 */
export function isAsked({ fieldNodes, fragments }: Asked, ...path: readonly string[]): boolean {
  let nodes: readonly FieldNode[] = fieldNodes;
  for (const name of path) {
    nodes = nodes
      .flatMap(({ selectionSet }) => fieldsIn(selectionSet, fragments))
      .filter((field) => field.name.value === name);
  }
  return nodes.length > 0;
}

function fieldsIn(selectionSet: SelectionSetNode | undefined, fragments: Asked["fragments"]): readonly FieldNode[] {
  return (selectionSet?.selections ?? []).flatMap((selection) => {
    if (selection.kind === "Field") return [selection];
    if (selection.kind === "InlineFragment") return fieldsIn(selection.selectionSet, fragments);
    return fieldsIn(fragments[selection.name.value]?.selectionSet, fragments);
  });
}
