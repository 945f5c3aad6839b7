import DataLoader from "dataloader";
import type { Caller } from "../../core/caller.ts";
import type { Tokens } from "../../core/tokens.ts";
import type { Graph } from "../../graph/graph.ts";
import type { Knowledge } from "../../knowledge/knowledge.ts";
import { byIds } from "../byIds.ts";
import { pagesByParent } from "../pagesByParent.ts";
import { changesByAssetIdsStatement, changesByIdsStatement } from "./queries/changes.ts";
import { namesOfStatement } from "./queries/linkRecords.ts";
import { workshopsByIdsStatement } from "./queries/workshops.ts";

export type Context = ReturnType<typeof createContext>;

/** The loaders of one operation, the graph, what the process knows of words and places, what time it is, who asks, and what signs their tokens (null: nothing does). */
export function createContext(
  graph: Graph,
  {
    knowledge,
    now,
    caller,
    tokens,
  }: { readonly knowledge: Knowledge; readonly now: Date; readonly caller: Caller; readonly tokens: Tokens | null },
) {
  return {
    graph,
    knowledge,
    now,
    caller,
    tokens,
    workshopById: byIds(graph, workshopsByIdsStatement),
    changeById: byIds(graph, changesByIdsStatement),
    changesOfAsset: pagesByParent(graph, changesByAssetIdsStatement),
    /** What something is called, and whether it is on the map; null for what is not there. */
    namedById: new DataLoader(async (ids: readonly string[]) => {
      const found = await graph.run(namesOfStatement, { asked: { ids: [...ids] } });
      const byId = new Map(found.map((one) => [one.id, one]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
  };
}
