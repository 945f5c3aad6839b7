import { afterAll, beforeAll, expect, test } from "vitest";
import { type Island, neighbourhoodId, raiseIsland } from "./fixtures/island.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
let island: Island;

/** A Sunday, at noon. */
const now = new Date("2026-11-22T12:00:00Z");

const weekly = (day: string, from: string, to: string) => [{ byDay: [day], from, to }];

beforeAll(async () => {
  world = await openWorld({ clock: () => now });
  island = await raiseIsland(world);
  await island.add(
    { name: "Hall", kind: "Place", in: "west", supports: { loneliness: 1 } },
    {
      name: "Café",
      kind: "Place",
      in: "west",
      supports: { loneliness: 1 },
      times: weekly("TUESDAY", "09:00", "12:00"),
    },
    ...[
      { name: "Morning", times: weekly("TUESDAY", "10:00", "12:00") },
      { name: "Midday", times: weekly("TUESDAY", "11:30", "13:00") },
      { name: "Afternoon", times: weekly("TUESDAY", "12:00", "14:00") },
      { name: "Evening", times: weekly("TUESDAY", "17:00", "19:00") },
      { name: "Night", times: weekly("FRIDAY", "22:00", "02:00") },
      { name: "All night", times: weekly("SATURDAY", "00:00", "00:00") },
      { name: "Twice", times: [...weekly("MONDAY", "10:00", "11:00"), ...weekly("THURSDAY", "18:00", "20:00")] },
      { name: "Sunday", times: weekly("SUNDAY", "01:00", "02:00") },
      { name: "Never stated" },
    ].map((asset) => ({ ...asset, sites: ["Hall"], supports: { loneliness: 1 } })),
  );
});

afterAll(async () => {
  await island.sink();
  await world.close();
});

type Filter = Readonly<Record<string, unknown>>;

interface Found {
  readonly names: readonly string[];
  readonly inOrder: readonly string[];
  /** What some do not state of what was asked about, by name. */
  readonly unstated: Readonly<Record<string, readonly string[]>>;
  readonly understood: Readonly<Record<string, unknown>>;
  readonly days: Readonly<Record<string, number>>;
}

interface Edge {
  readonly node: { readonly name: string };
  readonly score: { readonly unstated: readonly string[] };
}

/** The names, of what a search finds on the island, what it understood, and how many there are on each day. */
async function searched(text: string, filter: Filter | null = null): Promise<Found> {
  const { data, errors } = await world.ask(
    `query ($text: String!, $near: String, $filter: AssetFilter) {
      search(text: $text, near: $near, filter: $filter, first: 100) {
        understood { age days partOfDay from to free stepFree reach }
        totalCount
        edges { node { name } score { unstated } }
        facets { days { day count } }
      }
    }`,
    { text, near: neighbourhoodId("west"), filter },
  );
  expect(errors).toBeUndefined();
  const { understood, totalCount, edges, facets } = data.search;
  expect(edges).toHaveLength(totalCount);
  const found = (edges as readonly Edge[]).map(({ node: { name }, score: { unstated } }) => [name, unstated] as const);
  const inOrder = found.map(([name]) => name);
  return {
    inOrder,
    names: inOrder.toSorted(),
    unstated: Object.fromEntries(found.filter(([, unstated]) => unstated.length > 0)),
    understood,
    days: Object.fromEntries(facets.days.map(({ day, count }: { day: string; count: number }) => [day, count])),
  };
}

const during = async (filter: Filter) => (await searched("lonely", filter)).names;

test("without a wish for a time what states none is there as well", async () => {
  const { names, days } = await searched("lonely");
  expect(names).toHaveLength(11);
  expect(days).toEqual({ MONDAY: 1, TUESDAY: 5, THURSDAY: 1, FRIDAY: 1, SATURDAY: 1, SUNDAY: 1 });
});

test.for([
  [["MONDAY"], ["Twice"]],
  [["TUESDAY"], ["Afternoon", "Café", "Evening", "Midday", "Morning"]],
  [["WEDNESDAY"], []],
  [["THURSDAY"], ["Twice"]],
  [["FRIDAY"], ["Night"]],
  [["SATURDAY"], ["All night"]],
  [
    ["MONDAY", "FRIDAY", "SUNDAY"],
    ["Night", "Sunday", "Twice"],
  ],
] as const)("days: on any of %s there is %s, held or open", async ([days, names]) => {
  expect(await during({ days })).toEqual(names);
});

test.for([
  ["MORNING", ["All night", "Café", "Midday", "Morning", "Sunday", "Twice"]],
  ["AFTERNOON", ["Afternoon", "All night", "Midday"]],
  ["EVENING", ["All night", "Evening", "Night", "Twice"]],
] as const)("a part of the day ends where the next begins: in the %s there is %s", async ([partOfDay, names]) => {
  expect(await during({ partOfDay })).toEqual(names);
});

test("a day and a part of the day are asked of the same time: Monday morning and Thursday evening are no Monday evening", async () => {
  expect(await during({ days: ["MONDAY"], partOfDay: "MORNING" })).toEqual(["Twice"]);
  expect(await during({ days: ["MONDAY"], partOfDay: "EVENING" })).toEqual([]);
  expect(await during({ days: ["THURSDAY"], partOfDay: "EVENING" })).toEqual(["Twice"]);
});

test.for([
  ["it ends as the time begins", "2026-11-24T12:00:00Z", "2026-11-24T12:30:00Z", ["Afternoon", "Midday"]],
  ["it begins as the time ends", "2026-11-24T08:00:00Z", "2026-11-24T09:00:00Z", []],
  ["it begins a minute before the time ends", "2026-11-24T08:00:00Z", "2026-11-24T09:01:00Z", ["Café"]],
  ["it ends a minute after the time begins", "2026-11-24T18:59:00Z", "2026-11-24T19:30:00Z", ["Evening"]],
  ["the time is within it", "2026-11-24T17:30:00Z", "2026-11-24T17:31:00Z", ["Evening"]],
  ["the time is written with another offset", "2026-11-24T19:30:00+02:00", "2026-11-24T19:31:00+02:00", ["Evening"]],
  ["from one day into the next", "2026-11-26T19:59:00Z", "2026-11-27T22:01:00Z", ["Night", "Twice"]],
  ["it goes on over midnight", "2026-11-27T23:30:00Z", "2026-11-27T23:45:00Z", ["Night"]],
  ["over midnight into its second day", "2026-11-27T23:59:00Z", "2026-11-28T00:30:00Z", ["All night", "Night"]],
  ["from midnight to midnight is all day", "2026-11-28T15:00:00Z", "2026-11-28T15:01:00Z", ["All night"]],
  [
    "a week is every day",
    "2026-11-24T12:00:00Z",
    "2026-12-01T12:00:00Z",
    ["Afternoon", "All night", "Café", "Evening", "Midday", "Morning", "Night", "Sunday", "Twice"],
  ],
] as const)("from and to: %s", async ([, from, to, names]) => {
  expect(await during({ from, to })).toEqual(names);
});

test.for([
  ["summer time is an hour ahead", "2026-07-07T08:00:00Z", "2026-07-07T08:30:00Z", ["Café"]],
  ["and what is at noon is not at noon", "2026-07-07T12:30:00Z", "2026-07-07T12:45:00Z", ["Afternoon"]],
  [
    "the night that clocks go forward: from 00:30 to 02:30, by an hour of clocks",
    "2027-03-28T00:30:00Z",
    "2027-03-28T01:30:00Z",
    ["Sunday"],
  ],
  ["when clocks have gone forward one o'clock is over", "2027-03-28T01:00:00Z", "2027-03-28T02:00:00Z", []],
  ["the night that clocks go back: before one", "2026-10-24T23:00:00Z", "2026-10-25T00:00:00Z", []],
  ["the night that clocks go back: the first one o'clock", "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z", ["Sunday"]],
  ["the night that clocks go back: the second one o'clock", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z", ["Sunday"]],
  [
    "the night that clocks go back: from the first to the second",
    "2026-10-25T00:30:00Z",
    "2026-10-25T01:30:00Z",
    ["Sunday"],
  ],
] as const)("clocks: %s", async ([, from, to, names]) => {
  expect(await during({ from, to })).toEqual(names);
});

test("a time and a day have to hold at once", async () => {
  const week = { from: "2026-11-23T00:00:00Z", to: "2026-11-30T00:00:00Z" };
  expect(await during({ ...week, days: ["MONDAY"] })).toEqual(["Twice"]);
  expect(await during({ from: "2026-11-24T00:00:00Z", to: "2026-11-25T00:00:00Z", days: ["MONDAY"] })).toEqual([]);
  expect(await during({ from: "2026-11-24T00:00:00Z", to: "2026-11-25T00:00:00Z", partOfDay: "EVENING" })).toEqual([
    "Evening",
  ]);
});

test.for([
  [{ days: [] }, ["filter", "days"], "Leave `days` out, or name at least one."],
  [{ from: "2026-11-24T12:00:00Z" }, ["filter", "to"], "Say until when: give `to` too."],
  [{ to: "2026-11-24T12:00:00Z" }, ["filter", "from"], "Say from when: give `from` too."],
  [{ from: "2026-11-24T12:00:00Z", to: "2026-11-24T11:59:59Z" }, ["filter", "to"], "`to` comes after `from`."],
  [{ from: "2026-11-24T12:00:00Z", to: "2026-11-24T12:00:00Z" }, ["filter", "to"], "`to` comes after `from`."],
  [{ from: "2026-11-24T12:00:00Z", to: "2026-11-24T13:00:00+01:00" }, ["filter", "to"], "`to` comes after `from`."],
] as const)("a time that cannot be is refused: %j", async ([filter, field, message]) => {
  for (const list of [`search(text: "lonely", filter: $filter)`, `assets(filter: $filter)`]) {
    const { errors } = await world.ask(`query ($filter: AssetFilter!) { ${list} { totalCount } }`, { filter });
    expect(errors?.map((error) => [error.message, error.extensions])).toEqual([
      [message, { code: "BAD_INPUT", field }],
    ]);
  }
});

test.for(["2026-11-31T12:00:00Z", "2026-11-24", "tomorrow", "2026-11-24T12:00:00", "", 12])(
  "%j is no moment, and is refused before anything is asked",
  async (from) => {
    const { data, errors } = await world.ask(
      `query ($from: DateTime) { assets(filter: { from: $from, to: "2026-12-24T12:00:00Z" }) { totalCount } }`,
      { from },
    );
    expect(data ?? null).toBeNull();
    expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: "BAD_INPUT", field: ["from"] }]);
  },
);

test.for([
  ["lonely on Tuesday mornings", { days: ["TUESDAY"], partOfDay: "MORNING" }],
  ["lonely on Tuesdays", { days: ["TUESDAY"] }],
  ["lonely, evenings", { partOfDay: "EVENING" }],
  ["lonely after work", { partOfDay: "EVENING" }],
  ["lonely, mondays and fridays", { days: ["MONDAY", "FRIDAY"] }],
  ["lonely at weekends", { days: ["SATURDAY", "SUNDAY"] }],
  ["lonely next weekend", { from: "2026-11-28T00:00:00Z", to: "2026-11-30T00:00:00Z" }],
  ["lonely tomorrow", { from: "2026-11-23T00:00:00Z", to: "2026-11-24T00:00:00Z" }],
  ["lonely tomorrow morning", { from: "2026-11-23T00:00:00Z", to: "2026-11-24T00:00:00Z", partOfDay: "MORNING" }],
] as const)("what is said is what is filtered by, and below it what states no times: %s", async ([text, filter]) => {
  const said = await searched(text);
  const filtered = await during(filter);
  expect(filtered.length).toBeGreaterThan(0);
  expect(said.names).toEqual([...filtered, "Hall", "Never stated"].toSorted());
  expect(said.unstated).toEqual({ Hall: ["TIMES"], "Never stated": ["TIMES"] });
  expect(new Set(said.inOrder.slice(-2))).toEqual(new Set(["Hall", "Never stated"]));
});

test.for([
  ["lonely on Tuesday mornings", { days: ["FRIDAY"], partOfDay: "EVENING" }, ["Night"]],
  ["lonely on Tuesday mornings", { partOfDay: "EVENING" }, ["Evening"]],
  ["lonely on Tuesday mornings", { days: ["THURSDAY", "MONDAY"] }, ["Twice"]],
  ["lonely on Tuesdays", { partOfDay: "AFTERNOON" }, ["Afternoon", "Midday"]],
  ["lonely tomorrow", { from: "2026-11-24T12:30:00Z", to: "2026-11-24T12:45:00Z" }, ["Afternoon", "Midday"]],
] as const)("what the filter says of when corrects the words: %s, with %j", async ([text, filter, names]) => {
  expect((await searched(text, filter)).names).toEqual(names);
});

test("what the filter says of age, cost, access and reach corrects the words, and the words are told as understood", async () => {
  await island.add(
    ...[
      { name: "Free and level", isFree: true, stepFree: "YES", states: [{ minimumAge: 60 }] } as const,
      { name: "Dear and steep", isFree: false, stepFree: "NO", states: [{ maximumAge: 25 }] } as const,
      { name: "By telephone", isFree: true, reach: ["PHONE"], serves: ["west"] } as const,
    ].map((asset) => ({ ...asset, sites: "serves" in asset ? [] : ["Hall"], supports: { debt: 1 } })),
  );
  const text = "free and step free help with debt for a 70 year old";
  const { names, understood } = await searched(text);
  expect(names).toEqual(["By telephone", "Free and level"]);
  expect(understood).toMatchObject({ age: 70, free: true, stepFree: true });
  expect((await searched(text, { age: 20 })).names).toEqual(["By telephone"]);
  expect((await searched(text, { free: false })).names).toEqual([]);
  expect((await searched(text, { free: false, age: 20, stepFree: false })).names).toEqual(["Dear and steep"]);
  expect((await searched(text, { reach: ["AT_A_PLACE"] })).names).toEqual(["Free and level"]);
  expect((await searched("debt over the phone")).names).toEqual(["By telephone"]);
  expect((await searched("debt over the phone", { reach: ["AT_A_PLACE"] })).names).toEqual([
    "Dear and steep",
    "Free and level",
  ]);
});
