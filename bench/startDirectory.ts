import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface StartedDirectory {
  /** Where it answers, without a slash at the end. */
  readonly url: string;
  readonly pid: number;
  readonly neo4jPid: number;
  /** When each came about, in milliseconds since the process was started. */
  readonly reached: {
    /** Node is there, begins to start Neo4j, and reads the rest of its modules meanwhile. */
    readonly startingNeo4j: number;
    readonly neo4jAnswers: number;
    /** The graph is migrated, and seeded where it was empty, the first plans are made, and the gateway listens. */
    readonly listening: number;
  };
  /** Ends it as a service manager would, and waits until it and its Neo4j are gone. */
  readonly stop: () => Promise<void>;
}

const root = join(import.meta.dirname, "..");

/**
 * `npm start`, without npm: the whole directory in a process of its own, with a Neo4j of its own in `dataDirectory`, on a free port. Times
 * are taken from what it says while it starts. Throws with all it said when it ends before it answers.
 */
export async function startDirectory(dataDirectory: string): Promise<StartedDirectory> {
  const began = performance.now();
  // eslint-disable-next-line no-restricted-properties -- what any process needs of its surroundings; the settings are the bench's
  const { PATH, HOME, JAVA_HOME } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", join(root, "gateway", "main.ts")], {
    cwd: root,
    env: { PATH, HOME, JAVA_HOME, DATA_DIR: dataDirectory, PORT: "0", NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = once(child, "exit");
  const said: string[] = [];
  const at = new Map<string, number>();
  const found = { neo4jPid: 0, url: "" };
  const listening = new Promise<void>((resolve) => {
    createInterface({ input: child.stderr }).on("line", (line) => {
      said.push(line);
      const milliseconds = performance.now() - began;
      const neo4j = /^Neo4j answers at .* \(process (\d+)\)/.exec(line);
      const url = /answers at (http:\/\/127\.0\.0\.1:\d+)\/graphql/.exec(line)?.[1];
      if (line === "Starting Neo4j") at.set("starting", milliseconds);
      if (neo4j !== null) {
        at.set("neo4j", milliseconds);
        found.neo4jPid = Number(neo4j[1]);
      }
      if (url === undefined) return;
      at.set("listening", milliseconds);
      found.url = url;
      resolve();
    });
  });
  await Promise.race([
    listening,
    ended.then(() => {
      throw new Error(`The directory ended instead of answering:\n${said.join("\n")}`);
    }),
  ]);
  const reached = (what: string) => at.get(what) ?? Number.NaN;
  return {
    ...found,
    pid: child.pid ?? 0,
    reached: {
      startingNeo4j: reached("starting"),
      neo4jAnswers: reached("neo4j"),
      listening: reached("listening"),
    },
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
