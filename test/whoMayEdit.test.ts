import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { buildSchema, isInputObjectType, isNonNullType } from "graphql";
import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { idOf, type Kind, newId } from "../core/ids.ts";
import { cypher } from "../graph/cypher.ts";
import { linkIdOf } from "../core/linkIds.ts";
import { forgetEdits, payloadOf, signingKey } from "./fixtures/editing.ts";
import { type Answer, aSunday, openWorld, type World } from "./world.ts";

// Who may not, changes nothing and learns nothing: not by an answer, and not by how much had to be asked of the graph for it.

let world: World;
let admin: string;

/** What somebody may try to lay hands on. */
interface Ids {
  readonly group: string;
  readonly activity: string;
  readonly organisation: string;
  readonly place: string;
  readonly link: string;
  readonly step: string;
  readonly change: string;
  readonly workshop: string;
  readonly code: string;
}

/** What is proposed; the same of which there is nothing; and what is on the map. */
let drafts: Ids;
let nothing: Ids;
let published: Ids;
/** What is proposed in no workshop. */
let alone: string;
/** Who proposes it all, in the workshop. */
let member: string;

/** Who may not: by what they show. */
const strangers: Record<string, string | undefined> = {};
const forgers: Record<string, string | undefined> = {};

const loneliness = idOf("Condition", "common-ground", "loneliness");
const name = "Zyzzyva quilters of Rose Hill";

const apiSdl = await readFile(join(import.meta.dirname, "../schema/api.graphql"), "utf8");
const mutationFields = buildSchema(apiSdl).getMutationType()?.getFields() ?? {};

/** For each mutation, its input (and other arguments) aimed at something. One that is missing here fails the test. */
const attempts: Readonly<
  Record<string, (ids: Ids) => { readonly input: object; readonly [argument: string]: unknown }>
> = {
  createGroup: ({ place, organisation }) => ({
    input: { name, serves: ["rose-hill"], meetsAt: [place], runBy: [organisation] },
  }),
  createActivity: ({ place, group }) => ({
    input: { name, serves: ["rose-hill"], heldAt: [place], hostedBy: [group] },
  }),
  createOrganisation: ({ place }) => ({ input: { name, serves: ["rose-hill"], basedAt: [place] } }),
  createPlace: () => ({
    input: { name, category: "Hall", location: { latitude: 51.7268, longitude: -1.2278 }, serves: ["rose-hill"] },
  }),
  updateGroup: ({ group }) => ({ id: group, expectedVersion: 1, input: { summary: "Otherwise." } }),
  updateActivity: ({ activity }) => ({ id: activity, expectedVersion: 1, input: { summary: "Otherwise." } }),
  updateOrganisation: ({ organisation }) => ({
    id: organisation,
    expectedVersion: 1,
    input: { summary: "Otherwise." },
  }),
  updatePlace: ({ place }) => ({ id: place, expectedVersion: 1, input: { summary: "Otherwise." } }),
  archiveAsset: ({ group }) => ({ input: { id: group, reason: "Mischief" } }),
  link: ({ group }) => ({ input: { relationship: "SUPPORTS", from: group, to: "debt" } }),
  updateLink: ({ link }) => ({ input: { link, strength: 0.1 } }),
  unlink: ({ step }) => ({ input: { link: step } }),
  confirm: ({ link }) => ({ input: { id: link } }),
  mergeAssets: ({ group }) => ({ input: { from: [group], into: published.group } }),
  notTheSame: ({ group }) => ({ input: { assets: [group, published.group] } }),
  startWorkshop: () => ({ input: { name: "Mine", area: "rose-hill" } }),
  closeWorkshop: ({ workshop }) => ({ input: { workshop } }),
  renewJoinCode: ({ workshop }) => ({ input: { workshop } }),
  joinWorkshop: ({ code }) => ({ input: { code } }),
  amendChange: ({ change }) => ({ input: { change, after: { summary: "Otherwise." } } }),
  approveChanges: ({ change }) => ({ input: { changes: [change] } }),
  rejectChanges: ({ change }) => ({ input: { changes: [change], reason: "Mischief" } }),
  undoChange: ({ change }) => ({ input: { change } }),
  recordReferralOutcome: ({ step }) => ({
    input: { step, month: "2026-10", area: "rose-hill", outcome: "ATTENDED", count: 3, source: "a test" },
  }),
};

/** What may be read of something by its id. */
const readsById: Readonly<Record<string, (ids: Ids) => string>> = {
  change: ({ change }) => `{ change(id: "${change}") { id summary status after effects { recordId } } }`,
  "changes of an asset": ({ group }) =>
    `{ changes(filter: { asset: "${group}" }) { totalCount edges { node { id } } } }`,
  "changes of a workshop": ({ workshop }) =>
    `{ changes(filter: { workshop: "${workshop}" }) { totalCount edges { node { id } } } }`,
  "proposals of a workshop": ({ workshop }) =>
    `{ changes(filter: { workshop: "${workshop}", status: PROPOSED }) { totalCount edges { node { id } } } }`,
  "proposals of an asset in a workshop": ({ workshop, group }) =>
    `{ changes(filter: { workshop: "${workshop}", asset: "${group}" }) { totalCount edges { node { id } } } }`,
  workshop: ({ workshop }) => `{ workshop(id: "${workshop}") { name joinCode { code } sequence } }`,
  board: ({ workshop }) => `{ workshop(id: "${workshop}") { board { totalCount edges { node { id name } } } } }`,
  "changes on a board": ({ workshop }) =>
    `{ workshop(id: "${workshop}") { changes(since: 0) { edges { node { id } } } } }`,
  asset: ({ group }) => `{ asset(id: "${group}") { name status } }`,
  "asset in a workshop": ({ group, workshop }) => `{ asset(id: "${group}", workshop: "${workshop}") { name status } }`,
  "published asset in a workshop": ({ workshop }) =>
    `{ asset(id: "${published.group}", workshop: "${workshop}") { name fields proposals { id } links { id } } }`,
  "asset as it was": ({ group }) => `{ asset(id: "${group}", asOf: "2026-11-22T11:00:00Z") { name status } }`,
  node: ({ group }) => `{ node(id: "${group}") { id } }`,
  "node of a change": ({ change }) => `{ node(id: "${change}") { __typename ... on Change { summary status } } }`,
  "node of a workshop": ({ workshop }) => `{ node(id: "${workshop}") { __typename ... on Workshop { name } } }`,
  nodes: ({ group, activity, place, organisation }) =>
    `{ nodes(ids: ["${group}", "${activity}", "${place}", "${organisation}"]) { id } }`,
  group: ({ group }) => `{ group(id: "${group}") { name changes { totalCount } } }`,
  activity: ({ activity }) => `{ activity(id: "${activity}") { name nextSession { start } } }`,
  place: ({ place }) => `{ place(id: "${place}") { name } }`,
  organisation: ({ organisation }) => `{ organisation(id: "${organisation}") { name } }`,
  impact: ({ activity }) => `{ impactOfLosing(asset: "${activity}") { __typename } }`,
  duplicates: ({ group }) => `{ possibleDuplicates(input: { id: "${group}" }) { asset { id } } }`,
};

/** What may be read of all there is: the same with proposals and without. */
const readsOfAll: Readonly<Record<string, string>> = {
  changes: `{ changes(filter: { status: PROPOSED }) { totalCount edges { node { id } } } }`,
  "all changes": `{ changes { totalCount edges { node { id } } } }`,
  "rejected changes": `{ changes(filter: { status: REJECTED }) { totalCount edges { node { id } } } }`,
  search: `{ search(text: "${name}", near: "rose-hill", first: 20) { totalCount facets { kinds { count } } edges { node { id name } } } }`,
  suggest: `{ suggest(text: "Zyzzyva qui") { __typename } }`,
  groups: `{ groups(filter: { near: "rose-hill" }, first: 100) { totalCount edges { node { id } } } }`,
  activities: `{ activities(filter: { near: "rose-hill" }, first: 100) { totalCount edges { node { id } } } }`,
  places: `{ places(filter: { near: "rose-hill" }, first: 100) { totalCount edges { node { id } } } }`,
  organisations: `{ organisations(filter: { near: "rose-hill" }, first: 100) { totalCount edges { node { id } } } }`,
  area: `{ area(slug: "rose-hill") { assets(first: 100) { totalCount edges { node { id } } } } }`,
  condition: `{ condition(slug: "loneliness") { assets(first: 100, filter: { near: "rose-hill" }) { totalCount } } }`,
  sessions: `{ sessions(filter: { near: "rose-hill" }, first: 100) { totalCount edges { node { id } } } }`,
  routes: `{ referralRoutes(input: { from: "gp-practice", condition: "loneliness", near: "rose-hill" }) { routes { steps { __typename } } blocked { __typename } } }`,
  network: `{ referralNetwork(near: "rose-hill") { __typename } }`,
  duplicates: `{ possibleDuplicates(input: { kind: GROUP, name: "${name}" }) { asset { id } } }`,
  "what is on the map already": "published",
};

const pages = ({ group, activity, place, organisation }: Ids) => [
  `/calendar/groups/${group}.ics`,
  `/calendar/activities/${activity}.ics`,
  `/calendar/places/${place}.ics`,
  `/calendar/organisations/${organisation}.ics`,
];
const pagesOfAll = ["/calendar/areas/rose-hill.ics", "/calendar/search.ics?q=Zyzzyva%20quilters"];

const made = (kind: Kind) => newId(kind, aSunday);

async function done(mutation: string, input: object, token: string, more: Record<string, unknown> = {}) {
  const payload = await payloadOf(world, mutation, { input, token, more, fields: "change { id subjectId status }" });
  expect(payload.userErrors).toEqual([]);
  return payload.change as { readonly id: string; readonly subjectId: string; readonly status: string };
}

async function start(area: string) {
  const { workshop } = await payloadOf(world, "startWorkshop", {
    input: { name: `Workshop in ${area}`, area },
    token: admin,
    fields: "workshop { id joinCode { code } }",
  });
  return workshop as { readonly id: string; readonly joinCode: { readonly code: string } };
}

async function joined(code: string) {
  const { token } = await payloadOf(world, "joinWorkshop", { input: { code }, token: admin, fields: "token" });
  return token as string;
}

/** What everybody was told of all there is before anything was proposed, by who asked and what. */
const before = new Map<string, unknown>();

async function askedOfAll(token: string | undefined, query: string) {
  const text =
    query === "published"
      ? `{ group(id: "${published.group}") { name summary supports { totalCount } changes { totalCount } } }`
      : query;
  return world.ask(text, {}, token);
}

async function page(path: string) {
  const response = await world.fetch(new Request(`http://directory.test${path}`));
  return [response.status, (await response.text()).replaceAll(/DTSTAMP:\w+/g, "")];
}

beforeAll(async () => {
  world = await openWorld({ signingKey });
  admin = await world.tokenOf({ role: "ADMIN" });
  const { data } = await world.ask(`{ roseHill: area(slug: "rose-hill") { id } barton: area(slug: "barton") { id } }`);

  const on = async (mutation: string, input: object) => (await done(mutation, input, admin)).subjectId;
  const place = await on("createPlace", {
    name: "A known hall",
    category: "Hall",
    location: { latitude: 51.7268, longitude: -1.2278 },
  });
  const organisation = await on("createOrganisation", { name: "A known trust", serves: ["rose-hill"] });
  const group = await on("createGroup", {
    name: "A known group",
    serves: ["rose-hill"],
    supports: [{ condition: "loneliness" }],
  });
  const activity = await on("createActivity", { name: "A known hour", heldAt: [place] });
  const stepOf = { relationship: "REFERS_TO", from: "gp-practice", to: activity, referral: { method: "PHONE" } };
  const { link: step } = await payloadOf(world, "link", { input: stepOf, token: admin, fields: "link { id }" });
  const change = await done("updateGroup", { summary: "It is known." }, admin, { id: group, expectedVersion: 1 });

  const workshop = await start("rose-hill");
  const elsewhere = await start("barton");
  const stale = await joined(workshop.joinCode.code);
  const renewed = await payloadOf(world, "renewJoinCode", {
    input: { workshop: workshop.id },
    token: admin,
    fields: "workshop { joinCode { code } }",
  });
  member = await joined(renewed.workshop.joinCode.code);

  const nobodyIs = { code: "ZZZZ-ZZZZ-ZZ" };
  published = {
    ...{ group, activity, organisation, place, change: change.id, step: step.id },
    link: linkIdOf("SUPPORTS", group, loneliness),
    workshop: made("Workshop"),
    ...nobodyIs,
  };
  const unknown = {
    group: made("Group"),
    activity: made("Activity"),
    place: made("Place"),
    organisation: made("Organisation"),
  };
  nothing = {
    ...unknown,
    link: linkIdOf("SUPPORTS", unknown.group, loneliness),
    step: idOf("ReferralStep", "a test", "no such step"),
    change: made("Change"),
    workshop: made("Workshop"),
    ...nobodyIs,
  };

  Object.assign(strangers, {
    "nobody in particular": undefined,
    "a mapper": await world.tokenOf({ role: "MAPPER", id: "a lone mapper" }),
    "a mapper of another workshop": await joined(elsewhere.joinCode.code),
    "who joined with a code that was replaced": stale,
    "an editor of another area": await world.tokenOf({ role: "EDITOR", areas: [data.barton.id] }),
    "an editor of an organisation": await world.tokenOf({ role: "EDITOR", organisations: [made("Organisation")] }),
    "an editor of nothing": await world.tokenOf({ role: "EDITOR" }),
  });
  const signed = (key: string, { audience = "common-ground", inSeconds = 600 } = {}) =>
    new SignJWT({ role: "ADMIN", areas: [], organisations: [], workshops: [{ id: workshop.id, generation: 2 }] })
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setIssuer("common-ground")
      .setAudience(audience)
      .setSubject("a forger")
      .setExpirationTime(Math.floor(aSunday.getTime() / 1000) + inSeconds)
      .sign(new TextEncoder().encode(key));
  const good = await signed(signingKey);
  expect((await world.ask("{ viewer { role } }", {}, good)).data.viewer.role).toBe("ADMIN");
  const [, claims] = good.split(".");
  const none = Buffer.from(JSON.stringify({ alg: "none", typ: "JWT" })).toString("base64url");
  Object.assign(forgers, {
    "an expired token": await signed(signingKey, { inSeconds: -1 }),
    "a token that nobody signed": `${none}.${claims ?? ""}.`,
    "a token signed with another key": await signed("a key that is not the one of this directory"),
    "a token for somebody else": await signed(signingKey, { audience: "another-directory" }),
    "a token whose claims were changed": good.replace(/\.(.)/, (_, first: string) => `.${first === "e" ? "f" : "e"}`),
  });

  for (const [who, token] of Object.entries(strangers)) {
    for (const [what, query] of Object.entries(readsOfAll))
      before.set(`${who}: ${what}`, await askedOfAll(token, query));
  }
  for (const path of pagesOfAll) before.set(path, await page(path));

  const proposed = async (mutation: string, input: object, more: Record<string, unknown> = {}) => {
    const made = await done(mutation, input, member, more);
    expect(made.status).toBe("PROPOSED");
    return made;
  };
  const itsPlace = await proposed("createPlace", {
    name: `${name}: their hall`,
    category: "Hall",
    location: { latitude: 51.7268, longitude: -1.2278 },
  });
  const itsGroup = await proposed("createGroup", {
    name,
    serves: ["rose-hill"],
    supports: [{ condition: "loneliness" }],
    meetsAt: [itsPlace.subjectId],
  });
  const itsOrganisation = await proposed("createOrganisation", { name: `${name}: their trust`, serves: ["rose-hill"] });
  const itsActivity = await proposed("createActivity", {
    name: `${name}: their hour`,
    heldAt: [itsPlace.subjectId],
    supports: [{ condition: "loneliness" }],
    schedule: [{ byDay: ["TUESDAY"], repeatFrequency: "P1W", startTime: "14:00", endTime: "16:00" }],
  });
  const itsStep = { ...stepOf, to: itsActivity.subjectId };
  const { link: proposedStep } = await payloadOf(world, "link", {
    input: itsStep,
    token: member,
    fields: "link { id }",
  });
  await proposed("link", { relationship: "SUPPORTS", from: published.group, to: "debt" });
  await proposed("link", { ...stepOf, from: published.group, to: published.activity });
  await proposed("updateGroup", { summary: "Zyzzyva is meant." }, { id: published.group, expectedVersion: 2 });
  const another = await world.tokenOf({ role: "MAPPER", id: "another lone mapper" });
  alone = (await done("createGroup", { name: `${name}, alone`, serves: ["rose-hill"] }, another)).id;

  drafts = {
    group: itsGroup.subjectId,
    activity: itsActivity.subjectId,
    organisation: itsOrganisation.subjectId,
    place: itsPlace.subjectId,
    link: linkIdOf("SUPPORTS", itsGroup.subjectId, loneliness),
    step: proposedStep.id,
    change: itsGroup.id,
    workshop: workshop.id,
    // The code that was replaced.
    code: workshop.joinCode.code,
  };
}, 300_000);

afterAll(async () => {
  await forgetEdits(world);
  await world.close();
});

/** All that is on the map, counted. */
async function counts() {
  const [row] = await world.cypher(cypher`
    CALL () { MATCH (node) WHERE NOT node:Change AND NOT node:ChangeLog RETURN count(node) AS nodes }
    CALL () { MATCH (asset:Asset) RETURN sum(asset.version) AS versions }
    CALL () { MATCH (:Asset)-[link]-() RETURN count(link) AS links }
    RETURN nodes, versions, links`);
  return row;
}

/** All that is on the map, and every change, as they are: a hash. */
async function everything(withoutChangesAfter: number) {
  const rows = await world.cypher(
    cypher`
    CALL () {
      MATCH (node) WHERE NOT node:ChangeLog AND NOT coalesce(node.firstSequence > $last, false)
      RETURN labels(node) + [key IN keys(node) | key + ': ' + toStringOrNull(node[key])] AS said
      UNION ALL
      MATCH (from:Asset)-[link]-(to)
      RETURN [from.id, type(link), coalesce(to.id, '')] + [key IN keys(link) | key + ': ' + toStringOrNull(link[key])] AS said
    }
    RETURN said`,
    { last: withoutChangesAfter },
  );
  const lines = rows.map(({ said }) => JSON.stringify(said)).sort();
  return createHash("sha256").update(lines.join("\n")).digest("hex");
}

async function lastSequence() {
  const [row] = await world.cypher(cypher`MATCH (log:ChangeLog) RETURN log.sequence AS last`);
  return row?.["last"] as number;
}

/** An answer without what differs from one id to the other. */
function withoutIds(answer: unknown) {
  return JSON.stringify(answer)
    .replaceAll(/lnk_\w+/g, "<link>")
    .replaceAll(/\b([a-z]{3})_[0-9A-HJKMNP-TV-Z]{26}\b/g, "<$1>")
    .replaceAll(/"sequence":\d+/g, "");
}

/** Two answers are also the same when both are that the question was wrong: which is a mistake of this test. */
function expectWellAsked(answer: unknown) {
  for (const { message, extensions } of (answer as Answer).errors ?? []) {
    if (message.startsWith("There is no asset ")) continue;
    expect(["NOT_ALLOWED", "NOT_FOUND"], message).toContain(extensions["code"]);
  }
}

async function counted(work: () => Promise<unknown>) {
  world.forget();
  const answer = await work();
  expectWellAsked(answer);
  return { answer: withoutIds(answer), statements: world.statements().toSorted() };
}

function attempt(
  mutation: string,
  variables: { readonly [argument: string]: unknown },
  token: string | undefined,
): Promise<Answer> {
  const args = mutationFields[mutation]?.args ?? [];
  const given = args.filter((argument) => argument.name in variables);
  const payload = String(mutationFields[mutation]?.type).replace("!", "");
  const change = new RegExp(`^type ${payload} {[^}]*^  change: Change$`, "m").test(apiSdl)
    ? "change { id status summary }"
    : "";
  return world.ask(
    `mutation (${given.map(({ name: argument, type }) => `$${argument}: ${String(type)}`).join(", ")}) {
      ${mutation}(${given.map(({ name: argument }) => `${argument}: $${argument}`).join(", ")}) { __typename ${change} userErrors { code message field } }
    }`,
    variables,
    token,
  );
}

/** The attempt as it is, and, where it can be made in a workshop, in that. */
function attemptsAt(mutation: string, ids: Ids) {
  const bare = attempts[mutation]?.(ids) ?? { input: {} };
  const type = mutationFields[mutation]?.args.find((argument) => argument.name === "input")?.type;
  const input = isNonNullType(type) ? type.ofType : type;
  const takesWorkshop = isInputObjectType(input) && "workshop" in input.getFields() && !("workshop" in bare.input);
  return takesWorkshop && mutation !== "approveChanges"
    ? [bare, { ...bare, input: { ...bare.input, workshop: ids.workshop } }]
    : [bare];
}

function codeOf(answer: Answer): string | undefined {
  return answer.errors?.[0]?.extensions["code"] as string | undefined;
}

test("every mutation that there is has been tried", () => {
  expect(Object.keys(attempts).sort()).toEqual(Object.keys(mutationFields).sort());
});

test("a token that is not good does nothing, whatever it is sent with, and nothing is asked of the graph", async () => {
  const last = await lastSequence();
  const untouched = await everything(last);
  for (const [who, token] of Object.entries(forgers)) {
    const refusals = new Set<string>();
    for (const mutation of Object.keys(attempts)) {
      for (const ids of [drafts, nothing, published]) {
        world.forget();
        const answer = await attempt(mutation, attempts[mutation]?.(ids) ?? {}, token);
        expect([who, mutation, codeOf(answer), world.statements()]).toEqual([who, mutation, "NOT_ALLOWED", []]);
        refusals.add(JSON.stringify(answer.errors?.map(({ message }) => message)));
      }
    }
    for (const query of [...Object.values(readsById).map((read) => read(drafts)), ...Object.values(readsOfAll)]) {
      if (query === "published") continue;
      world.forget();
      const answer = await world.ask(query, {}, token);
      expect([who, query, codeOf(answer), world.statements()]).toEqual([who, query, "NOT_ALLOWED", []]);
      refusals.add(JSON.stringify(answer.errors?.map(({ message }) => message)));
    }
    expect([who, refusals.size]).toEqual([who, 1]);
  }
  expect(await lastSequence()).toBe(last);
  expect(await everything(last)).toBe(untouched);
}, 300_000);

describe("whoever may not", () => {
  const names = [
    "nobody in particular",
    "a mapper",
    "a mapper of another workshop",
    "who joined with a code that was replaced",
    "an editor of another area",
    "an editor of an organisation",
    "an editor of nothing",
  ];

  test("is each of these", () => {
    expect(Object.keys(strangers)).toEqual(names);
  });

  test.for(names)(
    "%s changes nothing, and is told the same of what is proposed as of what there is not",
    { timeout: 300_000 },
    async (who) => {
      const token = strangers[who];
      const last = await lastSequence();
      const untouched = await everything(last);
      const before = await counts();
      for (const mutation of Object.keys(attempts)) {
        const ofNothing = attemptsAt(mutation, nothing);
        for (const [index, variables] of attemptsAt(mutation, drafts).entries()) {
          const there = await counted(() => attempt(mutation, variables, token));
          const notThere = await counted(() => attempt(mutation, ofNothing[index] ?? {}, token));
          expect([mutation, there]).toEqual([mutation, notThere]);
        }
        const answer = await attempt(mutation, attempts[mutation]?.(published) ?? {}, token);
        const payload = answer.data?.[mutation] as
          { change?: { status: string } | null; userErrors: unknown[] } | undefined;
        // A mapper may propose; nobody may do more, and of a step on the map every editor may record what came of it.
        if (payload?.change) expect([mutation, payload.change.status]).toEqual([mutation, "PROPOSED"]);
        if (mutation !== "recordReferralOutcome") expect([mutation, await counts()]).toEqual([mutation, before]);
        else await world.cypher(cypher`MATCH (outcome:ReferralOutcome {source: 'a test'}) DETACH DELETE outcome`);
      }
      expect(await everything(last), "what is on the map, and what others propose").toBe(untouched);
      const others = await world.cypher(
        cypher`MATCH (change:Change) WHERE change.firstSequence > $last AND (change.status <> 'PROPOSED' OR NOT change.by STARTS WITH 'mapper ' OR change.workshopId = $workshop) RETURN change.summary AS summary`,
        { last, workshop: drafts.workshop },
      );
      expect(others).toEqual([]);
      await world.cypher(cypher`MATCH (change:Change) WHERE change.firstSequence > $last DETACH DELETE change`, {
        last,
      });
    },
  );

  test.for(names)("%s reads nothing of what is proposed", { timeout: 300_000 }, async (who) => {
    const token = strangers[who];
    for (const [what, read] of Object.entries(readsById)) {
      const there = await counted(() => world.ask(read(drafts), {}, token));
      const notThere = await counted(() => world.ask(read(nothing), {}, token));
      expect([what, there]).toEqual([what, notThere]);
    }
    const ofNone = await counted(() => world.ask(`{ change(id: "${alone}") { summary } }`, {}, token));
    expect(ofNone.answer).toBe(`{"data":{"change":null}}`);
    for (const [what, query] of Object.entries(readsOfAll)) {
      const answer = await askedOfAll(token, query);
      expectWellAsked(answer);
      expect([what, answer]).toEqual([what, before.get(`${who}: ${what}`)]);
    }
  });
});

test("who is a member is told of it all, so that there was something to find", async () => {
  const told = [];
  for (const [what, read] of Object.entries(readsById)) {
    const [there, notThere] = [await world.ask(read(drafts), {}, member), await world.ask(read(nothing), {}, member)];
    if (withoutIds(there) !== withoutIds(notThere)) told.push(what);
  }
  expect(told).toEqual(
    expect.arrayContaining([
      ...["change", "changes of a workshop", "proposals of a workshop", "workshop", "board", "changes on a board"],
      ...["asset in a workshop", "published asset in a workshop"],
    ]),
  );
  const ofNone = `{ change(id: "${alone}") { status } }`;
  const { data } = await world.ask(`{ area(slug: "rose-hill") { id } }`);
  const editor = await world.tokenOf({ role: "EDITOR", areas: [data.area.id] });
  expect((await world.ask(ofNone, {}, editor)).data.change).toEqual({ status: "PROPOSED" });
  const listed = await world.ask(`{ changes(filter: { status: PROPOSED }) { edges { node { id } } } }`, {}, editor);
  expect(listed.data.changes.edges).toEqual([{ node: { id: alone } }]);
});

test("no calendar tells of what is proposed", async () => {
  const ofNothing = pages(nothing);
  for (const [index, path] of pages(drafts).entries()) {
    const there = await counted(() => page(path));
    expect([path, there]).toEqual([path, await counted(() => page(ofNothing[index] ?? ""))]);
  }
  for (const path of pagesOfAll) expect([path, (await page(path))[0]]).toEqual([path, 200]);
  for (const path of pagesOfAll) expect([path, await page(path)]).toEqual([path, before.get(path)]);
});
