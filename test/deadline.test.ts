import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { z } from "zod";
import { listen } from "../core/listen.ts";
import { cypher } from "../graph/cypher.ts";
import { type ConnectedGraph, connectGraph, type Graph } from "../graph/graph.ts";
import { createTown } from "./fixtures/town.ts";
import { type Reached, startTownGateway } from "./fixtures/townGateway.ts";

let graph: ConnectedGraph;

beforeAll(async () => {
  graph = connectGraph(inject("neo4j"));
  // Neo4j plans a statement when it first sees it, which takes longer than some of the deadlines below.
  const operation = { signal: AbortSignal.timeout(2000), deadline: Date.now() + 2000, requestId: "planning" };
  await Promise.all([slowly(graph.within(operation)).catch(() => undefined), slowTransactions()]);
});

afterAll(() => graph.close());

/** Takes minutes, and does nothing. */
const slowStatement = {
  name: "slow",
  access: "READ",
  text: cypher`UNWIND range(1, 10000000000) AS number WITH number WHERE number < 0 RETURN count(number) AS count`,
  row: z.object({ count: z.number() }),
} as const;

const slowTransactionsStatement = {
  name: "slowTransactions",
  access: "READ",
  text: cypher`
    SHOW TRANSACTIONS YIELD metaData, status
    WHERE metaData.statement = 'slow'
    RETURN count(*) AS count`,
  row: z.object({ count: z.number() }),
} as const;

async function slowly(within: Graph): Promise<string> {
  await within.run(slowStatement);
  return "at last";
}

async function slowTransactions(): Promise<number> {
  const [row] = await graph.run(slowTransactionsStatement);
  return row?.count ?? 0;
}

/** Waits until so many slow statements run in Neo4j, at most five seconds. */
async function untilSlowTransactions(count: number): Promise<void> {
  const until = Date.now() + 5000;
  while ((await slowTransactions()) !== count) {
    if (Date.now() > until)
      throw new Error(`Neo4j still runs ${await slowTransactions()} slow statements, not ${count}.`);
    await sleep(20);
  }
}

const tooLong = "This took too long and was stopped. Ask for less at once, or try again.";

const query = `{
  slowly
  groups { name }
  search(text: "tea") { edges { node { id ... on Place { slow } } } }
}`;

/** What there is of the answer without what is slow. */
const inTime = {
  slowly: null,
  groups: [{ name: "Group 1" }, { name: "Group 2" }, { name: "Group 3" }],
  search: { edges: [{ node: { id: "grp_1" } }, { node: { id: "plc_1", slow: null } }, { node: { id: "grp_2" } }] },
};

const lateErrors = [["search", "edges", 1, "node", "slow"], ["slowly"]].map((path) => ({
  message: tooLong,
  path,
  extensions: { code: "TIMEOUT" },
}));

test.for(["in memory", "over HTTP"] satisfies Reached[])(
  "past the deadline, what is there is answered, and nothing goes on in Neo4j (%s)",
  async (reached) => {
    const { ask, stop } = await startTownGateway({
      town: createTown({ slowly }),
      reached: () => reached,
      operationTimeoutMs: 3000,
      graph,
    });
    // The first query of a process takes longer than others, and this is about how long one takes.
    await ask("{ groups { name } }");
    const started = performance.now();
    const answering = ask(query);
    await untilSlowTransactions(1);
    const { status, body } = await answering;
    const took = performance.now() - started;
    await untilSlowTransactions(0);
    await stop();
    expect(status).toBe(200);
    expect(body).toEqual({ data: inTime, errors: lateErrors });
    expect(took).toBeGreaterThan(2950);
    expect(took).toBeLessThan(4000);
  },
);

test("a subgraph that does not end when it is told to keeps nobody waiting", async () => {
  const { ask, stop } = await startTownGateway({
    town: createTown({ slowly: () => new Promise(() => undefined) }),
    operationTimeoutMs: 300,
  });
  const { body } = await ask(query);
  await stop();
  expect(body).toEqual({ data: inTime, errors: lateErrors });
});

test("when nothing is there in time, the status says so too", async () => {
  const { ask, stop } = await startTownGateway({
    town: createTown({ beforePlaces: () => new Promise(() => undefined) }),
    operationTimeoutMs: 300,
  });
  const { status, body } = await ask(`{ groups { meetsAt { name } } }`);
  await stop();
  expect(status).toBe(504);
  expect(body).toEqual({
    data: null,
    errors: [{ message: tooLong, path: ["groups", 0, "meetsAt", 0, "name"], extensions: { code: "TIMEOUT" } }],
  });
});

test.for(["in memory", "over HTTP"] satisfies Reached[])(
  "when the caller is gone, so is what it asked of Neo4j (%s)",
  async (reached) => {
    const { gateway, stop } = await startTownGateway({
      town: createTown({ slowly }),
      reached: () => reached,
      operationTimeoutMs: 30_000,
      graph,
    });
    const { url, close } = await listen(gateway.fetch, { host: "127.0.0.1", port: 0 });
    const caller = new AbortController();
    const answering = fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "{ slowly }" }),
      signal: caller.signal,
    });
    await untilSlowTransactions(1);
    caller.abort();
    await expect(answering).rejects.toThrow();
    await untilSlowTransactions(0);
    await close();
    await stop();
  },
);

test("when Neo4j cannot be reached, what needs it is unavailable, and the rest stands", async () => {
  const away = connectGraph({ ...inject("neo4j"), uri: "bolt://127.0.0.1:1" });
  const { ask, stop } = await startTownGateway({
    town: createTown({ slowly }),
    // The driver tries for a while before it gives up, and this is not about how long.
    operationTimeoutMs: 20_000,
    graph: away,
  });
  const { status, body } = await ask(`{ slowly groups { name } }`);
  await stop();
  await away.close();
  expect(status).toBe(200);
  expect(body).toEqual({
    data: { slowly: null, groups: inTime.groups },
    errors: [
      {
        message: "The directory cannot be reached at the moment. Try again shortly.",
        path: ["slowly"],
        extensions: { code: "UNAVAILABLE" },
      },
    ],
  });
});
