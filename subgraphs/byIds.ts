import DataLoader from "dataloader";
import type { z } from "zod";
import type { Graph, Parameters, Statement } from "../graph/graph.ts";
import type { Asked } from "./isAsked.ts";
import { type Parts, partsAsked } from "./parts.ts";

export type ByIdsStatement<Row extends { readonly id: string }> = Statement<z.ZodType<{ row: Row }>> & {
  readonly access: "READ";
};

/** A thing by its id, with the parts that the operation reads, all where that is not said; null where there is none. */
export type ById<Row> = (id: string, info?: Asked) => Promise<Row | null>;

interface Wanted {
  readonly id: string;
  readonly parts: readonly string[];
}

interface Loaded<Row> {
  readonly parts: readonly string[];
  readonly row: Promise<Row | null>;
}

/**
 * Loads things by id: one statement for all ids asked for at once, and none for what was loaded before with these parts or more. The statement
 * takes `asked.ids`, `asked.parts` and whatever else `also` has, and returns a `row` for each it finds; within a map, since Neo4j plans a statement anew for a list
 * that is ten times as long.
 */
export function byIds<Row extends { readonly id: string }>(
  graph: Graph,
  statement: ByIdsStatement<Row>,
  parts: Parts = {},
  also: Parameters = {},
): ById<Row> {
  const loader = new DataLoader<Wanted, Row | null>(
    async (wanted) => {
      const asked = {
        ...also,
        ids: [...new Set(wanted.map(({ id }) => id))],
        parts: [...new Set(wanted.flatMap((one) => one.parts))],
      };
      const rows = await graph.run(statement, { asked });
      const rowById = new Map(rows.map(({ row }) => [row.id, row]));
      return wanted.map(({ id }) => rowById.get(id) ?? null);
    },
    // A cache of DataLoader's would know one key for each set of parts.
    { cache: false },
  );
  const loaded = new Map<string, readonly Loaded<Row>[]>();
  return (id, info) => {
    const wanted = info === undefined ? Object.keys(parts) : partsAsked(parts, info);
    const before = loaded.get(id) ?? [];
    const known = before.find((one) => wanted.every((part) => one.parts.includes(part)));
    if (known !== undefined) return known.row;
    const row = loader.load({ id, parts: wanted });
    loaded.set(id, [...before, { parts: wanted, row }]);
    return row;
  };
}
