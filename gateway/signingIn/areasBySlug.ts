import { kindOf } from "../../core/ids.ts";
import { type Ask, askApi } from "../askApi.ts";

const question = `query Area($slug: String!) { area(slug: $slug) { id } }`;

/** So long an area's id is not asked for again. */
const keptMs = 600_000;

/**
 * The ids of areas that are given by id or by slug, in that order; a slug that no area has is left out, and so gives no right to anything. They are kept for ten minutes.
 * Throws Refused when the API does not answer.
 */
export function areasBySlug(ask: Ask): (given: readonly string[]) => Promise<readonly string[]> {
  const kept = new Map<string, { readonly until: number; readonly id: string | null }>();

  async function idOfArea(given: string): Promise<string | null> {
    if (kindOf(given) === "Area") return given;
    const known = kept.get(given);
    if (known !== undefined && known.until > performance.now()) return known.id;
    const { area } = await askApi<{ area: { readonly id: string } | null }>(ask, question, { slug: given });
    const id = area?.id ?? null;
    kept.set(given, { until: performance.now() + keptMs, id });
    return id;
  }

  return async (given) => (await Promise.all(given.map(idOfArea))).filter((id) => id !== null);
}
