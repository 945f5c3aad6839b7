import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Gazetteer, readGazetteer } from "../knowledge/gazetteer.ts";
import { read } from "../subgraphs/directory/read.ts";
import type { Reading } from "../subgraphs/directory/understand.ts";
import { readVocabulary, type Vocabulary } from "../knowledge/vocabulary.ts";
import { openWorld, type World } from "./world.ts";

// What the words of a search are taken to mean, over the seed's vocabulary, areas and texts.

let world: World;
let vocabulary: Vocabulary;
let gazetteer: Gazetteer;

beforeAll(async () => {
  world = await openWorld();
  vocabulary = await readVocabulary(world.graph);
  gazetteer = await readGazetteer(world.graph);
});

afterAll(() => world.close());

/** A Tuesday, at noon. */
const now = new Date("2026-11-24T12:00:00Z");

const reading = (text: string, at = now): Promise<Reading> =>
  read(world.graph, text, vocabulary, gazetteer, { isPlaceWanted: true, now: at });

async function conditionsOf(text: string): Promise<readonly string[]> {
  const { conditions } = await reading(text);
  return conditions.map(({ conditionId, by }) => `${vocabulary.byId.get(conditionId)?.slug ?? conditionId} ${by}`);
}

/** The place's own name where the reading has an area's id. */
async function placeOf(text: string): Promise<string | null> {
  const { place } = await reading(text);
  return place === null ? null : (gazetteer.byId.get(place)?.name ?? place);
}

test.for<readonly [string, ...string[]]>([
  ["Diabetes", "diabetes NAME"],
  ["widowed", "bereavement TERM"],
  ["food parcel", "food TERM"],
  ["cigarette", "smoking TERM"],
  ["strokes", "stroke TERM"],
  ["self-esteem", "low-confidence TERM"],
  ["gp for my ms", "multiple-sclerosis TERM"],
  ["bp check", "high-blood-pressure TERM"],
  ["lost my dear husband", "bereavement TERM"],
  ["lost my 80 year old wife", "bereavement TERM"],
  ["I just cannot pay the gas bill", "cold-home TERM"],
  ["can't pay my gas bill", "cold-home TERM"],
  ["no one to talk to in Barton", "loneliness TERM"],
  ["make some new friends", "loneliness TERM"],
  ["get online", "digital-exclusion TERM"],
  ["bereaved and drinking too much", "bereavement TERM", "alcohol-use TERM"],
  ["my mum fell and lives alone", "falls TERM", "lives-alone NAME"],
  ["skint, unemployed and lonely", "money TERM", "work TERM", "loneliness TERM"],
])("words mean a need, whatever stands between them that says nothing: %s", async ([text, ...conditions]) => {
  expect(await conditionsOf(text)).toEqual(conditions);
});

test.for([
  ["lonliness", "loneliness FUZZY"],
  ["befreinding", "loneliness FUZZY"],
  ["diabetis", "diabetes FUZZY"],
  ["alchol", "alcohol-use FUZZY"],
  ["anxeity", "anxiety FUZZY"],
  ["greif", "bereavement FUZZY"],
  ["dimentia", "dementia FUZZY"],
  ["athsma", "asthma FUZZY"],
  ["univrsal credit", "money FUZZY"],
] as const)("a typing error is forgiven, and said to be one: %s", async ([text, condition]) => {
  expect(await conditionsOf(text)).toEqual([condition]);
  const [misspelt] = (await reading(text)).conditions;
  expect(misspelt?.weight).toBeLessThan(1);
  expect(misspelt?.matched).toBe(text);
});

test.for(["chess", "parkrun", "waking up", "kill", "language", "management", "Zumba teacher training for Sally"])(
  "a word that is a word is no typing error, nor part of one: %s",
  async (text) => {
    const { conditions } = await reading(text);
    expect(conditions.filter(({ by }) => by === "FUZZY")).toEqual([]);
  },
);

test.for([
  ["befriending bartn", "Barton"],
  ["lonely in littlmore", "Littlemore"],
  ["food bank blackbird lees", "Blackbird Leys"],
  ["debt advice near chaderton", "Chadderton"],
  ["woodfarm youth club", "woodfarm"],
  ["lonely in Littlemore in Oxford", "Littlemore"],
  ["rose hill oxford, grief", "rose hill oxford"],
  ["debt in St Mary's in Oldham", "St Mary's"],
  ["cold home ol1 1uh", "OL1 1UH"],
  ["cold home ox44hf", "OX4 4HF"],
  ["debt OX4", "OX4"],
  ["debt ox4 4", "ox4 4"],
  ["stroke 51.7, 0.0", "51.7, 0.0"],
  ["lonely near the shops in barton", "barton"],
  ["lunch at cardinal house", "cardinal house"],
  ["anxious, bullingdon community centre", "bullingdon community centre"],
  ["befriending in narnia", "narnia"],
  ["befriending near me", "me"],
] as const)("where is understood: %s", async ([text, place]) => {
  expect(await placeOf(text)).toBe(place);
});

test.for([
  "in debt",
  "help at home",
  "in pain",
  "interested in art",
  "conversation in Urdu",
  "sleeping in",
  "B12 injections",
])("no place is named: %s", async (text) => {
  expect(await placeOf(text)).toBeNull();
});

test.for<readonly [string, number | null]>([
  ["something for my 8 year old", 8],
  ["8yo with asthma", 8],
  ["aged 72", 72],
  ["I'm 72 and lonely", 72],
  ["my mum is 82", 82],
  ["sixty-five year old", 65],
  ["18 months old", 1.5],
  ["6 month old", 0.5],
  ["over 65s", 65],
  ["over-60s lunch", 60],
  ["60+ yoga", 60],
  ["under 5s", 4],
  ["under 18s football", 17],
  ["in her seventies", 70],
  ["my toddler", 2],
  ["my baby won't sleep", 0.5],
  ["my teenage son", 15],
  ["24 hour helpline", null],
  ["type 2 diabetes", null],
  ["8 o'clock", null],
  ["a 5k run", null],
  ["12 step group", null],
  ["under 2 miles", null],
  ["I'm 20 stone", null],
  ["lost my baby", null],
  ["111", null],
])("an age is said, or is not: %s", async ([text, age]) => {
  expect((await reading(text)).age).toBe(age);
});

test("words of an age may mean a need as well", async () => {
  expect(await conditionsOf("my teenager is unhappy")).toEqual(["young-people-wellbeing TERM", "depression TERM"]);
  expect(await conditionsOf("clubs for under 5s")).toEqual(["new-parents TERM"]);
});

test.for<readonly [string, Partial<Reading>]>([
  ["Tuesday mornings", { days: ["TUESDAY"], partOfDay: "MORNING" }],
  ["tues and thurs", { days: ["TUESDAY", "THURSDAY"] }],
  ["mon and wed", { days: ["MONDAY", "WEDNESDAY"] }],
  ["Mon-Fri", { days: ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"] }],
  ["weekends", { days: ["SATURDAY", "SUNDAY"] }],
  ["yoga on sat", { days: ["SATURDAY"] }],
  ["sun and sea", { days: [] }],
  ["after work", { partOfDay: "EVENING", conditions: [] }],
  ["lunchtime", { partOfDay: "AFTERNOON" }],
  ["coffee morning", { partOfDay: null }],
  ["may I march in?", { time: null, days: [] }],
])("days and parts of the day are understood: %s", async ([text, expected]) => {
  expect(await reading(text)).toMatchObject(expected);
});

test.for([
  ["today", "2026-11-24T00:00Z", "2026-11-25T00:00Z"],
  ["tonight", "2026-11-24T17:00Z", "2026-11-25T00:00Z"],
  ["tomorrow", "2026-11-25T00:00Z", "2026-11-26T00:00Z"],
  ["this weekend", "2026-11-28T00:00Z", "2026-11-30T00:00Z"],
  ["this week", "2026-11-24T00:00Z", "2026-11-30T00:00Z"],
  ["next week", "2026-11-30T00:00Z", "2026-12-07T00:00Z"],
  ["next Tuesday", "2026-12-01T00:00Z", "2026-12-02T00:00Z"],
  ["this Friday", "2026-11-27T00:00Z", "2026-11-28T00:00Z"],
  ["on 3 December", "2026-12-03T00:00Z", "2026-12-04T00:00Z"],
  ["March 5th", "2027-03-05T00:00Z", "2027-03-06T00:00Z"],
] as const)("a time is counted from now: %s", async ([text, from, to]) => {
  const { time, days } = await reading(text);
  expect(time).toEqual({ from: new Date(from), to: new Date(to) });
  expect(days).toEqual([]);
});

test("a day is a British day, also when the clocks change", async () => {
  const time = async (text: string, at: string) => (await reading(text, new Date(at))).time;
  // The clocks go forward on 28 March 2027, and back on 31 October.
  expect(await time("today", "2027-03-28T12:00Z")).toEqual({
    from: new Date("2027-03-28T00:00Z"),
    to: new Date("2027-03-28T23:00Z"),
  });
  expect(await time("today", "2027-10-31T12:00Z")).toEqual({
    from: new Date("2027-10-30T23:00Z"),
    to: new Date("2027-11-01T00:00Z"),
  });
  // At 23:30 UTC in summer it is the next day in Britain.
  expect(await time("tomorrow", "2027-07-01T23:30Z")).toEqual({
    from: new Date("2027-07-02T23:00Z"),
    to: new Date("2027-07-03T23:00Z"),
  });
});

test("a day is a British day in a process that is elsewhere", async () => {
  const directory = join(import.meta.dirname, "../subgraphs/directory");
  const script = `
    import { saidIn } from "${directory}/said.ts";
    import { timesIn } from "${directory}/times.ts";
    import { wordsOf } from "${directory}/../../knowledge/words.ts";
    const now = new Date("2027-07-01T02:00Z");
    console.log(JSON.stringify([now.getDate(), timesIn(saidIn(wordsOf("today")), now)[0].time]));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", script],
    { env: { TZ: "America/New_York" } },
  );
  expect(JSON.parse(stdout)).toEqual([30, { from: "2027-06-30T23:00:00.000Z", to: "2027-07-01T23:00:00.000Z" }]);
});

test("a weekend that has begun is what is left of it", async () => {
  const { time } = await reading("this weekend", new Date("2026-11-29T15:00Z"));
  expect(time).toEqual({ from: new Date("2026-11-29T00:00Z"), to: new Date("2026-11-30T00:00Z") });
});

test.for<readonly [string, true | null]>([
  ["free yoga", true],
  ["yoga for free", true],
  ["free meals", true],
  ["doesn't cost anything", true],
  ["no cost", true],
  ["smoke free", null],
  ["sugar-free baking", null],
  ["step free", null],
  ["feel free", null],
  ["in my free time", null],
])("cost: %s", async ([text, free]) => {
  expect((await reading(text)).free).toBe(free);
});

test.for<readonly [string, true | null]>([
  ["step-free yoga", true],
  ["wheelchair access", true],
  ["I use a wheelchair", true],
  ["no stairs", true],
  ["can't manage the stairs", true],
  ["wheelchair basketball", null],
  ["wheelchair repair", null],
  ["first steps", null],
])("step-free access: %s", async ([text, stepFree]) => {
  expect((await reading(text)).stepFree).toBe(stepFree);
});

test.for<readonly [string, ...string[]]>([
  ["yoga online", "ONLINE"],
  ["grief group on zoom", "ONLINE"],
  ["someone to talk to over the phone", "PHONE"],
  ["someone to visit me", "COMES_TO_YOU"],
  ["home visits", "COMES_TO_YOU"],
  ["housebound", "COMES_TO_YOU", "ONLINE", "PHONE"],
  ["get online"],
  ["help with my phone"],
])("how it reaches people: %s", async ([text, ...reach]) => {
  expect((await reading(text)).reach).toEqual(reach);
});

test("what is left over is looked for, and what was said is kept for names", async () => {
  expect(await reading("free walking football for my 8 year old on Tuesdays in Barton")).toMatchObject({
    place: "Barton",
    age: 8,
    days: ["TUESDAY"],
    free: true,
    text: "football",
    words: "walking football",
  });
  expect(await reading("I need some help with the")).toMatchObject({ conditions: [], place: null, text: null });
  expect((await reading("near Rose Hill")).words).toBe("");
});
