import { localDateOf } from "../../calendar/localDate.ts";
import type { Graph } from "../../graph/graph.ts";
import { byIds } from "../byIds.ts";
import { pagesByParent } from "../pagesByParent.ts";
import { groupParts, groupsByIdsStatement } from "./queries/groupsByIds.ts";
import { groupsByOrganisationIdsStatement } from "./queries/groupsByOrganisationIds.ts";

export type Context = ReturnType<typeof createContext>;

/** The loaders of one operation, as of `now`. */
export function createContext(graph: Graph, now: Date) {
  const asked = { today: localDateOf(now) };
  return {
    groupById: byIds(graph, groupsByIdsStatement, groupParts, asked),
    groupsOfOrganisation: pagesByParent(graph, groupsByOrganisationIdsStatement, asked),
  };
}
