import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { idOf } from "../core/ids.ts";
import { createTokens } from "../core/tokens.ts";
import { connectGraph, type ConnectedGraph } from "../graph/graph.ts";
import { startLocalNeo4j, type LocalNeo4j } from "../graph/local/startLocalNeo4j.ts";
import { migrate } from "../graph/migrate.ts";
import { SeedFile } from "../seed/formats/directory.ts";
import { load } from "../seed/load.ts";
import { linkIdOf } from "../core/linkIds.ts";
import { numbers } from "./fixtures/numbers.ts";
import { appliedChanges, assetsWithGaps, heldOf, replayed } from "./fixtures/replay.ts";
import { type RunningProcess, startProcess } from "./startProcess.ts";

// Two people change the same at once, through two gateways on one Neo4j, each of which is killed in the middle. RACE_COMMANDS=10000 takes a quarter of an hour.

// eslint-disable-next-line no-restricted-properties -- how long a test is to go on is no setting of the directory
const commands = Number(process.env["RACE_COMMANDS"] ?? 300);
const mostAssets = Math.min(200, Math.ceil(commands / 10));
const signingKey = "a key that only the two who race are signed in with";
const patienceMs = 240_000;

const conditions = ["cold-hands", "stiff-knees", "lost-boats", "damp-homes"] as const;
const conditionIds = conditions.map((slug) => idOf("Condition", "racing", slug));

const lsoa = (key: string, code: string, longitude: number) => ({
  type: "area",
  key,
  kind: "LSOA",
  name: key,
  code,
  centre: { latitude: 49, longitude },
});

/** Where they race: two areas, what people may need, and one hall. `note` makes another version of what an import says of the hall. */
const seedFile = (note: string) => ({
  name: "racing.json",
  ...SeedFile.parse({
    sources: { racing: { name: "A list", publisher: "A council", licence: "CC0-1.0" } },
    records: [
      lsoa("east-bank", "E01900001", -8),
      lsoa("west-bank", "E01900002", -7.98),
      ...conditions.map((key) => ({ type: "condition", key, name: key, description: `Having ${key}.` })),
      {
        type: "place",
        key: "racing-hall",
        name: "The hall",
        summary: `A hall. ${note}`,
        category: "Hall",
        address: {},
        location: { latitude: 49, longitude: -8 },
        area: "E01900001",
      },
    ].map((record) => ({ source: "racing", asOf: "2026-10-01", ...record })),
  }),
});
const hall = idOf("Place", "racing", "racing-hall");

let folder: string;
let neo4j: LocalNeo4j;
let graph: ConnectedGraph;
const gateways: RunningProcess[] = [];

const startNeo4j = (boltPort: number) =>
  startLocalNeo4j({
    dataDirectory: folder,
    boltPort,
    javaHome: inject("javaHome"),
    purpose: "test",
    report: () => undefined,
  });

const startGateway = () =>
  startProcess("gateway/main.ts", [], {
    NEO4J_URI: neo4j.uri,
    NEO4J_PASSWORD: neo4j.password,
    SIGNING_KEY: signingKey,
    PORT: "0",
    OPERATION_TIMEOUT_MS: "10000",
    LOG_LEVEL: "error",
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "common-ground-race-"));
  neo4j = await startNeo4j(0);
  graph = connectGraph(neo4j);
  await migrate(graph, { report: () => undefined });
  await load(graph, [seedFile("As it was.")], { report: () => undefined, now: new Date() });
  gateways.push(await startGateway(), await startGateway());
}, patienceMs);

afterAll(async () => {
  await Promise.all(gateways.map((gateway) => gateway.stop()));
  await graph.close();
  await neo4j.stop();
  await rm(folder, { recursive: true, force: true });
}, patienceMs);

interface Change {
  readonly id: string;
  readonly subjectId: string;
  readonly effects: readonly { readonly recordId: string; readonly before: unknown; readonly after: unknown }[];
}

interface Payload {
  readonly change: Change | null;
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
}

/** Something that somebody was told was done. */
interface Acknowledged {
  readonly call: string;
  readonly change: Change;
}

const counted = { commands: 0, done: 0, refused: 0, nothing: 0, halfRefused: 0, sentAgain: 0 };
const acknowledged: Acknowledged[] = [];
const assets = new Map<string, { readonly kind: "Group" | "Organisation" | "Activity"; version: number }>();
const strange: unknown[] = [];

/** Sends a command to one gateway. Null when no answer tells whether it was carried out. */
async function sent(url: string, token: string, name: string, variables: object): Promise<Payload | null> {
  const type = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}Input`;
  const fields = `change { id subjectId effects { recordId before after } } userErrors { code message }`;
  const isUpdate = "expectedVersion" in variables;
  const query = isUpdate
    ? `mutation ($input: ${type}!, $id: ID!, $expectedVersion: Int!) { done: ${name}(id: $id, expectedVersion: $expectedVersion, input: $input) { ${fields} } }`
    : `mutation ($input: ${type}!) { done: ${name}(input: $input) { ${fields} } }`;
  try {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(30_000),
    });
    const { data, errors } = (await response.json()) as {
      data?: { done: Payload } | null;
      errors?: readonly { readonly extensions: { readonly code: string } }[];
    };
    if (errors === undefined && data) return data.done;
    for (const error of errors ?? []) {
      if (!["UNAVAILABLE", "TIMEOUT"].includes(error.extensions.code)) strange.push({ name, variables, error });
    }
  } catch {
    // The gateway was killed.
  }
  return null;
}

/** Has a command carried out, whatever fails meanwhile: it is sent again, by the same name, to the one gateway and the other. */
async function carriedOut(token: string, name: string, variables: object, first: number): Promise<Payload> {
  const until = Date.now() + patienceMs;
  for (let at = first; Date.now() < until; at += 1) {
    const payload = await sent(gateways[at % 2]?.url ?? "", token, name, variables);
    if (payload !== null) return payload;
    counted.sentAgain += 1;
    await sleep(50);
  }
  throw new Error(`Nobody carried out ${name} ${JSON.stringify(variables)}.`);
}

/** One of the two who race: changes what either has added, at random, by what they last read of it. */
async function race(who: string, seed: number): Promise<void> {
  const pick = numbers(seed);
  const token = await createTokens(signingKey).sign(
    { id: who, role: "ADMIN", areas: [], organisations: [], workshops: [] },
    new Date(Date.now() + 3_600_000),
  );
  /** The versions that this one has read last. */
  const read = new Map<string, number>();
  const archived: string[] = [];

  for (; counted.commands < commands;) {
    counted.commands += 1;
    const call = `${who} ${counted.commands}`;
    const [name, { input, ...more }] = command();
    const variables = { input: { ...input, clientMutationId: call }, ...more };
    // Somebody who does not wait for an answer, and sends the same again.
    const isImpatient = pick(10) === 0;
    const first = pick(2);
    const [payload, again] = await Promise.all([
      carriedOut(token, name, variables, first),
      isImpatient ? carriedOut(token, name, variables, first + 1) : null,
    ]);
    const done = payload.change ?? again?.change ?? null;
    if (again !== null && done !== null) {
      for (const one of [payload, again]) {
        // Between the two somebody else may have put in the way, or taken out of it, what the one is refused for: but never did the call itself.
        if (one.change === null) counted.halfRefused += 1;
        else expect(one.change).toEqual(done);
        expect(JSON.stringify(one.userErrors)).not.toContain(done.id);
      }
    }
    settle(name, more, { ...payload, change: done }, call);
  }

  function command(): [string, { readonly input: object; readonly id?: string; readonly expectedVersion?: number }] {
    const all = [...assets.keys()];
    const id = all[pick(all.length)];
    const what = pick(20);
    const count = counted.commands;
    if (id === undefined || all.length < 3 || (what < 5 && all.length < mostAssets)) {
      const kind = ["Group", "Group", "Organisation", "Activity"][pick(4)] ?? "Group";
      const supports = pick(2) === 0 ? [] : [{ condition: conditions[pick(4)], strength: 0.5 }];
      const schedule =
        kind === "Activity"
          ? { schedule: [{ byDay: ["MONDAY"], repeatFrequency: "P1W", startTime: "10:00" }], heldAt: [hall] }
          : {};
      return [`create${kind}`, { input: { name: `Number ${count}`, serves: ["E01900001"], supports, ...schedule } }];
    }
    const { kind } = assets.get(id) ?? { kind: "Group" };
    const condition = pick(4);
    const link = linkIdOf("SUPPORTS", id, conditionIds[condition] ?? "");
    const expectedVersion = read.get(id) ?? assets.get(id)?.version ?? 1;
    if (what < 8) {
      const fields = [
        { summary: `Summary ${count}.` },
        { description: `Description ${count}` },
        { name: `Name ${count}` },
        { cost: { isFree: pick(2) === 0, description: `Cost ${count}` } },
        { eligibility: [{ minimumAge: pick(60), conditions: [conditions[pick(4)]] }] },
        { summary: `Summary ${count}.`, reach: [["AT_A_PLACE"], ["PHONE"], ["ONLINE", "PHONE"]][pick(3)] },
      ][pick(6)];
      const times = { schedule: [{ byDay: ["TUESDAY"], repeatFrequency: "P1W", startTime: `1${pick(9)}:00` }] };
      return [
        `update${kind}`,
        { input: kind === "Activity" && pick(3) === 0 ? times : (fields ?? {}), id, expectedVersion },
      ];
    }
    if (what < 11) {
      return [
        "link",
        {
          input: { relationship: "SUPPORTS", from: id, to: conditions[condition], strength: (1 + pick(9)) / 10 },
        },
      ];
    }
    if (what === 11) {
      const runner = all.find((one) => assets.get(one)?.kind === "Organisation" && pick(3) === 0);
      const run = all.find((one) => assets.get(one)?.kind === "Group" && pick(5) === 0);
      if (runner !== undefined && run !== undefined) {
        const isLinked = pick(3) > 0;
        return isLinked
          ? ["link", { input: { relationship: "RUNS", from: runner, to: run } }]
          : ["unlink", { input: { link: linkIdOf("RUNS", runner, run) } }];
      }
    }
    if (what < 14) return ["updateLink", { input: { link, strength: (1 + pick(9)) / 10, evidence: `Said ${count}` } }];
    if (what < 16) return ["unlink", { input: { link } }];
    if (what === 16) {
      return ["archiveAsset", { input: { id, expectedVersion, reason: "To see what comes of it" } }];
    }
    const undoes = archived.pop() ?? acknowledged[pick(acknowledged.length)]?.change.id ?? "";
    return ["undoChange", { input: { change: undoes } }];
  }

  function settle(name: string, more: object, { change, userErrors }: Payload, call: string): void {
    if (change === null) {
      if (userErrors.length === 0) counted.nothing += 1;
      else counted.refused += 1;
      const [error] = userErrors;
      if (error && !["CONFLICT", "NOT_FOUND", "ALREADY_SO", "INVALID"].includes(error.code)) {
        strange.push({ name, more, userErrors });
      }
      // Whoever is told that somebody else was quicker reads it again.
      if (error?.code === "CONFLICT" && "id" in more) read.delete(more.id as string);
      return;
    }
    counted.done += 1;
    acknowledged.push({ call, change });
    const kind = name.slice("create".length) as "Group";
    if (name.startsWith("create")) assets.set(change.subjectId, { kind, version: 1 });
    if (name === "archiveAsset") archived.push(change.id);
    if ("expectedVersion" in more && "id" in more) {
      const version = (more.expectedVersion as number) + 1;
      read.set(more.id as string, version);
      const known = assets.get(more.id as string);
      if (known !== undefined) known.version = Math.max(known.version, version);
    }
  }
}

/** Waits until so many commands were given. */
async function until(count: number): Promise<void> {
  while (counted.commands < count) await sleep(5);
}

test(
  "two who race, while a gateway and then Neo4j are killed, lose nothing that they were told was done, and do nothing twice",
  async () => {
    const began = performance.now();
    async function trouble() {
      await until(commands / 4);
      await load(graph, [seedFile("As it is now.")], { report: () => undefined, now: new Date() });
      await until(commands / 3);
      const [first] = gateways;
      process.kill(first?.pid ?? 0, "SIGKILL");
      gateways[0] = await startGateway();
      await until((commands * 2) / 3);
      process.kill(neo4j.pid, "SIGKILL");
      await neo4j.stop();
      neo4j = await startNeo4j(Number(new URL(neo4j.uri).port));
    }
    await Promise.all([race("anna", 1), race("bertil", 2), trouble()]);

    const told = acknowledged.map(({ call, change }) => [change.id, call] as const);
    const changes = await appliedChanges(graph);
    const seconds = Math.round((performance.now() - began) / 1000);
    process.stderr.write(`${JSON.stringify({ ...counted, changes: changes.length, assets: assets.size, seconds })}\n`);
    expect(strange).toEqual([]);
    expect(new Set(told.map(([id]) => id)).size, "of two calls, each did something else").toBe(told.length);
    expect(changes.map(({ id }) => id).sort(), "all that was done was told, and all that was told was done").toEqual(
      told.map(([id]) => id).sort(),
    );
    const byId = new Map(changes.map((change) => [change.id, change]));
    for (const { change } of acknowledged) {
      expect(
        byId.get(change.id)?.effects.map((effect) => ({
          recordId: "link" in effect ? effect.link : effect.asset,
          before: effect.before,
          after: effect.after,
        })),
      ).toEqual(change.effects);
    }
    expect(new Set(changes.map(({ appliedSequence }) => appliedSequence)).size).toBe(changes.length);
    expect(await assetsWithGaps(graph)).toEqual([]);
    expect(replayed(changes)).toEqual(await heldOf(graph, changes));
    // They did get in each other's way.
    expect(counted.refused).toBeGreaterThan(commands / 50);
  },
  commands * 500 + patienceMs,
);
