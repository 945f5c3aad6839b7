import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { z } from "zod";
import { cypher } from "../graph/cypher.ts";
import { connectGraph, type ConnectedGraph, type GraphServer } from "../graph/graph.ts";
import { findJava } from "../graph/local/findJava.ts";
import { neo4jJars } from "../graph/local/neo4jJars.ts";
import { processStarted } from "../graph/local/processStarted.ts";
import { startLocalNeo4j, type LocalNeo4j } from "../graph/local/startLocalNeo4j.ts";

let folder: string;
let dataDirectory: string;
/** What a test has started, ended after it whatever happened. */
let ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "local neo4j-"));
  dataDirectory = join(folder, "data");
});

afterEach(async () => {
  for (const end of ends.reverse()) await end();
  ends = [];
});

afterAll(() => rm(folder, { recursive: true }));

async function start(options: Partial<Parameters<typeof startLocalNeo4j>[0]> = {}): Promise<LocalNeo4j> {
  const neo4j = await startLocalNeo4j({
    dataDirectory,
    boltPort: 0,
    javaHome: inject("javaHome"),
    purpose: "test",
    report: () => undefined,
    ...options,
  });
  ends.push(neo4j.stop);
  return neo4j;
}

/** The sentence a start is refused with. */
const refusal = async (options: Parameters<typeof start>[0]): Promise<string> => {
  try {
    await start(options);
    return "not refused";
  } catch (error) {
    return (error as Error).message;
  }
};

const parentProgram = join(import.meta.dirname, "processes/holdLocalNeo4j.ts");

/** A process of its own that starts a Neo4j, which is then two processes that can be killed apart. */
async function startInParent(): Promise<{ readonly parent: number; readonly neo4j: GraphServer & { pid: number } }> {
  const parent = spawn(process.execPath, ["--import", "tsx", parentProgram, dataDirectory], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(parent, "exit");
  ends.push(async () => {
    parent.kill("SIGTERM");
    await ended;
  });
  const [line] = (await once(parent.stdout, "data")) as [Buffer];
  return { parent: parent.pid ?? 0, neo4j: JSON.parse(line.toString()) as GraphServer & { pid: number } };
}

async function asked<Answer>(
  server: GraphServer,
  question: (graph: ConnectedGraph) => Promise<Answer>,
): Promise<Answer> {
  const graph = connectGraph(server);
  try {
    return await question(graph);
  } finally {
    await graph.close();
  }
}

const write = (server: GraphServer, name: string) =>
  asked(server, (graph) =>
    graph.write(
      { name: "given", access: "WRITE", text: cypher`CREATE (:Note {name: $name})`, row: z.object({}) },
      { name },
    ),
  );

const notes = (server: GraphServer) =>
  asked(server, async (graph) => {
    const rows = await graph.run({
      name: "notes",
      access: "READ",
      text: cypher`MATCH (note:Note) RETURN note.name AS name ORDER BY name`,
      row: z.object({ name: z.string() }),
    });
    return rows.map(({ name }) => name);
  });

const runs = async (pid: number) => (await processStarted(pid)) !== null;

async function untilGone(pid: number): Promise<void> {
  while (await runs(pid)) await sleep(50);
}

/** The process that ends Neo4j when its parent is gone. */
async function watcherOf(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)("ps", ["-axww", "-o", "pid=", "-o", "command="]);
  const line = stdout.split("\n").find((text) => text.endsWith(`endWithParent.sh ${pid}`));
  return Number.parseInt(line ?? "", 10);
}

// The four below follow one another on the same data, for a start takes seconds: many, on a machine that is busy.
const busyMs = 180_000;

test(
  "a local Neo4j answers on the loopback address to a password that only its owner can read, and is gone when stopped",
  async () => {
    const neo4j = await start();
    await write(neo4j, "written before a stop");
    expect(neo4j.uri).toMatch(/^bolt:\/\/127\.0\.0\.1:\d+$/);
    const passwordFile = join(dataDirectory, "neo4j/password");
    expect(await readFile(passwordFile, "utf8")).toBe(`${neo4j.password}\n`);
    expect((await stat(passwordFile)).mode & 0o777).toBe(0o600);
    await expect(notes({ ...neo4j, password: "neo4j" })).rejects.toMatchObject({
      code: "Neo.ClientError.Security.Unauthorized",
    });

    await neo4j.stop();
    expect(await runs(neo4j.pid)).toBe(false);
  },
  busyMs,
);

test(
  "a second start names the process that has the data and does it no harm, and Neo4j ends when that process is killed",
  async () => {
    const { parent, neo4j } = await startInParent();
    expect(await refusal({})).toBe(
      `Process ${parent} is already running on ${dataDirectory}: stop it first (kill ${parent}), or set DATA_DIR to another folder for this one.`,
    );
    expect(await notes(neo4j)).toEqual(["written before a stop"]);

    process.kill(parent, "SIGKILL");
    await untilGone(neo4j.pid);
  },
  busyMs,
);

test(
  "a Neo4j that outlived its killed parent is ended by the next start, and loses nothing",
  async () => {
    const { parent, neo4j } = await startInParent();
    await write(neo4j, "written before a kill");
    process.kill(await watcherOf(neo4j.pid), "SIGKILL");
    process.kill(parent, "SIGKILL");
    await untilGone(parent);
    expect(await runs(neo4j.pid)).toBe(true);

    const reported: string[] = [];
    const next = await start({ report: (line) => reported.push(line) });
    expect(reported[0]).toBe(`Ending the Neo4j that an earlier run left behind (process ${neo4j.pid})`);
    expect(await runs(neo4j.pid)).toBe(false);
    expect(await notes(next)).toEqual(["written before a kill", "written before a stop"]);
  },
  busyMs,
);

test(
  "a store that cannot be opened is called damaged, and nothing is left running",
  async () => {
    await writeFile(join(dataDirectory, "neo4j/data/databases/neo4j/neostore"), "not a store".repeat(1000));
    expect(await refusal({})).toBe(
      `The graph in ${dataDirectory} cannot be opened, because its files are damaged or from another version of Neo4j: put a copy of ${dataDirectory} back, or move it away, and the next start makes a new graph. (Neo4j's own words: ${dataDirectory}/neo4j/logs/debug.log)`,
    );
    const { stdout } = await promisify(execFile)("ps", ["-axww", "-o", "command="]);
    expect(stdout).not.toContain(folder);
  },
  busyMs,
);

test("a port that another program has is named", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  ends.push(() => promisify(other.close.bind(other))());
  const { port } = other.address() as AddressInfo;
  expect(await refusal({ boltPort: port })).toBe(
    `Port ${port}, where Neo4j is to listen, is taken by another program: stop that, or set NEO4J_BOLT_PORT to another port (0 takes any free one).`,
  );
});

const howToGetJava =
  "Install Java 17 or 21 (Debian, Ubuntu: apt install openjdk-17-jre-headless; macOS: brew install openjdk@17), set JAVA_HOME to one, or set NEO4J_URI to a Neo4j that already runs.";

test("a JAVA_HOME without Java in it is named", async () => {
  const javaHome = join(folder, "no java");
  await mkdir(javaHome);
  expect(await refusal({ javaHome })).toBe(`JAVA_HOME is ${javaHome}, and there is no bin/java in it. ${howToGetJava}`);
});

test("a Java that is too old for Neo4j is named with its version", async () => {
  const javaHome = join(folder, "old java");
  const program = join(javaHome, "bin/java");
  await mkdir(join(javaHome, "bin"), { recursive: true });
  await writeFile(program, `#!/bin/sh\necho 'openjdk version "11.0.22" 2024-01-16' >&2\n`);
  await chmod(program, 0o755);
  expect(await refusal({ javaHome })).toBe(`Java 11 (${program}) is too old: Neo4j needs 17 or later. ${howToGetJava}`);
});

test("without Maven, a first start says where to get it", async () => {
  const { home } = await findJava(inject("javaHome"));
  const start = promisify(execFile)(
    process.execPath,
    ["--import", "tsx", parentProgram, join(folder, "never started")],
    { env: { PATH: folder, JAVA_HOME: home } },
  );
  await expect(start).rejects.toMatchObject({
    stdout: "",
    stderr:
      "Maven is not installed: there is no mvn on the PATH, and it fetches Neo4j's jars. Install Maven 3.6.3 or later (Debian, Ubuntu: apt install maven; macOS: brew install maven). Or set NEO4J_URI to a Neo4j that already runs.\n",
  });
});

test("a data directory that cannot be made is named", async () => {
  const file = join(folder, "file");
  await writeFile(file, "");
  expect(await refusal({ dataDirectory: join(file, "data") })).toBe(
    `${file}/data cannot be used for data (ENOTDIR: not a directory, mkdir '${file}/data'): make it a folder that is yours to write in, or set DATA_DIR to another.`,
  );
});

test("a list of jars is made again when one of them is not there or not whole", async () => {
  const { home } = await findJava(inject("javaHome"));
  const listFile = join(dataDirectory, "neo4j/jars.json");
  const list = JSON.parse(await readFile(listFile, "utf8")) as { readonly jars: readonly { readonly path: string }[] };
  const paths = list.jars.map(({ path }) => path);
  const [first, ...others] = list.jars;
  await writeFile(listFile, JSON.stringify({ ...list, jars: [{ ...first, bytes: 1 }, ...others] }));

  const reported: string[] = [];
  const options = {
    listFile,
    logFile: join(folder, "maven.log"),
    javaHome: home,
    report: (line: string) => reported.push(line),
  };
  expect(await neo4jJars(options)).toEqual(paths);
  expect(await neo4jJars(options)).toEqual(paths);
  expect(reported).toEqual(["Asking Maven for Neo4j's jars: the first time it fetches about 140 MB."]);
});
