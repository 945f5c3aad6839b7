import { z } from "zod";
import { InputError } from "./errors.ts";

/** The most edges one page may hold: what one answer can cost is then known (`docs/model.md`, Pages). */
export const maximumPageSize = 100;

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

export interface Edge<Node> {
  readonly cursor: string;
  readonly node: Node;
}

export interface Page<Node> {
  readonly edges: readonly Edge<Node>[];
  readonly pageInfo: PageInfo;
}

/** The position of a row in its order: the values it is ordered by, the last of them unique. */
export type Position = readonly (string | number)[];

const cursorVersion = 1;

/** The opaque cursor of a position. `order` names the ordering, so that a cursor of one list is refused by another. */
export function cursorOf(order: string, position: Position): string {
  return Buffer.from(JSON.stringify([cursorVersion, order, ...position])).toString("base64url");
}

/**
 * The position a cursor stands for; null when no cursor is given.
 * Throws InputError when the cursor is not one of this ordering.
 */
export function positionOf<Shape extends z.ZodType<Position>>(
  order: string,
  shape: Shape,
  after: string | null | undefined,
): z.output<Shape> | null {
  if (after === null || after === undefined || after === "") return null;
  try {
    const [, , ...position] = z
      .tuple([z.literal(cursorVersion), z.literal(order)])
      .rest(z.union([z.string(), z.number()]))
      .parse(JSON.parse(Buffer.from(after, "base64url").toString("utf8")));
    return shape.parse(position);
  } catch {
    // Falls through: whatever is wrong with a cursor, the caller can do one thing about it.
  }
  throw new InputError(
    "This cursor is not one of this list. Pass `after` as it came in `pageInfo.endCursor`, or leave it out to start again.",
    { field: ["after"] },
  );
}

/**
 * The page size asked for, as a whole number from 1 to 100.
 * Throws InputError outside that range: a size silently cut would look like the end of the list.
 */
export function pageSize(first: number | null | undefined, byDefault = 20): number {
  const size = first ?? byDefault;
  if (size < 1 || size > maximumPageSize) {
    throw new InputError(`\`first\` is from 1 to ${maximumPageSize}; ${size} was asked for.`, {
      field: ["first"],
    });
  }
  return size;
}

/**
 * A page of `rows`, which hold one row more than `first` when there is a next page.
 * `cursor` gives the row's cursor, `node` what the edge shows of it.
 */
export function page<Row, Node>(
  rows: readonly Row[],
  first: number,
  hasPreviousPage: boolean,
  cursor: (row: Row) => string,
  node: (row: Row) => Node,
): Page<Node> {
  const edges = rows.slice(0, first).map((row) => ({ cursor: cursor(row), node: node(row) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
