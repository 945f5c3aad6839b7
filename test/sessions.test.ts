import { afterAll, beforeAll, expect, test } from "vitest";
import { rollForward } from "../calendar/rollForward.ts";
import { cypher } from "../graph/cypher.ts";
import { type Island, islandId, neighbourhoodId, raiseIsland } from "./fixtures/island.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
let island: Island;

/** A Sunday, at noon. */
let now = new Date("2026-11-22T12:00:00Z");

const holidays = { name: "island holidays", ranges: [{ from: "2026-12-20", through: "2027-01-03" }] };

const weekly = (
  day: "MONDAY" | "TUESDAY" | "WEDNESDAY" | "SATURDAY" | "SUNDAY",
  startTime: string,
  endTime: string,
) => ({
  byDay: [day],
  startTime,
  endTime,
});

beforeAll(async () => {
  world = await openWorld({ clock: () => now });
  island = await raiseIsland(world);
  await island.add(
    { name: "Hall", kind: "Place", in: "west", at: [51.3, 0] },
    { name: "Barn", kind: "Place", in: "east", at: [51.3, 0.04], stepFree: "NO" },
    {
      name: "Shut",
      kind: "Place",
      in: "west",
      at: [51.301, 0],
      closures: [{ from: "2026-12-01", through: "2026-12-07", reason: "New boiler" }],
    },
    { name: "Friends", kind: "Group", closures: [{ from: "2026-11-30", through: "2026-11-30", reason: "Away day" }] },
    {
      name: "Tea",
      sites: ["Hall"],
      isFree: true,
      supports: { loneliness: 1 },
      schedule: [weekly("TUESDAY", "10:00", "11:30")],
    },
    { name: "Late", sites: ["Hall"], schedule: [weekly("SATURDAY", "22:00", "02:00")] },
    {
      name: "Fortnight",
      sites: ["Hall"],
      supports: { debt: 1 },
      schedule: [
        {
          ...weekly("TUESDAY", "14:00", "15:00"),
          repeatFrequency: "P2W",
          startDate: "2026-11-17",
          exceptDuring: [holidays],
        },
      ],
    },
    { name: "Boiler", sites: ["Shut"], schedule: [weekly("WEDNESDAY", "10:00", "11:00")] },
    { name: "Hosted", sites: ["Hall"], by: [], schedule: [weekly("MONDAY", "09:00", "10:00")] },
    { name: "Barn dance", sites: ["Barn"], schedule: [weekly("SATURDAY", "19:00", "23:00")] },
    { name: "Call", reach: ["PHONE"], serves: ["west"], schedule: [weekly("SUNDAY", "18:00", "18:30")] },
    { name: "Elsewhere", sites: ["Hall"], serves: ["east"], schedule: [weekly("MONDAY", "12:00", "13:00")] },
    {
      name: "Which weeks",
      sites: ["Hall"],
      schedule: [{ ...weekly("MONDAY", "10:00", "11:00"), repeatFrequency: "P2W" }],
    },
    {
      name: "Day out",
      sites: ["Hall"],
      schedule: [{ repeatFrequency: null, startDate: "2026-12-05", startTime: null, endTime: null }],
    },
    {
      name: "Changed",
      sites: ["Hall"],
      schedule: [weekly("WEDNESDAY", "15:00", "16:00")],
      changes: [
        { date: "2026-11-25", status: "CANCELLED", note: "The teacher is ill." },
        {
          date: "2026-12-02",
          status: "MOVED",
          startDate: "2026-12-03",
          startTime: "17:00",
          endTime: "18:00",
          place: "Barn",
        },
        { date: "2026-12-09", status: "FULL" },
        { date: "2026-12-16", status: "SCHEDULED", note: "Bring a cup." },
      ],
    },
  );
});

afterAll(async () => {
  await island.sink();
  await world.close();
});

type Filter = Readonly<Record<string, unknown>>;

interface SessionSeen {
  readonly id: string;
  readonly activity: { readonly name: string };
  readonly start: string;
}

const here = { near: neighbourhoodId("west") };

/** Each row of what is on as its activity and its start, in the order of the answer. */
async function on(filter: Filter, first = 100): Promise<readonly string[]> {
  const { data, errors } = await world.ask(
    `query ($filter: SessionFilter!, $first: Int) {
      sessions(filter: $filter, first: $first) { totalCount edges { node { id start activity { name } } } pageInfo { hasNextPage } }
    }`,
    { filter, first },
  );
  expect(errors).toBeUndefined();
  const { edges, totalCount, pageInfo } = data.sessions;
  if (!pageInfo.hasNextPage) expect(edges).toHaveLength(totalCount);
  return (edges as readonly { readonly node: SessionSeen }[]).map(({ node }) => `${node.activity.name} ${node.start}`);
}

const week = { from: "2026-11-22T12:00:00Z", to: "2026-11-29T12:00:00Z" };

/** What an activity of the island tells of its sessions. */
async function sessionsOf(name: string, fields = "start status", asked = "first: 100") {
  const { data, errors } = await world.ask(
    `query ($id: ID!) { activity(id: $id) { sessions(${asked}) { totalCount edges { node { ${fields} } } } nextSession { ${fields} } scheduleInWords } }`,
    { id: islandId(name) },
  );
  expect(errors).toBeUndefined();
  const { sessions, ...rest } = data.activity;
  return {
    ...(rest as { nextSession: Readonly<Record<string, unknown>> | null; scheduleInWords: string | null }),
    nodes: (sessions.edges as readonly { readonly node: Readonly<Record<string, unknown>> }[]).map(({ node }) => node),
  };
}

test("what is on near a place is in the order of time, with what comes to people there and without what is for others", async () => {
  expect(await on({ ...here, ...week })).toEqual([
    "Call 2026-11-22T18:00:00.000Z",
    "Hosted 2026-11-23T09:00:00.000Z",
    "Tea 2026-11-24T10:00:00.000Z",
    "Boiler 2026-11-25T10:00:00.000Z",
    "Barn dance 2026-11-28T19:00:00.000Z",
    "Late 2026-11-28T22:00:00.000Z",
  ]);
});

test("an area has what is in it or serves it, and nothing around it", async () => {
  expect(await on({ areas: [neighbourhoodId("east")], ...week })).toEqual([
    "Elsewhere 2026-11-23T12:00:00.000Z",
    "Barn dance 2026-11-28T19:00:00.000Z",
  ]);
});

test.for([
  ["it ends as the time begins", { from: "2026-11-24T11:30:00Z", to: "2026-11-24T12:00:00Z" }, []],
  ["it ends after the time begins", { from: "2026-11-24T11:29:00Z", to: "2026-11-24T12:00:00Z" }, ["Tea"]],
  ["it begins as the time ends", { from: "2026-11-24T09:00:00Z", to: "2026-11-24T10:00:00Z" }, []],
  ["it begins before the time ends", { from: "2026-11-24T09:00:00Z", to: "2026-11-24T10:01:00Z" }, ["Tea"]],
  ["it goes on over midnight", { from: "2026-11-29T01:59:00Z", to: "2026-11-29T02:00:00Z" }, ["Late"]],
  ["with another offset", { from: "2026-11-24T12:00:00+02:00", to: "2026-11-24T12:30:00+02:00" }, ["Tea"]],
] as const)("times are half open: %s", async ([, time, names]) => {
  expect((await on({ ...here, ...time })).map((row) => row.split(" ")[0])).toEqual(names);
});

test.for([
  [{ days: ["TUESDAY"] }, ["Tea"]],
  [{ partOfDay: "EVENING" }, ["Call", "Barn", "Late"]],
  [{ days: ["SATURDAY", "SUNDAY"] }, ["Call", "Barn", "Late"]],
  [{ free: true }, ["Tea"]],
  [{ conditions: ["loneliness"] }, ["Tea"]],
  [{ conditions: ["debt"] }, []],
  [{ reach: ["PHONE"] }, ["Call"]],
  [{ stepFree: true }, ["Call", "Hosted", "Tea", "Boiler", "Late"]],
  [{ withinMetres: 1000 }, ["Hosted", "Tea", "Boiler", "Late"]],
  [{ withinMetres: 20000 }, ["Hosted", "Tea", "Boiler", "Barn", "Late"]],
] as const)("narrowed by %j", async ([filter, names]) => {
  expect((await on({ ...here, ...week, ...filter })).map((row) => row.split(" ")[0])).toEqual(names);
});

test("pages hold each session once, in order, whatever their size, and by activity each activity once", async () => {
  for (const groupBy of ["SESSION", "ACTIVITY"]) {
    const filter = { ...here, groupBy };
    const all = await on(filter);
    expect(all.length).toBeGreaterThan(groupBy === "SESSION" ? 80 : 8);
    const starts = all.map((row) => row.split(" ").at(-1));
    expect(starts).toEqual(starts.toSorted());
    if (groupBy === "ACTIVITY") expect(new Set(all.map((row) => row.replace(/ \S+$/, ""))).size).toBe(all.length);
    for (const first of [1, 7]) {
      const paged: string[] = [];
      let after: string | null = null;
      for (let page = 0; page < 300; page += 1) {
        const { data } = await world.ask(
          `query ($filter: SessionFilter!, $first: Int, $after: String) {
            sessions(filter: $filter, first: $first, after: $after) { edges { node { start activity { name } } } pageInfo { hasNextPage endCursor } }
          }`,
          { filter, first, after },
        );
        paged.push(
          ...data.sessions.edges.map(({ node }: { node: SessionSeen }) => `${node.activity.name} ${node.start}`),
        );
        after = data.sessions.pageInfo.endCursor;
        if (!data.sessions.pageInfo.hasNextPage) break;
      }
      expect(paged).toEqual(all);
    }
  }
});

test("by activity a row has its first session, and further ones beside it", async () => {
  const { data } = await world.ask(
    `query ($filter: SessionFilter!) { sessions(filter: $filter) { edges {
      distanceMetres node { start } furtherSessions { start activity { name } } } } }`,
    { filter: { ...here, conditions: ["loneliness"], to: "2026-12-10T00:00:00Z", groupBy: "ACTIVITY" } },
  );
  expect(data.sessions.edges).toEqual([
    {
      distanceMetres: 0,
      node: { start: "2026-11-24T10:00:00.000Z" },
      furtherSessions: [
        { start: "2026-12-01T10:00:00.000Z", activity: { name: "Tea" } },
        { start: "2026-12-08T10:00:00.000Z", activity: { name: "Tea" } },
      ],
    },
  ]);
});

test("what happened to single sessions is told, and the others are as planned", async () => {
  const { nodes, nextSession, scheduleInWords } = await sessionsOf(
    "Changed",
    "start end originalStart status note inWords place { name }",
    'to: "2026-12-24T00:00:00Z"',
  );
  expect(scheduleInWords).toBe("Every Wednesday, 3pm to 4pm");
  expect(
    nodes.map(({ status, note, inWords, place }) => [status, note, inWords, (place as { name: string }).name]),
  ).toEqual([
    ["CANCELLED", "The teacher is ill.", "Wednesday 25 November 2026, 3pm to 4pm", "Hall"],
    ["MOVED", null, "Thursday 3 December 2026, 5pm to 6pm", "Barn"],
    ["FULL", null, "Wednesday 9 December 2026, 3pm to 4pm", "Hall"],
    ["SCHEDULED", "Bring a cup.", "Wednesday 16 December 2026, 3pm to 4pm", "Hall"],
    ["SCHEDULED", null, "Wednesday 23 December 2026, 3pm to 4pm", "Hall"],
  ]);
  expect(nodes[1]).toMatchObject({ originalStart: "2026-12-02T15:00:00.000Z", start: "2026-12-03T17:00:00.000Z" });
  expect(nextSession).toMatchObject({ status: "MOVED" });
});

test("a moved session is listed where it went, and not where it was to be", async () => {
  const time = { from: "2026-12-02T00:00:00Z", to: "2026-12-04T00:00:00Z" };
  expect(await on({ areas: [neighbourhoodId("west")], ...time })).toEqual([]);
  expect(await on({ areas: [neighbourhoodId("east")], ...time })).toEqual(["Changed 2026-12-03T17:00:00.000Z"]);
});

test("a closure of the place cancels what is on there, with its reason, and of nothing else", async () => {
  const { nodes } = await sessionsOf("Boiler", "start status note", 'to: "2026-12-10T00:00:00Z"');
  expect(nodes).toEqual([
    { start: "2026-11-25T10:00:00.000Z", status: "SCHEDULED", note: null },
    { start: "2026-12-02T10:00:00.000Z", status: "CANCELLED", note: "Closed: New boiler" },
    { start: "2026-12-09T10:00:00.000Z", status: "SCHEDULED", note: null },
  ]);
});

test("a fortnight leaves holidays out and keeps its weeks after them", async () => {
  const { nodes, scheduleInWords } = await sessionsOf("Fortnight", "start", 'to: "2027-01-20T00:00:00Z"');
  expect(scheduleInWords).toBe("Every second Tuesday, 2pm to 3pm, except island holidays");
  expect(nodes.map(({ start }) => start)).toEqual([
    "2026-12-01T14:00:00.000Z",
    "2026-12-15T14:00:00.000Z",
    "2027-01-12T14:00:00.000Z",
  ]);
});

test("a fortnight that does not say which weeks has no sessions, and says that one has to ask", async () => {
  const { nodes, nextSession, scheduleInWords } = await sessionsOf("Which weeks");
  expect({ nodes, nextSession }).toEqual({ nodes: [], nextSession: null });
  expect(scheduleInWords).toBe("Every second Monday, 10am to 11am. Ask which weeks");
});

test("what lasts all day is from midnight to midnight", async () => {
  const { nodes } = await sessionsOf("Day out", "start end isAllDay inWords");
  expect(nodes).toEqual([
    {
      start: "2026-12-05T00:00:00.000Z",
      end: "2026-12-06T00:00:00.000Z",
      isAllDay: true,
      inWords: "Saturday 5 December 2026, all day",
    },
  ]);
});

const schedulesOf = (name: string) =>
  world.cypher(
    cypher`MATCH (activity:Activity {id: $id})-[:FOLLOWS]->(schedule) SET activity.laidOutThrough = date('2000-01-01'), activity.version = activity.version + 1
      RETURN schedule.startTime AS startTime`,
    { id: islandId(name) },
  );

test("sessions keep their ids when they are laid out again, also when the time of day changes, and nothing is laid out twice", async () => {
  await island.add({
    name: "Again",
    sites: ["Hall"],
    schedule: [weekly("MONDAY", "10:00", "11:00")],
    changes: [{ date: "2026-11-30", status: "CANCELLED" }],
  });
  const before = await sessionsOf("Again", "id start status");
  expect(before.nodes).toHaveLength(13);
  await schedulesOf("Again");
  await Promise.all([rollForward(world.graph, { now }), rollForward(world.graph, { now })]);
  expect(await sessionsOf("Again", "id start status")).toEqual(before);
  await world.cypher(
    cypher`MATCH (activity:Activity {id: $id})-[:FOLLOWS]->(schedule) SET schedule.startTime = '10:30', schedule.endTime = '11:15' RETURN activity.id AS id`,
    { id: islandId("Again") },
  );
  await schedulesOf("Again");
  await rollForward(world.graph, { now });
  const after = await sessionsOf("Again", "id start status");
  expect(after.nodes.map(({ id }) => id)).toEqual(before.nodes.map(({ id }) => id));
  expect(after.nodes.slice(0, 2)).toMatchObject([
    { start: "2026-11-23T10:30:00.000Z", status: "SCHEDULED" },
    { start: "2026-11-30T10:30:00.000Z", status: "CANCELLED" },
  ]);
  const [count] =
    await world.cypher(cypher`MATCH (session:Session) WITH session.activityId AS activity, session.originalStart AS start, count(*) AS many
    WHERE many > 1 RETURN count(*) AS twice`);
  expect(count).toEqual({ twice: 0 });
});

test("a day later one more day is laid out, and what is over stays as it was", async () => {
  const before = await sessionsOf("Tea", "id start", 'from: "2026-11-22T00:00:00Z", first: 100');
  now = new Date("2026-12-01T12:00:00Z");
  try {
    expect(await rollForward(world.graph, { now })).toBeGreaterThan(0);
    expect(await rollForward(world.graph, { now })).toBe(0);
    const after = await sessionsOf("Tea", "id start", 'from: "2026-11-22T00:00:00Z", first: 100');
    expect(after.nodes.slice(0, before.nodes.length)).toEqual(before.nodes);
    expect(after.nodes.length).toBe(before.nodes.length + 1);
    expect(after.nextSession).toEqual(before.nodes[2]);
  } finally {
    now = new Date("2026-11-22T12:00:00Z");
  }
});

test("a session is a node of its own, until its activity is no longer there", async () => {
  const { nodes } = await sessionsOf("Tea", "id");
  const id = nodes[0]?.["id"];
  const ask = () =>
    world.ask(`query ($id: ID!) { node(id: $id) { __typename id ... on Session { activity { name } sample } } }`, {
      id,
    });
  expect(await ask()).toEqual({
    data: { node: { __typename: "Session", id, activity: { name: "Tea" }, sample: true } },
  });
  await world.cypher(
    cypher`MATCH (activity:Activity {id: $id}) SET activity.status = 'ARCHIVED' RETURN activity.id AS id`,
    { id: islandId("Tea") },
  );
  expect(await ask()).toEqual({ data: { node: null } });
  expect((await on({ ...here, ...week })).filter((row) => row.startsWith("Tea"))).toEqual([]);
  await world.cypher(
    cypher`MATCH (activity:Activity {id: $id}) SET activity.status = 'PUBLISHED' RETURN activity.id AS id`,
    { id: islandId("Tea") },
  );
});

test.for([
  [{ near: "rose-hill", areas: ["are_7RBJAPK7H79RKHKJQRGGDAS2NS"] }, ["filter", "areas"]],
  [{ withinMetres: 500 }, ["filter", "withinMetres"]],
  [{ near: "rose-hill", withinMetres: 0 }, ["filter", "withinMetres"]],
  [{ near: "rose-hill", from: "2026-12-01T00:00:00Z", to: "2026-12-01T00:00:00Z" }, ["filter", "to"]],
  [{ near: "rose-hill", to: "2026-11-22T12:00:00Z" }, ["filter", "to"]],
  [{ near: "rose-hill", days: [] }, ["filter", "days"]],
  [{ near: "rose-hill", age: -1 }, ["filter", "age"]],
  [{ near: "rose-hill", conditions: ["no-such-condition"] }, ["filter", "conditions"]],
] as const)("what cannot be asked is refused, and its field is named: %j", async ([filter, field]) => {
  const { errors } = await world.ask(`query ($filter: SessionFilter!) { sessions(filter: $filter) { totalCount } }`, {
    filter,
  });
  expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: "BAD_INPUT", field }]);
});

test("without a place everything that is on is listed", async () => {
  const rows = await on({ from: "2026-11-28T19:00:00Z", to: "2026-11-28T23:30:00Z" });
  expect(rows.filter((row) => row.startsWith("Barn dance") || row.startsWith("Late"))).toHaveLength(2);
});
