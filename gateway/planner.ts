import { unifiedGraphHandler } from "@graphql-hive/router-runtime";
import {
  buildASTSchema,
  type DirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  isEnumType,
  Kind,
  parse,
  valueFromASTUntyped,
  visit,
} from "graphql";
import type { SubgraphAnswer, SubgraphRequest } from "../subgraphs/execute.ts";
import type { Path } from "./completeAnswer.ts";

/** What the planner's runtime put together: the data as far as it came, and errors that may not all be ours to show. */
export interface Gathered {
  readonly data?: Record<string, unknown>;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: Path | undefined;
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
}

/** Answers a prepared document: plans it, once for each document, and fetches what the plan says. Rejects when it cannot be planned. */
export type Gather<Context> = (
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
  context: Context,
) => Promise<Gathered>;

/** Asks one subgraph, for one operation. Never rejects. */
export type FetchFrom<Context> = (
  subgraph: string,
  request: SubgraphRequest,
  context: Context,
) => Promise<SubgraphAnswer>;

/**
 * The planner and its runtime (Hive's) over a supergraph. Every fetch goes through `fetchFrom`.
 * Throws when the supergraph names a subgraph that is not one of `subgraphs`.
 */
export async function createPlanner<Context extends object>({
  supergraphSdl,
  subgraphs,
  fetchFrom,
}: {
  readonly supergraphSdl: string;
  readonly subgraphs: readonly string[];
  readonly fetchFrom: FetchFrom<Context>;
}): Promise<Gather<Context>> {
  const unifiedGraph = buildASTSchema(
    visit(parse(supergraphSdl, { noLocation: true }), {
      Directive: (directive) => (isReadInVain(directive) ? null : undefined),
    }),
    { assumeValidSDL: true },
  );
  const missing = subgraphsOf(unifiedGraph).filter((name) => !subgraphs.includes(name));
  if (missing.length > 0) {
    throw new Error(
      `The supergraph names subgraphs that are not there: ${missing.join(", ")}. Run \`npm run compose\`.`,
    );
  }
  const runtime = await unifiedGraphHandler({
    unifiedGraph,
    getUnifiedGraphSDL: () => supergraphSdl,
    onSubgraphExecute: ((name: string, { document, variables, context }: SubgraphRequest & { context: Context }) =>
      fetchFrom(name, { document, variables }, context)) as never,
  });
  const { executor } = runtime;
  if (executor === undefined) throw new Error("The planner came without an executor.");
  // The runtime works out what it knows of the subgraphs when it is first asked: the first caller would wait for that.
  for (const name of subgraphsOf(unifiedGraph)) runtime.getSubgraphSchema(name);
  return async (document, variables, context) =>
    // No signal: a plan that was given up is kept as a failure, and answers everyone who asks the same after.
    (await executor({ document, variables, context })) as Gathered;
}

/**
 * Whether the runtime reads a directive anew for every fetch, or for every value of an enum that it answers, and makes nothing of it. Plans are made from the text of the supergraph, which says
 * everything; these two are for stitching, which is the runtime's other way, and cost the gateway a tenth of its work for a page.
 */
function isReadInVain({ name, arguments: given = [] }: DirectiveNode): boolean {
  if (name.value === "join__enumValue") return true;
  const external = given.find((argument) => argument.name.value === "external")?.value;
  return name.value === "join__field" && external?.kind === Kind.BOOLEAN && external.value;
}

/** The names under which a supergraph knows its subgraphs. */
function subgraphsOf(supergraph: GraphQLSchema): readonly string[] {
  const graphs = supergraph.getType("join__Graph");
  if (!isEnumType(graphs)) return [];
  return graphs.getValues().flatMap(({ astNode }) => {
    const directive = astNode?.directives?.find(({ name }) => name.value === "join__graph");
    const value = directive?.arguments?.find(({ name }) => name.value === "name")?.value;
    return value?.kind === Kind.STRING ? [String(valueFromASTUntyped(value))] : [];
  });
}
