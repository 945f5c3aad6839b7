import type { ApolloServerOptionsWithGateway } from "@apollo/server";
import type { DocumentNode, GraphQLSchema } from "graphql";
import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit";
import type { Log } from "../../core/log.ts";
import type { OperationUnderWay } from "../../core/operation.ts";
import { type Door, openDoor } from "../../gateway/door.ts";
import type { RequestContext } from "../../gateway/federation.ts";
import type { Graph } from "../../graph/graph.ts";
import type { Subgraph } from "../../subgraphs/subgraph.ts";
import { oneSchema } from "./oneSchema.ts";

/** The subgraphs as one schema without federation, behind the same door as the gateway: `oneSchema` says how they become one. */
export function openOneSchema(
  subgraphs: readonly Subgraph[],
  {
    apiSdl,
    graph,
    log,
    operationTimeoutMs,
    isCompiled,
  }: {
    readonly apiSdl: string;
    readonly graph: Graph;
    readonly log: Log;
    readonly operationTimeoutMs: number;
    /** Whether graphql-jit executes, as it does in the subgraphs of the gateway, and not graphql-js. */
    readonly isCompiled: boolean;
  },
): Promise<Door> {
  const schema = oneSchema(subgraphs, apiSdl);
  const contextOf = (operation: OperationUnderWay): RequestContext => {
    const within = graph.within(operation);
    return Object.assign(
      { operation },
      ...subgraphs.map(({ createContext }) => createContext(within, operation.caller)),
    ) as RequestContext;
  };
  return openDoor({
    behind: isCompiled ? { gateway: compiling(schema) } : { schema },
    contextOf,
    apiSdl,
    supergraphSdl: apiSdl,
    isReady: () => Promise.resolve(true),
    log,
    operationTimeoutMs,
    clock: () => new Date(),
  });
}

/** Executes with graphql-jit: Apollo Server lets a gateway execute, and nobody else. Documents with @skip or @include it does not do well. */
function compiling(schema: GraphQLSchema): ApolloServerOptionsWithGateway<RequestContext>["gateway"] {
  const queries = new WeakMap<DocumentNode, CompiledQuery>();

  function compiled(document: DocumentNode): CompiledQuery {
    const known = queries.get(document);
    if (known !== undefined) return known;
    const query = compileQuery(schema, document, undefined, { disablingCapturingStackErrors: true });
    if (!isCompiledQuery(query)) throw new Error(`This query cannot be compiled: ${JSON.stringify(query.errors)}`);
    queries.set(document, query);
    return query;
  }

  return {
    onSchemaLoadOrUpdate: (loaded) => {
      loaded({ apiSchema: schema, coreSupergraphSdl: "" });
      return () => undefined;
    },
    load: () =>
      Promise.resolve({
        executor: async ({ document, request, context }) =>
          compiled(document).query(undefined, context, request.variables ?? {}),
      }),
    stop: () => Promise.resolve(),
  };
}
