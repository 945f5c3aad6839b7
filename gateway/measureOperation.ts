import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type NamedTypeNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";

/** How large an operation is once it is written out: as large as it is to plan and to answer. */
export interface OperationSize {
  /** Fields within fields, at the deepest. What is asked about the schema does not count: GraphQL's own rules limit that. */
  readonly depth: number;
  /** Fields at the root. */
  readonly rootFields: number;
  /** Fields and fragments: what is in a fragment wherever it is spread, and what is asked of an interface for each of its types. */
  readonly selections: number;
  readonly aliases: number;
  readonly directives: number;
}

type Size = { -readonly [Name in keyof OperationSize]: number };

const nothing: OperationSize = { depth: 0, rootFields: 0, selections: 0, aliases: 0, directives: 0 };

const sizes = new WeakMap<OperationDefinitionNode, OperationSize>();

/** The size of an operation, worked out once. Takes documents that are not valid, too: with fragments that are missing or go in circles. */
export function measureOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): OperationSize {
  const known = sizes.get(operation);
  if (known !== undefined) return known;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const measured = new Map<string, OperationSize>();

  function measure({ selections }: SelectionSetNode, type: GraphQLNamedType | undefined): OperationSize {
    const types = isAbstractType(type) ? Math.max(1, schema.getPossibleTypes(type).length) : 1;
    const total: Size = { ...nothing };
    for (const selection of selections) {
      let inside = nothing;
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value;
        if (selection.selectionSet) inside = measure(selection.selectionSet, typeOfField(type, name));
        total.rootFields += 1;
        total.selections += types * (1 + inside.selections);
        if (selection.alias) total.aliases += 1;
        total.depth = Math.max(total.depth, /^__(schema|type)$/.test(name) ? 1 : 1 + inside.depth);
      } else {
        inside =
          selection.kind === Kind.FRAGMENT_SPREAD
            ? measureFragment(selection.name.value)
            : measure(selection.selectionSet, conditionOf(selection) ?? type);
        total.rootFields += inside.rootFields;
        total.selections += 1 + inside.selections;
        total.depth = Math.max(total.depth, inside.depth);
      }
      total.aliases += inside.aliases;
      total.directives += inside.directives + (selection.directives?.length ?? 0);
    }
    return total;
  }

  function measureFragment(name: string): OperationSize {
    const before = measured.get(name);
    if (before !== undefined) return before;
    // What a fragment that contains itself adds to itself is nothing: another rule refuses it.
    measured.set(name, nothing);
    const fragment = fragments.get(name);
    const size = fragment === undefined ? nothing : measure(fragment.selectionSet, conditionOf(fragment));
    measured.set(name, size);
    return size;
  }

  function conditionOf({ typeCondition }: { readonly typeCondition?: NamedTypeNode | undefined }) {
    return typeCondition === undefined ? undefined : schema.getType(typeCondition.name.value);
  }

  const size = measure(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined);
  const whole = { ...size, directives: size.directives + (operation.directives?.length ?? 0) };
  sizes.set(operation, whole);
  return whole;
}

function typeOfField(type: GraphQLNamedType | undefined, name: string): GraphQLNamedType | undefined {
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
  return field === undefined ? undefined : getNamedType(field.type);
}
