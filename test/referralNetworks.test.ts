import { afterAll, beforeAll, expect, test } from "vitest";
import { randomOf } from "../bench/country/random.ts";
import { idOf } from "../core/ids.ts";
import { cypher } from "../graph/cypher.ts";
import { load } from "../seed/load.ts";
import type { NamedSeedFile } from "../seed/readSeed.ts";
import { SeedFile } from "../seed/formats/directory.ts";
import { openWorld, type World } from "./world.ts";

// Random small networks, each on an island of its own, and every way through them found by trying all: what is asked of the directory has to be just those, in
// the same order. The rules are written down here a second time, from docs/model.md and not from the code.

const networks = 200;
const assetsEach = 7;
const source = "networks";
const mostHandOffs = 5;

let world: World;

beforeAll(async () => {
  world = await openWorld();
  await load(world.graph, [file()], { report: () => undefined, now: world.clock(), isLaidOutLater: true });
});

afterAll(async () => {
  await world.cypher(cypher`
    MATCH (record:SourceRecord {source: 'networks'})
    OPTIONAL MATCH (record)-[:DESCRIBES]->(node)
    OPTIONAL MATCH (node)-[:STATES]->(owned)
    DETACH DELETE record, node, owned RETURN count(*) AS done`);
  await world.close();
});

type Reason = "TOO_YOUNG" | "TOO_OLD" | "OUT_OF_AREA" | "EXCLUDED" | "NOT_ACCEPTED" | "FULL" | "PAUSED";

const reasons: readonly string[] = [
  ...["TOO_YOUNG", "TOO_OLD", "OUT_OF_AREA", "EXCLUDED", "NOT_ACCEPTED", "FULL", "PAUSED", "CLOSED"],
  "NOT_FROM_THIS_REFERRER",
];

interface StepGiven {
  readonly from: string;
  readonly to: string;
  readonly isFromReferrer: boolean;
  readonly waitDays?: number;
  readonly capacity?: "OPEN" | "FULL" | "PAUSED";
  readonly minimumAge?: number;
  readonly maximumAge?: number;
  readonly isForNextDoor: boolean;
  readonly accepts: readonly string[];
  readonly excludes: readonly string[];
}

interface AssetGiven {
  readonly key: string;
  readonly asOf: string;
  readonly supports: readonly { readonly condition: string; readonly byReferral: boolean }[];
  /** Where it serves: here, next door only, or nowhere in particular. */
  readonly serves: "here" | "next door" | "anyone";
  readonly site: "near" | "further" | null;
  readonly minimumAge?: number;
}

interface Network {
  readonly assets: readonly AssetGiven[];
  readonly steps: readonly StepGiven[];
  readonly age: number | null;
  readonly conditions: readonly string[] | null;
  readonly from: string;
}

/** test-self is test-anyone too, and test-gp is neither. */
const broader: Readonly<Record<string, readonly string[]>> = {
  "test-self": ["test-self", "test-anyone"],
  "test-gp": ["test-gp"],
};

function network(index: number): Network {
  const { chance, pick, below } = randomOf(`network ${index}`);
  const assets = Array.from({ length: assetsEach }, (_, number): AssetGiven => ({
    key: `network-${index}-${number}`,
    asOf: pick(["2024-03-01", "2025-05-01", "2026-07-01"]),
    supports: chance(0.45)
      ? [{ condition: pick(["loneliness", "social-isolation"]), byReferral: chance(0.2) }]
      : chance(0.5)
        ? [{ condition: "debt", byReferral: false }]
        : [],
    ...pick([
      { serves: "here", site: null },
      { serves: "here", site: null },
      { serves: "here", site: "near" },
      { serves: "anyone", site: "near" },
      { serves: "anyone", site: "further" },
      { serves: "next door", site: "near" },
    ] as const),
    ...(chance(0.15) ? { minimumAge: 18 } : {}),
  }));
  const keys = assets.map(({ key }) => key);
  const steps = new Map<string, StepGiven>();
  const density = 16 + below(24);
  for (let number = 0; number < density; number++) {
    const isFromReferrer = chance(0.35);
    const from = isFromReferrer ? pick(["test-self", "test-anyone", "test-gp"]) : pick(keys);
    const to = pick(keys);
    if (from === to) continue;
    steps.set(`${from} ${to}`, {
      from,
      to,
      isFromReferrer,
      ...(chance(0.6) ? { waitDays: pick([0, 7, 7, 14]) } : {}),
      ...(chance(0.2) ? { capacity: pick(["OPEN", "FULL", "PAUSED"] as const) } : {}),
      ...(chance(0.1) ? { minimumAge: 18 } : chance(0.1) ? { maximumAge: 30 } : {}),
      isForNextDoor: chance(0.06),
      accepts: chance(0.08) ? [pick(["stroke", "dementia"])] : [],
      excludes: chance(0.08) ? [pick(["stroke", "dementia"])] : [],
    });
  }
  return {
    assets,
    steps: [...steps.values()],
    age: pick([null, 12, 40]),
    conditions: pick([null, null, [], ["stroke"]]),
    from: pick(["test-self", "test-self", "test-gp"]),
  };
}

/** Each island is far from the others: two LSOAs that border each other, in a district each, of one local authority. */
function middleOf(index: number) {
  return { latitude: 40 + Math.floor(index / 20) * 0.5, longitude: -30 + (index % 20) * 0.5 };
}

/** The ONS codes of its LSOAs: there are none such. */
function codesOf(index: number) {
  return { here: `E${99_000_000 + 2 * index}`, "next-door": `E${99_000_001 + 2 * index}` };
}

const metresNear = { near: 0.001, further: 0.002 } as const;

function file(): NamedSeedFile {
  const made = { source, asOf: "2026-01-01", sample: true };
  const records: unknown[] = [
    { ...made, type: "referrer", key: "test-anyone", name: "Test: anyone", description: "Anyone." },
    {
      ...made,
      type: "referrer",
      key: "test-self",
      name: "Test: self",
      description: "Oneself.",
      broader: ["test-anyone"],
    },
    { ...made, type: "referrer", key: "test-gp", name: "Test: GP", description: "A practice." },
  ];
  for (let index = 0; index < networks; index++) {
    const { assets, steps } = network(index);
    const { latitude, longitude } = middleOf(index);
    const codes = codesOf(index);
    const area = (kind: string, name: string, within: readonly string[], shift = 0) =>
      records.push({
        ...(name in codes ? { code: codes[name as keyof typeof codes] } : {}),
        ...made,
        type: "area",
        key: `network-${index}-${name}`,
        slug: `network-${index}-${name}`,
        kind,
        name: `Network ${index} ${name}`,
        centre: { latitude, longitude: longitude + shift },
        population: 1500,
        within,
      });
    const slug = (name: string) => `network-${index}-${name}`;
    area("LOCAL_AUTHORITY", "town", []);
    area("DISTRICT", "district-here", [slug("town")]);
    area("DISTRICT", "district-next-door", [slug("town")]);
    area("LSOA", "here", [slug("district-here")]);
    area("LSOA", "next-door", [slug("district-next-door")], 0.01);
    records.push({ type: "border", source, asOf: "2026-01-01", a: codes.here, b: codes["next-door"], metres: 100 });
    for (const [name, shift] of Object.entries(metresNear)) {
      records.push({
        ...made,
        type: "place",
        key: slug(name),
        name: `Hall ${name} ${index}`,
        summary: "A hall.",
        category: "Hall",
        address: {},
        location: { latitude: latitude + shift, longitude },
        area: codes.here,
      });
    }
    for (const asset of assets) {
      records.push({
        ...made,
        asOf: asset.asOf,
        type: "activity",
        key: asset.key,
        name: asset.key,
        summary: "A part of a network.",
        heldAt: asset.site === null ? [] : [slug(asset.site)],
        serves:
          asset.serves === "anyone" ? [] : [slug(asset.serves === "here" ? "district-here" : "district-next-door")],
        reach: ["AT_A_PLACE", "PHONE"],
        supports: asset.supports.map((one) => ({ ...one, strength: 0.6, evidence: "Made up.", sample: true })),
        eligibility: asset.minimumAge === undefined ? [] : [{ minimumAge: asset.minimumAge }],
        refersTo: steps
          .filter(({ from }) => from === asset.key)
          .map((step) => ({ to: step.to, ...stepRecord(step, slug) })),
        acceptsReferralFrom: steps
          .filter(({ to, isFromReferrer }) => to === asset.key && isFromReferrer)
          .map((step) => ({ from: step.from, ...stepRecord(step, slug) })),
      });
    }
  }
  const sources = { [source]: { name: "Random networks", publisher: "Test", licence: "CC0-1.0" } };
  return { name: "networks.json", ...SeedFile.parse({ sources, records }) };
}

function stepRecord(
  { waitDays, capacity, minimumAge, maximumAge, isForNextDoor, accepts, excludes }: StepGiven,
  slug: (name: string) => string,
) {
  return {
    method: "PHONE",
    ...(waitDays === undefined ? {} : { waitDays }),
    ...(capacity === undefined ? {} : { capacity }),
    ...(minimumAge === undefined ? {} : { minimumAge }),
    ...(maximumAge === undefined ? {} : { maximumAge }),
    serves: isForNextDoor ? [slug("district-next-door")] : [],
    accepts,
    excludes,
  };
}

interface Way {
  readonly steps: readonly StepGiven[];
  readonly reasons: readonly string[];
}

/** Every way of 1 to 5 hand-offs from any kind of referrer to what supports loneliness by itself, with all that is against it. */
function allWays(net: Network): readonly Way[] {
  const assetOf = new Map(net.assets.map((asset) => [asset.key, asset]));
  const ways: Way[] = [];
  const follow = (steps: readonly StepGiven[], against: readonly string[]) => {
    const at = steps.at(-1)?.to;
    if (steps.length === mostHandOffs) return;
    const passed = steps.map(({ to }) => to);
    for (const step of net.steps) {
      if (steps.length === 0 ? !step.isFromReferrer : step.from !== at) continue;
      if (passed.includes(step.to)) continue;
      const asset = assetOf.get(step.to);
      if (asset === undefined) continue;
      const more = [...against, ...againstStep(step, net), ...againstAsset(asset, net)];
      const way = [...steps, step];
      if (asset.supports.some(({ condition, byReferral }) => condition !== "debt" && !byReferral)) {
        ways.push({ steps: way, reasons: [...new Set(more)] });
      }
      follow(way, more);
    }
  };
  follow([], []);
  return ways;
}

function againstStep(step: StepGiven, { age, conditions }: Network): readonly Reason[] {
  const known = ["loneliness", ...(conditions ?? [])];
  return [
    ...(age !== null && step.minimumAge !== undefined && age < step.minimumAge ? ["TOO_YOUNG" as const] : []),
    ...(age !== null && step.maximumAge !== undefined && age > step.maximumAge ? ["TOO_OLD" as const] : []),
    ...(step.isForNextDoor ? ["OUT_OF_AREA" as const] : []),
    ...(step.excludes.some((slug) => known.includes(slug)) ? ["EXCLUDED" as const] : []),
    ...(conditions !== null && step.accepts.length > 0 && !step.accepts.some((slug) => known.includes(slug))
      ? ["NOT_ACCEPTED" as const]
      : []),
    ...(step.capacity === "FULL" || step.capacity === "PAUSED" ? [step.capacity] : []),
  ];
}

function againstAsset(asset: AssetGiven, { age }: Network): readonly Reason[] {
  return [
    ...(age !== null && asset.minimumAge !== undefined && age < asset.minimumAge ? ["TOO_YOUNG" as const] : []),
    ...(asset.serves === "next door" ? ["OUT_OF_AREA" as const] : []),
  ];
}

/** What ways are ordered by, as the words of `ReferralRoutesResult.routes` have it. */
function keyOf({ steps }: Way, { assets }: Network): readonly (number | string)[] {
  const asset = (key: string | undefined) => assets.find((one) => one.key === key);
  const end = asset(steps.at(-1)?.to);
  // A step is confirmed when the record is that tells of it: the asset it begins at, or, from a kind of referrer, the one it leads to.
  const confirmed = steps.map(({ from, to, isFromReferrer }) => asset(isFromReferrer ? to : from)?.asOf ?? "");
  return [
    steps.length,
    steps.filter(({ waitDays }) => waitDays === undefined).length,
    steps.reduce((sum, { waitDays = 0 }) => sum + waitDays, 0),
    end?.site === undefined || end.site === null ? Infinity : metresNear[end.site],
    -Date.parse(confirmed.toSorted()[0] ?? ""),
    steps.map(({ to }) => idOf("Activity", source, to)).join(" "),
  ];
}

function compareKeys(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (const [index, one] of a.entries()) {
    const other = b[index] ?? "";
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

const namesOf = ({ steps }: Way) => steps.map(({ to }) => to);

/** The best of those past the same assets, in order: who may refer as one of two kinds is the same. */
function inOrder(ways: readonly Way[], net: Network): readonly Way[] {
  const sorted = ways.toSorted((a, b) => compareKeys(keyOf(a, net), keyOf(b, net)));
  return sorted.filter(
    (way, index) => sorted.findIndex((one) => namesOf(one).join() === namesOf(way).join()) === index,
  );
}

function expectedOf(net: Network, first: number) {
  const all = allWays(net);
  const start = broader[net.from] ?? [];
  const isOurs = ({ steps }: Way) => start.includes(steps[0]?.from ?? "");
  const open = inOrder(
    all.filter((way) => isOurs(way) && way.reasons.length === 0),
    net,
  );
  const reached = new Set(open.map(({ steps }) => steps.at(-1)?.to));
  const missed = all.flatMap((way) => {
    if (reached.has(way.steps.at(-1)?.to)) return [];
    if (isOurs(way)) return way.reasons.length === 1 ? [{ way, reason: way.reasons[0] ?? "" }] : [];
    return way.reasons.length === 0 ? [{ way, reason: "NOT_FROM_THIS_REFERRER" }] : [];
  });
  const sorted = missed.toSorted(
    (a, b) =>
      compareKeys(keyOf(a.way, net), keyOf(b.way, net)) || reasons.indexOf(a.reason) - reasons.indexOf(b.reason),
  );
  // That others may refer there is told where nothing else is.
  const blocked = sorted.filter(({ way, reason }, index) => {
    const alike = sorted.filter((one) => one.way.steps.at(-1)?.to === way.steps.at(-1)?.to);
    const best = alike.find((one) => one.reason !== "NOT_FROM_THIS_REFERRER") ?? alike[0];
    return best?.way === way && best.reason === reason && sorted[index] === best;
  });
  return {
    routes: open.slice(0, first).map((way) => ({ names: namesOf(way), ...waitOf(way) })),
    blocked: blocked.slice(0, first).map(({ way, reason }) => ({ names: namesOf(way), reason })),
  };
}

function waitOf({ steps }: Way) {
  const isKnown = steps.every(({ waitDays }) => waitDays !== undefined);
  return { totalWaitDays: isKnown ? steps.reduce((sum, { waitDays = 0 }) => sum + waitDays, 0) : null };
}

const question = `query ($input: ReferralRoutesInput!, $first: Int) {
  referralRoutes(input: $input, first: $first) {
    routes { totalWaitDays steps { to { name } } }
    blocked { reason steps { to { name } } }
  }
}`;

const routesQuestion = `query ($input: ReferralRoutesInput!, $first: Int) {
  referralRoutes(input: $input, first: $first) { routes { totalWaitDays steps { to { name } } } }
}`;

interface Told {
  readonly steps: readonly { readonly to: { readonly name: string } }[];
}

const toldNames = ({ steps }: Told) => steps.map(({ to }) => to.name);

test("of 200 random networks, the ways found and those that are blocked are the ones that trying all finds, in the same order", async () => {
  const sizes = { routes: 0, blocked: 0, longest: 0 };
  for (let index = 0; index < networks; index++) {
    const net = network(index);
    const first = index % 2 === 0 ? 20 : 3;
    const input = {
      from: net.from,
      condition: "loneliness",
      near: idOf("Area", "ons", codesOf(index).here),
      age: net.age,
      conditions: net.conditions,
    };
    const { data, errors } = await world.ask(question, { first, input });
    expect(errors, `network ${index}`).toBeUndefined();
    const { routes, blocked } = data?.referralRoutes as {
      readonly routes: readonly (Told & { readonly totalWaitDays: number | null })[];
      readonly blocked: readonly (Told & { readonly reason: string })[];
    };
    const found = {
      routes: routes.map((route) => ({ names: toldNames(route), totalWaitDays: route.totalWaitDays })),
      blocked: blocked.map((miss) => ({ names: toldNames(miss), reason: miss.reason })),
    };
    expect(found, `network ${index}`).toEqual(expectedOf(net, first));
    // Asked for alone, ways of few hand-offs are looked for first: with a few these are enough, with many mostly not.
    const fewest = await world.ask(routesQuestion, { first: 1, input });
    expect(fewest.data?.referralRoutes.routes, `network ${index}, the first`).toEqual(routes.slice(0, 1));
    const alone = await world.ask(routesQuestion, { first, input });
    expect(alone.data?.referralRoutes.routes, `network ${index}, routes alone`).toEqual(routes);
    sizes.routes += routes.length;
    sizes.blocked += blocked.length;
    sizes.longest = Math.max(sizes.longest, ...routes.map(({ steps }) => steps.length));
  }
  // Networks in which there is nothing to find would prove nothing.
  expect(sizes.routes).toBeGreaterThan(400);
  expect(sizes.blocked).toBeGreaterThan(100);
  expect(sizes.longest).toBe(mostHandOffs);
});
