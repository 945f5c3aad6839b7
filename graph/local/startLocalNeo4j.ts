import { join } from "node:path";
import type { GraphServer } from "../graph.ts";
import { type ClassArchive, classArchive, noClassArchive } from "./classArchive.ts";
import { endLeftOver } from "./endLeftOver.ts";
import { findJava, type Java } from "./findJava.ts";
import { freePort } from "./freePort.ts";
import { holdDirectory } from "./holdDirectory.ts";
import { mendHome } from "./mendHome.ts";
import { neo4jJars } from "./neo4jJars.ts";
import { javaArguments, machineMegabytes, memoryFor, neo4jConf, type Purpose } from "./neo4jSettings.ts";
import { passwordOf } from "./passwordOf.ts";
import { fileSystemSentence, prepareHome } from "./prepareHome.ts";
import { runNeo4j, type RunningNeo4j } from "./runNeo4j.ts";
import { portTaken, type Attempt } from "./whyNeo4jFailed.ts";
import { writeWhole } from "./writeWhole.ts";

export interface LocalNeo4jOptions {
  /** Made when missing. All that this Neo4j has is in its folder `neo4j`: graph, password, logs. */
  readonly dataDirectory: string;
  /** 0: any free port. */
  readonly boltPort: number;
  /** Null: the Java on the PATH. */
  readonly javaHome: string | null;
  /** Told in plain lines of what takes time, and of a Neo4j that ends without having been asked to. */
  readonly report: (line: string) => void;
  /** Left out: a trial. */
  readonly purpose?: Purpose;
}

/** A Neo4j of our own, and how to reach it. */
export interface LocalNeo4j extends GraphServer {
  readonly pid: number;
  /** Ends it and gives the data directory up; returns when it has closed its store and gone. Asked twice, it ends once. Never throws. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts Neo4j Community as a child process on the loopback address, with its data in `dataDirectory`, and returns once it has answered
 * a query. It ends with `stop`, and by itself when this process is gone, however that ended; should one be left over all the same, the
 * next start ends it.
 *
 * Throws an Error that tells the person who started us in a sentence what is wrong and what to do: no Java or too old a one, no Maven,
 * no network, the port taken, the directory in use, not writable or full, the store damaged. Nothing runs then.
 */
export async function startLocalNeo4j(options: LocalNeo4jOptions): Promise<LocalNeo4j> {
  if (process.platform !== "linux" && process.platform !== "darwin") {
    throw new Error(
      "A local Neo4j is started on Linux and macOS only: set NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD to one that runs.",
    );
  }
  const { dataDirectory } = options;
  try {
    const home = await prepareHome(dataDirectory);
    const release = await holdDirectory(join(home, "holder.json"), dataDirectory);
    try {
      const { server, neo4j, archive } = await start(home, options);
      let stopping: Promise<void> | undefined;
      const end = async () => {
        if (await neo4j.end()) await archive.keep();
        await release();
      };
      const stop = () => (stopping ??= end());
      return { ...server, pid: neo4j.pid, stop };
    } catch (error) {
      await release();
      throw error;
    }
  } catch (error) {
    throw fileSystemSentence(error, dataDirectory);
  }
}

interface Started {
  readonly server: GraphServer;
  readonly neo4j: RunningNeo4j;
  readonly archive: ClassArchive;
}

async function start(home: string, options: LocalNeo4jOptions): Promise<Started> {
  const { boltPort, report } = options;
  const java = await findJava(options.javaHome);
  await endLeftOver(home, report);
  await mendHome(home);
  // Asked before Maven, which may take minutes.
  await freePort(boltPort);
  const jars = await neo4jJars({
    listFile: join(home, "jars.json"),
    logFile: join(home, "logs", "maven.log"),
    javaHome: java.home,
    report,
  });
  const { purpose = "trial" } = options;
  const memory = memoryFor(machineMegabytes(), purpose);
  // Others live too shortly, or start too seldom, to pay for it.
  const archive = purpose === "trial" ? await classArchive(home, java, jars) : noClassArchive;
  await writeWhole(join(home, "java.args"), javaArguments(jars, memory, purpose, archive.javaArguments), 0o644);
  for (let left = 4; ; left -= 1) {
    const port = await freePort(boltPort);
    await writeWhole(join(home, "conf", "neo4j.conf"), neo4jConf(port, memory), 0o644);
    try {
      return { ...(await startOn(port, home, java, options)), archive };
    } catch (error) {
      // A port that was free is seconds later opened by Neo4j, unless another program did so in between.
      if (boltPort !== 0 || (error as Error).message !== portTaken(port) || left === 0) throw error;
    }
  }
}

async function startOn(
  port: number,
  home: string,
  java: Java,
  { dataDirectory, report }: LocalNeo4jOptions,
): Promise<Omit<Started, "archive">> {
  const attempt: Attempt = {
    dataDirectory,
    boltPort: port,
    logFile: join(dataDirectory, "neo4j", "logs", "debug.log"),
  };
  const password = await passwordOf(home, java, attempt);
  const server: GraphServer = { uri: `bolt://127.0.0.1:${port}`, user: "neo4j", password, database: "neo4j" };
  const neo4j = await runNeo4j(server, { home, java, attempt, report });
  report(`Neo4j answers at ${server.uri} (process ${neo4j.pid})`);
  return { server, neo4j };
}
