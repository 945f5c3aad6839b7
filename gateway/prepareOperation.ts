import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { type Shape, shapeOf } from "./shape.ts";

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** One operation of a client's document, made ready to be planned and answered any number of times. */
export interface PreparedOperation {
  readonly operation: OperationDefinitionNode;
  /** What the planner is given; null when the operation asks about nothing but the schema. */
  readonly planned: DocumentNode | null;
  /** What the operation asks about the schema; null when it asks nothing about it. */
  readonly introspection: DocumentNode | null;
  /** What the answer must look like. */
  readonly shape: Shape;
}

/**
 * Prepares an operation, once for each document. `document` is valid against `schema`, the API as clients see it.
 *
 * The planner's own runtime answers three kinds of valid operations wrongly, so that it is given others that mean the same:
 * - one with `__schema` beside other fields: it answers null for those. Questions about the schema are taken out, and answered here.
 * - one with a field asked for twice in one place: lists come out twice as long. Each but the first is moved into a fragment, which it
 *   merges well.
 * - one that fails in part within a fragment on an interface: what is left of the answer does not say of which type it is. `__typename`
 *   is asked for wherever the type is not known, and taken out again by `completeAnswer`.
 */
export function prepareOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): PreparedOperation {
  const fragments = new Map(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );
  const selections = withoutRootSpreads(operation.selectionSet.selections, fragments);
  const rest = partOf(selections, (field) => !field.name.value.startsWith("__"));
  const introspection = partOf(selections, (field) => /^__(schema|type)$/.test(field.name.value));
  return {
    operation,
    planned: rest.length === 0 ? null : plannable(schema, documentOf(operation, rest, fragments), fragments),
    introspection: introspection.length === 0 ? null : documentOf(operation, introspection, fragments),
    shape: shapeOf(operation, fragments),
  };
}

/** The selections at the root, with every fragment spread there replaced by what it stands for. */
function withoutRootSpreads(selections: readonly SelectionNode[], fragments: Fragments): readonly SelectionNode[] {
  return selections.map((selection) => {
    if (selection.kind === Kind.FIELD) return selection;
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
    const inside = withoutRootSpreads(fragment?.selectionSet.selections ?? [], fragments);
    return {
      kind: Kind.INLINE_FRAGMENT,
      ...(fragment?.typeCondition === undefined ? {} : { typeCondition: fragment.typeCondition }),
      ...(selection.directives === undefined ? {} : { directives: selection.directives }),
      selectionSet: { kind: Kind.SELECTION_SET, selections: inside },
    };
  });
}

/** The root fields for which `belongs` holds, in the fragments they stand in. */
function partOf(
  selections: readonly SelectionNode[],
  belongs: (field: FieldNode) => boolean,
): readonly SelectionNode[] {
  return selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.FIELD) return belongs(selection) ? [selection] : [];
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
    const inside = partOf(selection.selectionSet.selections, belongs);
    return inside.length === 0
      ? []
      : [{ ...selection, selectionSet: { ...selection.selectionSet, selections: inside } }];
  });
}

/** A document of one operation with these selections, and the fragments they need. */
export function documentOf(
  operation: OperationDefinitionNode,
  selections: readonly SelectionNode[],
  fragments: Fragments,
): DocumentNode {
  const selectionSet: SelectionSetNode = { kind: Kind.SELECTION_SET, selections };
  const needed = new Map<string, FragmentDefinitionNode>();
  const need = (within: SelectionSetNode) => {
    visit(within, {
      FragmentSpread: ({ name: { value: name } }) => {
        const fragment = fragments.get(name);
        if (fragment === undefined || needed.has(name)) return;
        needed.set(name, fragment);
        need(fragment.selectionSet);
      },
    });
  };
  need(selectionSet);
  return { kind: Kind.DOCUMENT, definitions: [{ ...operation, selectionSet }, ...needed.values()] };
}

function plannable(schema: GraphQLSchema, document: DocumentNode, fragments: Fragments): DocumentNode {
  const types = new TypeInfo(schema);
  return visit(
    document,
    visitWithTypeInfo(types, {
      SelectionSet: {
        leave: (selectionSet) => {
          const selections = repeatedFieldsApart(selectionSet.selections, fragments);
          return isAbstractType(types.getParentType()) && !selections.some(isPlainTypename)
            ? { ...selectionSet, selections: [...selections, typename] }
            : { ...selectionSet, selections };
        },
      },
    }),
  );
}

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };

function isPlainTypename(selection: SelectionNode): boolean {
  return (
    selection.kind === Kind.FIELD &&
    selection.name.value === "__typename" &&
    selection.alias === undefined &&
    (selection.directives ?? []).length === 0
  );
}

/** The same selections, where a field whose name in the answer stands before it, in whatever fragment, is in a fragment of its own. */
function repeatedFieldsApart(selections: readonly SelectionNode[], fragments: Fragments): readonly SelectionNode[] {
  const before = new Set<string>();
  return selections.map((selection) => {
    const isRepeated = selection.kind === Kind.FIELD && before.has(keyOf(selection));
    addKeys(before, [selection], fragments);
    return isRepeated
      ? { kind: Kind.INLINE_FRAGMENT, selectionSet: { kind: Kind.SELECTION_SET, selections: [selection] } }
      : selection;
  });
}

/** Adds the names that these selections have in the answer. */
function addKeys(keys: Set<string>, selections: readonly SelectionNode[], fragments: Fragments): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      keys.add(keyOf(selection));
      continue;
    }
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
    addKeys(keys, fragment?.selectionSet.selections ?? [], fragments);
  }
}

function keyOf(field: FieldNode): string {
  return field.alias?.value ?? field.name.value;
}
