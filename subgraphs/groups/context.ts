import type { Graph } from "../../graph/graph.ts";
import { byIds } from "../byIds.ts";
import { pagesByParent } from "../pagesByParent.ts";
import { groupParts, groupsByIdsStatement } from "./queries/groupsByIds.ts";
import { groupsByOrganisationIdsStatement } from "./queries/groupsByOrganisationIds.ts";

export type Context = ReturnType<typeof createContext>;

/** The loaders of one operation. */
export function createContext(graph: Graph) {
  return {
    groupById: byIds(graph, groupsByIdsStatement, groupParts),
    groupsOfOrganisation: pagesByParent(graph, groupsByOrganisationIdsStatement),
  };
}
