import { z } from "zod";
import { InputError } from "../../core/errors.ts";
import { cursorOf, page, pageSize, positionOf } from "../../core/page.ts";
import type { KnownReferrer, Referrers } from "../../knowledge/referrers.ts";

const order = "referrers";

/** A page of all kinds of referrer by name. Throws InputError for a page size or a cursor that cannot be. */
export function referrersPage(
  { all }: Referrers,
  asked: { readonly first?: number | null | undefined; readonly after?: string | null | undefined },
) {
  const first = pageSize(asked.first, 50);
  const position = positionOf(order, z.tuple([z.string(), z.string()]), asked.after);
  const start =
    position === null
      ? 0
      : all.findIndex(({ name, id }) => name > position[0] || (name === position[0] && id > position[1]));
  const rows = start === -1 ? [] : all.slice(start, start + first + 1);
  return {
    ...page(
      rows,
      first,
      position !== null,
      ({ name, id }) => cursorOf(order, [name, id]),
      (referrer) => referrer,
    ),
    totalCount: all.length,
  };
}

/** The kind of referrer with an id or a slug; null when there is none. Throws InputError unless exactly one of the two is given. */
export function referrerAsked(
  { byId, bySlug }: Referrers,
  { id, slug }: { readonly id?: string | null | undefined; readonly slug?: string | null | undefined },
): KnownReferrer | null {
  if ((id ?? null) !== null && (slug ?? null) !== null) {
    throw new InputError("Give a kind of referrer's `id` or its `slug`, not both.", { field: ["slug"] });
  }
  if (id !== null && id !== undefined) return byId.get(id) ?? null;
  if (slug !== null && slug !== undefined) return bySlug.get(slug) ?? null;
  throw new InputError("Give a kind of referrer's `id` or its `slug`.", { field: ["id"] });
}
