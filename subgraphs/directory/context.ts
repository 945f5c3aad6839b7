import type { Graph } from "../../graph/graph.ts";
import { byIds } from "../byIds.ts";
import { pagesByParent } from "../pagesByParent.ts";
import type { DirectoryKnowledge } from "./knowledge.ts";
import { linksByAssetIdsStatement } from "./queries/linksByAssetIds.ts";
import { nodesByIdsStatement } from "./queries/nodesByIds.ts";
import { supportsByAssetIdsStatement } from "./queries/supportsByAssetIds.ts";

export type Context = ReturnType<typeof createContext>;

/** The loaders of one operation, the graph to walk, what the process knows of words, and what time it is. */
export function createContext(graph: Graph, knowledge: DirectoryKnowledge, now: Date) {
  return {
    graph,
    knowledge,
    now,
    nodeById: byIds(graph, nodesByIdsStatement),
    supportsOfAsset: pagesByParent(graph, supportsByAssetIdsStatement),
    linksOfAsset: pagesByParent(graph, linksByAssetIdsStatement),
  };
}
