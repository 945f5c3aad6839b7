import { z } from "zod";
import { cursorOf, type Page, page, pageSize, positionOf } from "../../../core/page.ts";
import { cypher } from "../../../graph/cypher.ts";
import { type Graph, int } from "../../../graph/graph.ts";
import { areaFields, type AreaRow, areaRow } from "./areasByIds.ts";

export interface AreasAsked {
  readonly kind?: AreaRow["kind"] | null | undefined;
  readonly name?: string | null | undefined;
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

export interface AreasPage extends Page<AreaRow> {
  /** Counts the whole list: a statement of its own, sent only when asked for. */
  readonly totalCount: () => Promise<number>;
}

export const areasPageStatement = {
  name: "areasPage",
  access: "READ",
  text: cypher`
    MATCH (area:Area)
    WHERE area.name >= ''
      AND ($asked.kind IS NULL OR area.kind = $asked.kind)
      AND ($asked.name IS NULL OR toLower(area.name) STARTS WITH toLower($asked.name))
      AND ($asked.afterName IS NULL OR area.name > $asked.afterName OR (area.name = $asked.afterName AND area.id > $asked.afterId))
    WITH area ORDER BY area.name, area.id LIMIT $asked.limit
    RETURN {${areaFields}} AS row`,
  row: z.object({ row: areaRow }),
} as const;

export const areasCountStatement = {
  name: "areasCount",
  access: "READ",
  text: cypher`
    MATCH (area:Area)
    WHERE ($asked.kind IS NULL OR area.kind = $asked.kind)
      AND ($asked.name IS NULL OR toLower(area.name) STARTS WITH toLower($asked.name))
    RETURN count(area) AS totalCount`,
  row: z.object({ totalCount: z.number().int() }),
} as const;

const byName = "areas";

/** A page of areas by name, and how to count them. Throws InputError for a page size or a cursor that cannot be. */
export async function areasPage(graph: Graph, asked: AreasAsked): Promise<AreasPage> {
  const first = pageSize(asked.first);
  const position = positionOf(byName, z.tuple([z.string(), z.string()]), asked.after);
  const filter = { kind: asked.kind ?? null, name: asked.name ?? null };
  const rows = await graph.run(areasPageStatement, {
    asked: { ...filter, limit: int(first + 1), afterName: position?.[0] ?? null, afterId: position?.[1] ?? null },
  });
  return {
    ...page(
      rows,
      first,
      position !== null,
      ({ row }) => cursorOf(byName, [row.name, row.id]),
      ({ row }) => row,
    ),
    totalCount: async () => (await graph.run(areasCountStatement, { asked: filter }))[0]?.totalCount ?? 0,
  };
}
