import { basename } from "node:path";
import type { Graph } from "../graph/graph.ts";
import { seedPaths } from "./readSeed.ts";
import { loadState } from "./statements/turns.ts";

/**
 * Whether the directory still wants its seed: it has no asset, or the first load of the project's own seed was cut short.
 * The graph is a migrated one. Throws CodedError UNAVAILABLE when Neo4j cannot be reached.
 */
export async function isEmpty(graph: Graph): Promise<boolean> {
  const files = (await seedPaths()).map((path) => basename(path));
  const [state] = await graph.run(loadState, { files });
  return state === undefined || state.empty || state.unfinished;
}
