import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { listen } from "../core/listen.ts";
import { createTokens } from "../core/tokens.ts";
import { forgetEdits, payloadOf, signingKey } from "./fixtures/editing.ts";
import { heardIn, type Heard, listenTo } from "./fixtures/listening.ts";
import { relayTo } from "./fixtures/relay.ts";
import { startProcess } from "./startProcess.ts";
import { type Answer, aSunday, openWorld, type World } from "./world.ts";

// Who listens to a workshop is told of each change once, in order, whatever happens in between; and nobody else is told of anything.

let world: World;
/** Another gateway, on the same Neo4j. */
let otherWorld: World;
let facilitator: string;
let workshop: string;
let mapper: string;
let otherMapper: string;

const nowhere = "wsp_00000000000000000000000000";

interface Started {
  readonly id: string;
  readonly code: string;
}

async function started(): Promise<Started> {
  const { workshop: made } = await payloadOf(world, "startWorkshop", {
    input: { name: "An evening", area: "rose-hill" },
    token: facilitator,
    fields: "workshop { id joinCode { code } }",
  });
  return { id: made.id, code: made.joinCode.code };
}

async function joined({ code }: Started): Promise<string> {
  const { token } = await payloadOf(world, "joinWorkshop", { input: { code }, token: facilitator, fields: "token" });
  return token as string;
}

/** Proposes, or as an editor adds, a group; its change. */
async function added(name: string, token: string, { via = world, into = workshop } = {}) {
  const { change, userErrors } = await payloadOf(via, "createGroup", {
    input: { name, serves: ["rose-hill"], workshop: into },
    token,
    fields: "change { id sequence }",
  });
  expect(userErrors).toEqual([]);
  return change as { readonly id: string; readonly sequence: number };
}

const told = "sequence hasMore workshop { open } changes { id sequence status reason }";
const subscription = `subscription ($id: ID!, $since: Int, $first: Int) { workshopChanged(id: $id, since: $since, first: $first) { ${told} } }`;

async function heard({
  to = workshop,
  token,
  since,
  first,
  at = world,
}: {
  readonly to?: string;
  readonly token?: string;
  readonly since?: number;
  readonly first?: number;
  readonly at?: Pick<World, "fetch">;
}): Promise<Heard> {
  return listenTo(at.fetch, { query: subscription, variables: { id: to, since, first }, token });
}

/** What the next event tells. Fails where there are errors in it. */
async function nextOf(stream: Heard): Promise<Answer["data"]> {
  const event = await stream.next();
  expect(event?.errors).toBe(undefined);
  return event?.data.workshopChanged;
}

/** All changes that a stream tells of, up to a sequence. */
async function changesUpTo(stream: Heard, sequence: number) {
  const changes: { readonly id: string; readonly sequence: number; readonly status: string }[] = [];
  for (;;) {
    const event = await nextOf(stream);
    changes.push(...event.changes);
    if (event.sequence >= sequence) return changes;
  }
}

async function sequenceOf(id: string): Promise<number> {
  const { data } = await world.ask(`query ($id: ID!) { workshopChanges(id: $id) { sequence } }`, { id }, facilitator);
  return data.workshopChanges.sequence as number;
}

const codesOf = ({ errors }: Answer) => errors?.map(({ extensions }) => extensions["code"]);

beforeAll(async () => {
  world = await openWorld({ signingKey });
  otherWorld = await openWorld({ signingKey });
  const { data } = await world.ask(`{ area(slug: "rose-hill") { id } }`);
  facilitator = await world.tokenOf({ role: "EDITOR", areas: [data.area.id] });
  const first = await started();
  workshop = first.id;
  mapper = await joined(first);
  otherMapper = await joined(first);
});

afterAll(async () => {
  await forgetEdits(world);
  await otherWorld.close();
  await world.close();
});

test("while two people edit, who listens is told of each change once and in order, and that it is approved or rejected", async () => {
  const stream = await heard({ token: mapper });
  expect(await nextOf(stream)).toEqual({ sequence: 0, hasMore: false, workshop: { open: true }, changes: [] });
  const made = (
    await Promise.all(
      [mapper, otherMapper].map(async (token, table) => {
        const theirs = [];
        for (let index = 0; index < 6; index += 1) theirs.push(await added(`Table ${table}, group ${index}`, token));
        return theirs;
      }),
    )
  )
    .flat()
    .toSorted((one, two) => one.sequence - two.sequence);
  const last = made.at(-1);
  const changes = await changesUpTo(stream, last?.sequence ?? 0);
  expect(changes.map(({ id, sequence }) => ({ id, sequence }))).toEqual(made);
  expect(new Set(changes.map(({ status }) => status))).toEqual(new Set(["PROPOSED"]));

  const [one, two] = made.map(({ id }) => id);
  await payloadOf(world, "approveChanges", { input: { changes: [one] }, token: facilitator, fields: "changes { id }" });
  expect((await nextOf(stream)).changes).toEqual([
    { id: one, sequence: (last?.sequence ?? 0) + 1, status: "APPLIED", reason: null },
  ]);
  await payloadOf(world, "rejectChanges", {
    input: { changes: [two], reason: "There is no such group" },
    token: facilitator,
    fields: "changes { id }",
  });
  expect((await nextOf(stream)).changes).toEqual([
    { id: two, sequence: (last?.sequence ?? 0) + 2, status: "REJECTED", reason: "There is no such group" },
  ]);
  await stream.leave();
});

test("who was away catches up from where they left off, page by page, and then hears what is new", async () => {
  const since = await sequenceOf(workshop);
  const made = [];
  for (const name of ["One", "Two", "Three", "Four", "Five"]) made.push(await added(name, mapper));
  const stream = await heard({ token: mapper, since, first: 2 });
  const pages = [await nextOf(stream), await nextOf(stream), await nextOf(stream)];
  expect(pages.map(({ hasMore, changes }) => [hasMore, changes.length])).toEqual([
    [true, 2],
    [true, 2],
    [false, 1],
  ]);
  expect(pages.flatMap(({ changes }) => changes.map(({ id }: { id: string }) => id))).toEqual(made.map(({ id }) => id));
  const { id, sequence } = await added("Six", otherMapper);
  expect(await nextOf(stream)).toMatchObject({ sequence, hasMore: false, changes: [{ id }] });
  await stream.leave();
  const { data } = await world.ask(
    `query ($id: ID!, $since: Int) { workshopChanges(id: $id, since: $since, first: 2) { ${told} } }`,
    { id: workshop, since },
    mapper,
  );
  expect(data.workshopChanges).toEqual(pages[0]);
});

test("a place in the order that there is not yet is where the workshop is", async () => {
  const sequence = await sequenceOf(workshop);
  const stream = await heard({ token: mapper, since: sequence + 1000 });
  expect(await nextOf(stream)).toMatchObject({ sequence, changes: [] });
  const { id } = await added("After all", mapper);
  expect((await nextOf(stream)).changes).toMatchObject([{ id }]);
  await stream.leave();
});

test("an event has what was selected and no more, by whatever names and in whatever fragments", async () => {
  const stream = await listenTo(world.fetch, {
    query: `
      subscription Live($id: ID!, $from: Int = 0, $isNamed: Boolean!) { ...Root ... on Subscription { news: workshopChanged(id: $id, since: $from, first: 1) { told: hasMore } } }
      subscription Other($id: ID!) { workshopChanged(id: $id) { sequence } }
      fragment Root on Subscription { news: workshopChanged(id: $id, since: $from, first: 1) { ...Changes __typename } }
      fragment Changes on WorkshopChanges { sequence: changes { name: status subject @include(if: $isNamed) { id } } workshop { name changes(since: $from) { totalCount } } }`,
    operationName: "Live",
    variables: { id: workshop, isNamed: false },
    token: mapper,
  });
  const { data } = await world.ask(
    `query ($id: ID!) { workshop(id: $id) { changes(since: 0) { totalCount } } }`,
    { id: workshop },
    mapper,
  );
  // Where the client says from where on to count, that stays, while the place of the stream goes on.
  const { totalCount } = data.workshop.changes;
  for (const name of ["PROPOSED", "PROPOSED"]) {
    expect(await stream.next()).toEqual({
      data: {
        news: {
          sequence: [{ name }],
          __typename: "WorkshopChanges",
          workshop: { name: "An evening", changes: { totalCount } },
          told: true,
        },
      },
    });
  }
  await stream.leave();
});

test("who reads slowly is sent what has gathered as one event, and nothing is kept for them", async () => {
  const stream = await heard({ token: mapper, since: await sequenceOf(workshop) });
  const made = [];
  for (let index = 0; index < 5; index += 1) made.push(await added(`While nobody read, ${index}`, mapper));
  // Long enough for a look that every second would have told of.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  world.forget();
  const [first, second] = [await nextOf(stream), await nextOf(stream)];
  expect(first.changes).toEqual([]);
  expect(second.changes.map(({ id }: { id: string }) => id)).toEqual(made.map(({ id }) => id));
  expect(world.statements().filter((name) => name === "changesSince")).toEqual(["changesSince"]);
  await stream.leave();
});

test("whoever is no member is told the same, whether or not there is such a workshop", async () => {
  const elsewhere = await started();
  const strangers = {
    nobody: undefined,
    mapper: await joined(elsewhere),
    editor: await world.tokenOf({ role: "EDITOR", id: "another", areas: [] }),
  };
  const heardBy = async (token: string | undefined, to: string) => {
    world.forget();
    const { status, refusal } = await heard({ to, ...(token === undefined ? {} : { token }) });
    return { status, refusal, statements: world.statements() };
  };
  for (const [who, token] of Object.entries(strangers)) {
    const there = await heardBy(token, workshop);
    expect(there, who).toMatchObject({
      status: who === "nobody" ? 401 : 403,
      refusal: { errors: [expect.anything()] },
    });
    expect(codesOf(there.refusal ?? {}), who).toEqual(["NOT_ALLOWED"]);
    expect(await heardBy(token, nowhere), who).toEqual(there);
  }
  const admin = await world.tokenOf({ role: "ADMIN" });
  expect(await heardBy(admin, nowhere)).toMatchObject({ status: 403 });
  const forged = await heard({ token: `${mapper}x` });
  expect([forged.status, codesOf(forged.refusal ?? {})]).toEqual([401, ["NOT_ALLOWED"]]);
  expect(
    codesOf(await world.ask(`{ workshopMarks(ids: ["${workshop}"]) { sequence } }`, {}, admin)),
    "what the gateway asks is for the gateway",
  ).toEqual(["GRAPHQL_VALIDATION_FAILED"]);
});

test("with another code, those who joined before are put out, and the facilitator goes on; with the workshop closed, everybody is told", async () => {
  const { id, code } = await started();
  const token = await joined({ id, code });
  const [theirs, facilitators] = [await heard({ to: id, token }), await heard({ to: id, token: facilitator })];
  await nextOf(theirs);
  await nextOf(facilitators);
  const renewed = await payloadOf(world, "renewJoinCode", {
    input: { workshop: id },
    token: facilitator,
    fields: "workshop { joinCode { code } }",
  });
  expect(codesOf((await theirs.next()) ?? {})).toEqual(["NOT_ALLOWED"]);
  expect(await theirs.next()).toBe(null);
  const again = await joined({ id, code: renewed.workshop.joinCode.code });
  const anew = await heard({ to: id, token: again });
  await nextOf(anew);
  await payloadOf(world, "closeWorkshop", { input: { workshop: id }, token: facilitator, fields: "workshop { id }" });
  expect(codesOf((await anew.next()) ?? {})).toEqual(["NOT_ALLOWED"]);
  expect(await nextOf(facilitators)).toEqual({ sequence: 0, hasMore: false, workshop: { open: false }, changes: [] });
  await facilitators.leave();
});

test("a token that runs out ends what it began", async () => {
  let now = aSunday;
  const later = await openWorld({ signingKey, clock: () => now });
  const stream = await heard({ at: later, token: facilitator });
  await nextOf(stream);
  now = new Date(aSunday.getTime() + 2 * 3_600_000);
  expect(codesOf((await stream.next()) ?? {})).toEqual(["NOT_ALLOWED"]);
  expect(await stream.next()).toBe(null);
  await later.close();
});

test("what is written through another gateway is told within seconds, and a gateway that stops completes its streams", async () => {
  const third = await openWorld({ signingKey });
  const [here, there] = [await heard({ token: mapper }), await heard({ token: mapper, at: third })];
  await nextOf(here);
  await nextOf(there);
  const { id, sequence } = await added("By the other door", otherMapper, { via: otherWorld });
  expect((await nextOf(here)).changes).toMatchObject([{ id }]);
  expect((await nextOf(there)).changes).toMatchObject([{ id }]);
  await third.close();
  expect(await there.next()).toBe(null);
  const missed = await added("While it was away", otherMapper);
  const again = await heard({ token: mapper, since: sequence, at: otherWorld });
  expect((await nextOf(again)).changes).toMatchObject([{ id: missed.id }]);
  await again.leave();
  await here.leave();
});

test("a process that is told to stop ends its streams, and then itself", { timeout: 300_000 }, async () => {
  const { uri, user, password, database } = inject("neo4j");
  const gateway = await startProcess("gateway/main.ts", [], {
    NEO4J_URI: uri,
    NEO4J_USER: user,
    NEO4J_PASSWORD: password,
    NEO4J_DATABASE: database,
    SIGNING_KEY: signingKey,
    PORT: "0",
  });
  // The process has the time of day, at which what the tests sign at noon of a certain Sunday may be past.
  const token = await createTokens(signingKey).sign(
    { id: "somebody of today", role: "ADMIN", areas: [], organisations: [], workshops: [] },
    new Date(Date.now() + 3_600_000),
  );
  const url = `${gateway.url}/graphql/stream`;
  const stream = await listenTo(fetch, { url, query: subscription, variables: { id: workshop }, token });
  await nextOf(stream);
  const begun = performance.now();
  const [status, end] = await Promise.all([gateway.stop(), stream.next()]);
  expect([status, end]).toEqual([0, null]);
  // Well before it would be ended by force.
  expect(performance.now() - begun).toBeLessThan(20_000);
});

test("with the subgraphs elsewhere it is the same", async () => {
  const apart = await openWorld({ signingKey, reached: "over HTTP" });
  const stream = await heard({ token: mapper, at: apart });
  await nextOf(stream);
  const { id } = await added("Across the network", otherMapper);
  expect((await nextOf(stream)).changes).toMatchObject([{ id }]);
  await stream.leave();
  await apart.close();
});

test("while Neo4j cannot be reached nothing is told, and after that everything", async () => {
  const server = inject("neo4j");
  const { hostname, port } = new URL(server.uri);
  const wire = await relayTo(hostname, Number(port === "" ? 7687 : port));
  const beyond = await openWorld({ signingKey, server: { ...server, uri: `bolt://127.0.0.1:${wire.port}` } });
  const stream = await heard({ token: mapper, at: beyond });
  const { sequence }: { readonly sequence: number } = await nextOf(stream);
  wire.cut();
  const made = [await added("In the dark", mapper), await added("Still dark", otherMapper)];
  await new Promise((resolve) => setTimeout(resolve, 2500));
  const refused = await heard({ token: mapper, at: beyond });
  expect([refused.status, codesOf(refused.refusal ?? {})]).toEqual([503, ["UNAVAILABLE"]]);
  wire.mend();
  const changes = await changesUpTo(stream, sequence + made.length);
  expect(changes.map(({ id }) => id)).toEqual(made.map(({ id }) => id));
  await stream.leave();
  await beyond.close();
  await wire.close();
});

test("nobody listens more than eight times, and whoever leaves makes room", async () => {
  const listening = await listen(world.fetch, { host: "127.0.0.1", port: 0 });
  const url = `${listening.url}/graphql/stream`;
  const token = await world.tokenOf({ role: "ADMIN", id: "somebody with many tabs" });
  const ask = (signal?: AbortSignal) =>
    listenTo((request) => fetch(request, signal === undefined ? {} : { signal }), {
      url,
      query: subscription,
      variables: { id: workshop },
      token,
    });
  const leaving = new AbortController();
  const leaver = await ask(leaving.signal);
  await nextOf(leaver);
  expect(leaver.text(), "the first that is sent, for proxies and browsers").toMatch(/^:\n\n/);
  expect(leaver.headers.get("x-accel-buffering")).toBe("no");
  expect(leaver.headers.get("cache-control")).toBe("no-store, no-transform");
  const others = [];
  for (let index = 0; index < 7; index += 1) others.push(await ask());
  const ninth = await ask();
  expect([ninth.status, codesOf(ninth.refusal ?? {})]).toEqual([429, ["RATE_LIMITED"]]);
  expect(ninth.headers.get("retry-after")).toBe("30");
  leaving.abort();
  let again = await ask();
  for (let tries = 0; again.status === 429 && tries < 50; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    again = await ask();
  }
  await nextOf(again);
  for (const one of [...others, again]) await one.leave();
  await listening.close();
});

test("a process takes as many as it is set to, and asks Neo4j for nothing when nobody listens", async () => {
  const small = await openWorld({ signingKey, mostListeners: 1 });
  const only = await heard({ token: mapper, at: small });
  await nextOf(only);
  const second = await heard({ token: otherMapper, at: small });
  expect([second.status, codesOf(second.refusal ?? {})]).toEqual([503, ["UNAVAILABLE"]]);
  await only.leave();
  await new Promise((resolve) => setTimeout(resolve, 300));
  small.forget();
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(small.statements()).toEqual([]);
  await small.close();
});

test("a browser that is signed in listens from our pages, and from no others", async () => {
  const query = encodeURIComponent(`subscription { workshopChanged(id: "${workshop}") { sequence } }`);
  const asked = async (headers: Record<string, string>) =>
    heardIn(
      await world.fetch(
        new Request(`http://directory.test/graphql/stream?query=${query}`, {
          headers: { accept: "text/event-stream", cookie: `session=${mapper}`, ...headers },
        }),
      ),
    );
  const ours = await asked({ "sec-fetch-site": "same-origin" });
  expect(await nextOf(ours)).toEqual({ sequence: await sequenceOf(workshop) });
  await ours.leave();
  for (const headers of [{ "sec-fetch-site": "cross-site" }, { origin: "http://elsewhere.test" }, {}]) {
    const refused = await asked(headers);
    expect([refused.status, codesOf(refused.refusal ?? {})]).toEqual([403, ["NOT_ALLOWED"]]);
  }
});

/** A subscription with one selection, and with more arguments. */
const one = (selection = "sequence", more = "") =>
  `subscription ($id: ID!) { workshopChanged(id: $id${more}) { ${selection} } }`;

const underCondition = `subscription ($id: ID!, $on: Boolean = true) { workshopChanged(id: $id) @include(if: $on) { sequence } }`;

test.for([
  ["a query", "{ viewer { role } }", {}, 400, "BAD_REQUEST"],
  ["a mutation", `mutation { joinWorkshop(input: { code: "x" }) { token } }`, {}, 400, "BAD_REQUEST"],
  ["two operations and no name", `${one()} query Q { viewer { role } }`, {}, 400, "GRAPHQL_VALIDATION_FAILED"],
  [
    "two named operations and no name",
    `subscription A { workshopChanged(id: "x") { sequence } } subscription B { workshopChanged(id: "x") { sequence } }`,
    {},
    400,
    "OPERATION_RESOLUTION_FAILURE",
  ],
  ["an operation that is not there", one(), { operationName: "Other" }, 400, "OPERATION_RESOLUTION_FAILURE"],
  ["a name that is no text", one(), { operationName: 7 }, 400, "BAD_REQUEST"],
  [
    "two fields",
    `subscription { a: workshopChanged(id: "x") { sequence } b: workshopChanged(id: "y") { sequence } }`,
    {},
    400,
    "GRAPHQL_VALIDATION_FAILED",
  ],
  ["a question about the schema", `subscription { __typename }`, {}, 400, "GRAPHQL_VALIDATION_FAILED"],
  ["a field that there is not", `subscription { workshopClosed }`, {}, 400, "GRAPHQL_VALIDATION_FAILED"],
  ["a condition at the root", underCondition, {}, 400, "GRAPHQL_VALIDATION_FAILED"],
  [
    "a condition in a fragment that goes in circles",
    `subscription ($on: Boolean!) { ...A } fragment A on Subscription { ...B @skip(if: $on) } fragment B on Subscription { ...A workshopChanged(id: "x") { sequence } }`,
    {},
    400,
    "GRAPHQL_VALIDATION_FAILED",
  ],
  ["no document", "", {}, 400, "BAD_REQUEST"],
  ["what is no GraphQL", "subscription {", {}, 400, "GRAPHQL_PARSE_FAILED"],
  ["a variable that is missing", one(), { variables: {} }, 400, "BAD_INPUT"],
  ["a variable of another type", one(), { variables: { id: { of: 1 } } }, 400, "BAD_INPUT"],
  ["variables that are none", one(), { variables: ["x"] }, 400, "BAD_REQUEST"],
  ["a place before the first", one("sequence", ", since: -1"), {}, 400, "BAD_INPUT"],
  ["no changes at once", one("sequence", ", first: 0"), {}, 400, "BAD_INPUT"],
  ["too many changes at once", one("changes { id }", ", first: 1000"), {}, 400, "BAD_INPUT"],
  [
    "too many aliases",
    one(Array.from({ length: 31 }, (_, index) => `a${index}: sequence`).join(" ")),
    {},
    400,
    "QUERY_TOO_COSTLY",
  ],
  ["too many words", one("sequence ".repeat(2100)), {}, 400, "QUERY_TOO_COSTLY"],
  ["fields too deep", one(`changes { ${"undoes { ".repeat(20)} id ${"} ".repeat(20)} }`), {}, 400, "QUERY_TOO_DEEP"],
  [
    "pages in pages",
    one(
      `changes { workshop { changes(first: 100) { edges { node { workshop { board(first: 100) { totalCount edges { node { id } } } } } } } } }`,
    ),
    {},
    400,
    "QUERY_TOO_COSTLY",
  ],
] as const)("%s is refused, with a code", async ([, query, more, status, code]) => {
  const refused = await listenTo(world.fetch, { query, variables: { id: workshop }, token: mapper, ...more });
  expect([refused.status, codesOf(refused.refusal ?? {})?.[0]]).toEqual([status, code]);
});

test("a request that is none is refused, with a code", async () => {
  const url = "http://directory.test/graphql/stream";
  const authorization = `Bearer ${mapper}`;
  const json = { authorization, "content-type": "application/json" };
  const requests: readonly (readonly [string, RequestInit, number, string])[] = [
    [url, { method: "POST", headers: json, body: "what?" }, 400, "BAD_REQUEST"],
    [url, { method: "POST", headers: json, body: "[]" }, 400, "BAD_REQUEST"],
    [url, { method: "POST", headers: json, body: `{"query": 5}` }, 400, "BAD_REQUEST"],
    [url, { method: "POST", headers: json, body: " ".repeat(110 * 1024) }, 413, "QUERY_TOO_COSTLY"],
    [
      url,
      { method: "POST", headers: { authorization, "content-type": "text/plain" }, body: one() },
      415,
      "BAD_REQUEST",
    ],
    [url, { method: "POST", headers: { ...json, accept: "application/json" }, body: "{}" }, 406, "BAD_REQUEST"],
    [url, { method: "PUT", headers: json }, 405, "BAD_REQUEST"],
    [url, { method: "DELETE", headers: json }, 405, "BAD_REQUEST"],
    [url, { headers: { authorization } }, 400, "BAD_REQUEST"],
    [`${url}?query=%7Bviewer&variables=nothing`, { headers: { authorization } }, 400, "BAD_REQUEST"],
  ];
  for (const [to, init, status, code] of requests) {
    const { status: actual, refusal } = await heardIn(await world.fetch(new Request(to, init)));
    expect([init.method, actual, codesOf(refusal ?? {})]).toEqual([init.method, status, [code]]);
  }
  const head = await world.fetch(new Request(url, { method: "HEAD", headers: json }));
  expect([head.status, head.body]).toEqual([405, null]);
});

test("a subscription is told where to go, and a condition at its root is nobody's fault but its own", async () => {
  expect(await world.ask(`subscription { workshopChanged(id: "x") { sequence } }`, {}, mapper)).toMatchObject({
    errors: [
      {
        message: "Subscriptions are answered at /graphql/stream, as server-sent events.",
        extensions: { code: "BAD_REQUEST" },
      },
    ],
  });
  const conditional = await world.ask(underCondition, { id: workshop }, mapper);
  expect(codesOf(conditional)?.[0]).toBe("GRAPHQL_VALIDATION_FAILED");
});
