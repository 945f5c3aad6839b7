import { compareRoutes, type Hop, type Route, type RoutesAsked, routesThrough } from "./bestRoutes.ts";

export const blockedReasons = [
  "TOO_YOUNG",
  "TOO_OLD",
  "OUT_OF_AREA",
  "EXCLUDED",
  "NOT_ACCEPTED",
  "FULL",
  "PAUSED",
  "CLOSED",
  "NOT_FROM_THIS_REFERRER",
] as const;

export type BlockedReason = (typeof blockedReasons)[number];

/** A hop, and all that it and what it leads to have against the person. */
export interface BarredHop extends Hop {
  readonly whyNot: readonly BlockedReason[];
}

export interface NearMiss {
  readonly hops: Route;
  readonly reason: BlockedReason;
  /** The first hop of which the reason is true. */
  readonly barred: Hop;
}

/** What may lead to an end: some hops from somewhere, in so many hand-offs at least, but for a reason. */
interface Try {
  readonly reason: BlockedReason;
  readonly routesTo: ReturnType<typeof routesThrough>;
  readonly among: readonly BarredHop[];
  readonly handOffs: number;
}

/**
 * What no route leads to, though one would but for a single reason: for each such end the best way there would be, and of reasons that leave ways equally good the
 * one that is first in `blockedReasons`. That others may refer there is told where nothing else is. The `most` best, in the order of routes. `isReferrer` tells
 * whether an id is that of a kind of referrer, that others may begin at.
 *
 * How many hand-offs each end is away is found for each reason once; the best way there is looked for only among those of as few, and for no more ends than are returned.
 */
export function nearMisses(
  hops: readonly BarredHop[],
  asked: RoutesAsked,
  isReferrer: (id: string) => boolean,
): readonly NearMiss[] {
  const { fromIds, ends, most, mostHops } = asked;
  const ways = hops.filter(({ fromId }) => fromIds.includes(fromId) || !isReferrer(fromId));
  const open = ways.filter(({ whyNot }) => whyNot.length === 0);
  const reached = handOffsTo(open, asked);

  const own = blockedReasons.flatMap((reason) => {
    const among = ways.filter(({ whyNot }) => whyNot.every((one) => one === reason));
    // Where nothing is barred for this reason alone, nothing is reached by leaving it out.
    if (among.length === open.length) return [];
    return [{ reason, among, routesTo: routesThrough(among, fromIds), handOffs: handOffsTo(among, asked) }];
  });
  const others = [...new Set(hops.map(({ fromId }) => fromId))].filter((id) => isReferrer(id) && !fromIds.includes(id));
  const openToOthers = hops.filter(({ whyNot }) => whyNot.length === 0);
  const elsewhere = {
    reason: "NOT_FROM_THIS_REFERRER" as const,
    among: openToOthers,
    routesTo: routesThrough(openToOthers, others),
    handOffs: handOffsTo(openToOthers, { fromIds: others, mostHops }),
  };

  const missed = [...ends].flatMap(([id, end]) => {
    if (reached.has(id)) return [];
    const triesIn = (all: readonly (Omit<Try, "handOffs"> & { readonly handOffs: ReadonlyMap<string, number> })[]) =>
      all.flatMap((one): readonly Try[] => {
        const handOffs = one.handOffs.get(id);
        return handOffs === undefined ? [] : [{ ...one, handOffs }];
      });
    const ofOwn = triesIn(own);
    const tries = ofOwn.length > 0 ? ofOwn : triesIn([elsewhere]);
    const fewest = Math.min(...tries.map(({ handOffs }) => handOffs));
    return tries.length === 0 ? [] : [{ id, end, fewest, tries: tries.filter(({ handOffs }) => handOffs === fewest) }];
  });
  const furthest = missed.map(({ fewest }) => fewest).sort((a, b) => a - b)[most - 1] ?? mostHops;
  const misses = missed
    .filter(({ fewest }) => fewest <= furthest)
    .flatMap(({ id, end, tries }) => {
      const found = tries.flatMap(({ reason, among, routesTo, handOffs }): readonly NearMiss[] => {
        const [route] = routesTo({ ends: new Map([[id, end]]), most: 1, mostHops: handOffs });
        const isFrom = reason === "NOT_FROM_THIS_REFERRER";
        const barred = isFrom ? route?.[0] : route?.find((hop) => isBarred(hop, among));
        return route === undefined || barred === undefined ? [] : [{ hops: route, reason, barred }];
      });
      return inOrder(found, asked).slice(0, 1);
    });
  return inOrder(misses, asked).slice(0, most);
}

function isBarred({ id }: Hop, among: readonly BarredHop[]): boolean {
  return among.some((hop) => hop.id === id && hop.whyNot.length > 0);
}

/** All that some hops lead to from where one begins, in no more than the most hops. */
export function reachedBy(
  hops: readonly Pick<Hop, "fromId" | "toId">[],
  asked: Pick<RoutesAsked, "fromIds" | "mostHops">,
): ReadonlySet<string> {
  return new Set(handOffsTo(hops, asked).keys());
}

/** By id, how few hops lead there from where one begins (there itself 0), in no more than the most hops. */
function handOffsTo(
  hops: readonly Pick<Hop, "fromId" | "toId">[],
  { fromIds, mostHops }: Pick<RoutesAsked, "fromIds" | "mostHops">,
): ReadonlyMap<string, number> {
  const onward = new Map<string, string[]>();
  for (const { fromId, toId } of hops) {
    const toOthers = onward.get(fromId);
    if (toOthers === undefined) onward.set(fromId, [toId]);
    else toOthers.push(toId);
  }
  const handOffs = new Map(fromIds.map((id) => [id, 0]));
  // A Map hands out what is added while it is walked: this is the breadth-first search.
  for (const [id, count] of handOffs) {
    if (count === mostHops) break;
    for (const toId of onward.get(id) ?? []) if (!handOffs.has(toId)) handOffs.set(toId, count + 1);
  }
  return handOffs;
}

/** Near misses as routes are ordered; of equally good ways those first whose reason is. */
function inOrder(misses: readonly NearMiss[], { ends }: RoutesAsked): readonly NearMiss[] {
  const compare = compareRoutes(ends);
  return misses.toSorted((a, b) => compare(a.hops, b.hops));
}
