import { type AssetKind, assetKindOf } from "../../core/ids.ts";
import type { Relationship } from "../../core/linkIds.ts";

/** What is said of an asset or a link: JSON values by name. What is not stated is left out. */
export type Fields = Readonly<Record<string, unknown>>;

/** What was said of something before a change, or is since, as far as it was changed: null for what is not stated. */
export type Part = Readonly<Record<string, unknown>>;

/** One thing that a change does to the fields of an asset. `before` is null where there was no such asset. */
export interface AssetEffect {
  readonly asset: string;
  readonly before: Part | null;
  readonly after: Part;
}

/**
 * One thing that a change does to a link. A link is known by what it says, its ends, and the source that asserts it: where several sources say the same, it is one link to those who
 * edit, and several to the log. `before` is null where there was none, `after` where there is none any more.
 */
export interface LinkEffect {
  readonly link: string;
  readonly relationship: Relationship;
  readonly from: string;
  readonly to: string;
  readonly source: string;
  readonly before: Part | null;
  readonly after: Part | null;
}

export type Effect = AssetEffect | LinkEffect;

export function isLinkEffect(effect: Effect): effect is LinkEffect {
  return "link" in effect;
}

export function isAssetEffect(effect: Effect): effect is AssetEffect {
  return "asset" in effect;
}

/** What a link is kept by: its id and who asserts it. */
export function linkKeyOf({ link, source }: Pick<LinkEffect, "link" | "source">): string {
  return `${link} ${source}`;
}

/** What there is to change between two states of the same thing: null when nothing is. */
export function differenceOf(before: Fields, after: Fields): { readonly before: Part; readonly after: Part } | null {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !isSame(before[name], after[name]),
  );
  if (names.length === 0) return null;
  const of = (fields: Fields) => Object.fromEntries(names.map((name) => [name, fields[name] ?? null]));
  return { before: of(before), after: of(after) };
}

/** Whether two JSON values are the same; what is not stated and null are. */
export function isSame(a: unknown, b: unknown): boolean {
  return canonical(a ?? null) === canonical(b ?? null);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one) => canonical(one)).join()}]`;
  if (typeof value === "object" && value !== null) {
    return `{${Object.entries(value)
      .filter(([, one]) => one !== null && one !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`)
      .join()}}`;
  }
  return JSON.stringify(value);
}

/** Some fields with a part of them changed; what becomes null is left out. */
export function changed(fields: Fields, part: Part): Fields {
  return Object.fromEntries(
    Object.entries({ ...fields, ...part }).filter(([, value]) => value !== null && value !== undefined),
  );
}

/** What takes an effect back. What was added is not deleted: it is off the map, with what was known of it. */
export function inverseOf(effect: Effect): Effect {
  if (isLinkEffect(effect)) return { ...effect, before: effect.after, after: effect.before };
  if (effect.before === null) {
    return { asset: effect.asset, before: { status: "PUBLISHED" }, after: { status: "UNDONE" } };
  }
  return { asset: effect.asset, before: effect.after, after: effect.before };
}

/** Those of a link's two ends that are assets: the others are areas, conditions and kinds of referrer. */
export function assetEnds({ from, to }: Pick<LinkEffect, "from" | "to">): string[] {
  return [from, to].filter((id) => assetKindOf(id) !== null);
}

/** The assets that an effect touches: each of them has one version more after. */
export function assetsOf(effect: Effect): readonly string[] {
  return isLinkEffect(effect) ? assetEnds(effect) : [effect.asset];
}

/** The kind of the asset that is changed. Throws for what is no asset's id: nothing makes such an effect. */
export function kindOfAsset(id: string): AssetKind {
  const kind = assetKindOf(id);
  if (kind === null) throw new Error(`${id} is not the id of an asset.`);
  return kind;
}

/**
 * What an effect writes and what it rests on, as names of which one may be the beginning of another: `grp_…` all of an asset, `grp_… name` one field of it, likewise of a link. A link
 * rests on its two ends being on the map.
 */
function footprintOf(effect: Effect): { readonly writes: readonly string[]; readonly restsOn: readonly string[] } {
  if (isLinkEffect(effect)) {
    const key = linkKeyOf(effect).replaceAll(" ", "|");
    const writes =
      effect.before === null || effect.after === null
        ? [key]
        : Object.keys(effect.after).map((name) => `${key} ${name}`);
    return { writes, restsOn: assetsOf(effect) };
  }
  return {
    writes:
      effect.before === null ? [effect.asset] : Object.keys(effect.after).map((name) => `${effect.asset} ${name}`),
    restsOn: [],
  };
}

function isWithin(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other} `);
}

/** Whether what `later` did rests on what `earlier` did, so that the earlier cannot be taken back alone: it wrote the same, or joined what the earlier had added. */
export function restsOn(later: Effect, earlier: Effect): boolean {
  const [above, below] = [footprintOf(later), footprintOf(earlier)];
  return (
    above.writes.some((one) => below.writes.some((other) => isWithin(one, other) || isWithin(other, one))) ||
    // A later edit of a field rests on its asset, as a later link does.
    above.restsOn.some((one) => below.writes.includes(one))
  );
}
