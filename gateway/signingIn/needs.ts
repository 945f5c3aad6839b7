import {
  type ConstDirectiveNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  isTypeDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  valueFromASTUntyped,
} from "graphql";
import { type Caller, type Scope, scopes } from "../../core/caller.ts";

/** What the schema says that whoever asks must have: all the scopes of one of these lists, or (null) no more than somebody's name. */
export interface Need {
  /** "Mutation.startWorkshop", or the name of a type. */
  readonly of: string;
  readonly anyOf: readonly (readonly Scope[])[] | null;
}

/** Whether a caller has what is needed. */
export function has(caller: Caller, { anyOf }: Need): boolean {
  return anyOf === null
    ? caller.actor !== null
    : anyOf.some((all) => all.every((scope) => caller.scopes.includes(scope)));
}

/** All that an operation needs, whatever its variables, each once. `schema` is the API as clients see it, and the document is valid against it. */
export type NeedsOf = (
  schema: GraphQLSchema,
  fragments: readonly FragmentDefinitionNode[],
  operation: OperationDefinitionNode,
) => readonly Need[];

/**
 * What operations need, as the directives `@authenticated` and `@requiresScopes` of the supergraph say: on a field, on the type it stands in, and on the type it gives. What
 * is asked of an interface may be answered by any of its types, and so needs what each of them does. (Composition takes no such directive on an interface itself.)
 * Throws for a scope that is none of ours, which nobody could ever have.
 */
export function needsOf(supergraphSdl: string): NeedsOf {
  const ofTypes = new Map<string, readonly Need[]>();
  const ofFields = new Map<string, readonly Need[]>();
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (!isTypeDefinitionNode(definition)) continue;
    const type = definition.name.value;
    ofTypes.set(type, needsIn(type, definition.directives));
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const { name, directives } of definition.fields ?? []) {
      const field = `${type}.${name.value}`;
      ofFields.set(field, needsIn(field, directives));
    }
  }

  /** A type, and what it may turn out to be. */
  function typesOf(schema: GraphQLSchema, type: GraphQLNamedType): readonly string[] {
    return [type, ...(isAbstractType(type) ? schema.getPossibleTypes(type) : [])].map(({ name }) => name);
  }

  return (schema, fragments, operation) => {
    const found = new Set<Need>();
    const add = (needs: readonly Need[] = []) => {
      for (const need of needs) found.add(need);
    };
    const byName = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
    const seen = new Set<string>();

    function within({ selections }: SelectionSetNode, type: GraphQLNamedType | undefined): void {
      if (type === undefined) return;
      add(ofTypes.get(type.name));
      for (const selection of selections) {
        if (selection.kind === Kind.FIELD) {
          const name = selection.name.value;
          for (const one of typesOf(schema, type)) add(ofFields.get(`${one}.${name}`));
          const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
          if (field === undefined) continue;
          const given = getNamedType(field.type);
          add(ofTypes.get(given.name));
          if (selection.selectionSet !== undefined) within(selection.selectionSet, given);
          continue;
        }
        if (selection.kind === Kind.FRAGMENT_SPREAD) {
          const spread = selection.name.value;
          // It means the same wherever it stands.
          if (seen.has(spread)) continue;
          seen.add(spread);
        }
        const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? byName.get(selection.name.value) : selection;
        const condition = fragment?.typeCondition?.name.value;
        if (fragment !== undefined) {
          within(fragment.selectionSet, condition === undefined ? type : schema.getType(condition));
        }
      }
    }

    within(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined);
    return [...found];
  };
}

function needsIn(of: string, directives: readonly ConstDirectiveNode[] = []): readonly Need[] {
  return directives.flatMap((directive): Need[] => {
    if (directive.name.value === "authenticated") return [{ of, anyOf: null }];
    if (directive.name.value !== "requiresScopes") return [];
    const value = directive.arguments?.find(({ name }) => name.value === "scopes")?.value;
    const anyOf = (value === undefined ? [] : valueFromASTUntyped(value)) as readonly (readonly string[])[];
    return [{ of, anyOf: anyOf.map((all) => all.map((name) => scopeCalled(name, of))) }];
  });
}

function scopeCalled(name: string, of: string): Scope {
  const scope = scopes.find((known) => known === name);
  if (scope === undefined) throw new Error(`${of} needs the scope ${name}, which is none of ${scopes.join(", ")}.`);
  return scope;
}
