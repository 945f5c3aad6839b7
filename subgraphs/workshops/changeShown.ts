import { assetKindOf } from "../../core/ids.ts";
import type { ConflictFound, End } from "./shown.ts";
import { maySee } from "./maySee.ts";
import { proposalOnMap } from "./conflicts.ts";
import type { Context } from "./context.ts";
import { type Effect, isAssetEffect, isLinkEffect, type Part } from "./effects.ts";
import type { ChangeRow } from "./queries/changes.ts";
import { isMember } from "./whoMay.ts";

/** A change by its id, as far as its caller may see it; null else. */
export async function changeAsked(context: Context, id: string | null): Promise<ChangeRow | null> {
  if (id === null) return null;
  const change = await context.changeById(id);
  return (await maySee(context, change)) ? change : null;
}

/**
 * Whether a caller may read what a change changed, and not only that it did: everybody, of what is on the map; of what was taken off, which may be because it should never have been read, those who may propose.
 */
async function mayRead(context: Context, { subjectId }: ChangeRow): Promise<boolean> {
  return context.caller.scopes.includes("PROPOSE") || (await onTheMap(context, subjectId)) !== null;
}

/** What was said of the subject of a change before it, or is since: of its own fields, or else of the first link. */
export async function partOf(context: Context, change: ChangeRow, which: "before" | "after"): Promise<Part | null> {
  const { effects, subjectId } = change;
  const effect = effects.find((one) => isAssetEffect(one) && one.asset === subjectId) ?? effects[0];
  if (effect === undefined || effect[which] === null || !(await mayRead(context, change))) return null;
  if (!isLinkEffect(effect)) return effect[which];
  const { relationship, from, to } = effect;
  return { relationship, from, to, ...effect[which] };
}

/** One thing that a change did, by the names that its ends had. */
export function effectShown(effect: Effect, { names }: ChangeRow, named: ReadonlyMap<string, End>) {
  const end = (id: string): End => named.get(id) ?? { id, name: names[id] ?? id, kind: assetKindOf(id) ?? "Unknown" };
  return isLinkEffect(effect)
    ? {
        recordId: effect.link,
        relationship: effect.relationship,
        from: end(effect.from),
        to: end(effect.to),
        asset: null,
        before: effect.before,
        after: effect.after,
      }
    : {
        recordId: effect.asset,
        relationship: null,
        from: null,
        to: null,
        asset: end(effect.asset),
        before: effect.before,
        after: effect.after,
      };
}

/** Everything that a change did, for who may read it. */
export async function effectsShown(context: Context, change: ChangeRow) {
  if (!(await mayRead(context, change))) return [];
  const { namedById } = context;
  const ids = [...new Set(change.effects.flatMap((one) => (isLinkEffect(one) ? [one.from, one.to] : [one.asset])))];
  const found = await Promise.all(ids.map((id) => namedById.load(id)));
  const named = new Map(found.flatMap((one) => (one === null ? [] : [[one.id, one] as const])));
  return change.effects.map((effect) => effectShown(effect, change, named));
}

/** Why a proposal could not be applied now; nothing of any other change. */
export async function conflictsOf(context: Context, change: ChangeRow): Promise<readonly ConflictFound[]> {
  return change.status === "PROPOSED" ? (await proposalOnMap(context, change)).conflicts : [];
}

/** The stub of an asset that is on the map; null for one that is not. */
export async function onTheMap({ namedById }: Context, id: string): Promise<{ readonly id: string } | null> {
  const named = await namedById.load(id);
  return named?.status === "PUBLISHED" || named?.status === "MERGED" ? { id } : null;
}

/** The workshop that a change was given in; null for who is no member of it. */
export async function workshopOfChange(context: Context, { workshopId }: ChangeRow) {
  const workshop = workshopId === null ? null : await context.workshopById(workshopId);
  return workshop !== null && isMember(context.caller.actor, workshop) ? workshop : null;
}

/** Who gave a change: to who is signed in, the role and what stands for the person; to others, the role. */
export function byShown({ caller }: Context, { by }: ChangeRow): string {
  return caller.actor === null ? (by.split(" ")[0] ?? by) : by;
}
