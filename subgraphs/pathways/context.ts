import DataLoader from "dataloader";
import type { Caller } from "../../core/caller.ts";
import type { Graph } from "../../graph/graph.ts";
import type { Knowledge } from "../../knowledge/knowledge.ts";
import { byIds } from "../byIds.ts";
import { pagesByParent } from "../pagesByParent.ts";
import type { FoundRoute } from "./foundRoutes.ts";
import { pathwayParts, pathwaysByIdsStatement } from "./queries/pathwaysByIds.ts";
import { stepsByIdsStatement } from "./queries/stepsByIds.ts";
import {
  stepsFromAssetsStatement,
  stepsOfPathwaysStatement,
  stepsToAssetsStatement,
} from "./queries/stepsByParentIds.ts";
import { type RoutesToAsset, routesToAssets } from "./referralRoutes.ts";

export type Context = ReturnType<typeof createContext>;

/** The loaders of one operation, the graph to walk, what the process knows of words and places, what time it is, and who asks. */
export function createContext(
  graph: Graph,
  { knowledge, now, caller }: { readonly knowledge: Knowledge; readonly now: Date; readonly caller: Caller },
) {
  const asking = { graph, knowledge, now };
  return {
    ...asking,
    caller,
    stepById: byIds(graph, stepsByIdsStatement),
    pathwayById: byIds(graph, pathwaysByIdsStatement, pathwayParts),
    stepsToAsset: pagesByParent(graph, stepsToAssetsStatement),
    stepsFromAsset: pagesByParent(graph, stepsFromAssetsStatement),
    stepsOfPathway: pagesByParent(graph, stepsOfPathwaysStatement),
    routesToAsset: new DataLoader<RoutesToAsset, readonly FoundRoute[], string>(
      async (asked) => {
        const alike = new Map<string, RoutesToAsset[]>();
        for (const one of asked) {
          const key = JSON.stringify([one.from ?? null, one.first ?? null]);
          alike.set(key, [...(alike.get(key) ?? []), one]);
        }
        const routes = new Map<RoutesToAsset, readonly FoundRoute[]>();
        for (const batch of alike.values()) {
          const found = await routesToAssets(asking, batch);
          for (const [index, one] of batch.entries()) routes.set(one, found[index] ?? []);
        }
        return asked.map((one) => routes.get(one) ?? []);
      },
      { cacheKeyFn: ({ id, from, first }) => JSON.stringify([id, from ?? null, first ?? null]) },
    ),
  };
}
