import { z } from "zod";
import { cursorOf, page, pageSize, type Position, positionOf } from "../core/page.ts";

/** The arguments of a page. */
export interface PageAsked {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

const anyPosition = z.array(z.union([z.string(), z.number()]));

/**
 * A page of a list that is at hand, in the order of its items' positions, which all differ. `order` names that order. A page has `byDefault` items
 * where `first` does not say. Throws InputError for a page size or a cursor that cannot be.
 */
export function sortedPage<Item>(
  order: string,
  items: readonly Item[],
  position: (item: Item) => Position,
  { first, after }: PageAsked,
  byDefault?: number,
) {
  const size = pageSize(first, byDefault);
  const from = positionOf(order, anyPosition, after);
  const placed = items
    .map((item) => ({ item, at: position(item) }))
    .toSorted((a, b) => comparePositions(a.at, b.at))
    .filter(({ at }) => from === null || comparePositions(at, from) > 0)
    .slice(0, size + 1);
  return {
    ...page(
      placed,
      size,
      from !== null,
      ({ at }) => cursorOf(order, at),
      ({ item }) => item,
    ),
    totalCount: items.length,
  };
}

/** Compares two positions of one order, value by value. */
export function comparePositions(a: Position, b: Position): number {
  for (const [index, one] of a.entries()) {
    const other = b[index];
    if (other === undefined || one === other) continue;
    return one < other ? -1 : 1;
  }
  return 0;
}
