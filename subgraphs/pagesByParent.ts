import DataLoader from "dataloader";
import { z } from "zod";
import { cursorOf, type Page, page, pageSize, positionOf } from "../core/page.ts";
import type { Cypher } from "../graph/cypher.ts";
import { type Graph, int, type Statement } from "../graph/graph.ts";

/** One page asked of one parent: the arguments of a connection field, and whose field it is. */
export interface PageOfParent {
  readonly parentId: string;
  readonly first: number | null | undefined;
  readonly after: string | null | undefined;
  /** Which parts of each row the operation reads (see parts.ts), where its rows have any. */
  readonly parts?: readonly string[];
}

export type Connection<Row> = Page<Row> & { readonly totalCount: number };

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What a statement of pages by parent returns for each parent: one row more than a page, and how many there are in all. */
export function pagesRow<Row extends z.ZodType<Named>>(row: Row) {
  return z.object({ parentId: z.string(), totalCount: z.number().int(), rows: z.array(row) });
}

export interface PagesStatement<Row extends Named> extends Statement<
  z.ZodType<{ parentId: string; totalCount: number; rows: Row[] }>
> {
  readonly access: "READ";
  readonly text: Cypher;
}

const byNamePosition = z.tuple([z.string(), z.string()]);

/**
 * Loads the pages, by name, of many parents: one statement for all that ask for the same page and parts, which in one selection they do.
 * The statement takes `asked`: `parentIds`, `limit`, `afterName` and `afterId` (both null from the start), `parts`. A parent it has no row for has an empty page.
 */
export function pagesByParent<Row extends Named>(graph: Graph, statement: PagesStatement<Row>) {
  return new DataLoader<PageOfParent, Connection<Row>, string>(
    async (asked) => {
      const batches = new Map<string, PageOfParent[]>();
      for (const one of asked) {
        const sameArguments = JSON.stringify([one.first ?? null, one.after ?? null, one.parts ?? []]);
        batches.set(sameArguments, [...(batches.get(sameArguments) ?? []), one]);
      }
      const answers = new Map<string, Connection<Row>>();
      await Promise.all(
        [...batches.values()].map(async (batch) => {
          for (const [key, answer] of await pagesOfBatch(graph, statement, batch)) answers.set(key, answer);
        }),
      );
      return asked.map((one) => answers.get(keyOf(one)) ?? new Error(`No page for ${one.parentId}`));
    },
    { cacheKeyFn: keyOf },
  );
}

function keyOf({ parentId, first, after, parts }: PageOfParent): string {
  return JSON.stringify([parentId, first ?? null, after ?? null, parts ?? []]);
}

async function pagesOfBatch<Row extends Named>(
  graph: Graph,
  statement: PagesStatement<Row>,
  batch: readonly PageOfParent[],
): Promise<(readonly [string, Connection<Row>])[]> {
  const [{ first: asked, after, parts = [] } = { first: null, after: null }] = batch;
  const first = pageSize(asked);
  const position = positionOf(statement.name, byNamePosition, after);
  const found = await graph.run(statement, {
    asked: {
      parentIds: batch.map(({ parentId }) => parentId),
      limit: int(first + 1),
      afterName: position?.[0] ?? null,
      afterId: position?.[1] ?? null,
      parts,
    },
  });
  const byParent = new Map(found.map((row) => [row.parentId, row]));
  return batch.map((one) => {
    const { rows, totalCount } = byParent.get(one.parentId) ?? { rows: [], totalCount: 0 };
    const connection = page(
      rows,
      first,
      position !== null,
      (row) => cursorOf(statement.name, [row.name, row.id]),
      (row) => row,
    );
    return [keyOf(one), { ...connection, totalCount }] as const;
  });
}
