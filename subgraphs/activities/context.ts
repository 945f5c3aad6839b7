import type { Graph } from "../../graph/graph.ts";
import { byIds } from "../byIds.ts";
import { pagesByParent } from "../pagesByParent.ts";
import { activitiesByGroupIdsStatement } from "./queries/activitiesByGroupIds.ts";
import { activitiesByIdsStatement, activityParts } from "./queries/activitiesByIds.ts";
import { activitiesByOrganisationIdsStatement } from "./queries/activitiesByOrganisationIds.ts";
import { activitiesByPlaceIdsStatement } from "./queries/activitiesByPlaceIds.ts";

export type Context = ReturnType<typeof createContext>;

/** The loaders of one operation. */
export function createContext(graph: Graph) {
  return {
    activityById: byIds(graph, activitiesByIdsStatement, activityParts),
    activitiesOfGroup: pagesByParent(graph, activitiesByGroupIdsStatement),
    activitiesOfOrganisation: pagesByParent(graph, activitiesByOrganisationIdsStatement),
    activitiesOfPlace: pagesByParent(graph, activitiesByPlaceIdsStatement),
  };
}
