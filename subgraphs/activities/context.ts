import { localDateOf } from "../../calendar/localDate.ts";
import type { Graph } from "../../graph/graph.ts";
import { byIds } from "../byIds.ts";
import { pagesByParent } from "../pagesByParent.ts";
import { activitiesByGroupIdsStatement } from "./queries/activitiesByGroupIds.ts";
import { activitiesByIdsStatement, activityParts } from "./queries/activitiesByIds.ts";
import { activitiesByOrganisationIdsStatement } from "./queries/activitiesByOrganisationIds.ts";
import { activitiesByPlaceIdsStatement } from "./queries/activitiesByPlaceIds.ts";
import { sessionsByActivityIdsStatement } from "./queries/sessionsByActivityIds.ts";
import { sessionsByIdsStatement } from "./queries/sessionsByIds.ts";

export type Context = ReturnType<typeof createContext>;

/** The loaders of one operation, and what time it is. */
export function createContext(graph: Graph, now: Date) {
  const today = localDateOf(now);
  const asked = { now: now.toISOString(), today };
  return {
    now,
    /** The local date. */
    today,
    activityById: byIds(graph, activitiesByIdsStatement, activityParts, asked),
    sessionById: byIds(graph, sessionsByIdsStatement),
    activitiesOfGroup: pagesByParent(graph, activitiesByGroupIdsStatement, asked),
    activitiesOfOrganisation: pagesByParent(graph, activitiesByOrganisationIdsStatement, asked),
    activitiesOfPlace: pagesByParent(graph, activitiesByPlaceIdsStatement, asked),
    sessionsOfActivity: pagesByParent(graph, sessionsByActivityIdsStatement),
  };
}
