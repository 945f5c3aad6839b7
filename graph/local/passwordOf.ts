import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { childEnvironment } from "./childEnvironment.ts";
import type { Java } from "./findJava.ts";
import { whyNeo4jFailed, type Attempt } from "./whyNeo4jFailed.ts";
import { writeWhole } from "./writeWhole.ts";

/**
 * The password of the Neo4j in `home`, from the file kept beside its data. At the first start one is made, and Neo4j is told it before
 * it makes its first database, so that it never listens with the well-known one.
 *
 * A start killed at any point here is made good by the next: the file is whole or absent, and telling Neo4j again changes nothing
 * for as long as it has no database. Needs `java.args` and `conf/neo4j.conf` in `home`. Throws an Error that says what to do.
 */
export async function passwordOf(home: string, java: Java, attempt: Attempt): Promise<string> {
  const file = join(home, "password");
  const shownFile = join(attempt.dataDirectory, "neo4j", "password");
  const hasDatabase = await exists(join(home, "data", "databases", "system"));
  const kept = (await exists(file)) ? (await readFile(file, "utf8")).trim() : null;
  if (kept !== null && hasDatabase) return kept;
  if (hasDatabase) {
    throw new Error(
      `${shownFile}, the password of the graph there, is missing: put it back, or move ${attempt.dataDirectory} away, and the next start makes a new graph.`,
    );
  }
  const password = kept ?? randomBytes(24).toString("hex");
  if (kept === null) await writeWhole(file, `${password}\n`, 0o600);
  await tellNeo4j(password, home, java, attempt);
  return password;
}

async function tellNeo4j(password: string, home: string, java: Java, attempt: Attempt): Promise<void> {
  const argumentFile = join(home, "password.args");
  try {
    // In a file, because any user of the machine can read a command line.
    await writeWhole(argumentFile, `org.neo4j.cli.AdminTool dbms set-initial-password ${password}\n`, 0o600);
    await promisify(execFile)(java.program, [`@${join(home, "java.args")}`, `@${argumentFile}`], {
      cwd: home,
      env: { ...childEnvironment("java", java.home), NEO4J_HOME: home, NEO4J_CONF: join(home, "conf") },
      timeout: 120_000,
    });
  } catch (cause) {
    const { stdout = "", stderr = "" } = cause as { readonly stdout?: string; readonly stderr?: string };
    const output = `${stderr}\n${stdout}`.trim();
    throw new Error(
      whyNeo4jFailed(output, attempt) ??
        `Neo4j's first password could not be set: ${output.split("\n")[0] || (cause as Error).message}. Move ${attempt.dataDirectory} away and start again.`,
      { cause },
    );
  } finally {
    await rm(argumentFile, { force: true });
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return false;
  }
}
