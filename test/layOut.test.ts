import { afterAll, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { z } from "zod";
import { CodedError } from "../core/errors.ts";
import { cypher } from "../graph/cypher.ts";
import { connectGraph, type ConnectedGraph, type Graph, int } from "../graph/graph.ts";
import { migrate } from "../graph/migrate.ts";
import { SeedFile } from "../seed/formats/directory.ts";
import { load } from "../seed/load.ts";
import type { NamedSeedFile } from "../seed/readSeed.ts";
import { wipe } from "./wipe.ts";

let graph: ConnectedGraph;

/** A Sunday, at noon. */
const now = new Date("2026-11-22T12:00:00Z");

beforeAll(async () => {
  graph = connectGraph(inject("neo4j"));
  await wipe(graph);
  await migrate(graph, { report: () => undefined });
});

beforeEach(async () => {
  await graph.write({
    name: "nothing left",
    access: "WRITE",
    text: cypher`MATCH (node) WHERE NOT node:Migration DETACH DELETE node`,
    row: z.object({}),
  });
});

afterAll(async () => {
  await wipe(graph);
  await graph.close();
});

const file = (records: readonly object[]): NamedSeedFile => ({
  name: "town.json",
  ...SeedFile.parse({
    sources: { town: { name: "The town's list", publisher: "Town Council", licence: "CC0-1.0" } },
    records: records.map((record) => ({ source: "town", asOf: "2026-11", ...record })),
  }),
});

const loaded = (records: readonly object[], through: Graph = graph) =>
  load(through, [file(records)], { report: () => undefined, now });

const rule = { byDay: ["TUESDAY"], startTime: "10:00", endTime: "11:00", repeatFrequency: "P1W" };

const tea = (more: object = {}) => ({
  type: "activity",
  key: "tea",
  name: "Tea",
  summary: "Tea.",
  schedule: [rule],
  ...more,
});

const holidays = (through: string) => ({
  type: "period",
  key: "holidays",
  name: "school holidays",
  ranges: [{ validFrom: "2026-12-21", validThrough: through }],
});

const sessionsStatement = {
  name: "sessions of a test",
  access: "READ",
  text: cypher`
    MATCH (session:Session) WHERE session.originalStart >= datetime('2026-11-22T00:00:00Z')
    RETURN session.id AS id, toString(session.start.epochMillis) AS start, session.status AS status, session.closedFor AS closedFor
    ORDER BY start, id LIMIT $most`,
  row: z.object({
    id: z.string(),
    start: z.string().transform((epochMillis) => new Date(Number(epochMillis)).toISOString().slice(0, 16)),
    status: z.string(),
    closedFor: z.string().nullable(),
  }),
} as const;

const sessions = (most = 3) => graph.run(sessionsStatement, { most: int(most) });

const starts = async (most?: number) => (await sessions(most)).map(({ start }) => start);

test("a load lays out 90 days, and the same load again changes nothing", async () => {
  await loaded([tea()]);
  const first = await sessions(100);
  expect(first).toHaveLength(13);
  expect(first.map(({ start }) => start).slice(0, 2)).toEqual(["2026-11-24T10:00", "2026-12-01T10:00"]);
  expect(await loaded([tea()])).toEqual({ created: 0, updated: 0, unchanged: 1 });
  expect(await sessions(100)).toEqual(first);
});

test("a changed schedule is laid out in the very transaction that changes it", async () => {
  await loaded([tea()]);
  const written: string[] = [];
  // The load ends as its machine does, right after the asset was written.
  const cutShort: Graph = {
    ...graph,
    write: async (statement, parameters) => {
      const rows = await graph.write(statement, parameters);
      written.push(statement.name);
      if (statement.name === "describeAssets") throw new Error("The machine has lost its power.");
      return rows;
    },
  };
  await expect(loaded([tea({ schedule: [{ ...rule, byDay: ["FRIDAY"] }] })], cutShort)).rejects.toThrow("power");
  expect(written.at(-1)).toBe("describeAssets");
  expect(await starts()).toEqual(["2026-11-27T10:00", "2026-12-04T10:00", "2026-12-11T10:00"]);
});

test("another hour keeps each session, its id, and what was said of it", async () => {
  const changes = [
    { date: "2026-11-24", status: "CANCELLED" },
    { date: "2026-12-01", status: "FULL" },
  ];
  await loaded([tea({ sessions: changes })]);
  const before = await sessions();
  expect(before.map(({ status }) => status)).toEqual(["CANCELLED", "FULL", "SCHEDULED"]);
  await loaded([tea({ sessions: changes, schedule: [{ ...rule, startTime: "14:00", endTime: "15:00" }] })]);
  const after = await sessions();
  expect(after.map(({ id, status }) => [id, status])).toEqual(before.map(({ id, status }) => [id, status]));
  expect(after.map(({ start }) => start)).toEqual(["2026-11-24T14:00", "2026-12-01T14:00", "2026-12-08T14:00"]);
  await loaded([tea({ schedule: [{ ...rule, startTime: "14:00", endTime: "15:00" }] })]);
  expect((await sessions()).map(({ status }) => status)).toEqual(["SCHEDULED", "SCHEDULED", "SCHEDULED"]);
});

test("of two sessions on a day each keeps its own when one is put to another hour, and a time taken back is a new session", async () => {
  const evening = { ...rule, startTime: "19:00", endTime: "20:00" };
  await loaded([tea({ schedule: [rule, evening] })]);
  const [morningBefore, eveningBefore] = await sessions(2);
  await loaded([tea({ schedule: [rule, { ...evening, startTime: "18:00" }] })]);
  const [morningAfter, eveningAfter] = await sessions(2);
  expect([morningAfter?.id, eveningAfter?.id]).toEqual([morningBefore?.id, eveningBefore?.id]);
  expect(eveningAfter?.start).toBe("2026-11-24T18:00");
  await loaded([tea({ schedule: [rule, { ...evening, startTime: "18:00" }, evening] })]);
  const ids = (await sessions(3)).map(({ id }) => id);
  expect(ids.slice(0, 2)).toEqual([morningBefore?.id, eveningBefore?.id]);
  expect(new Set(ids).size).toBe(3);
});

test("what is no longer on is laid out no longer", async () => {
  await loaded([tea()]);
  await loaded([tea({ schedule: [{ ...rule, endDate: "2026-11-30" }] })]);
  expect(await starts(100)).toEqual(["2026-11-24T10:00"]);
  await loaded([tea({ schedule: [] })]);
  expect(await starts(100)).toEqual([]);
});

test("a period that is put right moves what follows it, and closes what closes during it", async () => {
  const records = (through: string) => [
    holidays(through),
    tea({ schedule: [{ ...rule, exceptDuring: ["holidays"] }] }),
    {
      type: "group",
      key: "friends",
      name: "Friends",
      summary: "Friends.",
      hosts: ["lunch"],
      closedDuring: ["holidays"],
    },
    { ...tea({ key: "lunch", name: "Lunch", schedule: [{ ...rule, byDay: ["WEDNESDAY"] }] }) },
  ];
  const on = async () =>
    (await sessions(100)).filter(({ closedFor }) => closedFor === null).map(({ start }) => start.slice(0, 10));
  const off = async () =>
    (await sessions(100))
      .filter(({ closedFor }) => closedFor === "school holidays")
      .map(({ start }) => start.slice(0, 10));
  await loaded(records("2027-01-03"));
  expect((await on()).filter((day) => day > "2026-12-15" && day < "2027-01-08")).toEqual([
    "2026-12-16",
    "2027-01-05",
    "2027-01-06",
  ]);
  expect(await off()).toEqual(["2026-12-23", "2026-12-30"]);
  await loaded(records("2027-01-10"));
  expect((await on()).filter((day) => day > "2026-12-15" && day < "2027-01-15")).toEqual([
    "2026-12-16",
    "2027-01-12",
    "2027-01-13",
  ]);
  expect(await off()).toEqual(["2026-12-23", "2026-12-30", "2027-01-06"]);
});

test.for([
  [{ startDate: "2026-12-01", endDate: "2026-11-01" }, "endDate", "is before startDate"],
  [{ repeatFrequency: "P1H" }, "repeatFrequency", "is how often it comes round, as in P1D, P1W, P2W, P1M, P1Y"],
  [{ startTime: "25:00" }, "startTime", "is a time of a 24-hour clock, as in 14:00"],
  [{ endTime: undefined }, "endTime", "is missing, and there is a startTime"],
  [{ repeatFrequency: undefined }, "startDate", "is missing: what has no repeatFrequency happens once, on that day"],
  [{ byDay: [] }, "byDay", "is missing: on which day of the week?"],
  [{ byWeekOfMonth: [1] }, "byWeekOfMonth", "is for what comes round by months, as P1M"],
  [
    { repeatFrequency: "P1M", byDay: [], byMonthDay: [31], byMonth: [2, 4] },
    "byMonthDay",
    "is a day that none of its months has",
  ],
  [{ repeatFrequency: "P1M", byDay: [], byMonthDay: [0] }, "byMonthDay.0", "counts from 1, or from -1 backwards"],
  [{ repeatCount: 10 }, "startDate", "is missing: repeatCount counts from it"],
  [{ repeatCount: 10_001, startDate: "2026-01-01" }, "repeatCount", undefined],
  [{ byDay: ["TUESDAY", "TUESDAY"] }, "byDay", "names something twice"],
  [{ timeZone: "Mars/Olympus" }, "", 'Unrecognized key: "timeZone"'],
] as const)("a schedule that cannot be is refused, with its field: %j", ([part, field, message]) => {
  const read = SeedFile.safeParse({
    sources: {},
    records: [{ source: "town", asOf: "2026-11", ...tea({ schedule: [{ ...rule, ...part }] }) }],
  });
  const [issue] = read.error?.issues ?? [];
  expect(issue?.path.slice(4).join(".")).toBe(field);
  if (message !== undefined) expect(issue?.message).toBe(message);
});

test("a schedule that names a period nobody knows is refused before anything is written", async () => {
  const refused = loaded([tea({ schedule: [{ ...rule, during: ["no-such-terms"] }] })]);
  await expect(refused).rejects.toThrow('"tea", schedule[0].during[0]: no period has the key "no-such-terms"');
  await expect(refused).rejects.toBeInstanceOf(CodedError);
  expect(await starts()).toEqual([]);
});
