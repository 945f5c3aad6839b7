import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { z } from "zod";
import { CodedError } from "../core/errors.ts";
import { cypher, type Cypher } from "../graph/cypher.ts";
import { connectGraph, type ConnectedGraph, type Parameters } from "../graph/graph.ts";
import { migrate } from "../graph/migrate.ts";
import { readMigrations } from "../graph/readMigrations.ts";
import { SeedFile } from "../seed/formats/directory.ts";
import { isEmpty } from "../seed/isEmpty.ts";
import { load, type Progress } from "../seed/load.ts";
import { readSeed, type NamedSeedFile } from "../seed/readSeed.ts";
import { wipe } from "./wipe.ts";

let graph: ConnectedGraph;

beforeAll(async () => {
  graph = connectGraph(inject("neo4j"));
  await wipe(graph);
  await migrate(graph, { report: () => undefined });
});

beforeEach(async () => {
  await write(cypher`MATCH (node) WHERE NOT node:Migration DETACH DELETE node`);
});

afterAll(async () => {
  await wipe(graph);
  await graph.close();
});

/** A Sunday, at noon. */
const now = new Date("2026-11-22T12:00:00Z");

const loaded = (...files: readonly NamedSeedFile[]) => load(graph, files, { report: () => undefined, now });

const write = (text: Cypher) => graph.write({ name: "given", access: "WRITE", text, row: z.object({}) });

const rows = (text: Cypher, parameters: Parameters = {}) =>
  graph.run({ name: "question", access: "READ", text, row: z.record(z.string(), z.unknown()) }, parameters);

/** Everything that was loaded, as sorted lines: two graphs are the same when these are. */
async function everything(): Promise<readonly string[]> {
  const nodes = await rows(cypher`
    MATCH (node) WHERE NOT node:Migration AND NOT node:Lock AND NOT node:ChangeLog
    RETURN labels(node) AS labels, properties(node) AS properties`);
  const relationships = await rows(cypher`
    MATCH (from)-[link]->(to)
    RETURN coalesce(from.id, from.text, from.code) AS from, type(link) AS type, properties(link) AS properties,
           coalesce(to.id, to.text, to.code) AS to`);
  // Neo4j gives properties in no order.
  const inOrder = (_: string, value: unknown) =>
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return [...nodes, ...relationships].map((row) => JSON.stringify(row, inOrder)).sort();
}

const file = (name: string, records: readonly unknown[]): NamedSeedFile => ({
  name,
  ...SeedFile.parse({
    sources: {
      town: { name: "The town's list", publisher: "Town Council", url: "https://town.example/", licence: "CC0-1.0" },
    },
    records: (records as readonly object[]).map((record) => ({ source: "town", asOf: "2024-05", ...record })),
  }),
});

const lsoa = (code: string, further: object = {}) => ({
  type: "area",
  key: code.toLowerCase(),
  kind: "LSOA",
  name: `Hill ${code.slice(-1)}`,
  code,
  centre: { latitude: 51.7, longitude: -1.2 },
  within: ["hill"],
  ...further,
});

const areas = file("areas.json", [
  lsoa("E01000001", { population: 1612 }),
  lsoa("E01000002"),
  {
    type: "area",
    key: "hill",
    kind: "NEIGHBOURHOOD",
    name: "Hill",
    slug: "hill",
    centre: { latitude: 51.7, longitude: -1.2 },
    proposed: true,
  },
  { type: "border", a: "E01000002", b: "E01000001", metres: 250 },
]);

const conditions = file("conditions.json", [
  {
    type: "condition",
    key: "loneliness",
    name: "Loneliness",
    description: "Feeling alone.",
    broader: ["wellbeing"],
    terms: [{ text: " No  one to TALK to" }, { text: "low", weight: 0.4 }],
  },
  {
    type: "condition",
    key: "wellbeing",
    name: "Wellbeing",
    description: "Being well.",
    terms: [{ text: "low", weight: 0.8 }],
    oftenWith: [{ condition: "loneliness", weight: 0.5 }],
  },
]);

const hall = {
  type: "place",
  key: "hall",
  asOf: "2019",
  name: "Hill Hall",
  summary: "A hall on the hill.",
  category: "Hall",
  address: { streetAddress: "1 High Street", postalCode: "ox44hf" },
  location: { latitude: 51.71, longitude: -1.21 },
  area: "E01000001",
  openingHours: [{ byDay: ["MONDAY", "FRIDAY"], opens: "09:00", closes: "17:00" }],
};

const tea = {
  type: "activity",
  key: "tea",
  sourceId: "7",
  name: "Tea",
  summary: "Tea and talk.",
  description: "Every week.",
  url: "https://town.example/tea",
  eligibility: [
    { minimumAge: 0.5, maximumAge: 11, description: "Children" },
    { excludes: true, conditions: ["wellbeing", "loneliness"] },
  ],
  cost: { isFree: false, amount: 2.5 },
  heldAt: ["hall"],
  serves: ["hill", "E01000002"],
  supports: [{ condition: "loneliness", strength: 1, evidence: "Its own words." }],
  schedule: [{ byDay: ["TUESDAY"], startTime: "14:00", endTime: "15:30", repeatFrequency: "P1W", sample: true }],
};

const club = { type: "group", key: "club", name: "Club", summary: "A club.", meetsAt: ["hall"], hosts: ["tea"] };
const trust = {
  type: "organisation",
  key: "trust",
  name: "Trust",
  summary: "A trust.",
  charityNumber: "123456",
  basedAt: ["hall"],
  runs: ["club", "tea"],
  sample: true,
};

const assetsFile = (...records: readonly unknown[]) => file("assets.json", records);
/** In an order in which everything points forward. */
const town = [assetsFile(trust, club, tea, hall), conditions, areas] as const;

test("records load in any order of files into the nodes and relationships of the model", async () => {
  expect(await loaded(...town)).toEqual({ created: 10, updated: 0, unchanged: 0 });
  expect(
    await rows(cypher`
      MATCH (from)-[link]->(to) WHERE NOT from:SourceRecord AND NOT from:Session
      RETURN coalesce(from.name, from.text, from.code, from.position) AS from, type(link) AS type,
             coalesce(to.name, to.opens, to.startTime, to.position) AS to, link.strength AS strength, link.weight AS weight,
             link.metres AS metres, link.source AS source, link.assertedBy AS by,
             toString(link.confirmedOn) AS on, link.sample AS sample
      ORDER BY type, from, to`).then((found) =>
      found.map((link) =>
        Object.values(link)
          .filter((value) => value !== null)
          .map(String)
          .join(" "),
      ),
    ),
  ).toEqual([
    "Trust BASED_AT Hill Hall town/trust import 2024-05-01 true",
    "Hill 1 BORDERS Hill 2 250 town",
    "Loneliness BROADER Wellbeing town/loneliness",
    "1 CONCERNS Loneliness",
    "1 CONCERNS Wellbeing",
    "Tea FOLLOWS 14:00 town/7",
    "Tea HELD_AT Hill Hall town/7 import 2024-05-01 false",
    "Club HOSTS Tea town/club import 2024-05-01 false",
    "Hill Hall IN Hill 1 town/hall",
    "OX4 4HF IN Hill 1 town/hall",
    "Hill LEADS_TO Hill 1",
    "Hill LEADS_TO Hill 2",
    "Hill 1 LEADS_TO Hill 2",
    "Hill 2 LEADS_TO Hill 1",
    "low MEANS Loneliness 0.4 town/loneliness",
    "low MEANS Wellbeing 0.8 town/wellbeing",
    "no one to talk to MEANS Loneliness 1 town/loneliness",
    "Club MEETS_AT Hill Hall town/club import 2024-05-01 false",
    "Wellbeing OFTEN_WITH Loneliness 0.5 town/wellbeing",
    "Hill Hall OPENS 09:00 town/hall",
    "Trust RUNS Club town/trust import 2024-05-01 true",
    "Trust RUNS Tea town/trust import 2024-05-01 true",
    "Tea SERVES Hill town/7 import 2024-05-01 false",
    "Tea SERVES Hill 2 town/7 import 2024-05-01 false",
    "Tea STATES 0 town/7",
    "Tea STATES 1 town/7",
    "Tea SUPPORTS Loneliness 1 town/7 import 2024-05-01 false",
    "Hill 1 WITHIN Hill town/e01000001",
    "Hill 2 WITHIN Hill town/e01000002",
  ]);
});

test("an asset has the properties its record gives, and none for what it does not say", async () => {
  await loaded(...town);
  expect(
    await rows(cypher`
      MATCH (tea:Activity {name: 'Tea'}) MATCH (tea)-[:FOLLOWS]->(schedule:Schedule)
      RETURN labels(tea) AS labels, tea {
               .*, id: null, confirmedOn: toString(tea.confirmedOn), supportedIds: null, supportedStrengths: null, excludedIds: null,
               laidOutThrough: null
             } AS tea,
             properties(schedule) AS schedule`),
  ).toEqual([
    {
      labels: ["Asset", "Activity"],
      tea: {
        id: null,
        name: "Tea",
        alternateNames: [],
        summary: "Tea and talk.",
        description: "Every week.",
        url: "https://town.example/tea",
        urlKey: "town.example/tea",
        stepFree: "UNKNOWN",
        accessibleToilet: "UNKNOWN",
        hearingLoop: "UNKNOWN",
        isFree: false,
        costAmount: 2.5,
        reach: ["AT_A_PLACE"],
        status: "PUBLISHED",
        version: 1,
        sample: false,
        confirmedOn: "2024-05-01",
        // What these are is another test's.
        supportedIds: null,
        supportedStrengths: null,
        excludedIds: null,
        laidOutThrough: null,
      },
      schedule: {
        byDay: ["TUESDAY"],
        startTime: "14:00",
        endTime: "15:30",
        repeatFrequency: "P1W",
        usualDays: ["TUESDAY"],
        sample: true,
      },
    },
  ]);
});

/** What the tea tells a search of itself, by slug. */
const told = () =>
  rows(cypher`
    MATCH (tea:Activity {name: 'Tea'})
    RETURN [id IN tea.supportedIds | head(COLLECT { MATCH (condition:Condition {id: id}) RETURN condition.slug })] AS supported,
           tea.supportedStrengths AS strengths,
           [id IN tea.excludedIds | head(COLLECT { MATCH (condition:Condition {id: id}) RETURN condition.slug })] AS excluded`);

test("an asset tells what it supports and whom it is not for, whoever says so, and no more of what nobody says any more", async () => {
  await loaded(...town);
  expect(await told()).toEqual([{ supported: ["loneliness"], strengths: [1], excluded: ["loneliness", "wellbeing"] }]);
  await write(cypher`
    MATCH (tea:Activity {name: 'Tea'}) MATCH (loneliness:Condition {slug: 'loneliness'})
    CREATE (tea)-[:SUPPORTS {strength: 0.3, source: 'an editor', assertedBy: 'editor'}]->(loneliness)`);
  const changed = (strength: number) => ({
    ...tea,
    supports: [{ condition: "loneliness", strength, evidence: "Its own words." }],
    eligibility: [{ excludes: true, maximumAge: 17, conditions: ["wellbeing"] }],
  });
  await loaded(assetsFile(trust, club, changed(0.6), hall), conditions, areas);
  expect(await told()).toEqual([{ supported: ["loneliness"], strengths: [0.6], excluded: null }]);
  await loaded(assetsFile(trust, club, changed(0.2), hall), conditions, areas);
  expect(await told()).toEqual([{ supported: ["loneliness"], strengths: [0.3], excluded: null }]);
  await write(cypher`MATCH (:Activity {name: 'Tea'})-[supports:SUPPORTS {source: 'an editor'}]->() DELETE supports`);
  await loaded(assetsFile(trust, club, { ...tea, supports: [], eligibility: [] }, hall), conditions, areas);
  expect(await told()).toEqual([{ supported: null, strengths: null, excluded: null }]);
});

/** What is stated of whom the tea is for, as it stands in the graph. */
const stated = () =>
  rows(cypher`
    MATCH (:Activity {name: 'Tea'})-[states:STATES]->(statement:Eligibility)
    RETURN states.source AS source, properties(statement) AS says, valueType(statement.position) AS position,
           COLLECT { MATCH (statement)-[:CONCERNS]->(condition) RETURN condition.slug ORDER BY condition.slug } AS concerns
    ORDER BY source, statement.position`);

test("each statement of whom something is for keeps its own ages, words and conditions", async () => {
  await loaded(...town);
  expect(await stated()).toEqual([
    {
      source: "town/7",
      says: { excludes: false, minimumAge: 0.5, maximumAge: 11, description: "Children", position: 0 },
      position: "INTEGER NOT NULL",
      concerns: [],
    },
    {
      source: "town/7",
      says: { excludes: true, position: 1 },
      position: "INTEGER NOT NULL",
      concerns: ["loneliness", "wellbeing"],
    },
  ]);
});

test("a changed record states anew whom it is for, and takes back nothing that others state", async () => {
  await loaded(...town);
  await write(cypher`
    MATCH (tea:Activity {name: 'Tea'})
    CREATE (tea)-[:STATES {source: 'an editor'}]->(:Eligibility {excludes: true, maximumAge: 2.0, position: 0})`);
  const editors = {
    source: "an editor",
    says: { excludes: true, maximumAge: 2, position: 0 },
    position: "INTEGER NOT NULL",
    concerns: [],
  };
  const withEligibility = (eligibility: readonly unknown[]) =>
    loaded(assetsFile(trust, club, { ...tea, eligibility }, hall), conditions, areas);
  expect(await withEligibility([{ minimumAge: 60 }])).toMatchObject({ updated: 1 });
  expect(await stated()).toEqual([
    editors,
    {
      source: "town/7",
      says: { excludes: false, minimumAge: 60, position: 0 },
      position: "INTEGER NOT NULL",
      concerns: [],
    },
  ]);
  expect(await withEligibility([])).toMatchObject({ updated: 1 });
  expect(await stated()).toEqual([editors]);
  expect(await rows(cypher`MATCH (statement:Eligibility) RETURN count(statement) AS statements`)).toEqual([
    { statements: 1 },
  ]);
});

test("numbers, points and dates have Neo4j's own types", async () => {
  await loaded(...town);
  expect(
    await rows(cypher`
      MATCH (hall:Place) MATCH (area:Area {code: 'E01000001'}) MATCH (postcode:Postcode)
      RETURN valueType(hall.version) AS version, valueType(area.population) AS population,
             valueType(hall.location) AS location, valueType(area.centre) AS centre, hall.location.srid AS srid,
             valueType(hall.confirmedOn) AS confirmedOn, toString(hall.confirmedOn) AS day,
             hall.postalCode AS postalCode, postcode.location = hall.location AS same`),
  ).toEqual([
    {
      version: "INTEGER NOT NULL",
      population: "INTEGER NOT NULL",
      location: "POINT NOT NULL",
      centre: "POINT NOT NULL",
      srid: 4326,
      confirmedOn: "DATE NOT NULL",
      day: "2019-01-01",
      postalCode: "OX4 4HF",
      same: true,
    },
  ]);
});

test("assets refer people on to each other, in whatever order and by whatever way round they are loaded", async () => {
  const referring = [
    { ...trust, refersTo: [{ to: "tea", method: "WARM_INTRODUCTION", waitDays: 14 }] },
    { ...club, refersTo: [{ to: "trust", method: "PHONE" }] },
    { ...tea, refersTo: [{ to: "club", method: "WALK_IN", waitDays: 0 }] },
  ];
  const referrals = () =>
    rows(cypher`
      MATCH (from:Asset)-[refers:REFERS_TO]->(to:Asset)
      RETURN from.name AS from, to.name AS to, refers {.*, id: null, confirmedOn: toString(refers.confirmedOn)} AS refers,
             valueType(refers.waitDays) AS waitDays ORDER BY from`);
  // What the id is made of is told by the next test.
  const said = { id: null, assertedBy: "import", confirmedOn: "2024-05-01", sample: false };
  const expected = [
    { from: "Club", to: "Trust", refers: { ...said, source: "town/club", method: "PHONE" }, waitDays: "NULL" },
    {
      from: "Tea",
      to: "Club",
      refers: { ...said, source: "town/7", method: "WALK_IN", waitDays: 0 },
      waitDays: "INTEGER NOT NULL",
    },
    {
      from: "Trust",
      to: "Tea",
      refers: { ...said, source: "town/trust", sample: true, method: "WARM_INTRODUCTION", waitDays: 14 },
      waitDays: "INTEGER NOT NULL",
    },
  ];
  expect(await loaded(assetsFile(...referring, hall), conditions, areas)).toMatchObject({ created: 10 });
  expect(await referrals()).toEqual(expected);
  expect(await loaded(assetsFile(hall, ...referring.toReversed()), conditions, areas)).toMatchObject({ unchanged: 10 });
  expect(await loaded(...town)).toMatchObject({ updated: 3 });
  expect(await referrals()).toEqual([]);
  expect(
    await refusal(areas, conditions, assetsFile(hall, { ...tea, refersTo: [{ to: "tea", method: "FORM" }] })),
  ).toEqual(['- assets.json, "tea", refersTo: an asset does not refer people to itself']);
});

const referrers = file("referrers.json", [
  { type: "referrer", key: "anyone", name: "Anyone", description: "Whoever it is." },
  { type: "referrer", key: "self", name: "Oneself", description: "The person.", broader: ["anyone"] },
]);

/** A pathway from oneself by the trust to tea, with what is to be otherwise of its second step. */
const pathwayFile = (second: object = {}, asOf = "2026-01-05") =>
  file("pathways.json", [
    {
      type: "pathway",
      key: "way-to-tea",
      asOf,
      name: "The way to tea",
      summary: "How people come to tea.",
      owner: "trust",
      conditions: ["loneliness"],
      steps: [
        { referrer: "self", to: "trust", method: "FORM", waitDays: 7, serves: ["E01000001"], sample: true },
        { from: "trust", to: "tea", method: "WARM_INTRODUCTION", waitDays: 14, accepts: ["loneliness"], ...second },
      ],
    },
  ]);

const stepsTold = () =>
  rows(cypher`
    MATCH (from)-[step:REFERS_TO]->(to)
    RETURN from.name AS from, to.name AS to, step {.*, confirmedOn: toString(step.confirmedOn), formerWaitOn: toString(step.formerWaitOn)} AS step
    ORDER BY step.position, from`);

test("a pathway has its steps, from kinds of referrer and from assets, and a step keeps its id when it is told otherwise", async () => {
  expect(await loaded(referrers, areas, conditions, assetsFile(hall, tea, club, trust), pathwayFile())).toMatchObject({
    updated: 0,
  });
  const before = await stepsTold();
  expect(before).toMatchObject([
    {
      from: "Oneself",
      to: "Trust",
      step: { position: 0, method: "FORM", waitDays: 7, sample: true, confirmedOn: "2026-01-05" },
    },
    { from: "Trust", to: "Tea", step: { position: 1, waitDays: 14, sample: false } },
  ]);
  expect(
    await rows(cypher`
    MATCH (owner)-[:OWNS]->(pathway:Pathway)-[:FOR]->(condition:Condition)
    MATCH (self:Referrer {slug: 'self'})-[:BROADER]->(broader)
    MATCH ()-[step:REFERS_TO {pathwayId: pathway.id}]->()
    RETURN owner.name AS owner, condition.slug AS condition, pathway.slug AS slug, broader.slug AS broader, count(step) AS steps,
      collect(step.areaIds) = [[head([area IN COLLECT { MATCH (area:Area {code: 'E01000001'}) RETURN area } | area.id])]] AS hasArea`),
  ).toEqual([
    { owner: "Trust", condition: "loneliness", slug: "way-to-tea", broader: "anyone", steps: 2, hasArea: true },
  ]);
  expect(await loaded(pathwayFile())).toMatchObject({ created: 0, updated: 0 });
  expect(await loaded(pathwayFile({ capacity: "FULL" }))).toMatchObject({ created: 0, updated: 1 });
  const after = await stepsTold();
  expect(after.map(({ step }) => (step as { id: string }).id)).toEqual(
    before.map(({ step }) => (step as { id: string }).id),
  );
  expect(after[1]).toMatchObject({ step: { capacity: "FULL", waitDays: 14 } });
});

test("a wait that is told otherwise leaves word of what it was, until it is told otherwise again", async () => {
  await loaded(referrers, areas, conditions, assetsFile(hall, tea, club, trust), pathwayFile());
  const second = async () => ((await stepsTold())[1] as { step: Record<string, unknown> }).step;
  expect((await second())["formerWaitDays"]).toBeUndefined();
  await loaded(pathwayFile({ waitDays: 21 }, "2026-06-01"));
  expect(await second()).toMatchObject({ waitDays: 21, formerWaitDays: 14, formerWaitOn: "2026-01-05" });
  await loaded(pathwayFile({ waitDays: 21, capacity: "OPEN" }, "2026-07-01"));
  expect(await second()).toMatchObject({ waitDays: 21, formerWaitDays: 14, formerWaitOn: "2026-01-05" });
  await loaded(pathwayFile({ waitDays: 10, formerWait: { waitDays: 30, asOf: "2025-12-01" } }, "2026-08-01"));
  expect(await second()).toMatchObject({ waitDays: 10, formerWaitDays: 30, formerWaitOn: "2025-12-01" });
});

test("who may refer to an asset is told by the asset, and taken back with it", async () => {
  const accepting = { ...tea, acceptsReferralFrom: [{ from: "self", method: "PHONE", minimumAge: 18 }] };
  await loaded(referrers, areas, conditions, assetsFile(hall, accepting, club, trust));
  expect(await stepsTold()).toMatchObject([{ from: "Oneself", to: "Tea", step: { method: "PHONE", minimumAge: 18 } }]);
  await loaded(assetsFile(hall, tea, club, trust));
  expect(await stepsTold()).toEqual([]);
});

test("what is wrong with referrers, pathways and steps is told of the record and field, and nothing is written", async () => {
  expect(
    await refusal(
      areas,
      conditions,
      assetsFile(hall, { ...tea, acceptsReferralFrom: [{ from: "nobody", method: "PHONE" }] }, club, trust),
      file("referrers.json", [
        { type: "referrer", key: "self", name: "Oneself", description: "The person.", broader: ["anyone"] },
        { type: "referrer", key: "anyone", name: "Anyone", description: "Whoever.", broader: ["self"] },
      ]),
      file("pathways.json", [
        {
          type: "pathway",
          key: "way",
          name: "A way",
          summary: "A way.",
          owner: "tea",
          conditions: ["no-such"],
          steps: [
            { from: "tea", to: "tea", method: "FORM" },
            { referrer: "self", to: "tea", method: "FORM" },
            { referrer: "self", to: "tea", method: "PHONE" },
          ],
        },
      ]),
    ),
  ).toEqual([
    '- assets.json, "tea", acceptsReferralFrom[0]: no referrer has the key "nobody"',
    '- pathways.json, "way", owner: "tea" is of the kind Activity, and Organisation is wanted',
    '- pathways.json, "way", conditions[0]: no condition has the slug "no-such"',
    '- pathways.json, "way", steps[0]: nobody refers people to themselves',
    '- pathways.json, "way", steps[2]: leads from and to where another step does',
    expect.stringMatching(/^- referrers.json, "(self|anyone)", broader: leads round in a circle back to itself$/),
  ]);
  expect(await everything()).toEqual([]);
});

test("what is known of a source stands in the source record", async () => {
  await loaded(...town);
  expect(
    await rows(cypher`
      MATCH (record:SourceRecord {id: 'town/7'})-[:DESCRIBES]->(asset:Activity)
      RETURN record {.*, hash: size(record.hash)} AS record, asset.name AS describes`),
  ).toEqual([
    {
      record: {
        id: "town/7",
        key: "tea",
        source: "town",
        sourceId: "7",
        name: "The town's list",
        publisher: "Town Council",
        url: "https://town.example/",
        licence: "CC0-1.0",
        asOf: "2024-05",
        sample: false,
        hash: 64,
      },
      describes: "Tea",
    },
  ]);
});

test("loading the same files again changes nothing", async () => {
  await loaded(...town);
  const before = await everything();
  expect(await loaded(...town)).toEqual({ created: 0, updated: 0, unchanged: 10 });
  expect(await everything()).toEqual(before);
});

test("a changed record renews its own properties and relationships, and nobody else's", async () => {
  await loaded(...town);
  await write(cypher`
    MATCH (tea:Activity {name: 'Tea'}) MATCH (wellbeing:Condition {slug: 'wellbeing'}) MATCH (hall:Place)
    CREATE (tea)-[:SUPPORTS {strength: 0.3, source: 'an editor', assertedBy: 'editor'}]->(wellbeing)
    CREATE (tea)-[:HELD_AT {source: 'an editor', assertedBy: 'editor'}]->(hall)
    SET tea.status = 'DRAFT', tea.embedding = [0.1]`);
  const changed = {
    ...tea,
    description: undefined,
    eligibility: [],
    heldAt: [],
    serves: ["hill"],
    schedule: [],
    summary: "Tea and cake.",
  };
  expect(await loaded(assetsFile(trust, club, changed, hall), conditions, areas)).toEqual({
    created: 0,
    updated: 1,
    unchanged: 9,
  });
  expect(
    await rows(cypher`
      MATCH (tea:Activity {name: 'Tea'})
      RETURN tea.summary AS summary, tea.description AS description, tea.version AS version, tea.status AS status,
             tea.embedding AS embedding, COUNT { (:Schedule) } AS schedules`),
  ).toEqual([
    { summary: "Tea and cake.", description: null, version: 2, status: "DRAFT", embedding: [0.1], schedules: 0 },
  ]);
  expect(
    await rows(cypher`
      MATCH (:Activity {name: 'Tea'})-[link]-(other) WHERE NOT other:SourceRecord
      RETURN type(link) AS type, other.name AS other, link.source AS source ORDER BY type, other`),
  ).toEqual([
    { type: "HELD_AT", other: "Hill Hall", source: "an editor" },
    { type: "HOSTS", other: "Club", source: "town/club" },
    { type: "RUNS", other: "Trust", source: "town/trust" },
    { type: "SERVES", other: "Hill", source: "town/7" },
    { type: "SUPPORTS", other: "Loneliness", source: "town/7" },
    { type: "SUPPORTS", other: "Wellbeing", source: "an editor" },
  ]);
  expect(await rows(cypher`MATCH (asset:Asset) WHERE asset.version <> 1 RETURN asset.name AS name`)).toEqual([
    { name: "Tea" },
  ]);
});

test("a changed record leaves the graph as a first load of it does, versions apart", async () => {
  const changed = [
    assetsFile(
      { ...trust, runs: ["club"] },
      { ...club, hosts: [] },
      { ...tea, supports: [] },
      { ...hall, area: "E01000002", openingHours: [], address: { postalCode: "OX4 4HG" } },
    ),
    file("conditions.json", [
      {
        type: "condition",
        key: "loneliness",
        name: "Loneliness",
        description: "Being alone.",
        terms: [{ text: "alone" }],
      },
      { type: "condition", key: "wellbeing", name: "Wellbeing", description: "Being well.", broader: ["loneliness"] },
    ]),
    file("areas.json", [
      lsoa("E01000001", { within: [] }),
      lsoa("E01000002", { population: 9 }),
      { ...areas.records[2], name: "Hilltop" },
      { type: "border", a: "E01000001", b: "E01000002", metres: 300 },
    ]),
  ];
  await loaded(...changed);
  const direct = await everything();
  await write(cypher`MATCH (node) WHERE NOT node:Migration DETACH DELETE node`);
  await loaded(...town);
  expect(await loaded(...changed)).toEqual({ created: 0, updated: 10, unchanged: 0 });
  const versionless = (lines: readonly string[]) => lines.map((line) => line.replace(/"version":\d+/, ""));
  expect(versionless(await everything())).toEqual(versionless(direct));
});

test.each([
  { what: "where an area leads to", version: 5, forget: cypher`MATCH ()-[step:LEADS_TO]->() DELETE step` },
  { what: "whether places are in an area", version: 6, forget: cypher`MATCH (area:WithPlaces) REMOVE area:WithPlaces` },
  {
    what: "what a search asks of an asset",
    version: 7,
    forget: cypher`MATCH (asset:Asset) REMOVE asset.supportedIds, asset.supportedStrengths, asset.excludedIds`,
  },
])("$what is what migration $version works out from the rest", async ({ version, forget }) => {
  await loaded(...town);
  const whole = await everything();
  await write(forget);
  expect(await everything()).not.toEqual(whole);
  const migrations = await readMigrations(join(import.meta.dirname, "..", "graph", "migrations"));
  for (const text of migrations.find((migration) => migration.version === version)?.statements ?? []) await write(text);
  expect(await everything()).toEqual(whole);
});

test("a record follows what it names when that becomes another thing", async () => {
  await loaded(...town);
  const moved = { ...hall, sourceId: "the new hall" };
  expect(await loaded(assetsFile(trust, club, tea, moved), conditions, areas)).toMatchObject({
    created: 1,
    updated: 3,
  });
  expect(
    await rows(cypher`
      MATCH (:Activity {name: 'Tea'})-[:HELD_AT]->(hall)<-[:DESCRIBES]-(record) RETURN record.id AS record`),
  ).toEqual([{ record: "town/the new hall" }]);
});

test("a file may point at what another one loaded before", async () => {
  await loaded(...town);
  const walk = { ...tea, key: "walk", sourceId: "8", name: "Walk" };
  expect(await loaded(file("more.json", [walk]))).toEqual({ created: 1, updated: 0, unchanged: 0 });
  expect(
    await rows(cypher`
      MATCH (:Activity {name: 'Walk'})-[link:HELD_AT|SERVES|SUPPORTS]->(other)
      RETURN type(link) AS type, other.name AS other ORDER BY type, other`),
  ).toEqual([
    { type: "HELD_AT", other: "Hill Hall" },
    { type: "SERVES", other: "Hill" },
    { type: "SERVES", other: "Hill 2" },
    { type: "SUPPORTS", other: "Loneliness" },
  ]);
});

test("a postcode that somebody else has placed stays where it is", async () => {
  await loaded(areas);
  await write(cypher`
    MATCH (area:Area {code: 'E01000002'})
    CREATE (:Postcode {code: 'OX4 4HF', location: point({latitude: 1, longitude: 2})})-[:IN {source: 'survey'}]->(area)`);
  await loaded(...town);
  expect(
    await rows(cypher`
      MATCH (postcode:Postcode)-[link:IN]->(area)
      RETURN postcode.location.latitude AS latitude, link.source AS source, area.code AS area`),
  ).toEqual([{ latitude: 1, source: "survey", area: "E01000002" }]);
});

test("a sector of postcodes stands beside the postcodes of places, and neither takes the other's place", async () => {
  const sector = (further: object = {}) =>
    file("postcodes.json", [
      {
        type: "postcode",
        key: "postcode-ox4-4",
        code: "OX4 4",
        centre: { latitude: 51.72, longitude: -1.22 },
        area: "E01000002",
        ...further,
      },
    ]);
  const postcodes = () =>
    rows(cypher`
      MATCH (postcode:Postcode)-[link:IN]->(area)
      RETURN postcode {.code, .isApproximate} AS postcode, postcode.location.latitude AS latitude,
             link.source AS source, area.code AS area
      ORDER BY postcode.code`);
  const whole = { postcode: { code: "OX4 4HF", isApproximate: null }, latitude: 51.71, source: "town/hall" };
  const partial = { postcode: { code: "OX4 4", isApproximate: true }, source: "town/postcode-ox4-4" };
  expect(await loaded(...town, sector())).toMatchObject({ created: 11 });
  expect(await postcodes()).toEqual([
    { ...partial, latitude: 51.72, area: "E01000002" },
    { ...whole, area: "E01000001" },
  ]);
  const moved = assetsFile(trust, club, tea, { ...hall, area: "E01000002" });
  expect(await loaded(moved, conditions, areas, sector())).toMatchObject({ created: 0, updated: 1 });
  expect(await postcodes()).toEqual([
    { ...partial, latitude: 51.72, area: "E01000002" },
    { ...whole, area: "E01000002" },
  ]);
  const elsewhere = sector({ centre: { latitude: 51.73, longitude: -1.22 }, area: "E01000001" });
  expect(await loaded(moved, conditions, areas, elsewhere)).toMatchObject({ created: 0, updated: 1 });
  expect(await postcodes()).toEqual([
    { ...partial, latitude: 51.73, area: "E01000001" },
    { ...whole, area: "E01000002" },
  ]);
  expect(
    await refusal(sector({ area: "E01000009" }), file("more.json", [{ ...sector().records[0], key: "b" }])),
  ).toEqual([
    '- more.json, "b", code: the postcode OX4 4 is already that of "postcode-ox4-4" in postcodes.json',
    '- postcodes.json, "postcode-ox4-4", area: no area has the code or slug "E01000009"',
  ]);
});

test("two loaders at once make each thing once", { timeout: 60_000 }, async () => {
  const another = connectGraph(inject("neo4j"));
  const results = await Promise.all([
    loaded(...town),
    load(another, town, { report: () => undefined, now }),
    load(another, [...town].reverse(), { report: () => undefined, now }),
  ]);
  await another.close();
  expect(results.reduce((sum, { created }) => sum + created, 0)).toBe(10);
  expect(results.reduce((sum, { updated }) => sum + updated, 0)).toBe(0);
  const together = await everything();
  await write(cypher`MATCH (node) WHERE NOT node:Migration DETACH DELETE node`);
  await loaded(...town);
  expect(together).toEqual(await everything());
});

test("progress goes from the first batch to the whole", async () => {
  const reports: Progress[] = [];
  await load(graph, town, { report: (progress) => reports.push(progress), now });
  expect(reports[0]).toEqual({ done: 3, total: 16, what: "areas" });
  expect(reports.at(-1)).toEqual({ done: 16, total: 16, what: "postcodes" });
});

/** What loading says of files, a line for each problem; the graph must come out as it was. */
async function refusal(...files: readonly NamedSeedFile[]): Promise<readonly string[]> {
  const before = await everything();
  const error: unknown = await loaded(...files).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CodedError);
  expect(error).toMatchObject({ code: "BAD_INPUT" });
  expect(await everything()).toEqual(before);
  const [head, ...lines] = (error as CodedError).message.split("\n");
  expect(head).toBe("The seed was not loaded, and nothing was written, because of:");
  return lines;
}

test("a name that stands for nothing, or for the wrong sort of thing, is refused", async () => {
  expect(
    await refusal(
      areas,
      assetsFile(
        { ...hall, area: "E01000009" },
        {
          ...tea,
          heldAt: ["hall", "club", "nowhere"],
          serves: ["mars"],
          supports: [{ condition: "x", strength: 1, evidence: "e" }],
          eligibility: [{ minimumAge: 5 }, { conditions: ["loneliness", "y"] }],
        },
        { ...club, source: "city" },
      ),
      file("borders.json", [{ type: "border", a: "hill", b: "E01000001", metres: 1 }]),
    ),
  ).toEqual([
    '- assets.json, "hall", area: no area has the code or slug "E01000009"',
    '- assets.json, "tea", supports[0]: no condition has the slug "x"',
    '- assets.json, "tea", heldAt[1]: "club" is of the kind Group, and Place is wanted',
    '- assets.json, "tea", heldAt[2]: no record has the key "nowhere"',
    '- assets.json, "tea", serves[0]: no area has the code or slug "mars"',
    '- assets.json, "tea", eligibility[1].conditions[0]: no condition has the slug "loneliness"',
    '- assets.json, "tea", eligibility[1].conditions[1]: no condition has the slug "y"',
    '- assets.json, "club", source: the file has no source "city"',
    '- borders.json, "hill to E01000001": "hill" is of the kind NEIGHBOURHOOD, and LSOA is wanted',
  ]);
});

test("what is given twice is refused", async () => {
  const { a, b } = { a: "E01000001", b: "E01000002" };
  expect(
    await refusal(
      areas,
      conditions,
      file("twice.json", [
        lsoa("E01000001", { key: "other", slug: "hill" }),
        { type: "border", a, b, metres: 1 },
        { type: "border", a, b: a, metres: 1 },
        { ...hall, key: "tea" },
        tea,
        { ...tea, key: "cake", heldAt: ["tea", "tea"], serves: ["E01000001", "E01000001"], supports: [] },
      ]),
      { ...file("other.json", []), sources: { town: { name: "Another", publisher: "P", licence: "L" } } },
      file("more.json", [
        {
          type: "condition",
          key: "anxiety",
          name: "Anxiety",
          description: "D",
          terms: [{ text: "Worry" }, { text: "worry " }],
          oftenWith: [{ condition: "wellbeing", weight: 1 }],
        },
        {
          type: "condition",
          key: "low-mood",
          name: "Low mood",
          description: "D",
          oftenWith: [{ condition: "anxiety", weight: 1 }],
        },
        {
          type: "condition",
          key: "grief",
          name: "Grief",
          description: "D",
          oftenWith: [
            { condition: "low-mood", weight: 1 },
            { condition: "low-mood", weight: 0.5 },
          ],
        },
      ]),
    ),
  ).toMatchInlineSnapshot(`
    [
      "- twice.json, "other", code: the code E01000001 is already that of "e01000001" in areas.json",
      "- twice.json, "other", slug: the slug hill is already that of "hill" in areas.json",
      "- twice.json, "tea", key: the key tea is already that of "tea" in twice.json",
      "- twice.json, "cake", sourceId: the record of a source town/7 is already that of "tea" in twice.json",
      "- twice.json, "E01000001 to E01000001": an area has no border with itself",
      "- twice.json, "tea", heldAt[0]: no record has the key "hall"",
      "- twice.json, "cake", heldAt[0]: "tea" is of the kind Activity, and Place is wanted",
      "- twice.json, "cake", heldAt[1]: "tea" is of the kind Activity, and Place is wanted",
      "- twice.json, "cake", heldAt[1]: "tea" is named twice",
      "- twice.json, "cake", serves[1]: "E01000001" is named twice",
      "- more.json, "anxiety", terms[1]: "worry" is named twice",
      "- more.json, "grief", oftenWith[1]: "low-mood" is named twice",
      "- twice.json, "other", within: leads round in a circle back to itself",
      "- twice.json, "E01000001 to E01000002": is said of E01000001 and E01000002 already",
      "- other.json, sources.town: is not described as it is in areas.json; give another source another key",
      "- more.json, "grief", oftenWith[1]: is said of grief and low-mood already",
    ]
  `);
});

test("a date or postcode that does not exist, and an area that nothing can name, are refused", async () => {
  expect(
    await refusal(
      areas,
      assetsFile({ ...hall, asOf: "2023-02-29", address: { postalCode: "OX4" } }),
      file("nameless.json", [{ ...lsoa("E01000003"), code: undefined, asOf: "2024-13" }]),
    ),
  ).toEqual([
    '- nameless.json, "e01000003", slug: an area without a code needs a slug to be named by',
    '- assets.json, "hall", address.postalCode: "OX4" is not a whole UK postcode',
    '- assets.json, "hall", asOf: 2023-02-29 is no date',
    '- nameless.json, "e01000003", asOf: 2024-13 is no date',
  ]);
});

test("areas and conditions that lead round in a circle are refused", async () => {
  const condition = (key: string, ...broader: string[]) => ({
    type: "condition",
    key,
    name: key,
    description: "D",
    broader,
  });
  expect(
    await refusal(
      file("areas.json", [
        lsoa("E01000001", { slug: "one", within: ["E01000002"] }),
        lsoa("E01000002", { within: ["one"] }),
      ]),
      file("conditions.json", [condition("a", "a"), condition("b", "c", "a"), condition("c", "b")]),
    ),
  ).toEqual([
    '- areas.json, "e01000001", within: leads round in a circle back to itself',
    '- conditions.json, "a", broader: leads round in a circle back to itself',
    '- conditions.json, "b", broader: leads round in a circle back to itself',
  ]);
});

test("a slug that the database has given to something else is refused", async () => {
  await loaded(areas, conditions);
  await write(cypher`MATCH (condition:Condition {slug: 'wellbeing'}) SET condition.id = 'con_other'`);
  expect(await refusal(conditions, file("areas.json", [lsoa("E01000009", { slug: "hill", within: [] })]))).toEqual([
    '- areas.json, "e01000009": its code or slug belongs to another, "Hill", in the database',
    '- conditions.json, "wellbeing": its code or slug belongs to another, "Wellbeing", in the database',
  ]);
});

test("files that are missing, no JSON or not in the format are refused with the record and field", async () => {
  const directory = await mkdtemp(join(tmpdir(), "seed-"));
  const path = (name: string) => join(directory, name);
  await writeFile(path("broken.json"), "{");
  await writeFile(
    path("wrong.json"),
    JSON.stringify({
      sources: {},
      records: [
        { type: "condition", key: "Not A Key", source: "s", asOf: "yesterday", name: "N", description: "D" },
        { type: "wish", key: "wish" },
        { ...tea, source: "s", asOf: "2024", serves: ["No Area"], schedule: [{ byDay: [], startTime: "9" }] },
        {
          ...tea,
          source: "s",
          asOf: "2024",
          eligibility: [{ minimumAge: 12, maximumAge: 11 }, { excludes: true }, { minimumAge: 131 }],
        },
        { ...tea, source: "s", asOf: "2024", eligibility: { minimumAge: 18 } },
        7,
      ],
    }),
  );
  const error: unknown = await readSeed([path("absent.json"), path("broken.json"), path("wrong.json")]).catch(
    (thrown: unknown) => thrown,
  );
  await rm(directory, { recursive: true });
  expect(
    (error as Error).message
      .replaceAll(`${directory}/`, "")
      .replace(/(JSON: ).*/, "$1…")
      .split("\n"),
  ).toMatchInlineSnapshot(`
    [
      "The seed was not loaded, and nothing was written, because of:",
      "- absent.json: cannot be read",
      "- broken.json: is not JSON: …",
      "- wrong.json, "Not A Key", key: is lower-case words with hyphens between",
      "- wrong.json, "Not A Key", asOf: Invalid string: must match pattern /^\\d{4}(-\\d{2}(-\\d{2})?)?$/",
      "- wrong.json, "wish", type: Invalid discriminator value. Expected 'area' | 'border' | 'boundary' | 'condition' | 'period' | 'postcode' | 'place' | 'organisation' | 'group' | 'activity' | 'referrer' | 'pathway' | 'workshop'",
      "- wrong.json, "tea", serves[0]: is lower-case words with hyphens between",
      "- wrong.json, "tea", schedule[0].startTime: is a time of a 24-hour clock, as in 14:00",
      "- wrong.json, "tea", schedule[0].endTime: is missing, and there is a startTime",
      "- wrong.json, "tea", schedule[0].startDate: is missing: what has no repeatFrequency happens once, on that day",
      "- wrong.json, "tea", eligibility[0].maximumAge: is less than the minimumAge",
      "- wrong.json, "tea", eligibility[1]: states neither ages nor conditions nor anything in words",
      "- wrong.json, "tea", eligibility[2].minimumAge: Too big: expected number to be <=130",
      "- wrong.json, "tea", eligibility: Invalid input: expected array, received object",
      "- wrong.json, "record 6": Invalid input: expected object, received number",
    ]
  `);
});

const server = () => {
  const { uri, user, password, database } = inject("neo4j");
  return { NEO4J_URI: uri, NEO4J_USER: user, NEO4J_PASSWORD: password, NEO4J_DATABASE: database };
};

/** Runs `npm run seed` as a process: its exit code and what it printed. */
const seed = (args: readonly string[], env: Readonly<Record<string, string>>) =>
  new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(
      process.execPath,
      ["--import", "tsx", join(import.meta.dirname, "../seed/main.ts"), ...args],
      { env },
      (error, stdout, stderr) => resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
    );
  });

test("the project's own seed loads, and loads again without a change", { timeout: 120_000 }, async () => {
  expect(await isEmpty(graph)).toBe(true);
  const first = await seed([], server());
  expect(first.code).toBe(0);
  expect(first.stdout).toMatch(/^Loaded in [\d.]+ s: \d+ new, 0 changed, 0 as before\.\n$/);
  expect(await isEmpty(graph)).toBe(false);
  const before = await everything();
  const again = await seed([], server());
  expect(again.code).toBe(0);
  expect(again.stdout).toMatch(/^Loaded in [\d.]+ s: 0 new, 0 changed, \d+ as before\.\n$/);
  expect(await everything()).toEqual(before);
});

test(
  "a load that was killed leaves the directory wanting its seed, and running it again completes it",
  { timeout: 180_000 },
  async () => {
    const files = await readSeed();
    const batches: Progress[] = [];
    await load(graph, files, { report: (progress) => batches.push(progress), now });
    const whole = await everything();
    // Among the nodes, and among the relationships.
    for (const batch of [2, Math.ceil(batches.length / 2) + 1]) {
      await write(cypher`MATCH (node) WHERE NOT node:Migration DETACH DELETE node`);
      const killed = spawn(process.execPath, [
        "--import",
        "tsx",
        join(import.meta.dirname, "processes/load.ts"),
        JSON.stringify(inject("neo4j")),
        String(batch),
      ]);
      expect(await once(killed, "exit")).toEqual([null, "SIGKILL"]);
      expect(await everything()).not.toEqual(whole);
      expect(await isEmpty(graph)).toBe(true);
      await loaded(...files);
      expect(await everything()).toEqual(whole);
      expect(await isEmpty(graph)).toBe(false);
    }
  },
);

test(
  "the command says in a sentence what is wrong, and its exit code says whose mistake it is",
  { timeout: 60_000 },
  async () => {
    expect(await seed([], { ...server(), NEO4J_URI: "bolt://127.0.0.1:1" })).toEqual({
      code: 1,
      stdout: "",
      stderr: "Neo4j at bolt://127.0.0.1:1 does not answer. See that it runs and that NEO4J_URI is right.\n",
    });
    const absent = await seed(["/nowhere.json"], server());
    expect(absent.code).toBe(2);
    expect(absent.stderr).toContain("/nowhere.json: cannot be read");
    expect(await seed([], { NEO4J_URI: "bolt://127.0.0.1:1" })).toMatchObject({ code: 2 });
    expect(await seed(["--wrong"], {})).toMatchObject({ code: 2, stderr: "error: unknown option '--wrong'\n" });
  },
);
