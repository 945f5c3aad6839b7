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

/** The hops that begin at each, by its id. */
type Onward<One extends Leading = BarredHop> = ReadonlyMap<string, readonly One[]>;

type Leading = Pick<Hop, "fromId" | "toId">;

/** What leads to ends but for a reason: how few hand-offs away each is then, and the best way there of as few. */
interface Try {
  readonly reason: BlockedReason;
  readonly handOffs: ReadonlyMap<string, number>;
  readonly routesTo: ReturnType<typeof routesThrough>;
  /** Which hop of a way the reason is about. */
  readonly barredIn: (route: Route) => Hop | undefined;
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
  const isWay = ({ fromId }: Hop) => fromIds.includes(fromId) || !isReferrer(fromId);
  const byReason = groupedBy(hops, onlyReason);
  const open = byReason.get(null) ?? [];
  const openOnward = onwardOf(open.filter(isWay));
  const reached = handOffsTo([openOnward], asked);

  const own = blockedReasons.flatMap((reason): readonly Try[] => {
    const barred = byReason.get(reason)?.filter(isWay) ?? [];
    // Where nothing is barred for this reason alone, nothing is reached by leaving it out.
    if (barred.length === 0) return [];
    const ids = new Set(barred.map(({ id }) => id));
    return [
      {
        reason,
        ...shortestWays([openOnward, onwardOf(barred)], { fromIds, mostHops }),
        barredIn: (route) => route.find(({ id }) => ids.has(id)),
      },
    ];
  });
  const others = [...new Set(hops.map(({ fromId }) => fromId))].filter((id) => isReferrer(id) && !fromIds.includes(id));
  const elsewhere: Try = {
    reason: "NOT_FROM_THIS_REFERRER",
    ...shortestWays([onwardOf(open)], { fromIds: others, mostHops }),
    barredIn: ([first]) => first,
  };

  const missed = [...ends].flatMap(([id, end]) => {
    if (reached.has(id)) return [];
    const ofOwn = own.filter(({ handOffs }) => handOffs.has(id));
    const tries = ofOwn.length > 0 ? ofOwn : [elsewhere].filter(({ handOffs }) => handOffs.has(id));
    if (tries.length === 0) return [];
    const fewest = Math.min(...tries.map(({ handOffs }) => handOffs.get(id) ?? Infinity));
    return [{ id, end, fewest, tries: tries.filter(({ handOffs }) => handOffs.get(id) === fewest) }];
  });
  const furthest = missed.map(({ fewest }) => fewest).sort((a, b) => a - b)[most - 1] ?? mostHops;
  const misses = missed
    .filter(({ fewest }) => fewest <= furthest)
    .flatMap(({ id, end, fewest, tries }) => {
      const found = tries.flatMap(({ reason, routesTo, barredIn }): readonly NearMiss[] => {
        const [route] = routesTo({ ends: new Map([[id, end]]), most: 1, mostHops: fewest });
        const barred = route === undefined ? undefined : barredIn(route);
        return route === undefined || barred === undefined ? [] : [{ hops: route, reason, barred }];
      });
      return inOrder(found, asked).slice(0, 1);
    });
  return inOrder(misses, asked).slice(0, most);
}

/** The one reason against a hop; null when there is none, undefined when there are several, with which there is nothing near about it. */
function onlyReason({ whyNot }: BarredHop): BlockedReason | null | undefined {
  const [reason = null] = whyNot;
  return whyNot.every((one) => one === reason) ? reason : undefined;
}

/**
 * How few hand-offs away everything is along some hops, and what finds the best way of as few to an end. Each hop of such a way leads one hand-off further than the last, so the others
 * are not looked at; and as most reasons leave no way to what is told, those are chosen when a way is first asked for.
 */
function shortestWays(
  onward: readonly Onward[],
  { fromIds, mostHops }: Pick<RoutesAsked, "fromIds" | "mostHops">,
): Pick<Try, "handOffs" | "routesTo"> {
  const handOffs = handOffsTo(onward, { fromIds, mostHops });
  let routesTo: Try["routesTo"] | null = null;
  return {
    handOffs,
    routesTo: (asked) => {
      routesTo ??= routesThrough(
        onward.flatMap((hops) =>
          [...hops].flatMap(([fromId, ofOne]) => {
            const next = (handOffs.get(fromId) ?? Infinity) + 1;
            return ofOne.filter(({ toId }) => handOffs.get(toId) === next);
          }),
        ),
        fromIds,
      );
      return routesTo(asked);
    },
  };
}

/** All that some hops lead to from where one begins, in no more than the most hops. */
export function reachedBy(
  hops: readonly Leading[],
  asked: Pick<RoutesAsked, "fromIds" | "mostHops">,
): ReadonlySet<string> {
  return new Set(handOffsTo([onwardOf(hops)], asked).keys());
}

function onwardOf<One extends Leading>(hops: readonly One[]): Onward<One> {
  return groupedBy(hops, ({ fromId }) => fromId);
}

/** As Map.groupBy, which Node 20 has not. */
function groupedBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** By id, how few hops of any of these lead there from where one begins (there itself 0), in no more than the most hops. */
function handOffsTo(
  onward: readonly Onward<Leading>[],
  { fromIds, mostHops }: Pick<RoutesAsked, "fromIds" | "mostHops">,
): ReadonlyMap<string, number> {
  const handOffs = new Map(fromIds.map((id) => [id, 0]));
  // A Map hands out what is added while it is walked: this is the breadth-first search.
  for (const [id, count] of handOffs) {
    if (count === mostHops) break;
    for (const hops of onward) {
      for (const { toId } of hops.get(id) ?? []) if (!handOffs.has(toId)) handOffs.set(toId, count + 1);
    }
  }
  return handOffs;
}

/** Near misses as routes are ordered; of equally good ways those first whose reason is. */
function inOrder(misses: readonly NearMiss[], { ends }: RoutesAsked): readonly NearMiss[] {
  const compare = compareRoutes(ends);
  return misses.toSorted((a, b) => compare(a.hops, b.hops));
}
