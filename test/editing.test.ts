import { afterAll, beforeAll, expect, test } from "vitest";
import { idOf } from "../core/ids.ts";
import { forgetEdits, payloadOf, signingKey } from "./fixtures/editing.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
let admin: string;

beforeAll(async () => {
  world = await openWorld({ signingKey });
  admin = await world.tokenOf({ role: "ADMIN" });
});

afterAll(async () => {
  await forgetEdits(world);
  await world.close();
});

const loneliness = idOf("Condition", "common-ground", "loneliness");

const change = "change { id status summary subjectId before after undoneBy { id } }";

async function created(kind: "Group" | "Activity" | "Organisation" | "Place", input: object) {
  const name = `create${kind}`;
  const field = kind.toLowerCase();
  const payload = await payloadOf(world, name, {
    input: { ...(kind === "Place" ? { category: "Hall" } : {}), ...input },
    token: admin,
    fields: `${field} { id name version } ${change}`,
  });
  expect(payload.userErrors).toEqual([]);
  return { ...payload[field], change: payload.change } as { id: string; name: string; version: number; change: { id: string } };
}

test("what an editor adds is on the map at once, with all that was said of it", async () => {
  const place = await created("Place", {
    name: "Test Hall",
    summary: "A hall that only a test knows.",
    address: { streetAddress: "1 Test Street", addressLocality: "Oxford", postalCode: "ox4 4hf" },
    location: { latitude: 51.7268, longitude: -1.2278 },
    openingHours: [{ byDay: ["MONDAY"], opens: "09:00", closes: "17:00" }],
    accessibility: { stepFree: "YES" },
  });
  const payload = await payloadOf(world, "createActivity", {
    input: {
      name: "Test tea",
      summary: "Tea for whoever is lonely.",
      heldAt: [place.id],
      supports: [{ condition: "loneliness", strength: 0.9, evidence: "A test says so" }],
      eligibility: [{ minimumAge: 55, conditions: ["bereavement"] }],
      schedule: [{ byDay: ["TUESDAY"], repeatFrequency: "P1W", startTime: "14:00", endTime: "16:00" }],
      cost: { isFree: true },
    },
    token: admin,
    fields: `activity { id name version } ${change}`,
  });
  expect(payload.userErrors).toEqual([]);
  const { id } = payload.activity;
  const { data, errors } = await world.ask(
    `query ($id: ID!) { activity(id: $id) {
      name version summary cost { isFree } source { name sample } freshness { status }
      heldAt { name address { postalCode } openingHours { byDay opens closes } accessibility { stepFree } areas { kind } }
      supports { edges { node { condition { id slug } strength evidence } } }
      eligibility { statements { minimumAge conditions { slug } } }
      nextSession { start end }
      changes { totalCount edges { node { kind status summary by } } }
    } }`,
    { id },
  );
  expect(errors).toBeUndefined();
  expect(data.activity).toMatchObject({
    name: "Test tea",
    version: 1,
    cost: { isFree: true },
    source: { name: "Added by this directory's editors", sample: false },
    freshness: { status: "CONFIRMED" },
    heldAt: [
      {
        name: "Test Hall",
        address: { postalCode: "OX4 4HF" },
        openingHours: [{ byDay: ["MONDAY"], opens: "09:00", closes: "17:00" }],
        accessibility: { stepFree: "YES" },
      },
    ],
    supports: { edges: [{ node: { condition: { slug: "loneliness" }, strength: 0.9, evidence: "A test says so" } }] },
    eligibility: { statements: [{ minimumAge: 55, conditions: [{ slug: "bereavement" }] }] },
    nextSession: { start: "2026-11-24T14:00:00.000Z", end: "2026-11-24T16:00:00.000Z" },
    changes: {
      totalCount: 1,
      edges: [{ node: { kind: "createActivity", status: "APPLIED", summary: "Adds the activity “Test tea”", by: "admin" } }],
    },
  });
  expect(data.activity.heldAt[0].areas[0].kind).toBe("LSOA");
  const found = await world.ask(`{ search(text: "Test tea", near: "rose-hill", first: 3) { edges { node { id } } } }`);
  expect(found.data.search.edges.map((edge: { node: { id: string } }) => edge.node.id)).toContain(id);
});

test("a link said twice is one link; taken away it is gone, and undone it is back with what was said of it", async () => {
  const group = await created("Group", { name: "Test choir", serves: ["rose-hill"] });
  const input = { relationship: "SUPPORTS", from: group.id, to: "loneliness", strength: 0.4, evidence: "Singers say so" };
  const fields = `link { id relationship from { name } to { name kind } fields } ${change}`;
  const first = await payloadOf(world, "link", { input, token: admin, fields });
  const again = await payloadOf(world, "link", { input: { ...input, strength: 0.8 }, token: admin, fields });
  expect(first.userErrors).toEqual([]);
  expect(again.change).toBe(null);
  expect(again.link).toEqual(first.link);
  expect(first.link).toMatchObject({
    relationship: "SUPPORTS",
    from: { name: "Test choir" },
    to: { name: "Loneliness", kind: "Condition" },
    fields: { strength: 0.4, evidence: "Singers say so", confirmedOn: "2026-11-22" },
  });
  const supported = async () =>
    (await world.ask(`query ($id: ID!) { group(id: $id) { version supports { edges { node { strength } } } } }`, { id: group.id })).data.group;
  expect(await supported()).toEqual({ version: 2, supports: { edges: [{ node: { strength: 0.4 } }] } });

  const gone = await payloadOf(world, "unlink", { input: { link: first.link.id, reason: "They only hum" }, token: admin, fields: change });
  expect(gone.change).toMatchObject({ status: "APPLIED", summary: "Takes away that “Test choir” supports “Loneliness”" });
  expect(await supported()).toEqual({ version: 3, supports: { edges: [] } });

  const undone = await payloadOf(world, "undoChange", {
    input: { change: gone.change.id },
    token: admin,
    fields: `${change} undone { id status } conflicts { message }`,
  });
  expect(undone).toMatchObject({ undone: [{ id: gone.change.id, status: "UNDONE" }], conflicts: [], userErrors: [] });
  expect(await supported()).toEqual({ version: 4, supports: { edges: [{ node: { strength: 0.4 } }] } });
  expect(loneliness).toMatch(/^con_/);
});

test("whoever changes what somebody else has changed since is told by whom, and changes nothing", async () => {
  const group = await created("Group", { name: "Test club", summary: "A club.", serves: ["rose-hill"] });
  const update = (expectedVersion: number, input: object) =>
    payloadOf(world, "updateGroup", {
      input,
      token: admin,
      more: { id: group.id, expectedVersion },
      fields: `group { version name summary } ${change} conflictingChange { id summary }`,
    });
  const first = await update(1, { summary: "A merry club." });
  expect(first).toMatchObject({ group: { version: 2, summary: "A merry club." }, userErrors: [] });
  const second = await update(1, { name: "Test society" });
  expect(second).toMatchObject({
    group: null,
    change: null,
    conflictingChange: { id: first.change.id, summary: "Changes summary of “Test club”" },
    userErrors: [{ code: "CONFLICT", field: ["expectedVersion"] }],
  });
  await payloadOf(world, "link", { input: { relationship: "SUPPORTS", from: group.id, to: "loneliness" }, token: admin, fields: "link { id }" });
  expect(await update(2, { name: "Test society" })).toMatchObject({ group: { version: 4, name: "Test society" }, userErrors: [] });
});
