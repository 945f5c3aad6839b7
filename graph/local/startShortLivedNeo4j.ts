import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GraphServer } from "../graph.ts";
import { startLocalNeo4j } from "./startLocalNeo4j.ts";

/**
 * Starts an empty Neo4j of our own, with its data in a new folder that `stop` removes: for tests, and for what is measured. `javaHome` null:
 * the Java on the PATH. Throws as `startLocalNeo4j` does.
 */
export async function startShortLivedNeo4j(
  javaHome: string | null,
  report: (line: string) => void,
): Promise<{ readonly server: GraphServer; readonly stop: () => Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), "common-ground-"));
  try {
    const { stop, uri, user, password, database } = await startLocalNeo4j({
      dataDirectory: directory,
      boltPort: 0,
      javaHome,
      purpose: "test",
      report,
    });
    return {
      server: { uri, user, password, database },
      stop: async () => {
        await stop();
        await rm(directory, { recursive: true });
      },
    };
  } catch (error) {
    await rm(directory, { recursive: true });
    throw error;
  }
}
