import type { SeedRecord } from "../../seed/formats/directory.ts";
import type { NamedSeedFile } from "../../seed/readSeed.ts";
import type { Settled } from "./countryFile.ts";
import { randomOf, type Random } from "./random.ts";
import { syntheticSources } from "./sources.ts";
import {
  activities,
  doings,
  firstWords,
  groups,
  marked,
  organisations,
  people,
  placeSorts,
  sentences,
} from "./words.ts";

type Place = Extract<SeedRecord, { type: "place" }>;
type Organisation = Extract<SeedRecord, { type: "organisation" }>;
type Group = Extract<SeedRecord, { type: "group" }>;
type Activity = Extract<SeedRecord, { type: "activity" }>;
type Asset = Place | Organisation | Group | Activity;

/** What all sorts of assets have, apart from their type. */
type Described = Omit<Asset, "type">;

type Kind = Asset["type"];

/** An asset before it is described: others point at it. */
interface Stub {
  readonly key: string;
  readonly kind: Kind;
  readonly at: Settled;
}

const weekdays = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"] as const;
const methods = ["WALK_IN", "PHONE", "FORM", "EMAIL", "LETTER", "WARM_INTRODUCTION"] as const;

/** Of what is no place. */
const kindShares: readonly (readonly [Kind, number])[] = [
  ["activity", 0.58],
  ["group", 0.28],
  ["organisation", 0.14],
];
const placeShare = 0.28;

/** A tenth of the country's assets come to people, or take people, in an area: mostly a local authority, hardly ever a whole nation. */
const servesShare = 0.1;
const nationalShare = 0.003;

/** The seed file of the assets of one region: they point at each other, at areas and at conditions, and at nothing else. */
export function assetFile(
  name: string,
  region: readonly Settled[],
  { conditions, size }: { readonly conditions: readonly string[]; readonly size: number },
): NamedSeedFile {
  const random = randomOf(`${name} of ${size}`);
  const stubs = stubsOf(region, random);
  const neighbours = neighbourhoodsOf(stubs);
  const context = { random, neighbours, conditions };
  const records = stubs.map((stub): SeedRecord => {
    if (stub.kind === "place") return placeOf(stub, context);
    if (stub.kind === "activity") return activityOf(stub, context);
    if (stub.kind === "group") return groupOf(stub, context);
    return organisationOf(stub, context);
  });
  return { name, sources: { ...syntheticSources }, records };
}

interface Context {
  readonly random: Random;
  readonly neighbours: Neighbours;
  readonly conditions: readonly string[];
}

function stubsOf(region: readonly Settled[], random: Random): readonly Stub[] {
  return region.flatMap((at) =>
    Array.from({ length: at.assets }, (_, index) => ({
      key: `synthetic-${at.lsoa.code.toLowerCase()}-${index + 1}`,
      kind: kindOf(random),
      at,
    })),
  );
}

/** The LSOA of an asset with such a key, by its code. */
export function lsoaCodeOf(key: string): string {
  return (key.split("-")[1] ?? "").toUpperCase();
}

function kindOf(random: Random): Kind {
  if (random.chance(placeShare)) return "place";
  let left = random.next();
  for (const [kind, share] of kindShares) {
    left -= share;
    if (left < 0) return kind;
  }
  return "organisation";
}

/** Things of one kind near an asset: in its LSOA, else in its MSOA, else in its local authority; an empty list when there are none. */
type Neighbours = (stub: Stub, kind: Kind, random: Random) => readonly Stub[];

function neighbourhoodsOf(stubs: readonly Stub[]): Neighbours {
  const byName = new Map<string, Stub[]>();
  for (const stub of stubs) {
    const { code, msoa, authority } = stub.at.lsoa;
    for (const area of [code, msoa, authority]) {
      const name = `${stub.kind} ${area}`;
      const list = byName.get(name);
      if (list === undefined) byName.set(name, [stub]);
      else list.push(stub);
    }
  }
  return ({ at: { lsoa } }, kind, random) => {
    const areas = random.chance(0.75) ? [lsoa.code, lsoa.msoa, lsoa.authority] : [lsoa.msoa, lsoa.authority];
    for (const area of areas) {
      const found = byName.get(`${kind} ${area}`);
      if (found !== undefined) return found;
    }
    return [];
  };
}

/** Up to `count` different keys of things of a kind near an asset, and not of itself. */
function keysNear(stub: Stub, kind: Kind, count: number, { neighbours, random }: Context): string[] {
  const keys = new Set<string>();
  for (let tries = 0; tries < count; tries += 1) {
    const near = neighbours(stub, kind, random);
    if (near.length > 0) keys.add(random.pick(near).key);
  }
  keys.delete(stub.key);
  return [...keys];
}

function placeOf(stub: Stub, context: Context): Place {
  const { random } = context;
  const { lsoa, index } = stub.at;
  const category = random.pick(placeSorts);
  const first = random.pick(firstWords);
  return {
    ...describedOf(stub, `${first} ${category.toLowerCase()}`, context),
    type: "place",
    supports: random.chance(0.15) ? supportsOf(context, 1 + random.below(2)) : [],
    category,
    address: {
      streetAddress: `${1 + random.below(200)} ${random.pick(firstWords)} Street`,
      addressLocality: lsoa.name.replace(/ \d{3}[A-Z]$/, ""),
      postalCode: inventedPostcode(index * 10 + random.below(10)),
    },
    location: {
      latitude: Number((lsoa.latitude + 0.0018 * random.normal()).toFixed(6)),
      longitude: Number((lsoa.longitude + 0.003 * random.normal()).toFixed(6)),
    },
    area: lsoa.code,
    openingHours: random.chance(0.6)
      ? [
          {
            byDay: [...weekdays.slice(0, 5)],
            opens: `0${8 + random.below(2)}:00`,
            closes: `${16 + random.below(6)}:00`,
          },
        ]
      : [],
  };
}

/** What a schedule of the simplest kind does not say. */
const everyWeek = {
  byWeekOfMonth: [],
  byMonthDay: [],
  byMonth: [],
  exceptDate: [],
  extraDate: [],
  during: [],
  exceptDuring: [],
};

function activityOf(stub: Stub, context: Context): Activity {
  const { random } = context;
  const days = weekdays.filter(() => random.chance(0.2));
  const start = 8 + random.below(12);
  const byDay = days.length === 0 ? [random.pick(weekdays)] : days;
  return {
    ...describedOf(stub, random.pick(activities), context),
    type: "activity",
    heldAt: keysNear(stub, "place", 1, context),
    sessions: [],
    hostedBy: [],
    runBy: [],
    schedule: random.chance(0.9)
      ? [
          {
            ...everyWeek,
            byDay,
            startTime: `${String(start).padStart(2, "0")}:${random.chance(0.5) ? "00" : "30"}`,
            endTime: `${String(start + 1 + random.below(3)).padStart(2, "0")}:00`,
            ...(random.chance(0.85)
              ? { repeatFrequency: "P1W" }
              : random.chance(0.5)
                ? { repeatFrequency: "P2W", startDate: `2026-01-${String(1 + random.below(14)).padStart(2, "0")}` }
                : { repeatFrequency: "P1M", byWeekOfMonth: [1 + random.below(4)] }),
            sample: true,
          },
        ]
      : [],
  };
}

function groupOf(stub: Stub, context: Context): Group {
  const { random } = context;
  return {
    ...describedOf(stub, `${random.pick(firstWords)} ${random.pick(groups)}`, context),
    type: "group",
    meetsAt: random.chance(0.8) ? keysNear(stub, "place", random.chance(0.1) ? 2 : 1, context) : [],
    hosts: random.chance(0.5) ? keysNear(stub, "activity", 1 + random.below(2), context) : [],
  };
}

function organisationOf(stub: Stub, context: Context): Organisation {
  const { random } = context;
  return {
    ...describedOf(stub, `${random.pick(firstWords)} ${random.pick(organisations)}`, context),
    type: "organisation",
    basedAt: random.chance(0.8) ? keysNear(stub, "place", 1, context) : [],
    runs: [
      ...keysNear(stub, "group", random.below(3), context),
      ...keysNear(stub, "activity", random.below(5), context),
    ],
  };
}

function describedOf(stub: Stub, called: string, context: Context): Described {
  const { random } = context;
  const { lsoa } = stub.at;
  const town = lsoa.name.replace(/ \d{3}[A-Z]$/, "");
  const serves = stub.kind !== "place" && random.chance(servesShare / (1 - placeShare)) ? [servedOf(stub, random)] : [];
  return {
    key: stub.key,
    source: "common-ground-synthetic",
    asOf: `${2024 + random.below(2)}-${String(1 + random.below(12)).padStart(2, "0")}`,
    sample: true,
    name: marked(called),
    alternateName: [],
    summary: `${random.pick(people)} ${random.pick(doings)} in ${town}. Synthetic.`,
    ...(random.chance(0.35)
      ? {
          description: `${random.pick(sentences)} ${random.pick(sentences)} This is made up to measure with. It is not a real service.`,
        }
      : {}),
    closures: [],
    closedDuring: [],
    eligibility: random.chance(0.25) ? [eligibilityOf(context)] : [],
    accessibility: {
      stepFree: random.pick(["YES", "YES", "NO", "UNKNOWN"]),
      accessibleToilet: random.pick(["YES", "NO", "UNKNOWN"]),
      hearingLoop: random.pick(["YES", "NO", "UNKNOWN", "UNKNOWN"]),
    },
    ...(random.chance(0.7)
      ? { cost: random.chance(0.6) ? { isFree: true } : { isFree: false, amount: 1 + random.below(12) } }
      : {}),
    reach:
      serves.length === 0
        ? ["AT_A_PLACE"]
        : random.pick([["COMES_TO_YOU"], ["PHONE"], ["PHONE", "ONLINE"], ["AT_A_PLACE", "COMES_TO_YOU"]]),
    serves,
    supports: supportsOf(context, 1 + random.below(4)),
    refersTo: random.chance(0.03) ? referralsOf(stub, context) : [],
    acceptsReferralFrom: [],
  };
}

/** Where something comes to people: in a few streets, a neighbourhood, a whole local authority, or once in a while the nation. */
function servedOf({ at: { lsoa } }: Stub, random: Random): string {
  if (random.chance(nationalShare)) return lsoa.nation;
  return random.pick([lsoa.code, lsoa.msoa, lsoa.msoa, lsoa.authority, lsoa.authority]);
}

function supportsOf({ conditions, random }: Context, count: number): Described["supports"] {
  const slugs = new Set(Array.from({ length: count }, () => random.pick(conditions)));
  return [...slugs].map((condition) => ({
    condition,
    strength: random.pick([1, 0.6, 0.6, 0.3]),
    evidence: "Synthetic: nobody says so.",
    byReferral: false,
    sample: true,
  }));
}

function eligibilityOf({ random, conditions }: Context): Described["eligibility"][number] {
  const kind = random.below(4);
  if (kind === 0) return { minimumAge: random.pick([16, 18, 50, 60, 65]), excludes: false, conditions: [] };
  if (kind === 1) return { minimumAge: 0, maximumAge: random.pick([4, 11, 18, 25]), excludes: false, conditions: [] };
  if (kind === 2) {
    return { excludes: false, conditions: [random.pick(conditions)], description: "People with that need. Synthetic." };
  }
  return { excludes: true, maximumAge: 17, conditions: [] };
}

function referralsOf(stub: Stub, context: Context): Described["refersTo"] {
  const { random } = context;
  const kind = random.pick(["organisation", "group", "activity"] as const);
  return keysNear(stub, kind, 1 + random.below(2), context).map((to) => ({
    to,
    method: random.pick(methods),
    serves: [],
    accepts: [],
    excludes: [],
    sample: true,
    ...(random.chance(0.7) ? { waitDays: random.pick([0, 1, 2, 7, 14, 28, 56, 90]) } : {}),
  }));
}

const inwardLetters = "ABDEFGHJLNPQRSTUWXYZ";

/** A postcode in form, of a postcode area that there is not: ZZ. Takes a number up to 395,999. */
function inventedPostcode(number: number): string {
  const letters = inwardLetters.length;
  const letter = (place: number) => inwardLetters.charAt(Math.floor(number / place) % letters);
  const inward = `${Math.floor(number / letters ** 2) % 10}${letter(letters)}${letter(1)}`;
  return `ZZ${1 + Math.floor(number / (10 * letters ** 2))} ${inward}`;
}
