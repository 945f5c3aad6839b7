import DataLoader from "dataloader";
import type { z } from "zod";
import type { Graph, Statement } from "../graph/graph.ts";

export type ByIdsStatement<Row extends { readonly id: string }> = Statement<z.ZodType<{ row: Row }>> & {
  readonly access: "READ";
};

/**
 * Loads things by id: one statement for all ids asked for at once. The statement takes `asked.ids` and returns a `row` for each it finds;
 * within a map, since Neo4j plans a statement anew for a list that is ten times as long.
 * Gives null for an id that it has no row for.
 */
export function byIds<Row extends { readonly id: string }>(graph: Graph, statement: ByIdsStatement<Row>) {
  return new DataLoader<string, Row | null>(async (ids) => {
    const rows = await graph.run(statement, { asked: { ids } });
    const rowById = new Map(rows.map(({ row }) => [row.id, row]));
    return ids.map((id) => rowById.get(id) ?? null);
  });
}
