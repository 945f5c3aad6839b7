import {
  type DocumentNode,
  type FieldNode,
  getArgumentValues,
  getVariableValues,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  type SelectionNode,
  visit,
} from "graphql";
import { documentOf } from "../prepareOperation.ts";
import { rootFieldsOf } from "../rootFieldsOf.ts";

type Json = Readonly<Record<string, unknown>>;

/** A subscription to a workshop, as the query that answers each of its events. */
export interface AskedByQuery {
  /** The workshop's id, as it was given. */
  readonly workshop: string;
  /** The place in the order of changes after which events begin; null: from now on. */
  readonly since: number | null;
  readonly query: string;
  readonly variables: (since: number | null) => Json;
  readonly eventOf: (data: Json) => LiveEvent;
}

/** What is told of a workshop at one time, and how far it goes. */
export interface LiveEvent {
  /** With the fields that were asked for, and no others. */
  readonly data: Json;
  readonly sequence: number;
  readonly hasMore: boolean;
  readonly open: boolean;
}

/**
 * The query that asks for what `Subscription.workshopChanged` tells, with the same selection. `document` is valid against `schema`, and `given` are its variables as they came; returned is what is wrong with these,
 * where something is. Throws where the schema has another subscription than this.
 *
 * How far an event goes has to be known whatever was selected, and of the very moment at which it was read: so it is asked for in the same field, under names that the document has not, and taken out again.
 */
export function asQuery(
  schema: GraphQLSchema,
  document: DocumentNode,
  { operation, given }: { readonly operation: OperationDefinitionNode; readonly given: Json },
): AskedByQuery | { readonly errors: readonly GraphQLError[] } {
  const values = getVariableValues(schema, operation.variableDefinitions ?? [], given, { maxErrors: 10 });
  if (values.errors !== undefined) return { errors: values.errors };
  const fragments = new Map(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );
  // A valid subscription has one field, which may be written several times.
  const fields = rootFieldsOf(operation.selectionSet.selections, fragments);
  const [field] = fields;
  const definition = field && schema.getSubscriptionType()?.getFields()[field.name.value];
  if (definition?.name !== "workshopChanged" || field === undefined) throw new Error("There is one subscription.");
  const { id, since = null } = getArgumentValues(definition, field, values.coerced) as {
    readonly id: string;
    readonly since?: number | null;
  };

  const text = print(document);
  const notIn = (name: string): string => (text.includes(name) ? notIn(`${name}_`) : name);
  const place = notIn("placeTold");
  const told = notIn("told");
  const key = field.alias?.value ?? field.name.value;
  const selections = fields.map((one, index): FieldNode => ({
    ...one,
    alias: { kind: Kind.NAME, value: key },
    name: { kind: Kind.NAME, value: "workshopChanges" },
    arguments: [
      ...(one.arguments ?? []).filter(({ name }) => name.value !== "since"),
      {
        kind: Kind.ARGUMENT,
        name: { kind: Kind.NAME, value: "since" },
        value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: place } },
      },
    ],
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: [...(one.selectionSet?.selections ?? []), ...(index === 0 ? howFar(told) : [])],
    },
  }));
  const query = documentOf({ ...operation, operation: OperationTypeNode.QUERY }, selections, fragments);

  return {
    workshop: id,
    since,
    query: print(withVariables(query, place)),
    variables: (from) => ({ ...given, [place]: from }),
    eventOf: (data) => {
      const {
        [`${told}Sequence`]: sequence,
        [`${told}HasMore`]: hasMore,
        [`${told}Workshop`]: workshop,
        ...asked
      } = data[key] as Json;
      return {
        data: { [key]: asked },
        sequence: sequence as number,
        hasMore: hasMore as boolean,
        open: (workshop as { readonly open: boolean }).open,
      };
    },
  };
}

/** The fields that tell how far an event goes. */
function howFar(told: string): readonly SelectionNode[] {
  const text = `{ ${told}Sequence: sequence ${told}HasMore: hasMore ${told}Workshop: workshop { open } }`;
  return parse(text, { noLocation: true }).definitions.flatMap((one) =>
    one.kind === Kind.OPERATION_DEFINITION ? one.selectionSet.selections : [],
  );
}

/** The document with one variable more, an Int, and without those that stand nowhere in it any more. */
function withVariables(document: DocumentNode, more: string): DocumentNode {
  const used = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => {
      used.add(name.value);
    },
  });
  return visit(document, {
    OperationDefinition: (operation) => ({
      ...operation,
      variableDefinitions: [
        ...(operation.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value)),
        {
          kind: Kind.VARIABLE_DEFINITION,
          variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: more } },
          type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: "Int" } },
        },
      ],
    }),
  });
}
