import type { ApolloServerPlugin } from "@apollo/server";
import {
  type ArgumentNode,
  type FragmentDefinitionNode,
  getNamedType,
  GraphQLError,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import type { ErrorCode } from "../../core/errors.ts";
import type { RequestContext } from "../federation.ts";

/** A hundred results with a page of a hundred for each, twice over. A page in a page in a page multiplies to a million. */
const limit = 20_000;

/** The pages that an operation asks for, each with the pages within it. */
interface Pages {
  /** How many items one page has; the variable that says so; or 1, for what is no page. */
  readonly size: number | { readonly variable: string; readonly otherwise: number };
  readonly within: readonly Pages[];
}

const pagesByOperation = new WeakMap<OperationDefinitionNode, Pages>();

/**
 * Refuses, with 400, an operation whose pages (fields that take `first`), each as long as it may be, hold more than 20,000 items together.
 * Each page within a page counts as often as the page that it is in has items.
 */
export const maximumItems: ApolloServerPlugin<RequestContext> = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ operation, document, schema, request: { variables } }) => {
        if (operation === undefined) return Promise.resolve();
        let pages = pagesByOperation.get(operation);
        if (pages === undefined) {
          const fragments = document.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
          pages = pagesOf(schema, operation, new Map(fragments.map((fragment) => [fragment.name.value, fragment])));
          pagesByOperation.set(operation, pages);
        }
        const items = itemsOf(pages, variables ?? {});
        if (items <= limit) return Promise.resolve();
        const code: ErrorCode = "QUERY_TOO_COSTLY";
        throw new GraphQLError(
          `The pages of this query may hold ${items} items together; at most ${limit} are allowed. Ask for shorter pages within pages.`,
          { extensions: { code, limit, http: { status: 400 } } },
        );
      },
    }),
};

function pagesOf(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Pages {
  const defaults = new Map(
    operation.variableDefinitions?.map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue?.kind === Kind.INT ? Number(defaultValue.value) : undefined,
    ]),
  );

  function sizeOf(given: readonly ArgumentNode[], byDefault: number): Pages["size"] {
    const value = given.find((argument) => argument.name.value === "first")?.value;
    if (value?.kind === Kind.INT) return Number(value.value);
    if (value?.kind !== Kind.VARIABLE) return byDefault;
    const variable = value.name.value;
    return { variable, otherwise: defaults.get(variable) ?? byDefault };
  }

  function pagesIn({ selections }: SelectionSetNode, type: GraphQLNamedType | undefined): Pages[] {
    return selections.flatMap((selection): Pages[] => {
      if (selection.kind !== Kind.FIELD) {
        const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
        const condition = fragment?.typeCondition?.name.value;
        return fragment === undefined
          ? []
          : pagesIn(fragment.selectionSet, condition === undefined ? type : schema.getType(condition));
      }
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[selection.name.value] : undefined;
      if (field === undefined || selection.selectionSet === undefined) return [];
      const within = pagesIn(selection.selectionSet, getNamedType(field.type));
      const first = field.args.find(({ name }) => name === "first");
      return first === undefined
        ? within
        : [{ size: sizeOf(selection.arguments ?? [], Number(first.defaultValue ?? 1)), within }];
    });
  }

  return { size: 1, within: pagesIn(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined) };
}

/** How many items there are at most on the pages within these. Less than none on one page, which its resolver refuses, counts as none. */
function itemsOf({ within }: Pages, variables: Readonly<Record<string, unknown>>): number {
  return within.reduce((total, pages) => {
    const { size } = pages;
    const given = typeof size === "number" ? size : (variables[size.variable] ?? size.otherwise);
    return total + Math.max(0, Number(given) || 0) * (1 + itemsOf(pages, variables));
  }, 0);
}
