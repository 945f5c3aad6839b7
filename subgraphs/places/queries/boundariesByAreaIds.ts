import DataLoader from "dataloader";
import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import type { Graph } from "../../../graph/graph.ts";

const boundary = z.object({
  // Kept as text: Neo4j has no lists of lists.
  boundary: z.string().transform((text): unknown => JSON.parse(text)),
  source: z.object({
    name: z.string(),
    publisher: z.string(),
    url: z.string().nullable(),
    licence: z.string(),
    asOf: z.string(),
    sample: z.boolean(),
  }),
});

export const boundariesByAreaIdsStatement = {
  name: "boundariesByAreaIds",
  access: "READ",
  text: cypher`
    MATCH (area:Area)
    WHERE area.id IN $asked.ids AND area.boundary IS NOT NULL
    MATCH (record:SourceRecord {id: area.boundaryRecord})
    RETURN area.id AS id,
      {
        boundary: area.boundary,
        source: {
          name: record.name, publisher: record.publisher, url: record.url, licence: record.licence, asOf: record.asOf,
          sample: record.sample
        }
      } AS boundary`,
  row: z.object({ id: z.string(), boundary }),
} as const;

/** Loads the boundaries of areas, each with where it comes from; null for an area that has none. Apart from the areas themselves, which most ask for without. */
export function boundariesByAreaIds(graph: Graph) {
  return new DataLoader<string, z.output<typeof boundary> | null>(async (ids) => {
    const rows = await graph.run(boundariesByAreaIdsStatement, { asked: { ids } });
    const boundaryById = new Map(rows.map((row) => [row.id, row.boundary]));
    return ids.map((id) => boundaryById.get(id) ?? null);
  });
}
