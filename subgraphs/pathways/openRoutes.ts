import { type Vocabulary, countingFor, withBroader } from "../../knowledge/vocabulary.ts";
import { mostHandOffs } from "./queries/network.ts";
import type { SurroundingsRow } from "./queries/surroundings.ts";

/** A hand-off that a person with a certain condition may be sent on. */
export interface OpenHop {
  readonly fromId: string;
  readonly toId: string;
}

/** The routes to help with one condition, among what has a part in referrals. */
export interface OpenRoutes {
  readonly conditionId: string;
  /** What supports it, or something narrower, by itself. */
  readonly endIds: ReadonlySet<string>;
  readonly hops: readonly OpenHop[];
}

/**
 * For each of some conditions the routes to help with it that are open to whoever lives there, whatever their age: every step takes people at present, takes them from
 * there, and neither it nor what it leads to excludes that condition.
 */
export function openRoutesTo(
  conditionIds: readonly string[],
  assets: readonly SurroundingsRow[],
  vocabulary: Vocabulary,
): readonly OpenRoutes[] {
  const steps = assets.flatMap((asset) =>
    asset.steps
      .filter(({ isOpen, isForHere }) => isOpen && isForHere)
      .map(({ fromId, excludedIds }) => ({
        fromId,
        toId: asset.id,
        excludedIds: [...excludedIds, ...asset.excludedIds],
      })),
  );
  const supporting = new Map<string, string[]>();
  for (const { id, supportedIds } of assets) {
    for (const conditionId of supportedIds) supporting.set(conditionId, [...(supporting.get(conditionId) ?? []), id]);
  }
  return conditionIds.map((conditionId) => {
    const concerned = withBroader(vocabulary, [conditionId]);
    return {
      conditionId,
      endIds: new Set(
        [...countingFor(vocabulary, [conditionId]).keys()].flatMap((narrower) => supporting.get(narrower) ?? []),
      ),
      hops: steps.filter(({ excludedIds }) => !excludedIds.some((id) => concerned.has(id))),
    };
  });
}

/** The conditions that some assets support by themselves. */
export function supportedBy(assets: readonly SurroundingsRow[]): ReadonlySet<string> {
  return new Set(assets.flatMap(({ supportedIds }) => supportedIds));
}

/** A way with as few hand-offs as can be from any of some to any of some others: the ids of what it passes, the first among them. Null when there is none of five hand-offs or fewer. */
export function shortestWay(
  hops: readonly OpenHop[],
  fromIds: Iterable<string>,
  endIds: ReadonlySet<string>,
  withoutId: string | null = null,
): readonly string[] | null {
  const onward = new Map<string, string[]>();
  for (const { fromId, toId } of hops) onward.set(fromId, [...(onward.get(fromId) ?? []), toId]);
  const cameFrom = new Map<string, string | null>();
  let reached: string[] = [];
  for (const id of fromIds) {
    cameFrom.set(id, null);
    reached.push(id);
  }
  for (let length = 1; length <= mostHandOffs && reached.length > 0; length++) {
    const next: string[] = [];
    for (const id of reached) {
      for (const to of onward.get(id) ?? []) {
        if (to === withoutId || cameFrom.has(to)) continue;
        cameFrom.set(to, id);
        if (endIds.has(to)) return wayTo(to, cameFrom);
        next.push(to);
      }
    }
    reached = next;
  }
  return null;
}

function wayTo(id: string, cameFrom: ReadonlyMap<string, string | null>): readonly string[] {
  const before = cameFrom.get(id) ?? null;
  return before === null ? [id] : [...wayTo(before, cameFrom), id];
}
