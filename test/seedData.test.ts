import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { SeedFile, type SeedRecord } from "../seed/formats/directory.ts";

const dataDirectory = join(import.meta.dirname, "../seed/data");

type Kept<Type extends SeedRecord["type"]> = Extract<SeedRecord, { type: Type }>;
type Asset = Kept<"place" | "organisation" | "group" | "activity">;

let files: ReadonlyMap<string, SeedFile>;
let records: readonly SeedRecord[];

beforeAll(async () => {
  const names = (await readdir(dataDirectory)).filter((name) => name.endsWith(".json"));
  files = new Map(
    await Promise.all(
      names.map(async (name) => {
        const { data, error } = SeedFile.safeParse(JSON.parse(await readFile(join(dataDirectory, name), "utf8")));
        if (error) throw new Error(`${name}: ${error.message}`);
        return [name, data] as const;
      }),
    ),
  );
  records = [...files.values()].flatMap((file) => file.records);
});

function of<Type extends SeedRecord["type"]>(...types: readonly Type[]): readonly Kept<Type>[] {
  return records.filter((record): record is Kept<Type> => (types as readonly string[]).includes(record.type));
}

const assets = (): readonly Asset[] => of("place", "organisation", "group", "activity");

const keysOf = (...types: readonly Exclude<SeedRecord["type"], "border">[]): ReadonlySet<string> =>
  new Set(of(...types).map(({ key }) => key));

/** The areas by what other records call them: an ONS code, or a slug. */
function areasByName(): ReadonlyMap<string, Kept<"area">> {
  return new Map(
    of("area").flatMap((area) => [area.code, area.slug].flatMap((name) => (name ? [[name, area] as const] : []))),
  );
}

/** The places an asset is at, as its source says it. */
function placesOf(asset: Asset): readonly string[] {
  switch (asset.type) {
    case "place":
      return asset.location === undefined ? [] : [asset.key];
    case "organisation":
      return asset.basedAt;
    case "group":
      return asset.meetsAt;
    case "activity":
      return asset.heldAt;
  }
}

/** What is said twice among `names`. */
function repeated(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

test("a key names one record in all the files, and a source's id one record of that source", () => {
  const named = records.filter((record) => record.type !== "border");
  expect(repeated(named.map(({ key }) => key))).toEqual([]);
  expect(repeated(named.map(({ source, sourceId, key }) => `${source}/${sourceId ?? key}`))).toEqual([]);
});

test("a code and a slug name one area each", () => {
  const names = of("area").flatMap(({ code, slug }) => [code, slug].filter((name) => name !== undefined));
  expect(repeated(names)).toEqual([]);
});

test("every record names a source of its file, and a source is the same in every file that names it", () => {
  const told = new Map<string, string>();
  const wrong: string[] = [];
  for (const [name, { sources, records: inFile }] of files) {
    for (const record of inFile) {
      if (sources[record.source] === undefined) wrong.push(`${name}: no source ${record.source}`);
    }
    for (const [key, source] of Object.entries(sources)) {
      const before = told.get(key);
      if (before !== undefined && before !== JSON.stringify(source)) wrong.push(`${name}: another ${key}`);
      told.set(key, JSON.stringify(source));
    }
  }
  expect(wrong).toEqual([]);
});

test("every reference stands for a record", () => {
  const areas = areasByName();
  const places = keysOf("place");
  const conditions = keysOf("condition");
  const activities = keysOf("activity");
  const anyAsset = keysOf("place", "organisation", "group", "activity");
  const groupsAndActivities = keysOf("group", "activity");
  const among = (known: { has(name: string): boolean }, field: string, names: readonly string[]) =>
    names.filter((name) => !known.has(name)).map((name) => `${field} ${name}`);
  const missing = records.flatMap((record): readonly string[] => {
    switch (record.type) {
      case "area":
        return among(areas, "within", record.within);
      case "border":
        return among(areas, "border", [record.a, record.b]);
      case "condition":
        return [
          ...among(conditions, "broader", record.broader),
          ...among(
            conditions,
            "oftenWith",
            record.oftenWith.map(({ condition }) => condition),
          ),
        ];
      case "period":
        return [];
      case "boundary":
        return among(areas, "area", [record.area]);
      case "referrer":
        return among(keysOf("referrer"), "broader", record.broader);
      case "pathway":
        return [
          ...among(keysOf("organisation"), "owner", record.owner === undefined ? [] : [record.owner]),
          ...among(conditions, "conditions", record.conditions),
          ...record.steps.flatMap((step) => [
            ...among(keysOf("referrer"), "referrer", step.referrer === undefined ? [] : [step.referrer]),
            ...among(anyAsset, "from", step.from === undefined ? [] : [step.from]),
            ...among(anyAsset, "to", [step.to]),
            ...among(areas, "serves", step.serves),
            ...among(conditions, "accepts and excludes", [...step.accepts, ...step.excludes]),
          ]),
        ];
      case "workshop": {
        const effects = record.proposals.flatMap((proposal) => proposal.effects);
        const there = new Set([...anyAsset, ...effects.flatMap((one) => ("adds" in one ? [one.asset] : []))]);
        return [
          ...among(areas, "area", [record.area]),
          ...effects.flatMap((one) =>
            "asset" in one
              ? [
                  ...among(there, "asset", [one.asset]),
                  ...among(areas, "area", typeof one.after["area"] === "string" ? [one.after["area"]] : []),
                ]
              : [
                  ...among(there, "from", [one.from]),
                  ...among(
                    one.relationship === "SUPPORTS" ? conditions : one.relationship === "SERVES" ? areas : there,
                    "to",
                    [one.to],
                  ),
                ],
          ),
        ];
      }
      case "postcode":
        return among(areas, "area", [record.area]);
      case "place":
        return among(areas, "area", record.area === undefined ? [] : [record.area]);
      case "organisation":
        return [...among(places, "basedAt", record.basedAt), ...among(groupsAndActivities, "runs", record.runs)];
      case "group":
        return [...among(places, "meetsAt", record.meetsAt), ...among(activities, "hosts", record.hosts)];
      case "activity":
        return [
          ...among(places, "heldAt", record.heldAt),
          ...record.schedule.flatMap(({ during, exceptDuring }) =>
            among(keysOf("period"), "period", [...during, ...exceptDuring]),
          ),
        ];
    }
  });
  const missingOfAssets = assets().flatMap(({ serves, supports, eligibility }) => [
    ...among(areas, "serves", serves),
    ...among(
      conditions,
      "supports",
      supports.map(({ condition }) => condition),
    ),
    ...among(
      conditions,
      "eligibility",
      eligibility.flatMap((statement) => statement.conditions),
    ),
  ]);
  expect([...missing, ...missingOfAssets]).toEqual([]);
});

test("the two towns have all their LSOAs, each in one MSOA and one ward and with residents", () => {
  const areas = areasByName();
  const lsoas = of("area").filter(({ kind }) => kind === "LSOA");
  expect(lsoas).toHaveLength(226);
  const ill = lsoas.filter(({ within, population, code }) => {
    const kinds = within.map((name) => areas.get(name)?.kind);
    return (
      code === undefined ||
      !population ||
      kinds.filter((kind) => kind === "MSOA").length !== 1 ||
      kinds.filter((kind) => kind === "WARD").length !== 1
    );
  });
  expect(ill).toEqual([]);
  const residents = (slug: string) => areas.get(slug)?.population;
  expect([residents("oxford"), residents("oldham")]).toEqual([162_029, 242_075]);
});

test("a postcode sector is a sector or district once, in the town its source counts it in, near the middle of its LSOA", () => {
  const areas = areasByName();
  const postcodes = of("postcode");
  expect(repeated(postcodes.map(({ code }) => code))).toEqual([]);
  expect(postcodes.filter(({ code }) => !code.includes(" ")).map(({ code }) => code)).toEqual([
    ...["M35", "OL1", "OL2", "OL3", "OL4", "OL8", "OL9"],
    ...["OX1", "OX2", "OX3", "OX4"],
  ]);
  expect(postcodes.length).toBeGreaterThan(55);
  // The largest LSOAs of the moors are some kilometres across: a tenth of a degree is 11 km of latitude.
  const astray = postcodes.filter(({ centre, area }) => {
    const lsoa = areas.get(area);
    return (
      lsoa === undefined ||
      Math.abs(lsoa.centre.latitude - centre.latitude) > 0.03 ||
      Math.abs(lsoa.centre.longitude - centre.longitude) > 0.05
    );
  });
  expect(astray).toEqual([]);
});

test("a neighbourhood's residents are those of its LSOAs", () => {
  const areas = of("area");
  const lsoasIn = (slug: string): readonly Kept<"area">[] =>
    areas
      .filter(({ within }) => within.includes(slug))
      .flatMap((area) => (area.kind === "LSOA" ? [area] : lsoasIn(area.slug ?? "")));
  for (const { slug, population } of areas.filter(({ kind }) => kind === "NEIGHBOURHOOD")) {
    const sum = lsoasIn(slug ?? "").reduce((total, lsoa) => total + (lsoa.population ?? 0), 0);
    expect({ slug, population: sum }).toEqual({ slug, population });
  }
});

test("borders join LSOAs of one town, once each, from the smaller code to the larger", () => {
  const areas = areasByName();
  const townOf = (code: string) => {
    const msoa = areas.get(code)?.within.find((name) => areas.get(name)?.kind === "MSOA") ?? "";
    return areas.get(msoa)?.within[0];
  };
  const borders = of("border");
  expect(borders).toHaveLength(223 + 395);
  expect(repeated(borders.map(({ a, b }) => `${a} ${b}`))).toEqual([]);
  expect(borders.filter(({ a, b }) => a >= b || townOf(a) === undefined || townOf(a) !== townOf(b))).toEqual([]);
  const joined = new Set(borders.flatMap(({ a, b }) => [a, b]));
  expect(joined.size).toBe(226);
});

test("at least 120 real places are on the map, all of them in Oxford or Oldham", () => {
  const placed = of("place").flatMap(({ key, sample, location, area }) =>
    location === undefined ? [] : [{ key, sample, ...location, area }],
  );
  const isIn = (south: number, north: number, west: number, east: number) => (place: (typeof placed)[number]) =>
    place.latitude > south && place.latitude < north && place.longitude > west && place.longitude < east;
  const isInOxford = isIn(51.7, 51.8, -1.31, -1.17);
  const isInOldham = isIn(53.48, 53.63, -2.19, -1.9);
  expect(placed.filter((place) => !isInOxford(place) && !isInOldham(place))).toEqual([]);
  expect(placed.filter(({ area }) => area === undefined)).toEqual([]);
  const real = placed.filter(({ sample }) => !sample);
  expect(real.filter(isInOxford).length).toBeGreaterThanOrEqual(90);
  expect(real.filter(isInOldham).length).toBeGreaterThanOrEqual(90);
});

test("an asset that is at no place says whom it serves", () => {
  const nowhere = assets().filter((asset) => placesOf(asset).length === 0 && asset.serves.length === 0);
  expect(nowhere.map(({ key }) => key)).toEqual([]);
});

test("each of at least 25 conditions has an asset that people in Oxford or Oldham can reach", () => {
  const conditions = of("condition");
  expect(conditions.length).toBeGreaterThanOrEqual(25);
  const located = new Set(of("place").flatMap(({ key, location }) => (location === undefined ? [] : [key])));
  // Every area of the seed lies in one of the towns, or is the nation.
  const reachable = assets().filter(
    (asset) => asset.serves.length > 0 || placesOf(asset).some((place) => located.has(place)),
  );
  const supported = new Set(reachable.flatMap(({ supports }) => supports.map(({ condition }) => condition)));
  expect(conditions.map(({ key }) => key).filter((key) => !supported.has(key))).toEqual([]);
});

test("what is invented is a sample, down to its times and its grounds, and what is real is not", () => {
  const invented = "common-ground-sample";
  const illFlagged = assets().filter((asset) => {
    const schedule = asset.type === "activity" ? asset.schedule : [];
    const parts = [...asset.supports, ...schedule];
    return asset.sample !== (asset.source === invented) || (asset.sample && parts.some(({ sample }) => !sample));
  });
  expect(illFlagged.map(({ key }) => key)).toEqual([]);
});

test("a workshop is proposed in by tables, and says only of samples what is invented", () => {
  const samples = new Set(assets().flatMap(({ key, sample }) => (sample ? [key] : [])));
  for (const { proposals } of of("workshop")) {
    expect(proposals.filter(({ by }) => !/^Table \d$/.test(by))).toEqual([]);
    const corrected = proposals.flatMap(({ effects }) =>
      effects.flatMap((one) => ("before" in one ? [one.asset] : [])),
    );
    expect(corrected.filter((key) => !samples.has(key))).toEqual([]);
  }
  expect(of("workshop").map(({ proposals }) => proposals.length)).toEqual([6]);
});

test("no record carries what may be a person's telephone or e-mail address", async () => {
  const written = await Promise.all([...files.keys()].map((name) => readFile(join(dataDirectory, name), "utf8")));
  const all = written.join("\n");
  // A UK mobile number, in any spacing; an e-mail address.
  expect(all.match(/(?:\+44\s?7|\b07)(?:[\s-]?\d){9}\b/g)).toBeNull();
  expect(all.match(/[\w.+-]+@[\w-]+\.[\w.]+/g)).toBeNull();
});
