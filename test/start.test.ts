import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningProcess, startProcess } from "./startProcess.ts";

// `npm start` with nothing configured: a Neo4j of its own, migrated and seeded, in one process.

let dataDirectory: string;
const running: RunningProcess[] = [];

async function start(): Promise<RunningProcess> {
  const started = await startProcess("gateway/main.ts", [], {
    DATA_DIR: dataDirectory,
    PORT: "0",
    OPERATION_TIMEOUT_MS: "60000",
  });
  running.push(started);
  return started;
}

async function firstAnswer(url: string): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      query: `{ search(text: "loneliness support near Rose Hill", first: 1) { edges { node { name } } } }`,
    }),
  });
  const { data } = (await response.json()) as { data: { search: { edges: { node: { name: string } }[] } } };
  return data.search.edges[0]?.node.name ?? "";
}

beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), "common-ground-start-"));
});

afterAll(async () => {
  await Promise.all(running.map((one) => one.stop()));
  await rm(dataDirectory, { recursive: true, force: true });
});

test(
  "it starts from nothing, answers, stops when told to, and starts again on what it kept",
  { timeout: 300_000 },
  async () => {
    const first = await start();
    expect(first.said()).toContain("Migrated the database");
    expect(await firstAnswer(first.url)).toBe("Tea & Chat at Rose Hill");
    await expect(start(), "a second one on the same data").rejects.toThrow(String(first.pid));
    expect(await first.stop()).toBe(0);
    const kept = await readdir(join(dataDirectory, "neo4j"));
    expect(kept, "the archive of Java's classes").toContainEqual(expect.stringMatching(/^classes-\w+\.jsa$/));

    const again = await start();
    expect(again.said()).not.toContain("Migrated the database");
    expect(again.said()).not.toContain("Loading");
    expect(await firstAnswer(again.url)).toBe("Tea & Chat at Rose Hill");
    expect(await again.stop()).toBe(0);
  },
);
