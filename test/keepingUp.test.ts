import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createLog } from "../core/log.ts";
import { cypher } from "../graph/cypher.ts";
import { type ConnectedGraph, connectGraph, type Graph } from "../graph/graph.ts";
import { migrate } from "../graph/migrate.ts";
import { createKnowledge, type Knowledge } from "../knowledge/knowledge.ts";
import { z } from "zod";

const log = createLog("error", "test");
const sent: string[] = [];
let graph: ConnectedGraph;

beforeAll(async () => {
  graph = connectGraph(inject("neo4j"), { log, onStatement: ({ name }) => sent.push(name) });
  await migrate(graph, { report: () => undefined });
});

afterAll(async () => {
  await graph.write(takeBack);
  await graph.close();
});

const write = { name: "write", access: "WRITE", text: cypher`CREATE (:Edited)`, row: z.object({}) } as const;

const takeBack = {
  name: "takeBack",
  access: "WRITE",
  text: cypher`MATCH (one:Edited) DELETE one`,
  row: z.object({}),
} as const;

const times = (name: string) => sent.filter((one) => one === name).length;

/** What is known of a graph, kept up with for as long as it is used. */
async function knowing(of: Graph, use: (knowledge: Knowledge) => Promise<void>): Promise<void> {
  sent.length = 0;
  const knowledge = createKnowledge(of, log);
  try {
    await use(knowledge);
  } finally {
    await knowledge.stop();
  }
}

test("the vocabulary is read again when something was written, by whomever, and at no other time", () =>
  knowing(graph, async ({ vocabulary }) => {
    const before = await vocabulary();
    await expect.poll(() => times("bookmark"), { timeout: 10_000 }).toBeGreaterThan(3);
    expect(times("vocabularyRows")).toBe(1);

    const somebodyElse = connectGraph(inject("neo4j"));
    await somebodyElse.write(write);
    await somebodyElse.close();
    await expect.poll(() => times("vocabularyRows"), { timeout: 5000 }).toBe(2);
    // It says the same, so that nothing is made of it anew.
    expect(await vocabulary()).toBe(before);
  }));

test("where Neo4j does not tell whether something was written, the vocabulary is read each time", () =>
  knowing({ ...graph, bookmark: () => Promise.resolve(null) }, async ({ vocabulary }) => {
    await vocabulary();
    await expect.poll(() => times("vocabularyRows"), { timeout: 10_000 }).toBeGreaterThan(2);
  }));
