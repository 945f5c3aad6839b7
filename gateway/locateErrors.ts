import {
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionNode,
} from "graphql";
import type { AnswerError, SubgraphAnswer, SubgraphRequest } from "../subgraphs/execute.ts";
import { timedOut, unavailable } from "../core/publicError.ts";

type Representation = Readonly<Record<string, unknown>>;

/**
 * The errors of a subgraph's answer, each at a field: an error of an entity, or of the whole fetch, is given to every field that was
 * asked for there, or to the first of them that may not be null, which takes the others with it. The planner's runtime turns paths in
 * a fetch into paths in the client's answer, of fields but not of fetches.
 */
export function locateErrors(
  schema: GraphQLSchema,
  { document, variables }: SubgraphRequest,
  { data, errors = [] }: SubgraphAnswer,
): readonly AnswerError[] {
  const roots = document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? rootsOf(definition.selectionSet.selections) : [],
  );
  // A fetch of which nothing came back failed in all its fields, for the reason of its first error.
  const ofAll = errors.find(({ path }) => path === undefined || path.length === 0);
  const reasonOfAll = ofAll ?? (data === null && errors.length === 0 ? unavailable : undefined);
  const located = errors.flatMap((error) => {
    const [key, index] = error.path ?? [];
    if (error.path?.length !== 2 || typeof index !== "number") return error.path?.length ? [error] : [];
    const root = roots.find((one) => one.key === key);
    const representation = root === undefined ? undefined : representationsOf(root, variables)?.[index];
    if (root === undefined || representation === undefined) return [error];
    return fieldsAsked(schema, root.selections, representation, variables).map((field) => ({
      ...error,
      path: [root.key, index, field],
    }));
  });
  if (reasonOfAll === undefined) return located;
  const everywhere = roots.flatMap((root): AnswerError[] => {
    const representations = representationsOf(root, variables);
    if (representations === undefined) return [{ ...reasonOfAll, path: [root.key] }];
    return representations.flatMap((representation, index) =>
      fieldsAsked(schema, root.selections, representation, variables).map((field) => ({
        ...reasonOfAll,
        path: [root.key, index, field],
      })),
    );
  });
  return [...located, ...everywhere];
}

/** The answer of a fetch that nobody waited for. */
export const answerTimedOut: SubgraphAnswer = { data: null, errors: [timedOut] };

interface Root {
  readonly key: string;
  readonly selections: readonly SelectionNode[];
  /** The variable with the entities asked for; undefined for another field than `_entities`. */
  readonly representations: string | undefined;
}

function rootsOf(selections: readonly SelectionNode[]): Root[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootsOf(selection.selectionSet.selections);
    if (selection.kind !== Kind.FIELD || selection.name.value === "__typename") return [];
    const given = selection.arguments?.find(({ name }) => name.value === "representations")?.value;
    const ofEntities = selection.name.value === "_entities" && given?.kind === Kind.VARIABLE;
    return [
      {
        key: selection.alias?.value ?? selection.name.value,
        selections: selection.selectionSet?.selections ?? [],
        representations: ofEntities ? given.name.value : undefined,
      },
    ];
  });
}

function representationsOf(root: Root, variables: SubgraphRequest["variables"]): readonly Representation[] | undefined {
  return root.representations === undefined
    ? undefined
    : (variables?.[root.representations] as readonly Representation[] | undefined);
}

/** The names in the answer of what is asked of one entity; the first alone when it may not be null. */
function fieldsAsked(
  schema: GraphQLSchema,
  selections: readonly SelectionNode[],
  representation: Representation,
  variables: SubgraphRequest["variables"],
): readonly string[] {
  const typename = String(representation["__typename"]);
  const type = schema.getType(typename);
  const keys = new Set<string>();
  let required: string | undefined;
  const collect = (within: readonly SelectionNode[]) => {
    for (const selection of within) {
      if (selection.kind === Kind.FRAGMENT_SPREAD || isLeftOut(selection, variables)) continue;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value;
        const wanted = condition === undefined ? undefined : schema.getType(condition);
        const fits =
          condition === undefined ||
          condition === typename ||
          (isAbstractType(wanted) && isObjectType(type) && schema.isSubType(wanted, type));
        if (fits) collect(selection.selectionSet.selections);
        continue;
      }
      const name = selection.name.value;
      if (name === "__typename") continue;
      const key = selection.alias?.value ?? name;
      keys.add(key);
      const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
      if (definition !== undefined && isNonNullType(definition.type)) required ??= key;
    }
  };
  collect(selections);
  return required === undefined ? [...keys] : [required];
}

function isLeftOut(selection: SelectionNode, variables: SubgraphRequest["variables"]): boolean {
  return (selection.directives ?? []).some(({ name, arguments: given }) => {
    const value = given?.find((argument) => argument.name.value === "if")?.value;
    const holds =
      value?.kind === Kind.VARIABLE
        ? variables?.[value.name.value] === true
        : value?.kind === Kind.BOOLEAN && value.value;
    return (name.value === "skip" && holds) || (name.value === "include" && !holds);
  });
}
