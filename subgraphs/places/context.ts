import { localDateOf } from "../../calendar/localDate.ts";
import type { Graph } from "../../graph/graph.ts";
import { byIds } from "../byIds.ts";
import { areasByIdsStatement } from "./queries/areasByIds.ts";
import { areasBySlugs } from "./queries/areasBySlugs.ts";
import { areasWithinAreaIds } from "./queries/areasWithinAreaIds.ts";
import { boundariesByAreaIds } from "./queries/boundariesByAreaIds.ts";
import { bordersByAreaIds } from "./queries/bordersByAreaIds.ts";
import { placeParts, placesByIdsStatement } from "./queries/placesByIds.ts";

export type Context = ReturnType<typeof createContext>;

/** The loaders of one operation, the graph for pages, and what time it is. */
export function createContext(graph: Graph, now: Date) {
  const areaById = byIds(graph, areasByIdsStatement);
  return {
    graph,
    now,
    placeById: byIds(graph, placesByIdsStatement, placeParts, { today: localDateOf(now) }),
    areaById,
    /** The areas that some references stand for, in the order given; one that has gone is left out. */
    areasOf: async (references: readonly { readonly id: string }[]) =>
      (await Promise.all(references.map(({ id }) => areaById(id)))).filter((area) => area !== null),
    areaBySlug: areasBySlugs(graph),
    areasWithin: areasWithinAreaIds(graph),
    boundaryOfArea: boundariesByAreaIds(graph),
    bordersOfArea: bordersByAreaIds(graph),
  };
}
