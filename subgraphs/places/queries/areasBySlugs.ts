import DataLoader from "dataloader";
import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import type { Graph } from "../../../graph/graph.ts";
import { areaFields, type AreaRow, areaRow } from "./areasByIds.ts";

export const areasBySlugsStatement = {
  name: "areasBySlugs",
  access: "READ",
  text: cypher`
    MATCH (area:Area)
    WHERE area.slug IN $slugs
    RETURN {${areaFields}} AS row`,
  row: z.object({ row: areaRow }),
} as const;

/** Loads areas by slug; null for a slug that no area has. */
export function areasBySlugs(graph: Graph) {
  return new DataLoader<string, AreaRow | null>(async (slugs) => {
    const rows = await graph.run(areasBySlugsStatement, { slugs });
    const areaBySlug = new Map(rows.map(({ row }) => [row.slug, row]));
    return slugs.map((slug) => areaBySlug.get(slug) ?? null);
  });
}
