import { InputError } from "../../core/errors.ts";
import type { KnownReferrer, Referrers } from "../../knowledge/referrers.ts";
import { type PageAsked, sortedPage } from "../sortedPage.ts";

/** A page of all kinds of referrer by name. Throws InputError for a page size or a cursor that cannot be. */
export function referrersPage({ all }: Referrers, asked: PageAsked) {
  return sortedPage("referrers", all, ({ name, id }) => [name, id], asked, 50);
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
