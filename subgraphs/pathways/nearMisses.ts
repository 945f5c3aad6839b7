import { bestRoutes, compareRoutes, type Hop, type Route, type RoutesAsked } from "./bestRoutes.ts";

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

/**
 * What no route leads to, though one would but for a single reason: for each such end the best way there would be, and of reasons that leave ways equally good the
 * one that is first in `blockedReasons`. That others may refer there is told where nothing else is. In the order of routes. `isReferrer` tells whether an id is that
 * of a kind of referrer, that others may begin at.
 */
export function nearMisses(
  hops: readonly BarredHop[],
  asked: RoutesAsked,
  isReferrer: (id: string) => boolean,
): readonly NearMiss[] {
  const { fromIds, ends, mostHops } = asked;
  const ways = hops.filter(({ fromId }) => fromIds.includes(fromId) || !isReferrer(fromId));
  const open = ways.filter(({ whyNot }) => whyNot.length === 0);
  const reached = reachedBy(open, asked);
  const barredOf = new Map(hops.map((hop) => [hop.id, hop.whyNot.length > 0]));
  const others = [...new Set(hops.map(({ fromId }) => fromId))].filter((id) => isReferrer(id) && !fromIds.includes(id));
  const openToOthers = hops.filter(({ whyNot }) => whyNot.length === 0);

  const missed = [...ends].filter(([id]) => !reached.has(id));
  const misses = missed.flatMap(([id, end]): readonly NearMiss[] => {
    const best = (among: readonly Hop[], from: readonly string[]) =>
      bestRoutes(among, { fromIds: from, ends: new Map([[id, end]]), most: 1, mostHops })[0];
    const own = blockedReasons.flatMap((reason): readonly NearMiss[] => {
      const among = ways.filter(({ whyNot }) => whyNot.every((one) => one === reason));
      // Where nothing is barred for this reason alone, nothing is reached by leaving it out.
      const route = among.length === open.length ? undefined : best(among, fromIds);
      const barred = route?.find((hop) => barredOf.get(hop.id));
      return route === undefined || barred === undefined ? [] : [{ hops: route, reason, barred }];
    });
    if (own.length > 0) return inOrder(own, asked).slice(0, 1);
    const route = others.length === 0 ? undefined : best(openToOthers, others);
    const barred = route?.[0];
    return route === undefined || barred === undefined
      ? []
      : [{ hops: route, reason: "NOT_FROM_THIS_REFERRER", barred }];
  });
  return inOrder(misses, asked);
}

/** All that some hops lead to from where one begins, in no more than the most hops. */
export function reachedBy(
  hops: readonly Pick<Hop, "fromId" | "toId">[],
  { fromIds, mostHops }: Pick<RoutesAsked, "fromIds" | "mostHops">,
): ReadonlySet<string> {
  const reached = new Set(fromIds);
  for (let length = 1; length <= mostHops; length++) {
    const next = hops.filter(({ fromId, toId }) => reached.has(fromId) && !reached.has(toId)).map(({ toId }) => toId);
    for (const id of next) reached.add(id);
  }
  return reached;
}

/** Near misses as routes are ordered; of equally good ways those first whose reason is. */
function inOrder(misses: readonly NearMiss[], { ends }: RoutesAsked): readonly NearMiss[] {
  const compare = compareRoutes(ends);
  return misses.toSorted((a, b) => compare(a.hops, b.hops));
}
