import { afterAll, beforeAll, expect, test } from "vitest";
import { idOf } from "../core/ids.ts";
import { cypher } from "../graph/cypher.ts";
import { SeedFile } from "../seed/formats/directory.ts";
import { load } from "../seed/load.ts";
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
  return { ...payload[field], change: payload.change } as {
    id: string;
    name: string;
    version: number;
    change: { id: string };
  };
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
      edges: [
        { node: { kind: "createActivity", status: "APPLIED", summary: "Adds the activity “Test tea”", by: "admin" } },
      ],
    },
  });
  expect(data.activity.heldAt[0].areas[0].kind).toBe("LSOA");
  const found = await world.ask(`{ search(text: "Test tea", near: "rose-hill", first: 3) { edges { node { id } } } }`);
  expect(found.data.search.edges.map((edge: { node: { id: string } }) => edge.node.id)).toContain(id);
});

test("a link said twice is one link; taken away it is gone, and undone it is back with what was said of it", async () => {
  const group = await created("Group", { name: "Test choir", serves: ["rose-hill"] });
  const input = {
    relationship: "SUPPORTS",
    from: group.id,
    to: "loneliness",
    strength: 0.4,
    evidence: "Singers say so",
  };
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
    (
      await world.ask(`query ($id: ID!) { group(id: $id) { version supports { edges { node { strength } } } } }`, {
        id: group.id,
      })
    ).data.group;
  expect(await supported()).toEqual({ version: 2, supports: { edges: [{ node: { strength: 0.4 } }] } });

  const gone = await payloadOf(world, "unlink", {
    input: { link: first.link.id, reason: "They only hum" },
    token: admin,
    fields: change,
  });
  expect(gone.change).toMatchObject({
    status: "APPLIED",
    summary: "Takes away that “Test choir” supports “Loneliness”",
  });
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
  await payloadOf(world, "link", {
    input: { relationship: "SUPPORTS", from: group.id, to: "loneliness" },
    token: admin,
    fields: "link { id }",
  });
  expect(await update(2, { name: "Test society" })).toMatchObject({
    group: { version: 4, name: "Test society" },
    userErrors: [],
  });
});

test("what the map said on a day is told as it was, links included", async () => {
  const days = ["2026-11-22T12:00:00Z", "2026-11-23T12:00:00Z", "2026-11-24T12:00:00Z"];
  let day = 0;
  const later = await openWorld({ signingKey, clock: () => new Date(days[day] ?? "") });
  try {
    let token = await later.tokenOf({ role: "ADMIN" });
    const { group } = await payloadOf(later, "createGroup", {
      input: { name: "As it was", summary: "Once.", serves: ["rose-hill"] },
      token,
      fields: "group { id }",
    });
    day = 1;
    token = await later.tokenOf({ role: "ADMIN" });
    const more = { id: group.id, expectedVersion: 1 };
    await payloadOf(later, "updateGroup", { input: { summary: "Then." }, token, more, fields: "change { id }" });
    day = 2;
    token = await later.tokenOf({ role: "ADMIN" });
    const link = { relationship: "SUPPORTS", from: group.id, to: "loneliness" };
    await payloadOf(later, "link", { input: link, token, fields: "change { id }" });
    await payloadOf(later, "archiveAsset", {
      input: { id: group.id, reason: "It closed" },
      token,
      fields: "change { id }",
    });
    const asOf = async (moment: string | null) =>
      (
        await later.ask(
          `query ($id: ID!, $asOf: DateTime) { asset(id: $id, asOf: $asOf) { status fields links { relationship } } }`,
          { id: group.id, asOf: moment },
          token,
        )
      ).data.asset;
    expect(await asOf("2026-11-21T12:00:00Z")).toBe(null);
    expect(await asOf("2026-11-22T18:00:00Z")).toMatchObject({
      status: "PUBLISHED",
      fields: { summary: "Once." },
      links: [{ relationship: "SERVES" }],
    });
    expect(await asOf("2026-11-23T18:00:00Z")).toMatchObject({ status: "PUBLISHED", fields: { summary: "Then." } });
    expect(await asOf(null)).toMatchObject({
      status: "ARCHIVED",
      fields: { summary: "Then." },
      links: [{ relationship: "SERVES" }, { relationship: "SUPPORTS" }],
    });
    expect(
      (await later.ask(`query ($id: ID!) { asset(id: $id) { name } group(id: $id) { name } }`, { id: group.id })).data,
    ).toEqual({
      asset: null,
      group: null,
    });
    // It may have been taken off because it should never have been read.
    const { data } = await later.ask(
      `query ($id: ID!, $asOf: DateTime) { asset(id: $id, asOf: $asOf) { name } changes(filter: { asset: $id }) { edges { node { summary before after effects { recordId } } } } }`,
      { id: group.id, asOf: "2026-11-22T18:00:00Z" },
    );
    expect(data.asset).toBe(null);
    expect(data.changes.edges[0].node).toEqual({
      summary: "Takes “As it was” off the map",
      before: null,
      after: null,
      effects: [],
    });
  } finally {
    await later.close();
  }
});

test("what is one and the same becomes one: every link and source is kept, the old id leads to it, and it can be taken apart again", async () => {
  const input = { serves: ["rose-hill"], summary: "Sings." };
  const stays = await created("Group", { ...input, name: "The Hill singers" });
  const goes = await created("Group", {
    ...input,
    name: "Hill Singers (choir)",
    supports: [{ condition: "loneliness", strength: 0.7, evidence: "Its leaflet" }],
  });
  const merged = await payloadOf(world, "mergeAssets", {
    input: { into: stays.id, from: [goes.id], reason: "The same choir" },
    token: admin,
    fields: `asset { id } ${change}`,
  });
  expect(merged).toMatchObject({ userErrors: [], asset: { id: stays.id } });
  const byEitherId = `query ($a: ID!, $b: ID!) {
    a: group(id: $a) { id name supports { edges { node { strength evidence } } } }
    b: group(id: $b) { id name supports { edges { node { strength evidence } } } }
    node(id: $b) { id }
  }`;
  const { data, errors } = await world.ask(byEitherId, { a: stays.id, b: goes.id });
  expect(errors).toBeUndefined();
  expect(data.a).toEqual({
    id: stays.id,
    name: "The Hill singers",
    supports: { edges: [{ node: { strength: 0.7, evidence: "Its leaflet" } }] },
  });
  expect(data.b).toEqual(data.a);
  expect(data.node).toEqual({ id: stays.id });
  const sources = () =>
    world.cypher(
      cypher`MATCH (record:SourceRecord)-[:DESCRIBES]->(:Asset {id: $id}) RETURN record.id AS id ORDER BY id`,
      { id: stays.id },
    );
  expect((await sources()).map(({ id }) => id)).toEqual(
    [`common-ground/${stays.id}`, `common-ground/${goes.id}`].sort(),
  );
  const undone = await payloadOf(world, "undoChange", {
    input: { change: merged.change.id },
    token: admin,
    fields: "conflicts { message }",
  });
  expect(undone).toMatchObject({ conflicts: [], userErrors: [] });
  const apart = (await world.ask(byEitherId, { a: stays.id, b: goes.id })).data;
  expect(apart.a.supports.edges).toEqual([]);
  expect(apart.b).toMatchObject({
    id: goes.id,
    name: "Hill Singers (choir)",
    supports: { edges: [{ node: { strength: 0.7 } }] },
  });
  expect(await sources()).toHaveLength(1);
});

test("what editors said of something stays when its source is loaded again with other words", async () => {
  const file = (summary: string, strength: number) => ({
    name: "reloaded.json",
    ...SeedFile.parse({
      sources: { leaflet: { name: "A leaflet", publisher: "A printer", licence: "OGL-UK-3.0" } },
      records: [
        {
          type: "group",
          key: "reloaded-group",
          source: "leaflet",
          asOf: "2026-01-01",
          name: "Reloaded",
          summary,
          cost: { isFree: true },
          serves: ["rose-hill"],
          supports: [
            { condition: "loneliness", strength, evidence: "The leaflet" },
            { condition: "bereavement", strength, evidence: "The leaflet" },
          ],
        },
      ],
    }),
  });
  const reload = (summary: string, strength: number) =>
    load(world.graph, [file(summary, strength)], { report: () => undefined, now: world.clock() });
  await reload("As printed.", 0.3);
  const id = idOf("Group", "leaflet", "reloaded-group");
  const more = { id, expectedVersion: 1 };
  const told = await payloadOf(world, "updateGroup", {
    input: { summary: "As it is." },
    token: admin,
    more,
    fields: change,
  });
  expect(told.userErrors).toEqual([]);
  const { links } = (
    await world.ask(`query ($id: ID!) { asset(id: $id) { links { id relationship to { name } } } }`, { id }, admin)
  ).data.asset;
  const linkTo = (name: string) => links.find((link: { to: { name: string } }) => link.to.name === name).id;
  const weaker = await payloadOf(world, "updateLink", {
    input: { link: linkTo("Loneliness"), strength: 0.9 },
    token: admin,
    fields: change,
  });
  const gone = await payloadOf(world, "unlink", {
    input: { link: linkTo("Bereavement") },
    token: admin,
    fields: change,
  });
  await reload("As printed anew.", 0.4);
  const group = async () =>
    (
      await world.ask(
        `query ($id: ID!) { group(id: $id) { summary cost { isFree } supports { edges { node { strength condition { name } } } } } }`,
        { id },
      )
    ).data.group;
  expect(await group()).toEqual({
    summary: "As it is.",
    cost: { isFree: true },
    supports: { edges: [{ node: { strength: 0.9, condition: { name: "Loneliness" } } }] },
  });
  for (const { change: one } of [gone, weaker, told]) {
    const undone = await payloadOf(world, "undoChange", {
      input: { change: one.id },
      token: admin,
      fields: "conflicts { message }",
    });
    expect(undone).toMatchObject({ conflicts: [], userErrors: [] });
  }
  expect(await group()).toEqual({
    summary: "As printed.",
    cost: { isFree: true },
    supports: {
      edges: [
        { node: { strength: 0.3, condition: { name: "Bereavement" } } },
        { node: { strength: 0.3, condition: { name: "Loneliness" } } },
      ],
    },
  });
  await world.cypher(cypher`
    MATCH (record:SourceRecord {id: 'leaflet/reloaded-group'})-[:DESCRIBES]->(asset:Asset)
    OPTIONAL MATCH (asset)-[:STATES]->(statement)
    DETACH DELETE statement, record, asset`);
});

test("what is wrong with a command is told all at once, at its fields, and nothing is changed", async () => {
  const payload = await payloadOf(world, "createActivity", {
    input: {
      name: "  ",
      summary: "x".repeat(301),
      contact: { email: "nobody", telephone: "call me" },
      cost: { isFree: false, amount: -1 },
      schedule: [{ repeatFrequency: "sometimes", startTime: "25:00", endTime: "26:00" }],
      eligibility: [{ minimumAge: 60, maximumAge: 50 }, {}],
      supports: [{ condition: "happiness", strength: 2 }],
      serves: ["narnia"],
      reach: [],
      clientMutationId: "bad",
    },
    token: admin,
    fields: change,
  });
  expect(payload.change).toBe(null);
  expect(
    payload.userErrors.map(({ code, field }: { code: string; field: string[] }) => [code, field.slice(1).join(".")]),
  ).toEqual(
    expect.arrayContaining([
      ["INVALID", "name"],
      ["INVALID", "summary"],
      ["INVALID", "contact.email"],
      ["INVALID", "contact.telephone"],
      ["INVALID", "cost.amount"],
      ["INVALID", "schedule.0.startTime"],
      ["INVALID", "schedule.0.repeatFrequency"],
      ["INVALID", "eligibility.0.maximumAge"],
      ["INVALID", "eligibility.1"],
      ["INVALID", "supports.0.strength"],
      ["INVALID", "reach"],
    ]),
  );
  const hidden = await payloadOf(world, "createGroup", {
    input: { name: "Club\u202Ebulc" },
    token: admin,
    fields: change,
  });
  expect(hidden.userErrors).toMatchObject([{ code: "INVALID", field: ["input", "name"] }]);
  const wrongEnds = await payloadOf(world, "link", {
    input: { relationship: "HELD_AT", from: idOf("Group", "no", "one"), to: idOf("Place", "no", "where") },
    token: admin,
    fields: change,
  });
  expect(wrongEnds.userErrors).toMatchObject([{ code: "NOT_APPLICABLE", field: ["input", "from"] }]);
});

test("an editor changes what is in their area or run by their organisation, and nothing else", async () => {
  const { data } = await world.ask(`{ rose: area(slug: "rose-hill") { id } barton: area(slug: "barton") { id } }`);
  const editor = await world.tokenOf({ role: "EDITOR", areas: [data.rose.id] });
  const query = `mutation ($input: CreateGroupInput!) { createGroup(input: $input) { group { id } userErrors { code } } }`;
  const here = await world.ask(query, { input: { name: "Here", serves: ["rose-hill"] } }, editor);
  expect(here.data.createGroup).toMatchObject({ userErrors: [], group: { id: expect.stringMatching(/^grp_/) } });
  for (const input of [{ name: "There", serves: ["barton"] }, { name: "Nowhere" }]) {
    const there = await world.ask(query, { input }, editor);
    expect(there.errors?.[0]?.extensions["code"]).toBe("NOT_ALLOWED");
  }
  const organisation = await created("Organisation", { name: "Their own", serves: ["barton"] });
  const theirs = await world.tokenOf({ role: "EDITOR", organisations: [organisation.id] });
  const run = await world.ask(query, { input: { name: "Run by them", runBy: [organisation.id] } }, theirs);
  expect(run.data.createGroup).toMatchObject({ userErrors: [], group: { id: expect.stringMatching(/^grp_/) } });
  const notTheirs = await world.ask(query, { input: { name: "Not theirs", serves: ["rose-hill"] } }, theirs);
  expect(notTheirs.errors?.[0]?.extensions["code"]).toBe("NOT_ALLOWED");
});
