import { spawn, type ChildProcess } from "node:child_process";
import { open, readFile, statfs } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { cypher } from "../cypher.ts";
import { connectGraph, type ConnectedGraph, type GraphServer } from "../graph.ts";
import { childEnvironment } from "./childEnvironment.ts";
import { endWithUs } from "./endWithUs.ts";
import type { Java } from "./findJava.ts";
import { diskFull, storeDamaged, whyNeo4jFailed, type Attempt } from "./whyNeo4jFailed.ts";

const pollMs = 100;
const patienceToStopMs = 90_000;
// Repairing a large store after a hard stop takes minutes, and ending that would only make the next start begin again.
const patienceToStartMs = 15 * 60_000;
// After a failure it ends by itself, mostly: with a full disk it was seen to stay.
const patienceToEndMs = 10_000;
const reportEveryMs = 15_000;

const databaseStatusStatement = {
  name: "localDatabaseStatus",
  access: "READ",
  text: cypher`SHOW DATABASE neo4j YIELD currentStatus RETURN currentStatus AS status`,
  row: z.object({ status: z.string() }),
} as const;

const answersStatement = {
  name: "localNeo4jAnswers",
  access: "READ",
  text: cypher`RETURN true AS answers`,
  row: z.object({ answers: z.literal(true) }),
} as const;

/** A Neo4j process that answers. */
export interface RunningNeo4j {
  readonly pid: number;
  /** Ends it and returns when it has closed its store and gone: whether that was by itself, or took force. Never throws. */
  end(): Promise<boolean>;
}

/**
 * Runs Neo4j on a prepared `home` (`java.args`, `conf/neo4j.conf`) until `end` is called or this process is gone, and returns once
 * `server` has answered a query. Throws an Error of one sentence, with what to do, when it does not come up; nothing runs then.
 */
export async function runNeo4j(
  server: GraphServer,
  {
    home,
    java,
    attempt,
    report,
  }: { readonly home: string; readonly java: Java; readonly attempt: Attempt; readonly report: (line: string) => void },
): Promise<RunningNeo4j> {
  const words = await ownWords(home);
  const consoleLog = join(home, "logs", "console.log");
  const consoleText = () => readFile(consoleLog, "utf8");
  const output = await open(consoleLog, "w");
  const neo4j = spawn(
    java.program,
    [
      `@${join(home, "java.args")}`,
      "org.neo4j.server.CommunityEntryPoint",
      `--home-dir=${home}`,
      `--config-dir=${join(home, "conf")}`,
      "--console-mode",
    ],
    {
      cwd: home,
      env: childEnvironment("java", java.home),
      // A file rather than a pipe: it outlives us, and Neo4j goes on writing while it closes the store.
      stdio: ["ignore", output.fd, output.fd],
      // Ctrl-C goes to a whole process group. In a group of its own Neo4j is still there for the requests that its parent finishes first.
      detached: true,
    },
  );
  const child = watched(neo4j);
  await output.close();
  const end = async () => {
    const impatience = setTimeout(() => neo4j.kill("SIGKILL"), patienceToStopMs);
    neo4j.kill("SIGTERM");
    const how = await child.gone;
    clearTimeout(impatience);
    return how !== "SIGKILL";
  };

  report("Starting Neo4j");
  const started = performance.now();
  let told = 0;
  let failedAt: number | null = null;
  async function until(condition: () => Promise<boolean>): Promise<void> {
    while (!(await condition())) {
      const how = child.ended();
      const now = performance.now();
      if (failedAt === null && (/Failed to start Neo4j/.test(await consoleText()) || (await isFull(home))))
        failedAt = now;
      const stuck = now - started > patienceToStartMs || (failedAt !== null && now - failedAt > patienceToEndMs);
      if (how !== null || stuck) throw new Error(await whyNot(how));
      if (now - started > (told + 1) * reportEveryMs) {
        told += 1;
        report(`Neo4j is still starting after ${(told * reportEveryMs) / 1000} s`);
      }
      await sleep(pollMs);
    }
  }
  async function whyNot(how: string | null): Promise<string> {
    const text = await words();
    const known = whyNeo4jFailed(text, attempt);
    if (known !== null) return known;
    if (await isFull(home)) return diskFull(attempt);
    if (text.includes("Error starting Neo4j database server")) return storeDamaged(attempt);
    return `Neo4j did not start (${how ?? "it neither came up nor ended"}): see ${attempt.logFile}, and start again.`;
  }

  try {
    // Only then is it sure that who answers on the port is this Neo4j, not another program's.
    await until(async () => /\bStarted\.$/m.test(await consoleText()));
    await asked({ ...server, database: "system" }, attempt, (graph) =>
      until(async () => {
        const [row] = await graph.run(databaseStatusStatement);
        if (row !== undefined && !["initial", "starting", "online"].includes(row.status)) {
          throw new Error(whyNeo4jFailed(await words(), attempt) ?? storeDamaged(attempt));
        }
        return row?.status === "online";
      }),
    );
    await asked(server, attempt, (graph) => graph.run(answersStatement));
  } catch (error) {
    await end();
    throw error;
  }
  let ending: Promise<boolean> | undefined;
  void child.gone.then((how) => {
    if (ending === undefined) report(`Neo4j has ended by itself (${how}): see ${attempt.logFile}, and start again.`);
  });
  return { pid: neo4j.pid ?? 0, end: () => (ending ??= end()) };
}

/** Follows a process, and has it ended by another, tiny one when we are gone. */
function watched(neo4j: ChildProcess): { readonly gone: Promise<string>; ended(): string | null } {
  let ended: string | null = null;
  endWithUs(neo4j);
  const gone = new Promise<string>((resolve) => {
    neo4j.once("exit", (code, signal) => resolve(signal ?? `code ${code}`));
    neo4j.once("error", ({ message }) => resolve(message));
  }).then((how) => (ended = how));
  return { gone, ended: () => ended };
}

async function isFull(home: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(home);
  return bavail * bsize < 1024 * 1024;
}

/** What Neo4j has written since this call: its output, and what it added to its log. */
async function ownWords(home: string): Promise<() => Promise<string>> {
  const text = (file: string) => readFile(join(home, "logs", file), "utf8").catch(() => "");
  const before = (await text("debug.log")).length;
  return async () => {
    const log = await text("debug.log");
    return `${await text("console.log")}\n${log.slice(log.length < before ? 0 : before)}`;
  };
}

async function asked<Answer>(
  server: GraphServer,
  attempt: Attempt,
  question: (graph: ConnectedGraph) => Promise<Answer>,
): Promise<Answer> {
  const graph = connectGraph(server);
  try {
    return await question(graph);
  } catch (error) {
    if ((error as { readonly code?: unknown }).code !== "Neo.ClientError.Security.Unauthorized") throw error;
    throw new Error(
      `The password in ${attempt.dataDirectory}/neo4j/password is not the graph's: put the right file back, or move ${attempt.dataDirectory} away, and the next start makes a new graph.`,
      { cause: error },
    );
  } finally {
    await graph.close();
  }
}
