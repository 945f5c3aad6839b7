import {
  type DirectiveNode,
  type FragmentDefinitionNode,
  getNullableType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";

export type Variables = Readonly<Record<string, unknown>>;

/** A `@skip` or `@include` on the way to a field: the field is there when its value is `wanted`. */
interface Condition {
  readonly wanted: boolean;
  readonly value: boolean | { readonly variable: string };
}

/** What is asked of one object of an answer, of whatever type it turns out to be. */
export interface Shape {
  /** The fields asked of an object of `type`, in the order in which they are answered. Worked out once for each type. */
  readonly fieldsOf: (schema: GraphQLSchema, type: GraphQLObjectType) => readonly ShapeField[];
}

export interface ShapeField {
  /** The name it has in the answer. */
  readonly key: string;
  readonly name: string;
  /** Undefined for `__typename`, `__schema` and `__type`. */
  readonly type: GraphQLOutputType | undefined;
  /** What is asked of the objects in it; null when it holds plain values. */
  readonly shape: Shape | null;
  readonly isAsked: (variables: Variables) => boolean;
}

interface Asked {
  readonly selectionSet: SelectionSetNode;
  readonly conditions: readonly Condition[];
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** What an operation asks for. Its document is valid: fragments exist, do not go round in circles, and fit their types. */
export function shapeOf(operation: OperationDefinitionNode, fragments: Fragments): Shape {
  return shapeOfAll([{ selectionSet: operation.selectionSet, conditions: [] }], fragments);
}

function shapeOfAll(asked: readonly Asked[], fragments: Fragments): Shape {
  const byType = new Map<GraphQLObjectType, readonly ShapeField[]>();
  return {
    fieldsOf: (schema, type) => {
      let fields = byType.get(type);
      if (fields === undefined) {
        fields = fieldsOf(schema, type, asked, fragments);
        byType.set(type, fields);
      }
      return fields;
    },
  };
}

function fieldsOf(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  asked: readonly Asked[],
  fragments: Fragments,
): readonly ShapeField[] {
  const occurrences = new Map<string, { name: string; asked: Asked[]; conditions: (readonly Condition[])[] }>();
  const collect = (selections: readonly SelectionNode[], above: readonly Condition[]) => {
    for (const selection of selections) {
      const conditions = [...above, ...conditionsOf(selection.directives ?? [])];
      if (selection.kind !== Kind.FIELD) {
        const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        if (fragment === undefined || !fits(schema, type, fragment.typeCondition?.name.value)) continue;
        collect(fragment.selectionSet.selections, conditions);
        continue;
      }
      const key = selection.alias?.value ?? selection.name.value;
      let field = occurrences.get(key);
      if (field === undefined) {
        field = { name: selection.name.value, asked: [], conditions: [] };
        occurrences.set(key, field);
      }
      field.conditions.push(conditions);
      if (selection.selectionSet) field.asked.push({ selectionSet: selection.selectionSet, conditions });
    }
  };
  for (const { selectionSet, conditions } of asked) collect(selectionSet.selections, conditions);
  const definitions = type.getFields();
  return [...occurrences].map(([key, { name, asked: below, conditions }]) => ({
    key,
    name,
    type: definitions[name]?.type,
    shape: below.length === 0 ? null : shapeOfAll(below, fragments),
    isAsked: conditions.some((all) => all.length === 0)
      ? () => true
      : (variables) => conditions.some((all) => all.every((condition) => holds(condition, variables))),
  }));
}

function conditionsOf(directives: readonly DirectiveNode[]): readonly Condition[] {
  return directives.flatMap(({ name: { value: name }, arguments: given }): readonly Condition[] => {
    const value = given?.find((argument) => argument.name.value === "if")?.value;
    if (name !== "skip" && name !== "include") return [];
    const wanted = name === "include";
    if (value?.kind === Kind.VARIABLE) return [{ wanted, value: { variable: value.name.value } }];
    return value?.kind === Kind.BOOLEAN ? [{ wanted, value: value.value }] : [];
  });
}

function holds({ wanted, value }: Condition, variables: Variables): boolean {
  return (typeof value === "boolean" ? value : variables[value.variable] === true) === wanted;
}

function fits(schema: GraphQLSchema, type: GraphQLObjectType, condition: string | undefined): boolean {
  if (condition === undefined || condition === type.name) return true;
  const wanted: GraphQLNamedType | undefined = schema.getType(condition);
  return isAbstractType(wanted) && schema.isSubType(wanted, type);
}

/** Whether null may not stand where a value of this type is expected. */
export function isRequired(type: GraphQLOutputType): boolean {
  return getNullableType(type) !== type;
}
