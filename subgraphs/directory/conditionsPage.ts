import { z } from "zod";
import { InputError } from "../../core/errors.ts";
import { cursorOf, page, pageSize, positionOf } from "../../core/page.ts";
import type { ConditionRow, Vocabulary } from "../../knowledge/vocabulary.ts";

interface PageAsked {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

const byName = "conditions";

/** A page of all conditions by name. Throws InputError for a page size or a cursor that cannot be. */
export function conditionsPage({ conditions }: Vocabulary, asked: PageAsked) {
  const first = pageSize(asked.first, 50);
  const position = positionOf(byName, z.tuple([z.string(), z.string()]), asked.after);
  const start =
    position === null
      ? 0
      : conditions.findIndex(({ name, id }) => name > position[0] || (name === position[0] && id > position[1]));
  const rows = start === -1 ? [] : conditions.slice(start, start + first + 1);
  return {
    ...page(
      rows,
      first,
      position !== null,
      ({ name, id }) => cursorOf(byName, [name, id]),
      (condition) => condition,
    ),
    totalCount: conditions.length,
  };
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
