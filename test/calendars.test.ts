import ICAL from "ical.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Island, islandId, neighbourhoodId, raiseIsland } from "./fixtures/island.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
let island: Island;

/** A Sunday, at noon. */
const now = new Date("2026-11-22T12:00:00Z");

beforeAll(async () => {
  world = await openWorld({ clock: () => now });
  island = await raiseIsland(world);
  await island.add(
    { name: "Hall, the; old\none", kind: "Place", in: "west", at: [51.3, 0] },
    { name: "Friends", kind: "Group" },
    {
      name: "Tea",
      sites: ["Hall, the; old\none"],
      by: [{ name: "Friends", kind: "Group" }],
      supports: { loneliness: 1 },
      schedule: [
        {
          byDay: ["TUESDAY"],
          startTime: "10:00",
          endTime: "11:30",
          exceptDate: ["2026-12-22"],
          exceptDuring: [{ name: "island holidays", ranges: [{ from: "2026-12-28", through: "2027-01-01" }] }],
        },
        { repeatFrequency: "P1M", byDay: ["SATURDAY"], byWeekOfMonth: [-1], startTime: null, endTime: null },
      ],
      changes: [
        { date: "2026-12-01", status: "CANCELLED" },
        { date: "2026-12-08", status: "MOVED", startDate: "2026-12-09", startTime: "14:00", endTime: "15:00" },
        { date: "2026-12-15", status: "FULL" },
      ],
    },
    {
      name: "Which weeks",
      sites: ["Hall, the; old\none"],
      schedule: [{ repeatFrequency: "P2W", byDay: ["MONDAY"], startTime: "10:00", endTime: "11:00" }],
    },
  );
});

afterAll(async () => {
  await island.sink();
  await world.close();
});

const fetched = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  Promise.resolve(world.fetch(new Request(`http://directory.test/calendar/${path}`, { headers })));

/** What a subscriber sees of a calendar from the day asked about to the end of the year: each event's name and start, on London's clocks. */
async function seen(path: string): Promise<readonly string[]> {
  const response = await fetched(path);
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/calendar; charset=utf-8"]);
  const calendar = new ICAL.Component(ICAL.parse(await response.text()) as unknown[]);
  const zone = calendar.getFirstSubcomponent("vtimezone");
  if (zone !== null) ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  const events = calendar.getAllSubcomponents("vevent").map((component) => new ICAL.Event(component));
  const masters = events.filter((event) => !event.isRecurrenceException());
  const found: string[] = [];
  for (const event of masters) {
    for (const changed of events)
      if (changed.isRecurrenceException() && changed.uid === event.uid) event.relateException(changed);
    const iterator = event.iterator();
    for (
      let next: ICAL.Time | null = event.isRecurring() ? iterator.next() : event.startDate;
      next;
      next = iterator.next() as ICAL.Time | null
    ) {
      const { item, startDate } = event.isRecurring()
        ? event.getOccurrenceDetails(next)
        : { item: event, startDate: next };
      if (startDate.toString() > "2026-12-31") break;
      if (startDate.toString() > "2026-11-22") found.push(`${startDate.toString()} ${item.summary}`);
      if (!event.isRecurring()) break;
    }
  }
  return found.toSorted();
}

const series = [
  "2026-11-24T10:00:00 Sample: Tea",
  "2026-11-28 Sample: Tea",
  "2026-12-09T14:00:00 Sample: Tea",
  "2026-12-15T10:00:00 Sample: Tea (full)",
  "2026-12-26 Sample: Tea",
];

test("a calendar of an activity, and of its group and place, has its rules with what is off left out and what is changed changed", async () => {
  for (const path of [
    `activities/${islandId("Tea")}.ics`,
    `groups/${islandId("Friends", "Group")}.ics`,
    `places/${islandId("Hall, the; old\none", "Place")}.ics`,
  ]) {
    expect(await seen(path)).toEqual(series);
  }
});

test("a calendar of an area, and of a search by fields or by words, has the sessions found", async () => {
  for (const path of [
    `areas/${neighbourhoodId("west")}.ics`,
    `search.ics?near=${neighbourhoodId("west")}&conditions=loneliness`,
    `search.ics?near=${neighbourhoodId("west")}&q=lonely`,
  ]) {
    expect((await seen(path)).slice(0, 4)).toEqual(series.slice(0, 4));
  }
  expect(await seen(`search.ics?near=${neighbourhoodId("west")}&days=saturday`)).toEqual([
    "2026-11-28 Sample: Tea",
    "2026-12-26 Sample: Tea",
  ]);
});

test("ids of events and the tag of the calendar are the same each time, and who has it is told so", async () => {
  const [first, second] = [
    await fetched(`groups/${islandId("Friends", "Group")}.ics`),
    await fetched(`groups/${islandId("Friends", "Group")}.ics`),
  ];
  const [one, other] = [await first.text(), await second.text()];
  expect(one.match(/^UID:.*$/gm)).toEqual(other.match(/^UID:.*$/gm));
  expect(new Set(one.match(/^UID:.*$/gm)).size).toBe(2);
  expect(first.headers.get("cache-control")).toBe("public, max-age=3600");
  const etag = first.headers.get("etag") ?? "";
  expect(etag).toBe(second.headers.get("etag"));
  const known = await fetched(`groups/${islandId("Friends", "Group")}.ics`, { "if-none-match": etag });
  expect([known.status, await known.text()]).toEqual([304, ""]);
});

test("what was made up says so, and every time has its zone or is in UTC", async () => {
  const text = await (await fetched("areas/rose-hill.ics")).text();
  const summaries = text.match(/^SUMMARY:.*$/gm) ?? [];
  expect(summaries.length).toBeGreaterThan(20);
  expect(summaries.filter((line) => !line.startsWith("SUMMARY:Sample: "))).toEqual([]);
  expect(text.match(/^DTSTAMP:(?!\d{8}T\d{6}Z\r$).*$/gm)).toBeNull();
  expect(text).toContain("BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\n");
  expect(text.match(/^DTSTART(?!;TZID=Europe\/London:\d{8}T\d{6}\r$|;VALUE=DATE:\d{8}\r$|:1996).*$/gm)).toBeNull();
});

test.for([
  ["activities/act_00000000000000000000000000.ics", 404],
  ["activities/nothing.ics", 404],
  ["areas/no-such-area.ics", 404],
  ["nobody/act_00000000000000000000000000.ics", 404],
  ["search.ics", 400],
  ["search.ics?colour=blue", 400],
  ["search.ics?near=rose-hill&near=barton", 400],
  ["search.ics?near=rose-hill&days=someday", 400],
  ["search.ics?near=no+such+place+anywhere", 404],
  ["search.ics?near=rose-hill&age=old", 400],
] as const)("there is no calendar at %s", async ([path, status]) => {
  const response = await fetched(path);
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toContain("text/plain");
  expect((await response.text()).length).toBeGreaterThan(10);
});

test("what is beside the calendars is none", async () => {
  const response = await fetched("../graphql.ics");
  expect([response.status, response.headers.get("content-type")]).toEqual([404, "text/html; charset=UTF-8"]);
});
