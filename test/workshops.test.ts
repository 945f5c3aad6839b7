import { afterAll, beforeAll, expect, test } from "vitest";
import { idOf } from "../core/ids.ts";
import { forgetEdits, payloadOf, signingKey } from "./fixtures/editing.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
let admin: string;
let facilitator: string;
let workshop: { readonly id: string; readonly joinCode: { readonly code: string } };
let mapper: string;
let otherMapper: string;

const roseHill = idOf("Area", "common-ground", "rose-hill");

async function joined() {
  const { data } = await world.ask(
    `mutation ($code: String!) { joinWorkshop(input: { code: $code }) { token workshop { name } userErrors { message } } }`,
    { code: workshop.joinCode.code.toLowerCase() },
  );
  expect(data.joinWorkshop.userErrors).toEqual([]);
  return data.joinWorkshop.token as string;
}

beforeAll(async () => {
  world = await openWorld({ signingKey });
  admin = await world.tokenOf({ role: "ADMIN" });
  const { data } = await world.ask(`{ area(slug: "rose-hill") { id } }`);
  facilitator = await world.tokenOf({ role: "EDITOR", areas: [data.area.id] });
  const started = await payloadOf(world, "startWorkshop", {
    input: { name: "Rose Hill, one evening", area: "rose-hill" },
    token: facilitator,
    fields: "workshop { id name open area { name } isFacilitator joinCode { code expiresAt } }",
  });
  expect(started).toMatchObject({
    userErrors: [],
    workshop: { name: "Rose Hill, one evening", open: true, area: { name: "Rose Hill" }, isFacilitator: true },
  });
  workshop = started.workshop;
  mapper = await joined();
  otherMapper = await joined();
});

afterAll(async () => {
  await forgetEdits(world);
  await world.close();
});

const change = "change { id status summary subjectId by before after }";

/** What everybody may ask about something by its name and its id, and is told. */
async function whatThePublicSees(id: string, name: string) {
  const { data } = await world.ask(
    `query ($id: ID!, $ids: [ID!]!, $name: String!) {
      group(id: $id) { name }
      node(id: $id) { id }
      nodes(ids: $ids) { id }
      asset(id: $id) { name }
      search(text: $name, near: "rose-hill", first: 5) { totalCount facets { kinds { count } } edges { node { id name } } }
      suggest(text: $name) { __typename }
      area(slug: "rose-hill") { assets(first: 100) { totalCount edges { node { id } } } }
      condition(slug: "loneliness") { assets(first: 100, filter: { near: "rose-hill" }) { totalCount } }
      changes(filter: { asset: $id }) { totalCount edges { node { id } } }
    }`,
    { id, ids: [id], name },
  );
  return data;
}

test("what a mapper proposes is seen by members of the workshop, marked, and by nobody else anywhere", async () => {
  const before = await whatThePublicSees("grp_00000000000000000000000000", "Table one's knitting circle");
  const proposed = await payloadOf(world, "createGroup", {
    input: {
      name: "Table one's knitting circle",
      summary: "Knits.",
      serves: ["rose-hill"],
      supports: [{ condition: "loneliness" }],
    },
    token: mapper,
    fields: `group { id } ${change}`,
  });
  expect(proposed).toMatchObject({
    group: null,
    change: { status: "PROPOSED", summary: "Adds the group “Table one's knitting circle”" },
    userErrors: [],
  });
  const { id: changeId, subjectId } = proposed.change;
  const after = await whatThePublicSees(subjectId, "Table one's knitting circle");
  expect(after).toEqual(before);

  const seen = async (token?: string) =>
    world.ask(
      `query ($id: ID!, $workshop: ID!) { asset(id: $id, workshop: $workshop) { name status version fields links { relationship to { name } isEnding proposal { id } } proposals { id } } }`,
      { id: subjectId, workshop: workshop.id },
      token,
    );
  expect((await seen(otherMapper)).data.asset).toMatchObject({
    name: "Table one's knitting circle",
    status: "PROPOSED",
    version: 0,
    links: [
      { relationship: "SERVES", to: { name: "Rose Hill" }, isEnding: false, proposal: { id: changeId } },
      { relationship: "SUPPORTS", to: { name: "Loneliness" }, isEnding: false, proposal: { id: changeId } },
    ],
    proposals: [{ id: changeId }],
  });
  const stranger = await world.tokenOf({ role: "EDITOR", areas: [idOf("Area", "common-ground", "barton")] });
  for (const token of [undefined, stranger]) {
    const { data, errors } = await seen(token);
    expect(data?.asset ?? null).toBe(null);
    expect(errors?.map(({ extensions }) => extensions["code"])).toEqual(["NOT_ALLOWED"]);
    expect((await world.ask(`query ($id: ID!) { change(id: $id) { id } }`, { id: changeId }, token)).data.change).toBe(
      null,
    );
  }

  // Another table builds on it.
  const linked = await payloadOf(world, "link", {
    input: { relationship: "SUPPORTS", from: subjectId, to: "bereavement", evidence: "Two of us said so" },
    token: otherMapper,
    fields: `link { id fields isEnding proposal { id } } ${change}`,
  });
  expect(linked.userErrors).toEqual([]);
  expect(linked.change).toMatchObject({
    status: "PROPOSED",
    summary: "“Table one's knitting circle” supports “Bereavement”",
  });

  const board = async (token: string) =>
    (
      await world.ask(
        `query ($id: ID!) { workshop(id: $id) { name sequence board { totalCount edges { node { id name status proposals { id conflicts { code message otherChange { id } } } } } } } }`,
        { id: workshop.id },
        token,
      )
    ).data.workshop;
  expect(await board(facilitator)).toMatchObject({
    board: {
      totalCount: 1,
      edges: [
        {
          node: {
            id: subjectId,
            status: "PROPOSED",
            proposals: [
              { id: changeId, conflicts: [] },
              { id: linked.change.id, conflicts: [{ code: "NEEDED" }] },
            ],
          },
        },
      ],
    },
  });

  // The second alone does not fit: the facilitator is told what it needs.
  const tooEarly = await payloadOf(world, "approveChanges", {
    input: { changes: [linked.change.id] },
    token: facilitator,
    fields: "changes { id } conflicts { code message change { id } }",
  });
  expect(tooEarly).toMatchObject({ changes: [], conflicts: [{ code: "NEEDED", change: { id: linked.change.id } }] });
  const amended = await payloadOf(world, "amendChange", {
    input: { change: changeId, after: { summary: "Knits, and talks." } },
    token: facilitator,
    fields: change,
  });
  expect(amended).toMatchObject({
    userErrors: [],
    change: { status: "PROPOSED", after: { summary: "Knits, and talks." } },
  });
  const approved = await payloadOf(world, "approveChanges", {
    input: { workshop: workshop.id },
    token: facilitator,
    fields: "changes { id status } conflicts { code message }",
  });
  expect(approved).toMatchObject({
    changes: [
      { id: changeId, status: "APPLIED" },
      { id: linked.change.id, status: "APPLIED" },
    ],
    conflicts: [],
    userErrors: [],
  });
  const { data } = await world.ask(
    `query ($id: ID!) { group(id: $id) { name summary version supports { edges { node { condition { name } } } } } }`,
    { id: subjectId },
  );
  expect(data.group).toEqual({
    name: "Table one's knitting circle",
    summary: "Knits, and talks.",
    version: 2,
    supports: {
      edges: [{ node: { condition: { name: "Bereavement" } } }, { node: { condition: { name: "Loneliness" } } }],
    },
  });
  expect((await board(mapper)).board.totalCount).toBe(0);
});

test("of two tables that propose other words for the same, the second is a conflict once the first is approved, and can be rejected with a reason", async () => {
  const group = await payloadOf(world, "createGroup", {
    input: { name: "Walkers", summary: "Walk.", serves: ["rose-hill"] },
    token: facilitator,
    fields: `group { id } ${change}`,
  });
  const propose = (token: string, summary: string) =>
    payloadOf(world, "updateGroup", {
      input: { summary },
      token,
      more: { id: group.group.id, expectedVersion: 1 },
      fields: `group { summary } ${change}`,
    });
  const first = await propose(mapper, "Walk far.");
  // The second table sees what the first proposes, and proposes something else.
  const second = await propose(otherMapper, "Walk slowly.");
  expect(first).toMatchObject({
    group: { summary: "Walk." },
    change: { status: "PROPOSED", before: { summary: "Walk." } },
  });
  expect(second.change).toMatchObject({ before: { summary: "Walk far." }, after: { summary: "Walk slowly." } });
  const approve = (id: string) =>
    payloadOf(world, "approveChanges", {
      input: { changes: [id] },
      token: facilitator,
      fields: "changes { id } conflicts { code message otherChange { id } }",
    });
  expect(await approve(second.change.id)).toMatchObject({ changes: [], conflicts: [{ code: "CONFLICT" }] });
  const rejected = await payloadOf(world, "rejectChanges", {
    input: { changes: [first.change.id], reason: "The leaflet says otherwise" },
    token: facilitator,
    fields: "changes { id status reason } conflicts { code }",
  });
  expect(rejected.changes).toEqual([{ id: first.change.id, status: "REJECTED", reason: "The leaflet says otherwise" }]);
  expect(await approve(first.change.id)).toMatchObject({ changes: [], conflicts: [{ code: "ALREADY_SO" }] });
  const back = await payloadOf(world, "undoChange", {
    input: { change: second.change.id },
    token: otherMapper,
    fields: "undone { id status } conflicts { code }",
  });
  expect(back).toMatchObject({ undone: [{ id: second.change.id, status: "REJECTED" }], userErrors: [] });
});

test("a call sent twice does the thing once", async () => {
  const input = { name: "Once only", serves: ["rose-hill"], clientMutationId: "table-2-tablet-7" };
  const first = await payloadOf(world, "createGroup", { input, token: mapper, fields: "change { id }" });
  const again = await payloadOf(world, "createGroup", { input, token: mapper, fields: "change { id }" });
  expect(again.change).toEqual(first.change);
  await payloadOf(world, "approveChanges", {
    input: { changes: [first.change.id] },
    token: facilitator,
    fields: "changes { id }",
  });
  const afterApproval = await payloadOf(world, "createGroup", { input, token: mapper, fields: "change { id status }" });
  expect(afterApproval.change).toEqual({ id: first.change.id, status: "APPLIED" });
  const elsewhere = await payloadOf(world, "createGroup", { input, token: otherMapper, fields: "change { id }" });
  expect(elsewhere.change).not.toEqual(first.change);
});

/** Proposes a group; its change. */
async function proposedGroup(name: string) {
  const input = { name, summary: "Meets.", serves: ["rose-hill"] };
  const { change: made } = await payloadOf(world, "createGroup", { input, token: mapper, fields: "change { id }" });
  return made as { readonly id: string };
}

test("an approval sent twice approves once, and not what was proposed in between", async () => {
  const first = await proposedGroup("Seen on the board");
  const input = { workshop: workshop.id, clientMutationId: "the board, ten past eight" };
  const approve = (asked: object = input) =>
    payloadOf(world, "approveChanges", {
      input: asked,
      token: facilitator,
      fields: "changes { id status sequence } conflicts { code }",
    });
  const { changes } = await approve();
  expect(changes.at(-1)).toMatchObject({ id: first.id, status: "APPLIED" });
  const later = await proposedGroup("Not on the board yet");
  expect(await approve()).toEqual({ changes, conflicts: [], userErrors: [] });
  const both = { changes: [first.id, later.id], clientMutationId: "both" };
  expect(await approve(both)).toMatchObject({ changes: [{ id: later.id }], conflicts: [{ code: "ALREADY_SO" }] });
  expect(await approve(both)).toMatchObject({ changes: [{ id: later.id }], conflicts: [{ code: "ALREADY_SO" }] });
  const named = { ...both, clientMutationId: "" };
  expect(await approve(named)).toMatchObject({ changes: [], userErrors: [{ field: ["input", "clientMutationId"] }] });
});

test("an approval that is sent again while it is under way approves once, and both are told so", async () => {
  const ids = await Promise.all(["Left", "Right", "Middle"].map(async (name) => (await proposedGroup(name)).id));
  const input = { changes: ids, clientMutationId: "sent twice at once" };
  const answers = await Promise.all(
    [1, 2].map(() =>
      payloadOf(world, "approveChanges", { input, token: facilitator, fields: "changes { id } conflicts { code }" }),
    ),
  );
  for (const { changes, conflicts } of answers) {
    expect(conflicts).toEqual([]);
    expect(changes.map(({ id }: { id: string }) => id).toSorted()).toEqual(ids.toSorted());
  }
});

test("a rejection sent twice rejects once, and is told of both times", async () => {
  const { id } = await proposedGroup("Nobody's group");
  const reject = (clientMutationId?: string) =>
    payloadOf(world, "rejectChanges", {
      input: { changes: [id], reason: "There is none", clientMutationId },
      token: facilitator,
      fields: "changes { id status sequence } conflicts { code }",
    });
  const once = await reject("no to that");
  expect(once).toMatchObject({ changes: [{ id, status: "REJECTED" }], conflicts: [] });
  expect(await reject("no to that")).toEqual(once);
  expect(await reject()).toMatchObject({ changes: [], conflicts: [{ code: "ALREADY_SO" }] });
});

test("an amendment sent twice amends once, and takes nothing back that somebody amended since", async () => {
  const { id } = await proposedGroup("Put right");
  const amend = (summary: string, clientMutationId?: string) =>
    payloadOf(world, "amendChange", {
      input: { change: id, after: { summary }, clientMutationId },
      token: facilitator,
      fields: "change { sequence after }",
    });
  const once = await amend("Meets on Mondays.", "Mondays");
  expect(once.change.after).toMatchObject({ summary: "Meets on Mondays." });
  expect(await amend("Meets on Mondays.", "Mondays")).toEqual(once);
  const since = await amend("Meets on Tuesdays.");
  expect(await amend("Meets on Mondays.", "Mondays")).toEqual(since);
});

test("what has happened since is told from where somebody left off, in order and without gaps", async () => {
  const of = async (since: number) =>
    (
      await world.ask(
        `query ($id: ID!, $since: Int!) { workshop(id: $id) { sequence changes(since: $since, first: 100) { edges { node { id sequence status } } } } }`,
        { id: workshop.id, since },
        mapper,
      )
    ).data.workshop;
  const all = await of(0);
  const sequences = all.changes.edges.map((edge: { node: { sequence: number } }) => edge.node.sequence);
  expect(sequences).toEqual(sequences.toSorted((a: number, b: number) => a - b));
  expect(all.sequence).toBe(sequences.at(-1));
  const made = await payloadOf(world, "createGroup", {
    input: { name: "A late one" },
    token: mapper,
    fields: "change { id }",
  });
  const later = await of(all.sequence);
  expect(
    later.changes.edges.map((edge: { node: { id: string; status: string } }) => [edge.node.id, edge.node.status]),
  ).toEqual([[made.change.id, "PROPOSED"]]);
});

test("a new code puts out whoever joined with the old one, and a closed workshop takes nothing more", async () => {
  const renewed = await payloadOf(world, "renewJoinCode", {
    input: { workshop: workshop.id },
    token: facilitator,
    fields: "workshop { joinCode { code } }",
  });
  expect(renewed.workshop.joinCode.code).not.toBe(workshop.joinCode.code);
  const input = { name: "Too late", workshop: workshop.id };
  const late = await payloadOf(world, "createGroup", { input, token: mapper, fields: "change { id }" });
  expect(late).toMatchObject({ change: null, userErrors: [{ field: ["input", "workshop"] }] });
  const old = await world.ask(
    `mutation ($code: String!) { joinWorkshop(input: { code: $code }) { token userErrors { code field } } }`,
    {
      code: workshop.joinCode.code,
    },
  );
  expect(old.data.joinWorkshop).toEqual({ token: null, userErrors: [{ code: "NOT_FOUND", field: ["input", "code"] }] });
  const closed = await payloadOf(world, "closeWorkshop", {
    input: { workshop: workshop.id },
    token: facilitator,
    fields: "workshop { open closedAt joinCode { code } }",
  });
  expect(closed.workshop).toEqual({ open: false, closedAt: "2026-11-22T12:00:00.000Z", joinCode: null });
  expect(roseHill).toMatch(/^are_/);
  expect(admin).not.toBe("");
});
