import { CodedError } from "../../core/errors.ts";
import { assetKindOf, kindOf } from "../../core/ids.ts";
import { locate } from "../../knowledge/locate.ts";
import { referrerCalled } from "../../knowledge/referrers.ts";
import type { Problem } from "./assetFields.ts";
import type { Context } from "./context.ts";
import { areasCalledStatement, periodsCalledStatement } from "./queries/named.ts";

/** Ids of conditions called by slug or id; `problems` hears of what there is not. */
export async function conditionIds(
  { knowledge }: Context,
  names: readonly string[],
  path: readonly string[],
  problems: Problem[],
): Promise<readonly string[]> {
  const { byId } = await knowledge.vocabulary();
  const bySlug = new Map([...byId.values()].map((condition) => [condition.slug, condition.id]));
  return names.flatMap((name, index) => {
    const id = byId.has(name) ? name : bySlug.get(name);
    if (id !== undefined) return [id];
    problems.push({
      path: [...path, String(index)],
      message: `is no condition that we know: "${name}"; \`conditions\` lists them`,
    });
    return [];
  });
}

/** Ids of areas called by slug, ONS code or id; `problems` hears of what there is not, and of what is not of one of `kinds`. */
export async function areaIds(
  { graph }: Context,
  names: readonly string[],
  path: readonly string[],
  problems: Problem[],
  kinds: readonly string[] | null = null,
): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const found = await graph.run(areasCalledStatement, { asked: { names: [...new Set(names)] } });
  const byName = new Map(found.map((area) => [area.asked, area]));
  return names.flatMap((name, index) => {
    const area = byName.get(name);
    const at = path.length > 0 && names.length === 1 && kinds !== null ? path : [...path, String(index)];
    if (area === undefined) {
      problems.push({ path: at, message: `is no area that we know: "${name}"; \`areas\` and \`locate\` find them` });
      return [];
    }
    if (kinds !== null && !kinds.includes(area.kind)) {
      problems.push({ path: at, message: `is of the kind ${area.kind}, and ${kinds.join(" or ")} is wanted` });
      return [];
    }
    return [area.id];
  });
}

/** Complains of slugs that no period has. */
export async function checkPeriods(
  { graph }: Context,
  slugs: readonly string[],
  path: readonly string[],
  problems: Problem[],
): Promise<void> {
  if (slugs.length === 0) return;
  const known = new Set(
    (await graph.run(periodsCalledStatement, { asked: { slugs: [...new Set(slugs)] } })).map(({ slug }) => slug),
  );
  for (const slug of slugs) {
    if (!known.has(slug)) problems.push({ path, message: `names a period that we do not know: "${slug}"` });
  }
}

/** The id of a kind of referrer called by its slug or id, or of an asset; null for what is neither. */
export async function referringId({ knowledge }: Context, name: string): Promise<string | null> {
  if (assetKindOf(name) !== null) return name;
  return referrerCalled(await knowledge.referrers(), name)?.id ?? (kindOf(name) === "Referrer" ? name : null);
}

/** Where a place is that is known by its coordinates or its postcode: the LSOA, and the point where that is known. Null when neither says. */
export async function siteOf(
  { graph, knowledge }: Context,
  text: string,
): Promise<{
  readonly area: string;
  readonly location: { readonly latitude: number; readonly longitude: number } | null;
} | null> {
  try {
    const { matches } = await locate(graph, await knowledge.gazetteer(), text, ["input"]);
    const [match] = matches;
    if (match === undefined || matches.length > 1) return null;
    return { area: match.area.id, location: match.isApproximate ? null : match.location };
  } catch (error) {
    if (error instanceof CodedError && error.code === "BAD_INPUT") return null;
    throw error;
  }
}
