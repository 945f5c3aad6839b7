import type { TestProject } from "vitest/node";
import { z } from "zod";
import { readConfig } from "../core/config.ts";
import { cypher } from "../graph/cypher.ts";
import { connectGraph, type GraphServer } from "../graph/graph.ts";
import { startShortLivedNeo4j } from "../graph/local/startShortLivedNeo4j.ts";

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
  const started = await startShortLivedNeo4j(local.javaHome, (line) => console.error(line));
  project.provide("neo4j", started.server);
  return started.stop;
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
