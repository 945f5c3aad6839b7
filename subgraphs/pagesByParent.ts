import DataLoader from "dataloader";
import { z } from "zod";
import { cursorOf, type Page, page, pageSize, positionOf } from "../core/page.ts";
import type { Cypher } from "../graph/cypher.ts";
import { type Graph, int, type Parameters, type Statement } from "../graph/graph.ts";

/** One page asked of one parent: the arguments of a connection field, and whose field it is. */
export interface PageOfParent {
  readonly parentId: string;
  readonly first: number | null | undefined;
  readonly after: string | null | undefined;
  /** Which parts of each row the operation reads (see parts.ts), where its rows have any. */
  readonly parts?: readonly string[];
  /** What else the statement takes. */
  readonly asked?: Parameters;
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
 * The statement takes `asked`: `parentIds`, `limit`, `afterName` and `afterId` (both null from the start), `parts`, and whatever else
 * `also` and each page's `asked` have. A parent it has no row for has an empty page.
 */
export function pagesByParent<Row extends Named>(graph: Graph, statement: PagesStatement<Row>, also: Parameters = {}) {
  return new DataLoader<PageOfParent, Connection<Row>, string>(
    async (asked) => {
      const batches = new Map<string, PageOfParent[]>();
      for (const one of asked) {
        const sameArguments = JSON.stringify(argumentsOf(one));
        batches.set(sameArguments, [...(batches.get(sameArguments) ?? []), one]);
      }
      const answers = new Map<string, Connection<Row>>();
      await Promise.all(
        [...batches.values()].map(async (batch) => {
          for (const [key, answer] of await pagesOfBatch(graph, statement, also, batch)) answers.set(key, answer);
        }),
      );
      return asked.map((one) => answers.get(keyOf(one)) ?? new Error(`No page for ${one.parentId}`));
    },
    { cacheKeyFn: keyOf },
  );
}

function argumentsOf({ first, after, parts, asked }: PageOfParent) {
  return [first ?? null, after ?? null, parts ?? [], asked ?? {}];
}

function keyOf(one: PageOfParent): string {
  return JSON.stringify([one.parentId, argumentsOf(one)]);
}

async function pagesOfBatch<Row extends Named>(
  graph: Graph,
  statement: PagesStatement<Row>,
  also: Parameters,
  batch: readonly PageOfParent[],
): Promise<(readonly [string, Connection<Row>])[]> {
  const [{ first: wanted, after, parts = [], asked = {} } = { first: null, after: null }] = batch;
  const first = pageSize(wanted);
  const position = positionOf(statement.name, byNamePosition, after);
  const found = await graph.run(statement, {
    asked: {
      ...also,
      ...asked,
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
