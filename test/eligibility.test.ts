import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type AssetGiven, type Island, neighbourhoodId, raiseIsland } from "./fixtures/island.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
let island: Island;

beforeAll(async () => {
  world = await openWorld();
  island = await raiseIsland(world);
  await island.add({ name: "Hall", kind: "Place", in: "west" });
});

afterEach(async () => {
  await island.clear();
  await island.add({ name: "Hall", kind: "Place", in: "west" });
});

afterAll(async () => {
  await island.sink();
  await world.close();
});

/** Something in the hall for the lonely, for whom its statements say. */
const club = (name: string, ...states: NonNullable<AssetGiven["states"]>): AssetGiven => ({
  name,
  sites: ["Hall"],
  supports: { loneliness: 1 },
  states,
});

type Filter = Readonly<Record<string, unknown>>;

interface Edge {
  readonly node: { readonly name: string };
  readonly score: { readonly unstated: readonly string[] };
}

/** What there is on the island for some words and a filter, in order, each with what it does not state of what was asked about. */
async function searched(text: string, filter: Filter = {}) {
  const { data, errors } = await world.ask(
    `query ($text: String!, $near: String, $filter: AssetFilter) {
      search(text: $text, near: $near, filter: $filter) { edges { node { name } score { unstated } } }
    }`,
    { text, near: neighbourhoodId("west"), filter: { kinds: ["ACTIVITY"], ...filter } },
  );
  expect(errors).toBeUndefined();
  return (data.search.edges as readonly Edge[]).map(({ node, score }) => [node.name, score.unstated] as const);
}

const listed = (filter: Filter) => searched("", filter);

test.for([
  [18, ["Both", "Older or younger"]],
  [20, ["Both", "Older or younger"]],
  [25.9, ["Both", "Older or younger"]],
  [26, ["Both"]],
  [40, ["Both"]],
  [59.9, ["Both"]],
  [60, ["Both", "Older or younger"]],
  [70, ["Both", "Older or younger"]],
] as const)(
  "who is %d is between 18 to 25 and 60 and over, or one of them: statements are not mixed",
  async ([age, names]) => {
    await island.add(
      club("Older or younger", { minimumAge: 18, maximumAge: 25 }, { minimumAge: 60 }),
      club("Both", { minimumAge: 18 }, { maximumAge: 25 }),
    );
    expect((await listed({ age })).map(([name]) => name).toSorted()).toEqual(names);
  },
);

test("an age that one statement admits does not borrow the condition of another", async () => {
  await island.add(
    club(
      "Young adults, and carers of 60 and over",
      { minimumAge: 18, maximumAge: 25 },
      { minimumAge: 60, concerns: ["caring"] },
    ),
  );
  const name = "Young adults, and carers of 60 and over";
  expect(await listed({ age: 20 })).toEqual([[name, []]]);
  expect(await listed({ age: 40, conditions: ["loneliness", "caring"] })).toEqual([]);
  // It is for some people of 70, and of whom it is we were not told: ask first.
  expect(await listed({ age: 70, conditions: ["loneliness"] })).toEqual([[name, ["AGE"]]]);
  expect(await listed({ age: 70, conditions: ["loneliness", "caring"] })).toEqual([[name, []]]);
});

test("what one statement excludes, another does not let in", async () => {
  await island.add(club("Adults, but nobody over 64", { minimumAge: 18 }, { excludes: true, minimumAge: 65 }));
  const names = async (age: number) => (await listed({ age })).map(([name]) => name);
  expect(await names(64.9)).toEqual(["Adults, but nobody over 64"]);
  expect(await names(65)).toEqual([]);
  expect(await names(17)).toEqual([]);
});

test.for([
  [0, false],
  [2, false],
  [2.5, false],
  [2.99, false],
  [3, true],
  [30, true],
] as const)("not for under 3s: who is %d may come: %s", async ([age, mayCome]) => {
  await island.add(club("Big slide", { excludes: true, maximumAge: 2 }));
  expect(await listed({ age })).toEqual(mayCome ? [["Big slide", ["AGE"]]] : []);
  expect(await listed({})).toEqual([["Big slide", []]]);
});

test.for([
  [0.4, false],
  [0.5, true],
  [2.5, true],
  [2.6, false],
] as const)("from six months to two and a half: who is %d may come: %s", async ([age, mayCome]) => {
  await island.add(club("Sing and sign", { minimumAge: 0.5, maximumAge: 2.5 }));
  expect(await listed({ age })).toEqual(mayCome ? [["Sing and sign", []]] : []);
});

test.for([
  [4, true],
  [4.5, true],
  [4.99, true],
  [5, false],
] as const)("up to four: who is %d may come: %s, since one is four until the next birthday", async ([age, mayCome]) => {
  await island.add(club("Under fives", { maximumAge: 4 }));
  expect(await listed({ age })).toEqual(mayCome ? [["Under fives", []]] : []);
});

test("what excludes a condition is out where that was asked for, by words, by the filter or by a narrower one", async () => {
  await island.add(
    club("Not in a crisis of the mind", { excludes: true, concerns: ["mental-health"] }),
    club("For anyone"),
  );
  const all = ["For anyone", "Not in a crisis of the mind"];
  const names = async (listing: Promise<readonly (readonly unknown[])[]>) =>
    (await listing).map(([name]) => String(name)).toSorted();
  expect(await names(listed({ conditions: ["loneliness"] }))).toEqual(all);
  expect(await names(listed({ conditions: ["loneliness", "debt"] }))).toEqual(all);
  expect(await names(listed({}))).toEqual(all);
  expect(await names(searched("lonely"))).toEqual(all);
  expect(await names(listed({ conditions: ["loneliness", "mental-health"] }))).toEqual(["For anyone"]);
  expect(await names(listed({ conditions: ["loneliness", "anxiety"] }))).toEqual(["For anyone"]);
  expect(await names(searched("lonely and anxious"))).toEqual(["For anyone"]);
  expect(await names(searched("lonely", { conditions: ["loneliness", "depression"] }))).toEqual(["For anyone"]);
});

test("whoever is excluded by a part of a need is not excluded by the whole of it", async () => {
  await island.add(club("Not with anxiety", { excludes: true, concerns: ["anxiety"] }));
  expect(await listed({ conditions: ["loneliness", "mental-health"] })).toEqual([["Not with anxiety", []]]);
  expect(await listed({ conditions: ["loneliness", "anxiety"] })).toEqual([]);
});

test("an exclusion by age and condition keeps out only who is both", async () => {
  await island.add(club("No drinkers under 18", { excludes: true, maximumAge: 17, concerns: ["alcohol-use"] }));
  const conditions = ["loneliness", "alcohol-use"];
  expect(await listed({ age: 16, conditions })).toEqual([]);
  expect(await listed({ age: 18, conditions })).toEqual([["No drinkers under 18", ["AGE"]]]);
  expect(await listed({ age: 16, conditions: ["loneliness"] })).toEqual([["No drinkers under 18", ["AGE"]]]);
  expect(await listed({ conditions })).toEqual([["No drinkers under 18", []]]);
});

test("what states nothing stays in, below everything that states it, and says what to ask about", async () => {
  await island.add(
    { ...club("Neither stated"), supports: { loneliness: 1 } },
    { ...club("Age stated", { minimumAge: 18 }), supports: { loneliness: 0.2 } },
    { ...club("Access stated"), stepFree: "YES", supports: { loneliness: 0.3 } },
    { ...club("Both stated", { minimumAge: 18 }), stepFree: "YES", supports: { loneliness: 0.1 } },
    { ...club("Steps", { minimumAge: 18 }), stepFree: "NO", supports: { loneliness: 1 } },
  );
  const conditions = ["loneliness"];
  const expected = [
    ["Both stated", []],
    ["Access stated", ["AGE"]],
    ["Age stated", ["STEP_FREE"]],
    ["Neither stated", ["STEP_FREE", "AGE"]],
  ];
  expect(await listed({ conditions, age: 40, stepFree: true })).toEqual(expected);
  expect(await searched("lonely, step free, 40 years old")).toEqual(expected);
  expect(await listed({ conditions, age: 40 })).toEqual([
    ["Steps", []],
    ["Age stated", []],
    ["Both stated", []],
    ["Neither stated", ["AGE"]],
    ["Access stated", ["AGE"]],
  ]);
  expect((await listed({ conditions })).map(([, unstated]) => unstated)).toEqual([[], [], [], [], []]);
});

test("a statement of whose condition alone it is for says nothing of ages", async () => {
  await island.add(
    club("For carers", { concerns: ["caring"] }),
    club("For carers of 18 and over", { minimumAge: 18, concerns: ["caring"] }),
  );
  expect(Object.fromEntries(await listed({ age: 40 }))).toEqual({
    "For carers": ["AGE"],
    "For carers of 18 and over": ["AGE"],
  });
  expect(Object.fromEntries(await listed({ age: 40, conditions: ["loneliness", "caring"] }))).toEqual({
    "For carers": ["AGE"],
    "For carers of 18 and over": [],
  });
  expect(Object.fromEntries(await searched("lonely carer, 40 years old"))).toEqual({
    "For carers": ["AGE"],
    "For carers of 18 and over": [],
  });
});

const outOfRange = { code: "BAD_INPUT", field: ["filter", "age"] };

test.for([
  ["-1", outOfRange],
  ["-0.1", outOfRange],
  ["131", outOfRange],
  ["130.1", outOfRange],
  ["1e308", outOfRange],
  ["1e400", outOfRange],
  ["-1e400", outOfRange],
  ["9".repeat(400), outOfRange],
  ["NaN", { code: "GRAPHQL_VALIDATION_FAILED" }],
  ["Infinity", { code: "GRAPHQL_VALIDATION_FAILED" }],
  ['"40"', { code: "GRAPHQL_VALIDATION_FAILED" }],
] as const)("no one is %s years old", async ([age, extensions]) => {
  for (const query of [
    `{ assets(filter: { age: ${age} }) { totalCount } }`,
    `{ search(text: "lonely", filter: { age: ${age} }) { totalCount } }`,
  ]) {
    const { data, errors } = await world.ask(query);
    expect(data ?? null).toBeNull();
    expect(errors?.map((error) => error.extensions)).toEqual([extensions]);
  }
});

test.for([
  ["-1", outOfRange],
  ["131", outOfRange],
  ["1e308", outOfRange],
  ["1e400", { code: "BAD_INPUT", field: ["age"] }],
  ["-1e400", { code: "BAD_INPUT", field: ["age"] }],
  ["9".repeat(400), { code: "BAD_INPUT", field: ["age"] }],
  ['"NaN"', { code: "BAD_INPUT", field: ["age"] }],
  ['"40"', { code: "BAD_INPUT", field: ["age"] }],
  ["[40, 41]", { code: "BAD_INPUT", field: ["age"] }],
  ["true", { code: "BAD_INPUT", field: ["age"] }],
] as const)("no variable makes anyone %s years old", async ([age, extensions]) => {
  const query = JSON.stringify("query ($age: Float) { assets(filter: { age: $age }) { totalCount } }");
  const response = await world.fetch(
    new Request("http://directory.test/graphql", {
      method: "POST",
      headers: { "content-type": "application/json" },
      // Written out, since no number in JavaScript is 1e400.
      body: `{ "query": ${query}, "variables": { "age": ${age} } }`,
    }),
  );
  const { data, errors } = (await response.json()) as {
    data?: unknown;
    errors: readonly { readonly extensions: unknown }[];
  };
  expect(data ?? null).toBeNull();
  expect(errors.map((error) => error.extensions)).toEqual([extensions]);
});

test("a variable that is no number unless it is given is refused before it is given", async () => {
  const { errors } = await world.ask(`query ($age: Float = 1e400) { assets(filter: { age: $age }) { totalCount } }`);
  expect(errors?.map(({ message, extensions }) => [message, extensions])).toEqual([
    ["1e400 is too large a number.", { code: "BAD_INPUT", field: ["age"] }],
  ]);
});
