import DataLoader from "dataloader";
import type { z } from "zod";
import { assetKindOf } from "../core/ids.ts";
import type { Graph, Parameters, Statement } from "../graph/graph.ts";
import type { Asked } from "./isAsked.ts";
import { type Parts, partsAsked } from "./parts.ts";
import { redirectsStatement } from "./redirects.ts";

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
      for (const [id, row] of await merged(graph, statement, asked, rowById)) rowById.set(id, row);
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

/** The rows of what is asked for by an id that it has no more, since it became one with another. Costs a statement where an asset is not found, and two where it was merged. */
async function merged<Row extends { readonly id: string }>(
  graph: Graph,
  statement: ByIdsStatement<Row>,
  asked: Parameters & { readonly ids: readonly string[] },
  found: ReadonlyMap<string, Row>,
): Promise<(readonly [string, Row])[]> {
  const missing = asked.ids.filter((id) => !found.has(id) && assetKindOf(id) !== null);
  if (missing.length === 0) return [];
  const redirects = await graph.run(redirectsStatement, { asked: { ids: missing } });
  if (redirects.length === 0) return [];
  const rows = await graph.run(statement, { asked: { ...asked, ids: [...new Set(redirects.map(({ to }) => to))] } });
  const rowById = new Map(rows.map(({ row }) => [row.id, row]));
  return redirects.flatMap(({ id, to }) => {
    const row = rowById.get(to);
    return row === undefined ? [] : [[id, row] as const];
  });
}
