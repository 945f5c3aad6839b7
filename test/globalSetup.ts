import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { z } from "zod";
import { readConfig } from "../core/config.ts";
import { cypher } from "../graph/cypher.ts";
import { connectGraph, type GraphServer } from "../graph/graph.ts";
import { startLocalNeo4j } from "../graph/local/startLocalNeo4j.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The Neo4j of this run: every test may delete all that is in it. */
    neo4j: GraphServer;
    /** Null: the Java on the PATH. */
    javaHome: string | null;
  }
}

const anythingStatement = {
  name: "anything",
  access: "READ",
  text: cypher`MATCH (node) RETURN count(node) AS nodes`,
  row: z.object({ nodes: z.number() }),
} as const;

/** One Neo4j for the whole run: a new one in a folder of its own, or the one at NEO4J_URI. Returns what ends it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { server, local } = readConfig(process.env);
  project.provide("javaHome", local.javaHome);
  if (server !== null) {
    await refuseUnlessEmpty(server);
    project.provide("neo4j", server);
    return () => Promise.resolve();
  }
  const directory = await mkdtemp(join(tmpdir(), "common-ground-test-"));
  try {
    const { stop, uri, user, password, database } = await startLocalNeo4j({
      dataDirectory: directory,
      boltPort: 0,
      javaHome: local.javaHome,
      shortLived: true,
      report: (line) => console.error(line),
    });
    project.provide("neo4j", { uri, user, password, database });
    return async () => {
      await stop();
      await rm(directory, { recursive: true });
    };
  } catch (error) {
    await rm(directory, { recursive: true });
    throw error;
  }
}

async function refuseUnlessEmpty(server: GraphServer): Promise<void> {
  const graph = connectGraph(server);
  try {
    const [row] = await graph.run(anythingStatement);
    if (row?.nodes === 0) return;
    throw new Error(
      "The tests delete everything in their database, and the one at NEO4J_URI is not empty: unset NEO4J_URI, and they start a Neo4j of their own.",
    );
  } finally {
    await graph.close();
  }
}
