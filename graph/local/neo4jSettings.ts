import { totalmem } from "node:os";

export interface Memory {
  readonly heapMegabytes: number;
  readonly pageCacheMegabytes: number;
}

/**
 * What a local Neo4j is for. `trial`: to try out and develop, so that it starts fast. `test`: to live for minutes, with as little memory as
 * will do. `load`: to be measured as a server would be that bears load, which takes longer to start.
 */
export type Purpose = "trial" | "test" | "load";

/**
 * How much memory a local Neo4j may take on a machine with `machineMegabytes`: a quarter for its heap and an eighth for its page cache,
 * within limits that suit one directory.
 */
export function memoryFor(machineMegabytes: number, purpose: Purpose): Memory {
  if (purpose === "test") return memoryFor(0, "trial");
  return {
    heapMegabytes: within(512, Math.floor(machineMegabytes / 4), purpose === "load" ? 4096 : 2048),
    pageCacheMegabytes: within(
      256,
      Math.floor(machineMegabytes / (purpose === "load" ? 4 : 8)),
      purpose === "load" ? 8192 : 4096,
    ),
  };
}

/** The memory that this machine, or the container we are in, has in all. */
export function machineMegabytes(): number {
  const container = process.constrainedMemory();
  // Zero, or more than the machine has, means that there is no limit.
  const bytes = container > 0 ? Math.min(container, totalmem()) : totalmem();
  return Math.floor(bytes / 1024 / 1024);
}

function within(least: number, value: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}

/** The text of neo4j.conf. Folders are left at their defaults, which are under the home directory. */
export function neo4jConf(boltPort: number, { pageCacheMegabytes }: Memory): string {
  return `# Written at every start; edits are lost.
server.default_listen_address=127.0.0.1
server.bolt.enabled=true
server.bolt.listen_address=127.0.0.1:${boltPort}
server.bolt.advertised_address=127.0.0.1:${boltPort}
server.bolt.tls_level=DISABLED
server.http.enabled=false
server.https.enabled=false
dbms.security.auth_enabled=true
dbms.security.allow_csv_import_from_file_urls=false
server.memory.pagecache.size=${pageCacheMegabytes}m
# A walk reads an area's steps and its places, not the twenty other relationships in between: from this many on they are kept by type.
db.relationship_grouping_threshold=16
# Nothing leaves the machine.
dbms.usage_report.enabled=false
server.bolt.telemetry.enabled=false
client.allow_telemetry=false
# Transaction logs are here for recovery alone: 256 MB for each of two databases, set aside at once, is much for that.
db.tx_log.preallocate=false
db.tx_log.rotation.size=32m
db.tx_log.rotation.retention_policy=1 files
# A stop otherwise waits five seconds at each of two connectors, one of which nobody uses, after the databases have closed.
internal.server.bolt.thread_pool_shutdown_wait_time=0s
internal.dbms.bolt.local_enabled=false
`;
}

// Half of a start is Java's second compiler at work for hours of load to come, which pays for what bears load alone.
const forAQuickStart = [
  "-XX:TieredStopAtLevel=1",
  "-XX:+UseSerialGC",
  // With one compiler Java sets 48 MB aside for what it compiles; a database asked hundreds of different questions fills that, and fails from then on. Both have 240 MB together.
  "-XX:ReservedCodeCacheSize=240m",
];
/** As Neo4j's own launcher sets them. */
const forLoad = ["-XX:+UseG1GC", "-XX:+UnlockExperimentalVMOptions", "-XX:+TrustFinalNonStaticFields"];

/** What goes before the main class on Java's command line, `more` among it, as the text of an @argument file. */
export function javaArguments(
  jars: readonly string[],
  memory: Memory,
  purpose: Purpose,
  more: readonly string[],
): string {
  const words = [
    ...more,
    `-Xms${purpose === "load" ? memory.heapMegabytes : Math.min(256, memory.heapMegabytes)}m`,
    `-Xmx${memory.heapMegabytes}m`,
    ...(purpose === "load" ? forLoad : forAQuickStart),
    "-XX:-OmitStackTraceInFastThrow",
    "-XX:+DisableExplicitGC",
    // Half alive is worse than ended: the next start recovers.
    "-XX:+ExitOnOutOfMemoryError",
    "-Djdk.nio.maxCachedBufferSize=1024",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Dlog4j2.disable.jmx=true",
    "-Dfile.encoding=UTF-8",
    // As the server's own launcher opens them.
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
    "-cp",
    jars.join(":"),
  ];
  return `${words.map(quoted).join("\n")}\n`;
}

function quoted(word: string): string {
  return `"${word.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
