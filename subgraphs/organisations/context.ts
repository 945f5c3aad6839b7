import type { Graph } from "../../graph/graph.ts";
import { byIds } from "../byIds.ts";
import { organisationParts, organisationsByIdsStatement } from "./queries/organisationsByIds.ts";

export type Context = ReturnType<typeof createContext>;

/** The loaders of one operation. */
export function createContext(graph: Graph) {
  return { organisationById: byIds(graph, organisationsByIdsStatement, organisationParts) };
}
