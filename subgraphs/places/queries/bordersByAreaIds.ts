import DataLoader from "dataloader";
import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import type { Graph } from "../../../graph/graph.ts";
import { areaFields, areaRow } from "./areasByIds.ts";

const border = z.object({ area: areaRow, metres: z.number() });

export const bordersByAreaIdsStatement = {
  name: "bordersByAreaIds",
  access: "READ",
  text: cypher`
    MATCH (inner:Area)
    WHERE inner.id IN $asked.ids
    RETURN inner.id AS id,
      COLLECT {
        MATCH (inner)-[border:BORDERS]-(area:Area)
        WITH border, area ORDER BY border.metres DESC, area.id
        RETURN {area: {${areaFields}}, metres: toInteger(round(border.metres))}
      } AS borders`,
  row: z.object({ id: z.string(), borders: z.array(border) }),
} as const;

/** Loads the borders of areas, the longest edge first; none for an area that has none. */
export function bordersByAreaIds(graph: Graph) {
  return new DataLoader<string, readonly z.output<typeof border>[]>(async (ids) => {
    const rows = await graph.run(bordersByAreaIdsStatement, { asked: { ids } });
    const bordersById = new Map(rows.map(({ id, borders }) => [id, borders]));
    return ids.map((id) => bordersById.get(id) ?? []);
  });
}
