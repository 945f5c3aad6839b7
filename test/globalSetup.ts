import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
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
    /** The Chromium of this machine. Null: it has none, and what is tested in a browser is skipped. */
    browser: string | null;
  }
}

const anythingStatement = {
  name: "anything",
  access: "READ",
  text: cypher`MATCH (node) RETURN count(node) AS nodes`,
  row: z.object({ nodes: z.number() }),
} as const;

const browserNames = ["chromium", "chromium-browser", "google-chrome"];

/** One Neo4j for the whole run: a new one in a folder of its own, or the one at NEO4J_URI. Returns what ends it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { server, local } = readConfig(process.env);
  project.provide("javaHome", local.javaHome);
  project.provide("browser", browserOf(process.env));
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

/** The first Chromium on the PATH. Throws where there is none and NEEDS_BROWSER is set: there, tests that are skipped would go unseen. */
function browserOf({ PATH = "", NEEDS_BROWSER = "" }: NodeJS.ProcessEnv): string | null {
  const found = browserNames
    .flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name)))
    .find((path) => isProgram(path));
  if (found !== undefined) return found;
  if (NEEDS_BROWSER !== "") throw new Error("NEEDS_BROWSER is set, and there is no Chromium on the PATH.");
  console.warn("\nNo Chromium is on the PATH: everything that is tested in a browser is SKIPPED.\n");
  return null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
