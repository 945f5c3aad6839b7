import { join } from "node:path";
import type { ExecutionResult } from "graphql";
import { inject } from "vitest";
import { neverLaidOut } from "../calendar/laidOut.ts";
import { layingOutAt } from "../calendar/sessionsOf.ts";
import type { Actor } from "../core/caller.ts";
import { type IdentityProviderSettings, type SubgraphName, subgraphNames } from "../core/config.ts";
import { listen } from "../core/listen.ts";
import { createLog } from "../core/log.ts";
import { createTokens } from "../core/tokens.ts";
import { askInProcess } from "../gateway/askInProcess.ts";
import { createGateway, type Gateway } from "../gateway/gateway.ts";
import { remoteSubgraph } from "../gateway/remoteSubgraph.ts";
import { type Cypher, cypher } from "../graph/cypher.ts";
import { connectGraph, type Graph, type GraphServer, type Parameters, type StatementSent } from "../graph/graph.ts";
import { migrate } from "../graph/migrate.ts";
import { readSchemas } from "../schema/readSchemas.ts";
import { load } from "../seed/load.ts";
import { readSeed } from "../seed/readSeed.ts";
import { executorOf } from "../subgraphs/execute.ts";
import { createSubgraphServer } from "../subgraphs/serve.ts";
import { createSubgraphs } from "../subgraphs/subgraphs.ts";
import { z } from "zod";

/** The directory over the seed, as an app meets it: everything above Neo4j is the real thing, put together as `npm start` does. */
export interface World {
  /** Asks the gateway, over its own HTTP handler; as whoever has `token`, where one is given. Checks nothing: errors are in the answer. */
  readonly ask: (query: string, variables?: Readonly<Record<string, unknown>>, token?: string) => Promise<Answer>;
  /** Somebody's token, good for an hour. Throws where the world has no `signingKey`. */
  readonly tokenOf: (actor: Pick<Actor, "role"> & Partial<Actor>) => Promise<string>;
  /** The very bytes of an answer. */
  readonly bytesOf: (query: string) => Promise<string>;
  /** The gateway's own HTTP handler, for what no client would send. */
  readonly fetch: Gateway["fetch"];
  readonly graph: Graph;
  /** What time it is. */
  readonly clock: () => Date;
  /** Runs Cypher behind the directory's back, as somebody with a console would. Returns its rows as they are. */
  readonly cypher: (text: Cypher, parameters?: Parameters) => Promise<Record<string, unknown>[]>;
  /** Every statement sent by the subgraphs since `forget`, apart from what keeps the vocabulary up to date. */
  readonly statements: () => readonly string[];
  readonly forget: () => void;
  readonly close: () => Promise<void>;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an answer has the shape of its query, which only the test knows
export type Answer = ExecutionResult<any, any>;

/** Longer than any answer takes on a busy machine: the deadline itself has a test of its own. */
const operationTimeoutMs = 60_000;

const anHourMs = 3_600_000;

const layOutAgain = {
  name: "layOutAgain",
  access: "WRITE",
  text: cypher`
    MATCH (activity:Activity)
    WHERE activity.laidOutThrough > date($through)
    SET activity.laidOutThrough = ${neverLaidOut}`,
  row: z.object({}),
} as const;

const inBackground = new Set(["bookmark", "vocabularyRows", "namedAreas", "referrers", "density"]);

/** What time it is in tests that do not say: a Sunday, at noon, so that none depends on the day it is run. */
export const aSunday = new Date("2026-11-22T12:00:00Z");

/** How the gateway reaches the subgraphs, and whether their documents are compiled. */
export interface Topology {
  readonly reached?: "in memory" | "over HTTP";
  readonly compileAfter?: number;
  /** Subgraphs that are elsewhere, where nobody answers. Left out: none. */
  readonly without?: readonly SubgraphName[];
  /** Whether the sentence model guesses: it takes two seconds to load. */
  readonly isGuessing?: boolean;
  /** The secret of whoever may record what came of referrals. Left out: nobody may. */
  readonly recordingKey?: string;
  /** The key that tokens are signed with. Left out: nobody can sign in. */
  readonly signingKey?: string;
  /** Whose tokens are taken beside our own. Left out: nobody's. */
  readonly identityProvider?: IdentityProviderSettings;
  /** How many may listen to workshops at once. Left out: as many as by default. */
  readonly mostListeners?: number;
  /** How the subgraphs reach Neo4j. Left out: as the run says. */
  readonly server?: GraphServer;
  /** What time it is. */
  readonly clock?: () => Date;
}

/** Kept from run to run, and fetched when it is not there. */
const modelDirectory = join(import.meta.dirname, "..", ".test-data", "sentence-model");

/** Opens the world: migrates and seeds the run's database, which costs little when that is done already. Close it after. */
export async function openWorld({
  reached = "in memory",
  compileAfter = 1,
  without = [],
  isGuessing = false,
  recordingKey,
  signingKey,
  identityProvider,
  mostListeners,
  server = inject("neo4j"),
  clock = () => aSunday,
}: Topology = {}): Promise<World> {
  const log = createLog("error", "test");
  const sent: string[] = [];
  const onStatement = ({ name }: StatementSent) => {
    if (!inBackground.has(name)) sent.push(name);
  };
  const outside = connectGraph(inject("neo4j"));
  await migrate(outside, { report: () => undefined });
  // Time goes on, but not from one test file to the next: what was laid out later than now is laid out again.
  await outside.write(layOutAgain, { through: layingOutAt(clock()).through });
  await load(outside, await readSeed(), { report: () => undefined, now: clock() });
  const graph = connectGraph(server, { log, onStatement });
  const tokens = signingKey === undefined ? null : createTokens(signingKey);
  const subgraphs = createSubgraphs(graph, {
    log,
    tokens,
    ...(isGuessing ? { sentenceModel: { directory: modelDirectory, javaHome: inject("javaHome") } } : {}),
    clock,
  });
  if (isGuessing) await subgraphs.settle();
  const closing: (() => unknown)[] = [() => outside.close(), () => graph.close(), subgraphs.stop];

  const credential = "a secret that only this test run knows";
  const connections = await Promise.all(
    subgraphNames.map(async (name) => {
      if (without.includes(name)) return remoteSubgraph({ name, url: "http://127.0.0.1:1/graphql", credential, log });
      if (reached === "in memory") {
        return { name, execute: executorOf(subgraphs.byName[name], { graph, log, compileAfter }) };
      }
      const served = await createSubgraphServer(subgraphs.byName[name], { graph, log, credential, operationTimeoutMs });
      const listening = await listen(served.fetch, { host: "127.0.0.1", port: 0 });
      closing.push(
        () => served.stop(),
        () => listening.close(),
      );
      return remoteSubgraph({ name, url: `${listening.url}/graphql`, credential, log });
    }),
  );
  const gateway = await createGateway({
    ...(await readSchemas()),
    connections,
    graph,
    log,
    operationTimeoutMs,
    ...(recordingKey === undefined ? {} : { recordingKey }),
    ...(signingKey === undefined ? {} : { signingKey }),
    ...(identityProvider === undefined ? {} : { identityProvider }),
    ...(mostListeners === undefined ? {} : { mostListeners }),
    clock,
  });
  closing.push(() => gateway.stop());

  return {
    ask: async (query, variables, token) => JSON.parse(await askInProcess(gateway, query, variables, token)) as Answer,
    tokenOf: (actor) => {
      if (tokens === null) throw new Error("Open this world with a signingKey.");
      const whole = {
        id: `a test's ${actor.role.toLowerCase()}`,
        areas: [],
        organisations: [],
        workshops: [],
        ...actor,
      };
      return tokens.sign(whole, new Date(clock().getTime() + anHourMs));
    },
    bytesOf: (query) => askInProcess(gateway, query),
    fetch: gateway.fetch,
    graph: outside,
    clock,
    cypher: (text, parameters) =>
      outside.write(
        { name: "a test's own", access: "WRITE", text, row: z.record(z.string(), z.unknown()) },
        parameters,
      ),
    statements: () => [...sent],
    forget: () => sent.splice(0),
    close: async () => {
      for (const close of closing.reverse()) await close();
    },
  };
}
