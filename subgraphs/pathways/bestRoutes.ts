/** A step from one to the next, as routes are ranked by it. */
export interface Hop {
  readonly id: string;
  readonly fromId: string;
  readonly toId: string;
  /** From asking to being seen, in days; null when that is not known. */
  readonly waitDays: number | null;
  /** The day it was last confirmed, in ISO 8601; null when it never was. */
  readonly confirmedOn: string | null;
}

/** Where a route may end, and how far that is, in metres; null when that is not known. */
export type Ends = ReadonlyMap<string, { readonly metres: number | null }>;

/** The hops of a way, from the first. */
export type Route = readonly Hop[];

/** Which routes are asked for. */
export interface RoutesAsked {
  /** Whoever begins: several, where one kind of referrer is also one of a broader kind. They count as one. */
  readonly fromIds: readonly string[];
  readonly ends: Ends;
  /** How many at most. */
  readonly most: number;
  /** How long they are at most. */
  readonly mostHops: number;
}

/**
 * What routes of as many hops are ordered by, less being better, one after the other: of how many hops the wait is not known; the waits that are; how far
 * away the end is; and how long ago the hop least lately confirmed was, in milliseconds before 1970.
 */
type Merit = readonly [unknownWaits: number, knownWaitDays: number, metres: number, staleness: number];

const noHops: Merit = [0, 0, 0, -Infinity];

/** How a route begins: the hops so far, and the best that a route of the length looked for may come to which begins so. */
interface Beginning {
  readonly hops: Route;
  readonly atId: string;
  readonly merit: Merit;
  readonly bound: Merit;
  /** The ids of what it passes, one after the other. */
  readonly path: string;
}

/**
 * The best routes: the fewest hops first; of as few, by merit (see `Merit`); then by the ids of what they pass. None comes to the same twice, nor back to where it
 * began. Of several hops between the same two the best counts.
 *
 * For each length, beginnings are taken up in the order of the best that they may become, which is worked out beforehand (see `remainingMerits`): so those alone
 * are looked at that may be as good as what is returned, however many routes there are.
 */
export function bestRoutes(hops: readonly Hop[], { fromIds, ...asked }: RoutesAsked): readonly Route[] {
  return routesThrough(hops, fromIds)(asked);
}

/** Finds the best routes through the same hops from the same beginning, as often as it is asked: what they have in common is worked out once. */
export function routesThrough(
  hops: readonly Hop[],
  fromIds: readonly string[],
): (asked: Omit<RoutesAsked, "fromIds">) => readonly Route[] {
  const onward = onwardFrom(hops, fromIds);
  const inward = inwardTo(onward);
  return ({ ends, most, mostHops }) => {
    const remaining = remainingMerits(inward, ends, mostHops);
    const routes: Route[] = [];
    for (let length = 1; length <= mostHops && routes.length < most; length++) {
      routes.push(...bestOfLength(length, onward, remaining, { fromIds, most: most - routes.length }));
    }
    return routes;
  };
}

/** Compares two routes as `bestRoutes` orders them. */
export function compareRoutes(ends: Ends): (a: Route, b: Route) => number {
  const merit = (hops: Route) => {
    const metres = ends.get(hops.at(-1)?.toId ?? "")?.metres ?? Infinity;
    return hops.map(meritOf).reduce(together, [0, 0, metres, -Infinity]);
  };
  return (a, b) => a.length - b.length || compareMerits(merit(a), merit(b)) || compareText(pathOf(a), pathOf(b));
}

/** A hop with its merit, and where it begins, whoever begins being one. */
interface Weighed {
  readonly hop: Hop;
  readonly fromId: string;
  readonly merit: Merit;
}

/** The hops that begin at each, or lead to each, by its id. */
type Weighing = ReadonlyMap<string, readonly Weighed[]>;

function bestOfLength(
  length: number,
  onward: Weighing,
  remaining: readonly ReadonlyMap<string, Merit>[],
  { fromIds, most }: Pick<RoutesAsked, "fromIds" | "most">,
): readonly Route[] {
  const beginnings: Beginning[] = [];
  const begin = (hops: Route, atId: string, merit: Merit) => {
    const rest = remaining[length - hops.length]?.get(atId);
    if (rest === undefined) return;
    beginnings.push({ hops, atId, merit, bound: together(merit, rest), path: pathOf(hops) });
  };
  begin([], startOf(fromIds), noHops);
  const routes: Route[] = [];
  while (routes.length < most) {
    const best = taken(beginnings);
    if (best === null) break;
    if (best.hops.length === length) {
      routes.push(best.hops);
      continue;
    }
    const passed = new Set([...fromIds, ...best.hops.map(({ toId }) => toId)]);
    for (const { hop, merit } of onward.get(best.atId) ?? []) {
      if (!passed.has(hop.toId)) begin([...best.hops, hop], hop.toId, together(best.merit, merit));
    }
  }
  return routes;
}

/** Takes out of a list the beginning that may become the best; null when it is empty. What begins alike is not after what goes on from it. */
function taken(beginnings: Beginning[]): Beginning | null {
  let best = 0;
  for (let i = 1; i < beginnings.length; i++) {
    const [one, other] = [beginnings[i], beginnings[best]];
    if (one === undefined || other === undefined) continue;
    if ((compareMerits(one.bound, other.bound) || compareText(one.path, other.path)) < 0) best = i;
  }
  const [beginning = null] = beginnings.splice(best, 1);
  return beginning;
}

/**
 * For each number of hops from 0, by id, the best merit of going on from there to an end in just so many hops, whether or not that comes to something twice: so no
 * route that begins with some hops is better than those and this together.
 */
function remainingMerits(inward: Weighing, ends: Ends, mostHops: number): readonly ReadonlyMap<string, Merit>[] {
  const merits: ReadonlyMap<string, Merit>[] = [
    new Map(Array.from(ends, ([id, { metres }]) => [id, [0, 0, metres ?? Infinity, -Infinity]])),
  ];
  for (let hopsLeft = 1; hopsLeft <= mostHops; hopsLeft++) {
    const here = new Map<string, Merit>();
    for (const [id, rest] of merits[hopsLeft - 1] ?? []) {
      for (const { fromId, merit } of inward.get(id) ?? []) {
        const whole = together(merit, rest);
        const best = here.get(fromId);
        if (best === undefined || compareMerits(whole, best) < 0) here.set(fromId, whole);
      }
    }
    merits.push(here);
  }
  return merits;
}

/** The hops by where they begin, all of `fromIds` being one. Between two there is one hop: the best. */
function onwardFrom(hops: readonly Hop[], fromIds: readonly string[]): Weighing {
  const starts = new Set(fromIds);
  const best = new Map<string, Map<string, Weighed>>();
  for (const hop of hops) {
    const fromId = starts.has(hop.fromId) ? startOf(fromIds) : hop.fromId;
    const toOthers = best.get(fromId) ?? new Map<string, Weighed>();
    best.set(fromId, toOthers);
    const merit = meritOf(hop);
    const known = toOthers.get(hop.toId);
    if (known === undefined || (compareMerits(merit, known.merit) || compareText(hop.id, known.hop.id)) < 0) {
      toOthers.set(hop.toId, { hop, fromId, merit });
    }
  }
  return new Map(Array.from(best, ([id, toOthers]) => [id, [...toOthers.values()]]));
}

/** The same hops by where they lead to. */
function inwardTo(onward: Weighing): Weighing {
  const inward = new Map<string, Weighed[]>();
  for (const hops of onward.values()) {
    for (const weighed of hops) {
      const toSame = inward.get(weighed.hop.toId);
      if (toSame === undefined) inward.set(weighed.hop.toId, [weighed]);
      else toSame.push(weighed);
    }
  }
  return inward;
}

function pathOf(hops: Route): string {
  return hops.map(({ toId }) => toId).join(" ");
}

function startOf(fromIds: readonly string[]): string {
  return fromIds[0] ?? "";
}

function meritOf({ waitDays, confirmedOn }: Hop): Merit {
  return [waitDays === null ? 1 : 0, waitDays ?? 0, 0, confirmedOn === null ? Infinity : -Date.parse(confirmedOn)];
}

function together(a: Merit, b: Merit): Merit {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2], Math.max(a[3], b[3])];
}

function compareMerits(a: Merit, b: Merit): number {
  for (const [i, one] of a.entries()) {
    const other = b[i] ?? 0;
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
