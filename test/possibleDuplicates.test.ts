import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { anybody, type Caller } from "../core/caller.ts";
import { idOf } from "../core/ids.ts";
import { contactKeysOf } from "../graph/contactKeys.ts";
import { cypher } from "../graph/cypher.ts";
import { notTheSame } from "../subgraphs/workshops/commands/notTheSame.ts";
import { nameLikeness } from "../subgraphs/workshops/nameLikeness.ts";
import { type DuplicatesAsked, possibleDuplicates } from "../subgraphs/workshops/possibleDuplicates.ts";
import { type AssetGiven, type Island, islandId, neighbourhoodId, raiseIsland } from "./fixtures/island.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
let island: Island;

const now = new Date("2026-11-22T12:00:00Z");
const mapper: Caller = {
  scopes: ["PROPOSE"],
  actor: { id: "somebody", role: "MAPPER", areas: [], organisations: [], workshops: [] },
};

beforeAll(async () => {
  world = await openWorld({ clock: () => now });
  island = await raiseIsland(world);
});

beforeEach(() => island.clear());

afterAll(async () => {
  await island.sink();
  await world.close();
});

/** What an asset is told from others by, besides what the island knows of. */
interface Told {
  readonly postalCode?: string;
  readonly telephone?: string;
  readonly url?: string;
  readonly charityNumber?: string;
  readonly alternateNames?: readonly string[];
}

type Given = AssetGiven & { readonly key?: string; readonly told?: Told };

/** Puts assets on the island, with what tells them apart. With a `key` an asset has the id of that name, so that two can be called the same. */
async function add(...assets: readonly Given[]): Promise<void> {
  for (const { key, told = {}, ...asset } of assets) {
    await island.add({ ...asset, name: key ?? asset.name });
    const { telephone = null, url = null } = told;
    await world.cypher(
      cypher`MATCH (asset:Asset {id: $id}) SET asset.name = $name, asset += $told RETURN asset.id AS id`,
      {
        id: islandId(key ?? asset.name, asset.kind),
        name: asset.name,
        told: { ...told, ...contactKeysOf({ telephone, url }) },
      },
    );
  }
}

const asked = (described: DuplicatesAsked) => possibleDuplicates(world.graph, described);

async function namesFound(described: DuplicatesAsked): Promise<readonly string[]> {
  return (await asked(described)).map(({ asset }) => asset.name);
}

const church = (name: string, in_: "west" | "east", at: readonly [number, number]): Given => ({
  name,
  kind: "Place",
  in: in_,
  at,
});
const placeId = (name: string) => islandId(name, "Place");
const hall = { name: "Rose Hill Hall", kind: "Place", in: "west", at: [51.3, 0] } as const;

test("a coffee morning in two churches is two, and in one church is likely one", async () => {
  await add(church("St Mary", "west", [51.3, 0]), church("St Luke", "west", [51.302, 0.004]), {
    name: "Coffee morning",
    sites: ["St Mary"],
    told: { telephone: "01865 000001", url: "https://parish.example" },
  });
  const coffee = {
    kind: "ACTIVITY",
    name: "Coffee morning",
    telephone: "01865 000001",
    url: "https://parish.example",
  } as const;
  expect(await asked({ ...coffee, places: [placeId("St Luke")] })).toEqual([]);
  expect(await asked({ ...coffee, places: [placeId("St Mary")] })).toEqual([
    {
      asset: { id: islandId("Coffee morning"), name: "Coffee morning", kind: "Activity" },
      score: 1,
      reasons: ["the same name", "the same place", "the same telephone number", "the same website"],
    },
  ]);
});

test("two churches in one street have two coffee mornings", async () => {
  await add(
    { ...church("St Mary", "west", [51.3, 0]), told: { postalCode: "OX4 4AA" } },
    { ...church("St Luke", "west", [51.3004, 0]), told: { postalCode: "OX4 4AA" } },
    { name: "Coffee morning", sites: ["St Mary"] },
  );
  expect(await asked({ kind: "ACTIVITY", name: "Coffee morning", places: [placeId("St Luke")] })).toEqual([]);
});

test.for(["Place", "Organisation"] as const)("three branches of a pharmacy are three, each a %s", async (kind) => {
  const told = { telephone: "0300 000 0001", url: "https://pharmacy.example/" };
  const branches = [
    ["OX4 4AA", [51.3, 0]],
    ["OX4 4BB", [51.301, 0.004]],
    ["OX4 4CC", [51.3, 0.04]],
  ] as const;
  for (const [postalCode, at] of branches) {
    await add(
      kind === "Place"
        ? { name: "Well Pharmacy", key: `Well ${postalCode}`, kind, in: "west", at, told: { ...told, postalCode } }
        : { name: `Shop ${postalCode}`, kind: "Place", in: "west", at, told: { postalCode } },
    );
    if (kind === "Organisation") {
      await add({ name: "Well Pharmacy", key: `Well ${postalCode}`, kind, sites: [`Shop ${postalCode}`], told });
    }
  }
  for (const [postalCode] of branches) expect(await asked({ id: islandId(`Well ${postalCode}`, kind) })).toEqual([]);
  const described = { kind: kind === "Place" ? "PLACE" : "ORGANISATION", name: "Well Pharmacy", ...told } as const;
  expect(await asked({ ...described, postcode: "OX4 4DD" })).toEqual([]);
  expect((await asked({ ...described, postcode: "ox44bb" })).map(({ asset }) => asset.id)).toEqual([
    islandId("Well OX4 4BB", kind),
  ]);
});

test("the same words in another order at the same place are likely one", async () => {
  await add(hall, { name: "Rose Hill Tea & Chat", kind: "Group", sites: ["Rose Hill Hall"] });
  for (const name of [
    "Tea and Chat, Rose Hill",
    "ROSE HILL TEA + CHAT",
    "The Rosehill Tea & Chat Group",
    "Tea and chat",
    "Tea & chats, Rose Hil",
  ]) {
    const [found, ...rest] = await asked({ kind: "GROUP", name, places: [placeId("Rose Hill Hall")] });
    expect(rest).toEqual([]);
    expect(found?.score, name).toBeGreaterThan(0.65);
    expect(found?.reasons, name).toContain("the same place");
    expect(
      found?.reasons.some((reason) => reason.endsWith("name")),
      name,
    ).toBe(true);
  }
  expect(await namesFound({ kind: "GROUP", name: "Tea and craft", places: [placeId("Rose Hill Hall")] })).toEqual([]);
  expect(await namesFound({ kind: "GROUP", name: "Rose Hill Choir", places: [placeId("Rose Hill Hall")] })).toEqual([]);
  // Only the same kind.
  expect(
    await namesFound({ kind: "ACTIVITY", name: "Rose Hill Tea & Chat", places: [placeId("Rose Hill Hall")] }),
  ).toEqual([]);
});

test("a number is part of a name", async () => {
  await add(hall, { name: "1st Rose Hill Scouts", kind: "Group", sites: ["Rose Hill Hall"] });
  const places = [placeId("Rose Hill Hall")];
  expect(await namesFound({ kind: "GROUP", name: "2nd Rose Hill Scouts", places })).toEqual([]);
  expect(await namesFound({ kind: "GROUP", name: "1st Rose-Hill Scouts", places })).toEqual(["1st Rose Hill Scouts"]);
});

test("an organisation with the same charity number is the same, whatever it is called and wherever it is; with another number it is another", async () => {
  await add(hall, {
    name: "Meridian Carers",
    kind: "Organisation",
    sites: ["Rose Hill Hall"],
    told: { charityNumber: "9912345" },
  });
  const [found] = await asked({
    kind: "ORGANISATION",
    name: "Quite Another Trust",
    postcode: "OL1 1AA",
    charityNumber: " 991 2345 ",
  });
  expect(found).toEqual({
    asset: { id: islandId("Meridian Carers", "Organisation"), name: "Meridian Carers", kind: "Organisation" },
    score: 1,
    reasons: ["the same charity number"],
  });
  const carers = { kind: "ORGANISATION", name: "Meridian Carers", places: [placeId("Rose Hill Hall")] } as const;
  expect(await namesFound(carers)).toEqual(["Meridian Carers"]);
  expect(await namesFound({ ...carers, charityNumber: "9912346" })).toEqual([]);
});

test("the same name in two towns is two, and where it is not known to be elsewhere it may be one", async () => {
  await add(
    { name: "West hall", kind: "Place", in: "west" },
    { name: "East hall", kind: "Place", in: "east", at: [51.3, 0.09] },
    { name: "Meridian Menders", kind: "Group", sites: ["West hall"] },
  );
  const menders = { kind: "GROUP", name: "Meridian Menders" } as const;
  expect(await namesFound({ ...menders, places: [placeId("East hall")] })).toEqual([]);
  expect(await namesFound({ ...menders, postcode: "OX4 4HF" })).toEqual([]);
  expect(await namesFound({ ...menders, location: { latitude: 53.5, longitude: -2.1 } })).toEqual([]);
  expect(await asked(menders)).toMatchObject([{ score: 0.62, reasons: ["the same name"] }]);
});

test("the same name for people of two towns is two, where neither says where it meets", async () => {
  await add({ name: "Meridian Menders", kind: "Group", serves: ["west"] }, { name: "Meridian Movers", kind: "Group" });
  const menders = { kind: "GROUP", name: "Meridian Menders" } as const;
  expect(await namesFound({ ...menders, serves: ["rose-hill"] })).toEqual([]);
  expect(await namesFound({ ...menders, postcode: "OX4 4HF" })).toEqual([]);
  for (const serves of [
    [],
    ["nowhere"],
    ["england"],
    [neighbourhoodId("east")],
    ["rose-hill", neighbourhoodId("west")],
  ]) {
    expect(await namesFound({ ...menders, serves }), serves.join()).toEqual(["Meridian Menders"]);
  }
  expect(await namesFound({ kind: "GROUP", name: "Meridian Movers", serves: ["rose-hill"] })).toEqual([
    "Meridian Movers",
  ]);
});

test("a place is found by its postcode and its point, and by another name it has", async () => {
  await add({
    ...hall,
    name: "Meridian Community Centre",
    told: { postalCode: "OX4 4AA", alternateNames: ["The Old Forge"] },
  });
  expect(await asked({ kind: "PLACE", name: "Meridian community center", postcode: "OX4 4AA" })).toMatchObject([
    { reasons: ["nearly the same name", "the same postcode"] },
  ]);
  expect(
    await asked({ kind: "PLACE", name: "Old Forge", location: { latitude: 51.3003, longitude: 0.0003 } }),
  ).toMatchObject([
    { asset: { name: "Meridian Community Centre" }, reasons: [expect.stringMatching(/name$/), "close by"] },
  ]);
  expect(
    await asked({ kind: "PLACE", name: "Meridian Community Centre", location: { latitude: 51.32, longitude: 0 } }),
  ).toEqual([]);
});

test("telephone numbers and websites are the same however they are written", async () => {
  const key = contactKeysOf({ telephone: "01865 123456", url: "https://tea.example/chat" });
  for (const [telephone, url] of [
    ["+44 1865 123456", "http://www.tea.example/chat/"],
    ["+44 (0)1865 123 456 ext. 7", "https://TEA.example/Chat/index.html"],
    ["(01865) 123-456", "https://m.tea.example/chat?utm_source=leaflet#top"],
    ["0044 1865 123456 or 01865 999999", "https://tea.example:443/chat"],
  ] as const) {
    expect(contactKeysOf({ telephone, url })).toEqual(key);
  }
  expect(contactKeysOf({ telephone: "ask inside", url: "tea.example" })).toEqual({ telephoneKey: null, urlKey: null });
  await add({
    name: "Meridian Tea",
    kind: "Group",
    told: { telephone: "01865 123456", url: "https://tea.example/chat" },
  });
  expect(
    await asked({
      kind: "GROUP",
      name: "Meridian Teas",
      telephone: "+441865123456",
      url: new URL("http://www.tea.example/chat/"),
    }),
  ).toMatchObject([{ reasons: ["nearly the same name", "the same telephone number", "the same website"] }]);
});

test("who runs it speaks for it or against it", async () => {
  await add(
    hall,
    { name: "Gym", sites: ["Rose Hill Hall"], by: [] },
    { name: "Movers", kind: "Organisation" },
    { name: "Shakers", kind: "Organisation" },
  );
  await world.cypher(
    cypher`MATCH (one:Asset {id: $one}), (gym:Asset {id: $gym}) CREATE (one)-[:RUNS]->(gym) RETURN gym.id AS id`,
    { one: islandId("Movers", "Organisation"), gym: islandId("Gym") },
  );
  const gym = { kind: "ACTIVITY", name: "Gym", places: [placeId("Rose Hill Hall")] } as const;
  const scoreWith = async (runBy: readonly string[]) => (await asked({ ...gym, runBy }))[0];
  const [unknown, same, other] = await Promise.all([
    scoreWith([]),
    scoreWith([islandId("Movers", "Organisation")]),
    scoreWith([islandId("Shakers", "Organisation")]),
  ]);
  expect(same?.reasons).toContain("run by the same organisation");
  expect(same?.score).toBeGreaterThan(unknown?.score ?? 1);
  expect(other?.score).toBeLessThan(unknown?.score ?? 0);
});

test.for([
  "",
  "   ",
  "🎨🎨",
  "\u{202e}",
  '"',
  'a" OR *:* \\',
  "name:(",
  "Ⅷ",
  "日本語クラブ",
  "Café İstanbul",
  "the",
  "w".repeat(200),
  "💃".repeat(100),
])("a name may be anything: %j", async (name) => {
  await add(hall, { name, key: "Odd", sites: ["Rose Hill Hall"] });
  const found = await asked({ kind: "ACTIVITY", name, places: [placeId("Rose Hill Hall")] });
  expect(found.map(({ asset }) => asset.id)).toEqual(name.trim() === "" ? [] : [islandId("Odd")]);
  await asked({ id: islandId("Odd") });
  expect(await asked({ kind: "ACTIVITY", name: "Yoga", places: [placeId("Rose Hill Hall")] })).toEqual([]);
});

test.for([
  ["Tea & Chat", "Tea and Chat", 1, 1],
  ["The Café Club", "cafe", 1, 1],
  ["Women's Walks", "Womens walking group", 1, 1],
  ["Rose Hill", "Rosehill", 0.9, 1],
  ["Friendship lunch", "Freindship lunch", 0.6, 0.95],
  ["Chess", "Yoga", 0, 0],
  ["Tea", "", 0, 0],
  ["", "", 0, 0],
  ["🎨", "🎨", 1, 1],
  ["🎨", "💃", 0, 0],
  ["The Club", "The Group", 0, 0.5],
  ["Under 2s", "Under 5s", 0, 0.5],
] as const)("how alike %j and %j are", ([one, other, least, most]) => {
  for (const likeness of [nameLikeness(one, other), nameLikeness(other, one)]) {
    expect(likeness).toBeGreaterThanOrEqual(least);
    expect(likeness).toBeLessThanOrEqual(most);
  }
});

test("what is not on the map is never suggested, nor asked about", async () => {
  await add(hall, { name: "Gone group", kind: "Group", sites: ["Rose Hill Hall"], status: "ARCHIVED" });
  expect(await asked({ kind: "GROUP", name: "Gone group", places: [placeId("Rose Hill Hall")] })).toEqual([]);
  for (const id of [islandId("Gone group", "Group"), idOf("Group", "test", "never"), "nonsense", ""]) {
    await expect(asked({ id })).rejects.toMatchObject({ code: "BAD_INPUT", details: { field: ["input", "id"] } });
  }
  await expect(asked({ name: "Gone group" })).rejects.toMatchObject({ details: { field: ["input", "kind"] } });
  // A place that is only proposed is none yet, and a postcode may be half typed.
  expect(await asked({ kind: "GROUP", name: "Gone group", places: ["nonsense"], postcode: "OX4" })).toEqual([]);
});

test("at most ten are shown, the likeliest first", async () => {
  await add(hall);
  for (let number = 0; number < 12; number += 1) {
    await add({
      name: "Meridian Menders",
      key: `Menders ${number}`,
      kind: "Group",
      ...(number < 6 ? { sites: ["Rose Hill Hall"] } : {}),
    });
  }
  const found = await asked({ kind: "GROUP", name: "Meridian Menders", places: [placeId("Rose Hill Hall")] });
  expect(found).toHaveLength(10);
  expect(found.map(({ score }) => score)).toEqual([...Array<number>(6).fill(0.97), ...Array<number>(4).fill(0.62)]);
  expect(found.slice(0, 6).map(({ asset }) => asset.id)).toEqual(
    found
      .slice(0, 6)
      .map(({ asset }) => asset.id)
      .toSorted(),
  );
});

test("what was said not to be the same is remembered, once, and not suggested again", async () => {
  await add(
    hall,
    { name: "Chess", sites: ["Rose Hill Hall"] },
    { name: "Chess!", sites: ["Rose Hill Hall"] },
    { name: "Chess club", sites: ["Rose Hill Hall"] },
  );
  const [one, other, third] = [islandId("Chess"), islandId("Chess!"), islandId("Chess club")] as const;
  const found = async (id: string) => (await asked({ id })).map(({ asset }) => asset.id).toSorted();
  expect(await found(one)).toEqual([other, third].toSorted());

  const context = { graph: world.graph, caller: mapper, now };
  const remembered = { isRemembered: true, userErrors: [] };
  expect(await notTheSame(context, { assets: [one, other] })).toEqual(remembered);
  expect(await found(one)).toEqual([third]);
  expect(await found(other)).toEqual([third]);
  expect(await found(third)).toEqual([one, other].toSorted());
  // What is about to be added is neither of them.
  expect(await asked({ kind: "ACTIVITY", name: "Chess", places: [placeId("Rose Hill Hall")] })).toHaveLength(3);

  await Promise.all([
    notTheSame(context, { assets: [other, one] }),
    notTheSame({ ...context, caller: { ...mapper, scopes: ["EDIT"] } }, { assets: [third, other, one] }),
    notTheSame(context, { assets: [one, third] }),
  ]);
  const kept = await world.cypher(
    cypher`MATCH (one:Asset)-[apart:NOT_THE_SAME]->(other:Asset) RETURN one.id AS one, other.id AS other, apart.assertedBy AS by ORDER BY one, other`,
  );
  const [a, b, c] = [one, other, third].toSorted();
  expect(kept).toEqual([
    { one: a, other: b, by: "somebody" },
    { one: a, other: c, by: "somebody" },
    { one: b, other: c, by: "somebody" },
  ]);
  expect(await found(third)).toEqual([]);
});

test("who may not propose remembers nothing, and what is wrong is said", async () => {
  await add(hall, { name: "Chess", sites: ["Rose Hill Hall"] }, { name: "Gone chess", status: "ARCHIVED" });
  const chess = islandId("Chess");
  const assets = [chess, islandId("Rose Hill Hall", "Place")];
  for (const caller of [anybody, { ...mapper, scopes: ["RECORD_OUTCOMES"] } as const]) {
    await expect(notTheSame({ graph: world.graph, caller, now }, { assets })).rejects.toMatchObject({
      code: "NOT_ALLOWED",
    });
  }
  const context = { graph: world.graph, caller: mapper, now };
  const error = (code: string, ...field: readonly string[]) => ({
    code,
    message: expect.stringMatching(/\.$/) as string,
    field: ["input", "assets", ...field],
  });
  expect(await notTheSame(context, { assets: [chess, "nobody", islandId("Gone chess")] })).toEqual({
    isRemembered: false,
    userErrors: [error("NOT_FOUND", "1"), error("NOT_FOUND", "2")],
  });
  for (const few of [[], [chess], [chess, chess], Array.from({ length: 21 }, (_, index) => `act_${index}`)]) {
    expect(await notTheSame(context, { assets: few })).toEqual({ isRemembered: false, userErrors: [error("INVALID")] });
  }
  expect(await world.cypher(cypher`MATCH ()-[apart:NOT_THE_SAME]->() RETURN count(apart) AS count`)).toEqual([
    { count: 0 },
  ]);
});
