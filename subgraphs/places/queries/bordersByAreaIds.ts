import DataLoader from "dataloader";
import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import type { Graph } from "../../../graph/graph.ts";

const border = z.object({ area: z.object({ id: z.string() }), metres: z.number() });

export const bordersByAreaIdsStatement = {
  name: "bordersByAreaIds",
  access: "READ",
  text: cypher`
    MATCH (area:Area)
    WHERE area.id IN $ids
    RETURN area.id AS id,
      COLLECT {
        MATCH (area)-[border:BORDERS]-(other:Area)
        RETURN {area: {id: other.id}, metres: round(border.metres)} ORDER BY border.metres DESC, other.id
      } AS borders`,
  row: z.object({ id: z.string(), borders: z.array(border) }),
} as const;

/** Loads the borders of areas, the longest edge first; none for an area that has none. */
export function bordersByAreaIds(graph: Graph) {
  return new DataLoader<string, readonly z.output<typeof border>[]>(async (ids) => {
    const rows = await graph.run(bordersByAreaIdsStatement, { ids });
    const bordersById = new Map(rows.map(({ id, borders }) => [id, borders]));
    return ids.map((id) => bordersById.get(id) ?? []);
  });
}
