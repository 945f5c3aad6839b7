import { InputError } from "../../core/errors.ts";
import type { ConditionRow, Vocabulary } from "../../knowledge/vocabulary.ts";
import { type PageAsked, sortedPage } from "../sortedPage.ts";

/** A page of all conditions by name. Throws InputError for a page size or a cursor that cannot be. */
export function conditionsPage({ conditions }: Vocabulary, asked: PageAsked) {
  return sortedPage("conditions", conditions, ({ name, id }) => [name, id], asked, 50);
}

/** The condition with an id or a slug; null when there is none. Throws InputError unless exactly one of the two is given. */
export function conditionAsked(
  { byId, bySlug }: Vocabulary,
  { id, slug }: { readonly id?: string | null | undefined; readonly slug?: string | null | undefined },
): ConditionRow | null {
  if ((id ?? null) !== null && (slug ?? null) !== null) {
    throw new InputError("Give a condition's `id` or its `slug`, not both.", { field: ["slug"] });
  }
  if (id !== null && id !== undefined) return byId.get(id) ?? null;
  if (slug !== null && slug !== undefined) return bySlug.get(slug) ?? null;
  throw new InputError("Give a condition's `id` or its `slug`.", { field: ["id"] });
}
