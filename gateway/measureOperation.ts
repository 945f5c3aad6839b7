import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";

/** How large an operation is once its fragments are put in wherever they are spread: as large as it is to plan and to answer. */
export interface OperationSize {
  /** Fields within fields, at the deepest. What is asked about the schema does not count: GraphQL's own rules limit that. */
  readonly depth: number;
  /** Fields at the root. */
  readonly rootFields: number;
  /** Fields and fragments. */
  readonly selections: number;
  readonly aliases: number;
  readonly directives: number;
}

type Sizes = { -readonly [Name in keyof Omit<OperationSize, "rootFields">]: number };

const sizes = new WeakMap<OperationDefinitionNode, OperationSize>();

/** The size of an operation, worked out once. Takes documents that are not valid, too: with fragments that are missing or go in circles. */
export function measureOperation(document: DocumentNode, operation: OperationDefinitionNode): OperationSize {
  const known = sizes.get(operation);
  if (known !== undefined) return known;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const measured = new Map<string, { readonly below: Sizes; readonly rootFields: number }>();
  const nothing = { below: { depth: 0, selections: 0, aliases: 0, directives: 0 }, rootFields: 0 };

  function measure({ selections }: SelectionSetNode): { readonly below: Sizes; readonly rootFields: number } {
    const total: Sizes = { depth: 0, selections: 0, aliases: 0, directives: 0 };
    let rootFields = 0;
    for (const selection of selections) {
      let inside = nothing;
      let deeper = 0;
      if (selection.kind === Kind.FIELD) {
        rootFields += 1;
        if (selection.selectionSet) inside = measure(selection.selectionSet);
        if (selection.alias) total.aliases += 1;
        deeper = /^__(schema|type)$/.test(selection.name.value) ? 1 - inside.below.depth : 1;
      } else {
        inside =
          selection.kind === Kind.INLINE_FRAGMENT
            ? measure(selection.selectionSet)
            : measureFragment(selection.name.value);
        rootFields += inside.rootFields;
      }
      total.depth = Math.max(total.depth, inside.below.depth + deeper);
      total.selections += inside.below.selections + 1;
      total.aliases += inside.below.aliases;
      total.directives += inside.below.directives + (selection.directives?.length ?? 0);
    }
    return { below: total, rootFields };
  }

  function measureFragment(name: string) {
    const before = measured.get(name);
    if (before !== undefined) return before;
    // What a fragment that contains itself adds to itself is nothing: another rule refuses it.
    measured.set(name, nothing);
    const fragment = fragments.get(name);
    const size = fragment === undefined ? nothing : measure(fragment.selectionSet);
    measured.set(name, size);
    return size;
  }

  const { below, rootFields } = measure(operation.selectionSet);
  const size = { ...below, directives: below.directives + (operation.directives?.length ?? 0), rootFields };
  sizes.set(operation, size);
  return size;
}
