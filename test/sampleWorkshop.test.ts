import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { idOf } from "../core/ids.ts";
import { cypher } from "../graph/cypher.ts";
import { load } from "../seed/load.ts";
import { type NamedSeedFile, readSeed } from "../seed/readSeed.ts";
import { forgetEdits, signingKey } from "./fixtures/editing.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
let editor: string;

const source = "common-ground-sample";
const workshop = idOf("Workshop", source, "rose-hill-autumn-evening");
const changeCalled = (key: string) => idOf("Change", source, `rose-hill-autumn-evening/${key}`);
const group = idOf("Group", source, "rose-hill-autumn-evening/tea-afternoon-rose-hill");
const place = idOf("Place", source, "rose-hill-autumn-evening/garden-room-rose-hill");
const larder = idOf("Activity", source, "rose-hill-larder");

beforeAll(async () => {
  world = await openWorld({ signingKey });
  const roseHill = idOf("Area", "common-ground", "rose-hill");
  editor = await world.tokenOf({ role: "EDITOR", id: "an editor of Rose Hill", areas: [roseHill] });
}, 240_000);

afterAll(async () => {
  await forgetEdits(world);
  await world.cypher(cypher`MATCH (asset:Asset) WHERE asset.id IN $ids DETACH DELETE asset`, { ids: [group, place] });
  await world.close();
});

async function answered(query: string, variables: Readonly<Record<string, unknown>> = {}, token?: string) {
  const { data, errors } = await world.ask(query, variables, token);
  expect(errors).toBeUndefined();
  return data;
}

/** What the graph keeps of each proposal of the workshop, in the order of what happened last. */
const proposals = () =>
  world.graph.run(
    {
      name: "a test's proposals",
      access: "READ",
      text: cypher`
        MATCH (change:Change {workshopId: $workshop})
        RETURN change.id AS id, change.status AS status, change.summary AS summary, change.sequence AS sequence ORDER BY change.sequence`,
      row: z.object({ id: z.string(), status: z.string(), summary: z.string(), sequence: z.number() }),
    },
    { workshop },
  );

test("the public sees nothing of what the sample workshop proposes", async () => {
  const before = await answered(
    `query ($ids: [ID!]!, $larder: ID!) {
      nodes(ids: $ids) { id }
      search(text: "Rose Hill tea afternoon", first: 20) { edges { node { name } } }
      suggest(text: "garden room", first: 20) { text }
      changes { totalCount }
      asset(id: $larder) { fields }
    }`,
    { ids: [group, place, workshop, changeCalled("tea-afternoon")], larder },
  );
  expect(before).toMatchObject({ nodes: [null, null, null, null], changes: { totalCount: 0 } });
  expect(JSON.stringify([before.search, before.suggest])).not.toMatch(/tea afternoon|Garden room/i);
  expect(before.asset.fields.schedule).toEqual([
    { repeatFrequency: "P1W", byDay: ["FRIDAY"], startTime: "10:00", endTime: "12:00" },
  ]);
});

test("an editor of its area sees the sample workshop's board: who proposes what, and what does not fit yet", async () => {
  const { workshop: shown } = await answered(
    `query ($id: ID!) {
      workshop(id: $id) {
        name sample open isFacilitator joinCode { code } sequence
        board { edges { node { name status links { to { name } } } } }
        changes(status: PROPOSED) { edges { node { by summary conflicts { code } } } }
      }
    }`,
    { id: workshop },
    editor,
  );
  const by = (table: number, summary: string, ...codes: readonly string[]) => ({
    node: { by: `mapper Table ${table}`, summary, conflicts: codes.map((code) => ({ code })) },
  });
  expect(shown).toEqual({
    name: "Rose Hill, an autumn evening",
    sample: true,
    open: true,
    isFacilitator: true,
    joinCode: null,
    sequence: 6,
    board: {
      edges: [
        {
          node: {
            name: "Garden room at Rose Hill",
            status: "PROPOSED",
            links: [{ to: { name: "Garden room at Rose Hill" } }],
          },
        },
        {
          node: {
            name: "Rose Hill tea afternoon",
            status: "PROPOSED",
            links: [
              { to: { name: "Garden room at Rose Hill" } },
              { to: { name: "Rose Hill" } },
              { to: { name: "Loneliness" } },
            ],
          },
        },
        { node: expect.objectContaining({ name: "Rose Hill larder", status: "PUBLISHED" }) },
      ],
    },
    changes: {
      edges: [
        by(1, "Adds the place “Garden room at Rose Hill”"),
        by(1, "Adds the group “Rose Hill tea afternoon”"),
        by(1, "“Rose Hill tea afternoon” meets at “Garden room at Rose Hill”", "NEEDED"),
        by(2, "“Rose Hill tea afternoon” supports “Loneliness”", "NEEDED"),
        by(2, "Changes schedule of “Rose Hill larder”"),
        by(3, "Changes schedule of “Rose Hill larder”", "CONFLICT"),
      ],
    },
  });
});

test("what the seed proposes is what the same commands would propose", async () => {
  const { started } = await answered(
    `mutation { started: startWorkshop(input: { name: "The same again", area: "rose-hill" }) { workshop { joinCode { code } } } }`,
    {},
    editor,
  );
  const { joined } = await answered(
    `mutation ($code: String!) { joined: joinWorkshop(input: { code: $code }) { token } }`,
    { code: started.workshop.joinCode.code },
  );
  const effects = "change { subjectId effects { relationship before after } }";
  const given = async (mutation: string) =>
    (await answered(`mutation { done: ${mutation} }`, {}, joined.token)).done.change;
  const added = await given(`createGroup(input: {
    name: "Rose Hill tea afternoon", cost: { isFree: true }, accessibility: { stepFree: YES, accessibleToilet: YES }, serves: ["rose-hill"], sample: true,
    summary: "Tea, cake and company every Wednesday afternoon, for anybody who would otherwise have it alone." }) { ${effects} }`);
  const linked =
    await given(`link(input: { relationship: SUPPORTS, from: "${added.subjectId}", to: "loneliness", strength: 1,
    evidence: "Sample: people come back because somebody keeps them a chair." }) { ${effects} }`);
  const corrected = await given(`updateActivity(id: "${larder}", expectedVersion: 1, input: {
    schedule: [{ repeatFrequency: "P1W", byDay: [FRIDAY], startTime: "10:00", endTime: "13:00" }] }) { ${effects} }`);
  const seeded = async (key: string) =>
    (
      await answered(
        `query ($id: ID!) { change(id: $id) { effects { relationship before after } } }`,
        { id: changeCalled(key) },
        editor,
      )
    ).change.effects;
  // Confirmed on the evening itself; and a link says by itself that it is invented, which the command for links has no word for.
  const said = (all: readonly { readonly after: object }[], more: object = {}) =>
    all.map((one) => ({ ...one, after: { ...one.after, ...more } }));
  const evening = { confirmedOn: "2026-11-19" };
  expect(said(added.effects, evening)).toEqual(await seeded("tea-afternoon"));
  expect(said(linked.effects, { ...evening, sample: true })).toEqual(
    await seeded("tea-afternoon-helps-with-loneliness"),
  );
  expect(corrected.effects).toEqual(await seeded("larder-is-open-longer"));
});

test("what an editor decided outlasts loading the seed again, and what nobody decided follows the seed", async () => {
  const settled = await answered(
    `mutation ($approved: [ID!]!, $rejected: [ID!]!) {
      approveChanges(input: { changes: $approved }) { changes { id } conflicts { code } userErrors { code } }
      rejectChanges(input: { changes: $rejected, reason: "It closes at noon" }) { changes { id } userErrors { code } }
    }`,
    {
      approved: ["tea-afternoon", "tea-afternoon-helps-with-loneliness"].map(changeCalled),
      rejected: [changeCalled("larder-is-open-longer")],
    },
    editor,
  );
  expect(settled).toMatchObject({
    approveChanges: { changes: [{}, {}], conflicts: [], userErrors: [] },
    rejectChanges: { changes: [{}], userErrors: [] },
  });
  const { group: there } = await answered(
    `query ($id: ID!) { group(id: $id) { name source { sample } supports { edges { node { condition { slug } sample } } } } }`,
    { id: group },
  );
  expect(there).toEqual({
    name: "Rose Hill tea afternoon",
    source: { sample: true },
    supports: { edges: [{ node: { condition: { slug: "loneliness" }, sample: true } }] },
  });
  const before = await proposals();
  const reload = (files: readonly NamedSeedFile[]) =>
    load(world.graph, files, { report: () => undefined, now: world.clock() });

  expect(await reload(await readSeed())).toMatchObject({ created: 0, updated: 0 });
  expect(await proposals()).toEqual(before);

  // Told otherwise: of every proposal its text, of which only what is still proposed is heard.
  const toldOtherwise = (await readSeed()).map((file): NamedSeedFile => ({
    ...file,
    records: file.records.map((record) =>
      record.type !== "workshop"
        ? record
        : {
            ...record,
            proposals: record.proposals.map((proposal) => ({
              ...proposal,
              summary: `${proposal.summary}, told otherwise`,
              effects: proposal.effects.map((effect) => ({
                ...effect,
                after: { ...effect.after, description: "More." },
              })),
            })),
          },
    ),
  }));
  expect(await reload(toldOtherwise)).toMatchObject({ created: 0, updated: 1 });
  const after = await proposals();
  const statusOf = (rows: typeof after) => Object.fromEntries(rows.map(({ id, status }) => [id, status]));
  expect(statusOf(after)).toEqual(statusOf(before));
  for (const { id, status, summary } of after) {
    expect([id, summary.endsWith(", told otherwise")]).toEqual([id, status === "PROPOSED"]);
  }
  // Each has a place of its own in the order, the newest those that were told otherwise.
  expect(after.map(({ status }) => status)).toEqual([
    "APPLIED",
    "APPLIED",
    "REJECTED",
    "PROPOSED",
    "PROPOSED",
    "PROPOSED",
  ]);
  const [{ last } = {}] = await world.cypher(cypher`MATCH (log:ChangeLog) RETURN log.sequence AS last`);
  expect(after.at(-1)?.sequence).toBe(last);
  const { workshop: still } = await answered(
    `query ($id: ID!) { workshop(id: $id) { sequence } }`,
    { id: workshop },
    editor,
  );
  expect(still.sequence).toBe(last);
});
