import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from "vitest";
import { idOf } from "../core/ids.ts";
import { listen, type Listening } from "../core/listen.ts";
import { cypher } from "../graph/cypher.ts";
import type { Graph } from "../graph/graph.ts";
import { SeedFile } from "../seed/formats/directory.ts";
import { type CalendarImport, importCalendar } from "../seed/importCalendar.ts";
import { load } from "../seed/load.ts";
import { plainTextOf } from "../seed/plainTextOf.ts";
import { readFeed } from "../seed/readFeed.ts";
import { openWorld, type World } from "./world.ts";

/** A Sunday, at noon. */
const now = new Date("2026-11-22T12:00:00Z");
const source = "import-test-calendar";

let world: World;

/** All that an import and its place, group and organisation have put into the graph. */
const forget = (sources: readonly string[]) =>
  world.cypher(
    cypher`
      MATCH (record:SourceRecord) WHERE record.source IN $sources
      OPTIONAL MATCH (record)-[:DESCRIBES]->(asset:Asset)
      OPTIONAL MATCH (asset)-[:FOLLOWS|CHANGES]->(owned)
      OPTIONAL MATCH (session:Session)-[:OF]->(asset)
      DETACH DELETE record, owned, session, asset`,
    { sources },
  );

/** What the calendars are held at and run by. */
const surroundings = (summary: string) => {
  const common = { source: "import-test", asOf: "2026-11", sample: true, summary };
  return {
    name: "import-test.json",
    ...SeedFile.parse({
      sources: { "import-test": { name: "A test", publisher: "A test", licence: "CC0-1.0" } },
      records: [
        {
          ...common,
          type: "place",
          key: "import-test-hall",
          name: "Sample Import Hall",
          category: "Hall",
          address: { postalCode: "OX4 4HF" },
        },
        {
          ...common,
          type: "place",
          key: "import-test-barn",
          name: "Sample Import Barn",
          category: "Barn",
          address: {},
        },
        { ...common, type: "group", key: "import-test-club", name: "Sample Import Club" },
        { ...common, type: "organisation", key: "import-test-trust", name: "Sample Import Trust" },
      ],
    }),
  };
};

const loaded = (summary: string) => load(world.graph, [surroundings(summary)], { report: () => undefined, now });

beforeAll(async () => {
  world = await openWorld({ clock: () => now });
  await loaded("Of a test.");
});

afterEach(() => forget([source]));

afterAll(async () => {
  await forget([source, "import-test"]);
  await world.close();
});

const bytesOf = (text: string) => new TextEncoder().encode(text);

const calendarOf = (...events: readonly (readonly string[])[]) =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "X-WR-CALNAME:Sample calendar",
    ...events.flatMap((lines) => ["BEGIN:VEVENT", ...lines, "END:VEVENT"]),
    "END:VCALENDAR",
    "",
  ].join("\r\n");

const at = (name: string, date: string, time: string) => `${name};TZID=Europe/London:${date}T${time}00`;

const times = (date: string, from: string, to: string) => [at("DTSTART", date, from), at("DTEND", date, to)];

const yoga = [
  "UID:yoga@sample",
  "SUMMARY:Chair yoga",
  "RRULE:FREQ=WEEKLY;BYDAY=TU",
  ...times("20261124", "1000", "1100"),
];
const once = (uid: string) => [`UID:${uid}`, `SUMMARY:Event ${uid}`, ...times("20261201", "1400", "1500")];

const options: CalendarImport = {
  source,
  name: null,
  publisher: "Sample Trust",
  licence: "CC0-1.0",
  url: null,
  heldAt: null,
  runBy: null,
  supports: [],
  sample: true,
  allowWithdrawals: false,
  now,
  report: () => undefined,
};

const imported = (text: string, further: Partial<CalendarImport> = {}) =>
  importCalendar(world.graph, bytesOf(text), { ...options, ...further });

const idOfEvent = (uid: string) => idOf("Activity", source, uid);

/** What anybody sees of an event's activity; null: nothing. */
async function seen(uid: string, fields = "name"): Promise<unknown> {
  const { data, errors } = await world.ask(`query ($id: ID!) { activity(id: $id) { ${fields} } }`, {
    id: idOfEvent(uid),
  });
  expect(errors).toBeUndefined();
  return (data as { readonly activity: unknown }).activity;
}

/** The next sessions of an event, one a line: "2026-11-24T10:00 SCHEDULED", in UTC. */
async function sessions(uid: string, first = 3): Promise<readonly string[]> {
  const activity = await seen(uid, `sessions(first: ${first}) { edges { node { start status note } } }`);
  const { edges } = (activity as { readonly sessions: { readonly edges: readonly { readonly node: object }[] } })
    .sessions;
  return edges.map(({ node }) => {
    const { start, status, note } = node as { start: string; status: string; note: string | null };
    return [start.slice(0, 16), status, ...(note === null ? [] : [note])].join(" ");
  });
}

/** All that is kept of the calendar, with ids and versions: two graphs are the same when these are. */
const everything = () =>
  world.cypher(
    cypher`
      MATCH (record:SourceRecord {source: $source})-[:DESCRIBES]->(activity)
      RETURN properties(record) AS record, properties(activity) AS activity,
        COLLECT { MATCH (activity)-[link]-(other) WHERE NOT other:SourceRecord
          RETURN [type(link), coalesce(other.id, ''), elementId(link), elementId(other)] ORDER BY elementId(link) } AS links,
        COLLECT { MATCH (session:Session)-[:OF]->(activity) RETURN session.id + ' ' + toString(session.start) ORDER BY session.start } AS sessions
      ORDER BY record.id`,
    { source },
  );

const counts = { created: 0, updated: 0, unchanged: 0, withdrawn: 0, published: 0 };

test("an event becomes an activity with its rule, its sessions, and what is different about them", async () => {
  const text = calendarOf(
    [
      ...yoga,
      "LOCATION:Sample Import Hall\\, 1 High Street",
      "DESCRIPTION:Bring <b>water</b>.<br>Chairs &amp; mats are there.",
    ],
    [
      "UID:yoga@sample",
      at("RECURRENCE-ID", "20261201", "1000"),
      "SUMMARY:Chair yoga",
      "STATUS:CANCELLED",
      ...times("20261201", "1000", "1100"),
    ],
    [
      "UID:yoga@sample",
      at("RECURRENCE-ID", "20261208", "1000"),
      "SUMMARY:Chair yoga",
      "LOCATION:Sample Import Barn",
      ...times("20261209", "1400", "1530"),
    ],
    [
      "UID:yoga@sample",
      at("RECURRENCE-ID", "20261215", "1000"),
      "SUMMARY:Chair yoga",
      "LOCATION:The meadow",
      ...times("20261215", "1000", "1100"),
    ],
  );
  expect(await imported(text)).toMatchObject({ ...counts, created: 1, problems: [], warnings: [] });
  expect(
    await seen(
      "yoga@sample",
      "name summary description reach { kinds } heldAt { name } scheduleInWords source { name publisher licence asOf sample } version",
    ),
  ).toMatchInlineSnapshot(`
    {
      "description": "Bring water.
    Chairs & mats are there.",
      "heldAt": [
        {
          "name": "Sample Import Hall",
        },
      ],
      "name": "Chair yoga",
      "reach": {
        "kinds": [
          "AT_A_PLACE",
        ],
      },
      "scheduleInWords": "Every Tuesday, 10am to 11am, from 24 November 2026",
      "source": {
        "asOf": "2026-11-22",
        "licence": "CC0-1.0",
        "name": "Sample calendar",
        "publisher": "Sample Trust",
        "sample": true,
      },
      "summary": "Bring water.",
      "version": 1,
    }
  `);
  expect(await seen("yoga@sample", "sessions(first: 5) { edges { node { start end status note place { name } } } }"))
    .toMatchInlineSnapshot(`
    {
      "sessions": {
        "edges": [
          {
            "node": {
              "end": "2026-11-24T11:00:00.000Z",
              "note": null,
              "place": {
                "name": "Sample Import Hall",
              },
              "start": "2026-11-24T10:00:00.000Z",
              "status": "SCHEDULED",
            },
          },
          {
            "node": {
              "end": "2026-12-01T11:00:00.000Z",
              "note": null,
              "place": {
                "name": "Sample Import Hall",
              },
              "start": "2026-12-01T10:00:00.000Z",
              "status": "CANCELLED",
            },
          },
          {
            "node": {
              "end": "2026-12-09T15:30:00.000Z",
              "note": null,
              "place": {
                "name": "Sample Import Barn",
              },
              "start": "2026-12-09T14:00:00.000Z",
              "status": "MOVED",
            },
          },
          {
            "node": {
              "end": "2026-12-15T11:00:00.000Z",
              "note": "This time at: The meadow.",
              "place": {
                "name": "Sample Import Hall",
              },
              "start": "2026-12-15T10:00:00.000Z",
              "status": "SCHEDULED",
            },
          },
          {
            "node": {
              "end": "2026-12-22T11:00:00.000Z",
              "note": null,
              "place": {
                "name": "Sample Import Hall",
              },
              "start": "2026-12-22T10:00:00.000Z",
              "status": "SCHEDULED",
            },
          },
        ],
      },
    }
  `);
});

test("importing it again changes nothing, and on another day only when it was confirmed", async () => {
  const text = calendarOf(yoga, once("one"));
  await imported(text);
  const before = await everything();
  expect(before).toHaveLength(2);
  expect(await imported(text)).toMatchObject({ ...counts, unchanged: 2 });
  expect(await everything()).toEqual(before);
  const tomorrow = new Date("2026-11-23T12:00:00Z");
  expect(await imported(text, { now: tomorrow })).toMatchObject({ ...counts, unchanged: 2 });
  expect(await seen("yoga@sample", "version source { asOf } freshness { lastConfirmedOn }")).toEqual({
    version: 1,
    source: { asOf: "2026-11-22" },
    freshness: { lastConfirmedOn: "2026-11-23" },
  });
  expect(await imported(text, { now: tomorrow })).toMatchObject({ ...counts, unchanged: 2 });
});

test("an event whose time has changed is the same activity, and its sessions move", async () => {
  await imported(calendarOf(yoga));
  expect(await sessions("yoga@sample", 2)).toEqual(["2026-11-24T10:00 SCHEDULED", "2026-12-01T10:00 SCHEDULED"]);
  const later = yoga.slice(0, 3).concat(times("20261124", "1830", "1930"));
  expect(await imported(calendarOf(later))).toMatchObject({ ...counts, updated: 1 });
  expect(await sessions("yoga@sample", 2)).toEqual(["2026-11-24T18:30 SCHEDULED", "2026-12-01T18:30 SCHEDULED"]);
});

test("what is gone or cancelled is withdrawn, and published again when it is back", async () => {
  await imported(calendarOf(yoga, once("one"), once("two")));
  const version = await seen("one", "version");
  const without = calendarOf(yoga, [...once("two"), "STATUS:CANCELLED"]);
  expect(await imported(without)).toMatchObject({ ...counts, unchanged: 1, withdrawn: 2 });
  expect([await seen("one"), await seen("two"), await seen("yoga@sample")]).toEqual([
    null,
    null,
    { name: "Chair yoga" },
  ]);
  expect(await imported(without)).toMatchObject({ ...counts, unchanged: 1 });
  expect(await imported(calendarOf(yoga, once("one"), once("two")))).toMatchObject({
    ...counts,
    unchanged: 3,
    published: 2,
  });
  expect(await seen("one", "version")).not.toEqual(version);
  expect(await sessions("one")).toEqual(["2026-12-01T14:00 SCHEDULED"]);
});

test("an import cut short is completed by the next", async () => {
  await imported(calendarOf(yoga, once("one")));
  const write: Graph["write"] = (statement, parameters) => {
    if (statement.name === "followFeed") throw new Error("cut short");
    return world.graph.write(statement, parameters);
  };
  const next = calendarOf(yoga, once("two"));
  await expect(importCalendar({ ...world.graph, write }, bytesOf(next), options)).rejects.toThrow("cut short");
  expect([await seen("one"), await seen("two")]).toEqual([{ name: "Event one" }, { name: "Event two" }]);
  expect(await imported(next)).toMatchObject({ ...counts, unchanged: 2, withdrawn: 1 });
  expect([await seen("one"), await seen("two")]).toEqual([null, { name: "Event two" }]);
});

test("what somebody else has taken out of sight stays so", async () => {
  await imported(calendarOf(yoga, once("one"), once("two")));
  const setStatus = (uid: string, status: string) =>
    world.cypher(cypher`MATCH (asset:Asset {id: $id}) SET asset.status = $status`, { id: idOfEvent(uid), status });
  await setStatus("one", "ARCHIVED");
  await setStatus("two", "WITHDRAWN");
  expect(await imported(calendarOf(yoga))).toMatchObject({ withdrawn: 0 });
  const tomorrow = new Date("2026-11-23T12:00:00Z");
  const back = calendarOf(yoga, once("one"), once("two"));
  expect(await imported(back, { now: tomorrow })).toMatchObject({ published: 0 });
  expect([await seen("one"), await seen("two")]).toEqual([null, null]);
});

test("what is over stays, and what now ends earlier is withdrawn", async () => {
  const past = ["UID:past", "SUMMARY:Fair", ...times("20261123", "1000", "1200")];
  await imported(calendarOf(yoga, past));
  const later = { now: new Date("2026-12-10T12:00:00Z") };
  const [, , rule = "", ...rest] = yoga;
  const ended = [...yoga.slice(0, 2), `${rule};UNTIL=20261130T235959Z`, ...rest];
  expect(await imported(calendarOf(past, ended, once("one")), later)).toMatchObject({ ...counts, withdrawn: 1 });
  expect([await seen("past"), await seen("yoga@sample")]).toEqual([{ name: "Fair" }, null]);
});

describe("nothing is withdrawn", () => {
  const all = ["1", "2", "3", "4", "5", "6"].map(once);

  test("for a calendar that is empty", async () => {
    await imported(calendarOf(yoga));
    expect(await imported(calendarOf())).toMatchObject({
      ...counts,
      warnings: ["The calendar has no events. Nothing was changed."],
    });
    expect(await seen("yoga@sample")).toEqual({ name: "Chair yoga" });
  });

  test.for([
    ["a page that says what went wrong", bytesOf("<!doctype html><title>502</title>"), "This is not a calendar"],
    ["one that is not whole", bytesOf(calendarOf(yoga).slice(0, -20)), "END:VCALENDAR is missing"],
    [
      "one that is not in UTF-8",
      Buffer.from(calendarOf([...yoga, "LOCATION:Café"]), "latin1"),
      "not in UTF-8: see line 10.",
    ],
  ] as const)("for %s", async ([, bytes, message]) => {
    await imported(calendarOf(yoga));
    await expect(importCalendar(world.graph, bytes, options)).rejects.toThrow(message);
    expect(await seen("yoga@sample")).toEqual({ name: "Chair yoga" });
  });

  test("of an event that is there and cannot be kept, beside those that can", async () => {
    await imported(calendarOf(yoga, once("one")));
    const hourly = ["UID:yoga@sample", "SUMMARY:Chair yoga", "RRULE:FREQ=HOURLY", ...times("20261124", "1000", "1100")];
    expect(await imported(calendarOf(hourly, once("one"), once("two")))).toMatchObject({
      ...counts,
      created: 1,
      unchanged: 1,
      problems: [{ uid: "yoga@sample", field: "RRULE" }],
    });
    expect(await seen("yoga@sample", "scheduleInWords")).toEqual({
      scheduleInWords: "Every Tuesday, 10am to 11am, from 24 November 2026",
    });
  });

  test("where most is gone at once, until that is allowed", async () => {
    await imported(calendarOf(...all));
    const few = calendarOf(once("1"), once("2"), once("new"));
    expect(await imported(few)).toMatchObject({
      ...counts,
      created: 1,
      unchanged: 2,
      isWithdrawalRefused: true,
      warnings: [
        "What is gone was not withdrawn: 4 of 6 activities are gone at once, which may be a mistake. If it is meant so, import it with --allow-withdrawals.",
      ],
    });
    expect(await seen("6")).toEqual({ name: "Event 6" });
    expect(await imported(few, { allowWithdrawals: true })).toMatchObject({ withdrawn: 4, isWithdrawalRefused: false });
    expect(await seen("6")).toBeNull();
  });

  test("of what another source has said", async () => {
    await expect(imported(calendarOf(yoga), { source: "import-test" })).rejects.toThrow(
      '--source: "import-test" is where other records come from already. Give the calendar a key of its own.',
    );
  });
});

test("where it is held, who runs it and what it supports is as whoever imports it says", async () => {
  const text = calendarOf(
    [...yoga, "LOCATION:Room 2"],
    [...once("barn"), "LOCATION:Sample Import Barn"],
    [...once("far"), "LOCATION:Sample Import Hall\\, Oldham OL1 1AA"],
    [...once("online"), "LOCATION:https://meeting.example/join"],
  );
  const fields = "description url heldAt { name } hostedBy { name } runBy { name } reach { kinds }";
  const said = { heldAt: "import-test-barn", runBy: "import-test-club", supports: ["loneliness"] };
  await imported(text, said);
  const club = { hostedBy: [{ name: "Sample Import Club" }], runBy: [] };
  const barn = {
    ...club,
    url: null,
    heldAt: [{ name: "Sample Import Barn" }],
    reach: { kinds: ["AT_A_PLACE"] },
  };
  expect(await seen("yoga@sample", fields)).toEqual({ ...barn, description: "Where: Room 2." });
  expect(await seen("barn", fields)).toEqual({ ...barn, description: null });
  expect(await seen("far", fields)).toEqual({ ...barn, description: "Where: Sample Import Hall, Oldham OL1 1AA." });
  expect(await seen("online", fields)).toMatchObject({
    url: "https://meeting.example/join",
    heldAt: [],
    reach: { kinds: ["ONLINE"] },
  });
  expect(await seen("barn", "supports { edges { node { condition { name } strength evidence } } }"))
    .toMatchInlineSnapshot(`
    {
      "supports": {
        "edges": [
          {
            "node": {
              "condition": {
                "name": "Loneliness",
              },
              "evidence": "Said by whoever imported the calendar.",
              "strength": 0.6,
            },
          },
        ],
      },
    }
  `);
  await imported(text, { ...said, runBy: "import-test-trust" });
  // What the calendar says of its organisation is not the organisation's own record's to take back.
  expect(await loaded("Of a test, and renewed.")).toMatchObject({ updated: 4 });
  expect(await seen("barn", "hostedBy { name } runBy { name }")).toEqual({
    hostedBy: [],
    runBy: [{ name: "Sample Import Trust" }],
  });
  for (const [wrong, message] of [
    [{ heldAt: "import-test-club" }, '--held-at: no place has the key "import-test-club".'],
    [{ runBy: "nobody" }, '--run-by: no group or organisation has the key "nobody".'],
    [{ supports: ["nothing-known"] }, '--supports: no condition has the slug "nothing-known".'],
  ] as const) {
    await expect(imported(text, wrong)).rejects.toThrow(message);
  }
});

test.for([
  ["plain text stays, with what looks a little like HTML", "Ages < 5 & up.\nBring £2", "Ages < 5 & up.\nBring £2"],
  ["Google's HTML", "<p>Tea&nbsp;&amp; cake</p><ul><li>One</li><li>Two</li></ul>", "Tea & cake\n\n- One\n- Two"],
  ["a link keeps its address", 'See <a href="https://a.example/">here</a>.', "See here (https://a.example/)."],
  ["Outlook's link", "Join<https://a.example/1>", "Join https://a.example/1"],
  ["no tag comes of what was written as text", "<b>&lt;script&gt;1&lt;/script&gt;</b>", "< script>1< /script>"],
  ["nor of one that was cut", "Hello <img src=x onerror=", "Hello < img src=x onerror="],
] as const)("what a calendar says is kept as text: %s", ([, written, text]) => {
  expect(plainTextOf(written)).toBe(text);
});

describe("at an address", () => {
  let listening: Listening;
  beforeAll(async () => {
    const answers: Readonly<Record<string, () => Response>> = {
      "/calendar.ics": () => new Response(calendarOf(yoga)),
      "/moved": () => new Response(null, { status: 302, headers: { location: "/calendar.ics" } }),
      "/round": () => new Response(null, { status: 302, headers: { location: "/round" } }),
      "/away": () => new Response(null, { status: 302, headers: { location: "file:///etc/passwd" } }),
      "/large": () => new Response(new Uint8Array(10 * 1024 * 1024 + 1)),
    };
    listening = await listen(
      (request) => answers[new URL(request.url).pathname]?.() ?? new Response("No", { status: 404 }),
      { host: "127.0.0.1", port: 0 },
    );
  });
  afterAll(() => listening.close());

  const { signal } = new AbortController();

  test.for([
    ["/round", "it sends us on more than 5 times"],
    ["/away", "it sends us on to an address that is not of the web"],
    ["/large", "it is larger than 10 MB"],
    ["/absent", "the answer is 404 Not Found"],
  ])("%s is not read: %s", async ([path, reason]) => {
    await expect(readFeed(`${listening.url}${String(path)}`, { signal })).rejects.toThrow(
      `${listening.url}${String(path)} cannot be fetched: ${reason}. Nothing was changed.`,
    );
  });

  test(
    "a calendar is imported by the command, which says in a sentence what is wrong",
    { timeout: 120_000 },
    async () => {
      const { uri, user, password, database } = inject("neo4j");
      const env = { NEO4J_URI: uri, NEO4J_USER: user, NEO4J_PASSWORD: password, NEO4J_DATABASE: database };
      const run = (...args: readonly string[]) =>
        new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
          execFile(
            process.execPath,
            ["--import", "tsx", join(import.meta.dirname, "../seed/importMain.ts"), "ical", ...args],
            { env },
            (error, stdout, stderr) =>
              resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
          );
        });
      const about = ["--source", source, "--publisher", "Sample Trust", "--licence", "CC0-1.0", "--sample"];
      expect(await run(`${listening.url}/moved`, ...about)).toMatchObject({
        code: 0,
        stdout: "Imported: 1 new, 0 changed, 0 as before, 0 back, 0 withdrawn, 0 left out.\n",
      });
      expect(await seen("yoga@sample", "name source { name url }")).toEqual({
        name: "Chair yoga",
        source: { name: "Sample calendar", url: `${listening.url}/moved` },
      });
      const directory = await mkdtemp(join(tmpdir(), "import-"));
      try {
        const file = join(directory, "calendar.ics");
        await writeFile(file, calendarOf([...once("one"), "RRULE:FREQ=HOURLY"], once("two")));
        const partly = await run(file, ...about, "--name", "Other");
        expect(partly.code).toBe(0);
        expect(partly.stderr).toMatch(/Left out: one, RRULE: .+\n/);
        expect(partly.stdout).toBe("Imported: 1 new, 0 changed, 0 as before, 0 back, 1 withdrawn, 1 left out.\n");
      } finally {
        await rm(directory, { recursive: true });
      }
      expect(await run("/nowhere.ics", ...about)).toEqual({
        code: 1,
        stdout: "",
        stderr: "/nowhere.ics cannot be read: there is no such file. Nothing was changed.\n",
      });
      expect(await run(`${listening.url}/calendar.ics`, ...about, "--held-at", "nowhere")).toMatchObject({
        code: 2,
        stderr: '--held-at: no place has the key "nowhere".\n',
      });
      expect(await run(`${listening.url}/calendar.ics`)).toMatchObject({ code: 2 });
    },
  );
});
