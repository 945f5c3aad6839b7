import { localDateOf } from "../../calendar/localDate.ts";
import type { Graph } from "../../graph/graph.ts";
import { byIds } from "../byIds.ts";
import { organisationParts, organisationsByIdsStatement } from "./queries/organisationsByIds.ts";

export type Context = ReturnType<typeof createContext>;

/** The loaders of one operation, as of `now`. */
export function createContext(graph: Graph, now: Date) {
  return {
    organisationById: byIds(graph, organisationsByIdsStatement, organisationParts, { today: localDateOf(now) }),
  };
}
