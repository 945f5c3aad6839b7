import { InputError } from "../../core/errors.ts";
import type { Context } from "./context.ts";
import type { AreaRow } from "./queries/areasByIds.ts";

/** The area with an id or a slug; null when there is none. Throws InputError unless exactly one of the two is given. */
export function areaAsked(
  { id, slug }: { readonly id?: string | null | undefined; readonly slug?: string | null | undefined },
  { areaById, areaBySlug }: Context,
): Promise<AreaRow | null> {
  const isIdGiven = id !== null && id !== undefined;
  if (isIdGiven && slug !== null && slug !== undefined) {
    throw new InputError("Give an area's `id` or its `slug`, not both.", { field: ["slug"] });
  }
  if (isIdGiven) return areaById(id);
  if (slug !== null && slug !== undefined) return areaBySlug.load(slug);
  throw new InputError("Give an area's `id` or its `slug`.", { field: ["id"] });
}
