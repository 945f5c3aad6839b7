import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { freemem, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { endWithUs } from "../../../graph/local/endWithUs.ts";
import type { Report } from "../../part.ts";

const run = promisify(execFile);

/** A PostgreSQL of our own, and how to reach it. */
export interface Postgres {
  /** The directory of its socket, as drivers take it. */
  readonly host: string;
  readonly user: string;
  readonly stop: () => Promise<void>;
}

const versionsDirectory = "/usr/lib/postgresql";
const howToInstall = "apt-get install -y postgresql-15-postgis-3";

interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Starts PostgreSQL on a socket of its own, with its data in `directory`, set up for this machine; it is told to end with `stop`.
 * Resolves to the reason, with what to install, where PostgreSQL or PostGIS is not there. Throws when it does not start.
 */
export async function startPostgres(directory: string, report: Report): Promise<Postgres | string> {
  const version = await newestVersion();
  if (version === null) return `PostgreSQL is not here (${howToInstall})`;
  if (!existsSync(`/usr/share/postgresql/${version}/extension/postgis.control`)) {
    return `PostGIS is not here (apt-get install -y postgresql-${version}-postgis-3)`;
  }
  const programs = join(versionsDirectory, version, "bin");
  const account = await unprivileged();
  const data = join(directory, `postgres-${version}`);
  if (!existsSync(join(data, "PG_VERSION"))) {
    await mkdir(data, { recursive: true });
    if (account !== null) await chown(data, account.uid, account.gid);
    await run(join(programs, "initdb"), ["-D", data, "-U", "bench", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8"], {
      ...account,
      cwd: "/",
    });
  }
  if (existsSync(join(data, "postmaster.pid"))) {
    // Left over from a run that was killed; where it is gone itself, there is nothing to stop.
    await run(join(programs, "pg_ctl"), ["stop", "-D", data, "-m", "fast"], { ...account, cwd: "/" }).catch(() => null);
  }
  const sockets = await mkdtemp(join(tmpdir(), "bench-postgres-"));
  await chmod(sockets, 0o777);
  const settings = settingsFor(totalmem(), sockets);
  const server = spawn(
    join(programs, "postgres"),
    ["-D", data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    { ...account, cwd: "/", stdio: ["ignore", "ignore", "pipe"] },
  );
  endWithUs(server);
  let said = "";
  server.stderr.on("data", (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2000);
  });
  const gone = once(server, "exit");
  for (let tries = 0; ; tries += 1) {
    const isReady = await run(join(programs, "pg_isready"), ["-h", sockets, "-q"]).then(
      () => true,
      () => false,
    );
    if (isReady) break;
    if (server.exitCode !== null || tries > 300) throw new Error(`PostgreSQL did not start:\n${said}`);
    await wait(200);
  }
  report(`PostgreSQL ${version} with PostGIS answers (process ${server.pid ?? 0})`);
  return {
    host: sockets,
    user: "bench",
    stop: async () => {
      server.kill("SIGINT");
      await gone;
      await rm(sockets, { recursive: true, force: true });
    },
  };
}

async function newestVersion(): Promise<string | null> {
  const versions = await readdir(versionsDirectory).catch(() => []);
  const there = versions.filter((version) => existsSync(join(versionsDirectory, version, "bin", "initdb")));
  return there.sort((a, b) => Number(b) - Number(a))[0] ?? null;
}

/** Whom PostgreSQL runs as: it refuses root. Null where this process is somebody else already. */
async function unprivileged(): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const lines = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  const [, , uid, gid] = lines.find(([name]) => name === "postgres") ?? lines.find(([name]) => name === "nobody") ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}

/**
 * What its manual and those who run it advise for a machine of its own with an SSD (a quarter of the memory for its buffers, the rest as the
 * system's cache), short statements (no parallel workers, no just-in-time compilation: both cost more than they bring within milliseconds)
 * and data that can be loaded again (no waiting for the disk).
 */
function settingsFor(totalBytes: number, sockets: string): Readonly<Record<string, string>> {
  const megabytes = Math.floor(totalBytes / 1024 / 1024);
  return {
    listen_addresses: "",
    unix_socket_directories: sockets,
    max_connections: "40",
    shared_buffers: `${Math.min(4096, Math.floor(megabytes / 4))}MB`,
    effective_cache_size: `${Math.floor(megabytes / 2)}MB`,
    work_mem: "64MB",
    maintenance_work_mem: `${Math.min(1024, Math.floor(freemem() / 1024 / 1024 / 8))}MB`,
    random_page_cost: "1.1",
    effective_io_concurrency: "200",
    jit: "off",
    max_parallel_workers_per_gather: "0",
    max_wal_size: "8GB",
    checkpoint_timeout: "30min",
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
    wal_level: "minimal",
    max_wal_senders: "0",
    // Loaded once, vacuumed then, and read ever after: a vacuum that begins by itself only holds up the one that is asked for.
    autovacuum: "off",
    logging_collector: "off",
  };
}
