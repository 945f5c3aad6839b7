import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSubgraphSchema, type GraphQLResolverMap } from "@apollo/subgraph";
import { type DocumentNode, type GraphQLSchema, parse } from "graphql";
import type { Caller } from "../core/caller.ts";
import type { SubgraphName } from "../core/config.ts";
import type { Graph } from "../graph/graph.ts";
import { sharedSchemas } from "./sharedSchemas.ts";

/** A subgraph as whoever runs it sees it: a schema, and a context to make for each operation. It knows neither HTTP nor a server. */
export interface Subgraph {
  readonly name: SubgraphName;
  /** Its own SDL with the shared types it uses: what is composed. */
  readonly typeDefs: DocumentNode;
  readonly schema: GraphQLSchema;
  /**
   * The context of one operation: its loaders, over a graph that ends with the operation (`Graph.within`), and who asks. Never shared between operations.
   */
  readonly createContext: (graph: Graph, caller: Caller) => object;
}

const root = join(import.meta.dirname, "..");

/** The SDL of a subgraph: its schema.graphql and the shared files it uses. Throws when a file is missing or is not GraphQL. */
export function typeDefsOf(name: SubgraphName): DocumentNode {
  const files = [
    join(root, "subgraphs", name, "schema.graphql"),
    ...sharedSchemas[name].map((file) => join(root, "schema", "shared", `${file}.graphql`)),
  ];
  return parse(files.map((file) => readFileSync(file, "utf8")).join("\n"));
}

/** Builds a subgraph from its resolvers and its context. Throws when its SDL and resolvers do not fit each other. */
export function createSubgraph(
  name: SubgraphName,
  resolvers: object,
  createContext: Subgraph["createContext"],
): Subgraph {
  const typeDefs = typeDefsOf(name);
  return {
    name,
    typeDefs,
    schema: buildSubgraphSchema([{ typeDefs, resolvers: resolvers as GraphQLResolverMap<unknown> }]),
    createContext,
  };
}
