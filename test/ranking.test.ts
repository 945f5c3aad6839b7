import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { cypher } from "../graph/cypher.ts";
import { type AssetGiven, type Island, islandId, middles, neighbourhoodId, raiseIsland } from "./fixtures/island.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
let island: Island;

const now = new Date("2026-11-22T12:00:00Z");

beforeAll(async () => {
  world = await openWorld({ clock: () => now });
  island = await raiseIsland(world);
});

beforeEach(() => island.clear());

afterAll(async () => {
  await island.sink();
  await world.close();
});

type Filter = Readonly<Record<string, unknown>>;

interface Edge {
  readonly cursor: string;
  readonly node: { readonly id: string; readonly name: string };
  readonly site: { readonly name: string } | null;
  readonly distanceMetres: number | null;
  readonly score: Readonly<Record<string, number>>;
  readonly why: { readonly sentence: string };
}

const west = neighbourhoodId("west");

interface Asked {
  readonly near?: string | null;
  readonly filter?: Filter;
  readonly first?: number;
  readonly after?: string | null;
}

/** A page of what a search finds on the island. */
async function searched(
  text: string,
  { near = west, filter = {}, first = 100, after = null }: Asked = {},
): Promise<readonly Edge[]> {
  const { data, errors } = await world.ask(
    `query ($text: String!, $near: String, $filter: AssetFilter, $first: Int, $after: String) {
      search(text: $text, near: $near, filter: $filter, first: $first, after: $after) {
        edges {
          cursor
          node { id name }
          site { name }
          distanceMetres
          score { total relevance support text closeness freshness neighbourhoodsAway }
          why { sentence }
        }
      }
    }`,
    { text, near, filter, first, after },
  );
  expect(errors).toBeUndefined();
  return data.search.edges as readonly Edge[];
}

const namesOf = (edges: readonly Edge[]) => edges.map(({ node }) => node.name);

const lonely = { supports: { loneliness: 1 } };

test("what stands in an area and serves it as well is found where it stands, in each form of a walk", async () => {
  await island.add(
    { name: "Hall", kind: "Place", in: "west", at: [51.301, 0] },
    ...["Tea", "Cake", "Talk"].map((name) => ({ name, sites: ["Hall"], serves: ["west" as const], ...lonely })),
  );
  for (const filter of [{}, { kinds: ["ACTIVITY"] }, { withinMetres: 500 }]) {
    const found = await searched("lonely", { filter });
    expect(found.map(({ node, score }) => [node.name, score["neighbourhoodsAway"]]).sort()).toEqual([
      ["Cake", 0],
      ["Talk", 0],
      ["Tea", 0],
    ]);
  }
});

/** Two halls: the nearer one has steps. */
const halls: readonly AssetGiven[] = [
  { name: "Upstairs", kind: "Place", in: "west", at: [51.301, 0], stepFree: "NO" },
  { name: "Level", kind: "Place", in: "east", at: [51.3, 0.04], stepFree: "YES" },
];

test.for([
  [{}, "Upstairs"],
  [{ stepFree: false }, "Upstairs"],
  [{ stepFree: true }, "Level"],
  [{ withinMetres: 1000 }, "Upstairs"],
  [{ withinMetres: 5000, stepFree: true }, "Level"],
  [{ areas: [neighbourhoodId("east")] }, "Level"],
  [{ areas: [neighbourhoodId("west"), neighbourhoodId("east")] }, "Upstairs"],
  [{ areas: [neighbourhoodId("west"), neighbourhoodId("east")], stepFree: true }, "Level"],
] as const)("of two sites the nearest that fits is shown: with %j it is %s", async ([filter, site]) => {
  await island.add(...halls, { name: "Tea", sites: ["Upstairs", "Level"], ...lonely });
  const edges = await searched("lonely", { filter });
  expect(edges.map((edge) => [edge.node.name, edge.site?.name])).toEqual([["Tea", site]]);
  expect(edges[0]?.why.sentence).toContain(`held at ${site}`);
  expect(edges[0]?.distanceMetres).toBe(site === "Level" ? 2784 : 111);
});

test.for([
  { stepFree: true, withinMetres: 1000 },
  { stepFree: true, areas: [neighbourhoodId("west")] },
])("no site fits when each lacks something: %j", async (filter) => {
  await island.add(...halls, { name: "Tea", sites: ["Upstairs", "Level"], ...lonely });
  expect(await searched("lonely", { filter })).toEqual([]);
});

test("words count beside needs and a place, for what is near and for what is further", async () => {
  await island.add(
    { name: "Hall", kind: "Place", in: "west" },
    { name: "Talk", sites: ["Hall"], supports: { loneliness: 0.5 }, summary: "We sit and talk." },
    { name: "Knit", sites: ["Hall"], supports: { loneliness: 0.5 }, summary: "We sit and crochet." },
  );
  const [first, second, ...rest] = await searched("lonely crochet");
  expect(rest).toEqual([]);
  expect([first?.node.name, second?.node.name]).toEqual(["Knit", "Talk"]);
  expect(first?.score).toMatchObject({ support: 0.5, text: expect.closeTo(0.3, 6) as number });
  expect(second?.score).toMatchObject({ support: 0.5, text: 0 });
  expect(first?.score["relevance"]).toBeCloseTo(1 - 0.5 * 0.7, 6);
});

test("what is called by its whole name comes first, wherever the walk gets to", async () => {
  await island.add(
    { name: "Near", kind: "Place", in: "west" },
    { name: "Far", kind: "Place", in: "east" },
    { name: "Sunflower Corner", sites: ["Far"], supports: { debt: 0.1 }, confirmedOn: "2020-01-01" },
    { name: "Company", sites: ["Near"], ...lonely, summary: "Sunflower growing, in a corner." },
  );
  expect(namesOf(await searched("sunflower corner"))).toEqual(["Sunflower Corner", "Company"]);
  expect(namesOf(await searched("sunflower corner for the lonely"))).toEqual(["Sunflower Corner", "Company"]);
  expect(namesOf(await searched("lonely"))).toEqual(["Company"]);
});

test.for([
  ["Activity", "2026-05-22", "2026-05-21"],
  ["Group", "2025-11-22", "2025-11-21"],
  ["Organisation", "2024-11-22", "2024-11-21"],
  ["Place", "2024-11-22", "2024-11-21"],
] as const)("a %s confirmed on %s has its whole score, and on %s nine tenths of it", async ([kind, inTime, late]) => {
  const at = kind === "Place" ? { in: "west" as const } : { sites: ["Hall"] };
  await island.add(
    { name: "Hall", kind: "Place", in: "west" },
    { name: "Stale", kind, confirmedOn: late, ...at, ...lonely },
    { name: "Fresh", kind, confirmedOn: inTime, ...at, ...lonely },
  );
  for (const filter of [{}, { kinds: [kind.toUpperCase()] }]) {
    const edges = await searched("lonely", { filter });
    expect(edges.map(({ node, score }) => [node.name, score["freshness"]])).toEqual([
      ["Fresh", 1],
      ["Stale", 0.9],
    ]);
    expect(edges[1]?.score["total"]).toBeCloseTo(0.9 * (edges[0]?.score["total"] ?? NaN), 12);
  }
});

test("what scores the same is in order of id, ten times the same, and another's coming does not change it", async () => {
  const names = ["One", "Two", "Three", "Four", "Five", "Six", "Seven"];
  await island.add(
    { name: "Hall", kind: "Place", in: "west" },
    ...names.map((name) => ({ name, sites: ["Hall"], ...lonely })),
  );
  const sorted = names.toSorted((one, other) => (islandId(one) < islandId(other) ? -1 : 1));
  const first = await searched("lonely");
  expect(namesOf(first)).toEqual(sorted);
  for (let time = 0; time < 10; time += 1) expect(await searched("lonely")).toEqual(first);
  await island.add({ name: "Eight", sites: ["Hall"], ...lonely });
  expect((await searched("lonely")).filter(({ node }) => node.name !== "Eight")).toEqual(first);
});

test("what meets two needs comes before what meets one as well", async () => {
  await island.add(
    { name: "Hall", kind: "Place", in: "west" },
    { name: "Debt", sites: ["Hall"], supports: { debt: 1 } },
    { name: "Both", sites: ["Hall"], supports: { debt: 1, loneliness: 0.5 } },
    { name: "Fully both", sites: ["Hall"], supports: { debt: 1, loneliness: 1 } },
  );
  expect((await searched("lonely and in debt")).map(({ node, score }) => [node.name, score["support"]])).toEqual([
    ["Fully both", 1],
    ["Both", 0.875],
    ["Debt", 0.75],
  ]);
});

test("how surely words mean a need is in the score: by a weaker word, and by a word with a typing error", async () => {
  await island.add({ name: "Hall", kind: "Place", in: "west" }, { name: "Tea", sites: ["Hall"], ...lonely });
  const support = async (text: string) => (await searched(text)).map(({ score }) => score["support"]);
  const [company] = await world.cypher(
    cypher`MATCH (:Term {text: 'company'})-[means:MEANS]->(:Condition {slug: 'loneliness'}) RETURN means.weight AS weight`,
  );
  expect(await support("lonely")).toEqual([1]);
  expect(company?.["weight"]).toBe(0.6);
  expect(await support("company")).toEqual([0.6]);
  expect(await support("lonley")).toEqual([0.8]);
});

test("what is reached in several ways is there once, and why is the best of them", async () => {
  await island.add(
    { name: "Near", kind: "Place", in: "west", at: middles.west },
    { name: "Far", kind: "Place", in: "east", at: middles.east },
    {
      name: "Everywhere",
      sites: ["Near", "Far"],
      serves: ["west", "east"],
      supports: { loneliness: 1, "lives-alone": 1 },
    },
    { name: "Far and serving", sites: ["Far"], serves: ["west"], reach: ["AT_A_PLACE", "PHONE"], ...lonely },
  );
  const edges = await searched("lonely");
  expect(edges.map(({ node, why }) => [node.name, why.sentence])).toEqual([
    ["Everywhere", expect.stringMatching(/^Everywhere supports loneliness; (?:held at Near|serves)/)],
    ["Far and serving", expect.stringMatching(/serves Meridian 001A/)],
  ]);
  expect(edges[0]?.score["closeness"]).toBe(1);
});

test("the nearest first goes by metres alone, and what is at no place comes last, the best answer first", async () => {
  await island.add(
    { name: "Far hall", kind: "Place", in: "east" },
    { name: "Near hall", kind: "Place", in: "west" },
    { name: "Strong and far", sites: ["Far hall"], ...lonely },
    { name: "Weak and near", sites: ["Near hall"], supports: { loneliness: 0.1 } },
    { name: "Weak call", serves: ["west"], supports: { loneliness: 0.1 } },
    { name: "Strong call", serves: ["west"], ...lonely },
  );
  const { data } = await world.ask(
    `query ($near: String!) {
      nearest: search(text: "lonely", near: $near, orderBy: DISTANCE) { edges { distanceMetres node { name } } }
      best: search(text: "lonely", near: $near) { edges { node { name } } }
      within: assets(filter: { near: $near, conditions: ["loneliness"], withinMetres: 10000 }, orderBy: DISTANCE) { edges { node { name } } }
    }`,
    { near: west },
  );
  const namesOf = ({ edges }: { readonly edges: readonly { readonly node: { readonly name: string } }[] }) =>
    edges.map(({ node }) => node.name);
  expect(namesOf(data.nearest)).toEqual(["Weak and near", "Strong and far", "Strong call", "Weak call"]);
  expect(namesOf(data.best)).not.toEqual(namesOf(data.nearest));
  expect(namesOf(data.within).slice(0, 1)).toEqual(["Weak and near"]);
});

test.for(["ARCHIVED", "CLOSED", "DRAFT"])("what is %s is nowhere, whichever way it is looked for", async (status) => {
  await island.add(
    { name: "Hall", kind: "Place", in: "west" },
    { name: "Quondam Hall", kind: "Place", in: "west", status, ...lonely },
    { name: "Tea", sites: ["Hall"], ...lonely },
    { name: "Quondam tea", sites: ["Hall"], status, ...lonely },
    { name: "Quondam chat", sites: ["Hall"], serves: ["west"], status, ...lonely },
    { name: "Homeless chat", sites: ["Quondam Hall"], supports: { debt: 1 } },
  );
  const gone = [islandId("Quondam Hall", "Place"), islandId("Quondam tea"), islandId("Quondam chat")];
  const { data, errors } = await world.ask(
    `query ($near: String!, $hall: ID!, $gone: ID!, $ids: [ID!]!) {
      near: search(text: "lonely", near: $near) { ...found }
      words: search(text: "quondam tea", near: $near) { ...found }
      named: search(text: "quondam", near: $near) { ...found }
      repaired: search(text: "lonely", near: $near, filter: { days: [MONDAY] }) { ...found }
      homeless: search(text: "debt", near: $near) { ...found }
      assets(filter: { near: $near, kinds: [ACTIVITY, PLACE] }) { totalCount edges { node { name } } }
      byName: assets(filter: { near: $near }, orderBy: NAME) { edges { node { name } } }
      suggest(text: "quondam") { text }
      locate(text: "Quondam Hall") { matches { name } }
      place(id: $hall) { activities { totalCount edges { node { name } } } }
      node(id: $gone) { id }
      nodes(ids: $ids) { id }
    }
    fragment found on SearchConnection {
      totalCount
      edges { node { name } site { name } }
      facets { kinds { kind count } }
      repairs { constraints count }
    }`,
    { near: west, hall: islandId("Hall", "Place"), gone: gone[1], ids: gone },
  );
  expect(errors).toBeUndefined();
  const nothing = { totalCount: 0, edges: [], facets: { kinds: [] } };
  expect(data).toEqual({
    near: {
      totalCount: 1,
      edges: [{ node: { name: "Tea" }, site: { name: "Hall" } }],
      facets: { kinds: [{ kind: "ACTIVITY", count: 1 }] },
      repairs: [{ constraints: ["CONDITIONS"], count: 2 }],
    },
    words: {
      totalCount: 1,
      edges: [{ node: { name: "Tea" }, site: { name: "Hall" } }],
      facets: { kinds: [{ kind: "ACTIVITY", count: 1 }] },
      repairs: expect.any(Array) as unknown,
    },
    named: { ...nothing, repairs: expect.any(Array) as unknown },
    repaired: { ...nothing, repairs: expect.arrayContaining([{ constraints: ["WHEN"], count: 1 }]) as unknown },
    homeless: { ...nothing, repairs: expect.any(Array) as unknown },
    assets: {
      totalCount: 2,
      edges: expect.arrayContaining([{ node: { name: "Hall" } }, { node: { name: "Tea" } }]) as unknown,
    },
    byName: { edges: [{ node: { name: "Hall" } }, { node: { name: "Tea" } }] },
    suggest: [],
    locate: { matches: [] },
    place: { activities: { totalCount: 1, edges: [{ node: { name: "Tea" } }] } },
    node: null,
    nodes: [null, null, null],
  });
});

test("pages neither repeat nor skip what stays, while others come and go", async () => {
  const numbers = Array.from({ length: 24 }, (_, index) => index);
  const nameOf = (index: number) => `Tea circle ${index}`;
  await island.add(
    { name: "Near", kind: "Place", in: "west" },
    { name: "Further", kind: "Place", in: "middle" },
    { name: "Far", kind: "Place", in: "east" },
    ...numbers.map((index) => ({
      name: nameOf(index),
      sites: [["Near", "Further", "Far"][index % 3] ?? "Near"],
      // Several score the same, so that ties are met at the ends of pages.
      supports: { loneliness: 1 - (index % 2) / 4 },
    })),
  );
  const archived = [1, 5, 9, 14, 20].map(nameOf);
  const staying = numbers.map(nameOf).filter((name) => !archived.includes(name));
  const before = namesOf(await searched("tea circles for the lonely")).filter((name) => staying.includes(name));
  expect(before.toSorted()).toEqual(staying.toSorted());

  const seen: string[] = [];
  let after: string | null = null;
  for (let page = 0; page < 20; page += 1) {
    const edges: readonly Edge[] = await searched("tea circles for the lonely", { first: 4, after });
    if (edges.length === 0) break;
    seen.push(...namesOf(edges));
    after = edges.at(-1)?.cursor ?? null;
    await island.add(
      { name: `Newcomer ${page}`, sites: ["Near"], supports: { loneliness: 1 }, summary: "Tea in a circle." },
      { name: `Latecomer ${page}`, sites: ["Far"], supports: { loneliness: 0.2 } },
    );
    await world.cypher(cypher`MATCH (asset:Asset {id: $id}) SET asset.status = 'ARCHIVED' RETURN asset.id AS id`, {
      id: islandId(archived[page] ?? ""),
    });
  }
  expect(seen.filter((name) => staying.includes(name))).toEqual(before);
  expect(new Set(seen).size).toBe(seen.length);
});

/** The haversine formula, in metres, on the sphere that Neo4j takes the earth for (its `point.distance`: radius 6,378,140 m). */
function haversine([lat1, lon1]: readonly [number, number], [lat2, lon2]: readonly [number, number]): number {
  const radians = Math.PI / 180;
  const half = (from: number, to: number) => Math.sin(((to - from) * radians) / 2) ** 2;
  const share = half(lat1, lat2) + Math.cos(lat1 * radians) * Math.cos(lat2 * radians) * half(lon1, lon2);
  return 2 * 6_378_140 * Math.asin(Math.sqrt(share));
}

test("longitude 0 is a place, and metres are those of the sphere", async () => {
  const sites = {
    "On the meridian": middles.west,
    "One hundredth of a degree north": [51.31, 0],
    "Two hundredths of a degree east": [51.3, 0.02],
    "Two hundredths of a degree west": [51.3, -0.02],
  } as const;
  await island.add(
    ...Object.entries(sites).map(([name, at]) => ({
      name,
      kind: "Place" as const,
      in: "west" as const,
      at,
      ...lonely,
    })),
  );
  for (const near of ["51.3, 0.0", "51.3,0", "51.3,-0.0"]) {
    const edges = await searched("lonely", { near });
    expect(edges).toHaveLength(4);
    for (const { node, distanceMetres } of edges) {
      const at = sites[node.name as keyof typeof sites];
      expect(distanceMetres, node.name).toBe(Math.round(haversine(middles.west, at)));
    }
    expect(Object.fromEntries(edges.map(({ node, distanceMetres }) => [node.name, distanceMetres]))).toEqual({
      "On the meridian": 0,
      // By hand: 6,378,140 × π ÷ 180 = 111,319.6 m for a degree. A hundredth is 1,113.2 m northward; two eastward are 2,226.4 m × cos 51.3°
      // (0.62524) = 1,392.0 m. Mercator's map would say 1,780.5 m northward.
      "One hundredth of a degree north": 1113,
      "Two hundredths of a degree east": 1392,
      "Two hundredths of a degree west": 1392,
    });
  }
});

test("what has no coordinates stands in the middle of its neighbourhood, and not where the equator meets the meridian", async () => {
  await island.add(
    { name: "Somewhere in the middle", kind: "Place", in: "middle", ...lonely },
    { name: "Held there", sites: ["Somewhere in the middle"], ...lonely },
    { name: "Nowhere in particular", serves: ["west"], reach: ["PHONE"], ...lonely },
  );
  const metres = Math.round(haversine(middles.west, middles.middle));
  const edges = await searched("lonely");
  expect(
    Object.fromEntries(
      edges.map(({ node, site, distanceMetres }) => [node.name, [site?.name ?? null, distanceMetres]]),
    ),
  ).toEqual({
    "Nowhere in particular": [null, null],
    "Somewhere in the middle": ["Somewhere in the middle", metres],
    "Held there": ["Somewhere in the middle", metres],
  });
  const { data } = await world.ask(`query ($id: ID!) { place(id: $id) { location { latitude longitude } } }`, {
    id: islandId("Somewhere in the middle", "Place"),
  });
  expect(data).toEqual({ place: { location: null } });
  const { errors } = await world.ask(`{ search(text: "lonely", near: "0,0") { totalCount } }`);
  expect(errors?.map((error) => error.extensions["code"])).toEqual(["PLACE_NOT_FOUND"]);
});
