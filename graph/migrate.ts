import { join } from "node:path";
import { z } from "zod";
import { cypher } from "./cypher.ts";
import { int, type Graph } from "./graph.ts";
import { readMigrations, versionText, type Migration } from "./readMigrations.ts";
import { stillHeld, withLock } from "./withLock.ts";

/** Longer than the longest migration ought to take, shorter than anybody's patience with a process that hangs. */
const waitMs = 10 * 60_000;

const lock = "migrations";

export const appliedMigrations = {
  name: "appliedMigrations",
  access: "READ",
  text: cypher`
    MATCH (migration:Migration)
    RETURN migration.version AS version, migration.description AS description, migration.checksum AS checksum,
           toString(date(migration.appliedAt)) AS appliedOn
    ORDER BY version`,
  row: z.object({ version: z.number(), description: z.string(), checksum: z.string(), appliedOn: z.string() }),
} as const;

type Applied = z.output<typeof appliedMigrations.row>;

export const serverVersion = {
  name: "serverVersion",
  access: "READ",
  text: cypher`
    CALL dbms.components() YIELD name, versions
    WHERE name = 'Neo4j Kernel'
    RETURN versions[0] AS version`,
  row: z.object({ version: z.string() }),
} as const;

export const createMigrationConstraint = {
  name: "createMigrationConstraint",
  access: "WRITE",
  text: cypher`
    CREATE CONSTRAINT migration_version_unique IF NOT EXISTS
    FOR (migration:Migration) REQUIRE migration.version IS UNIQUE`,
  row: z.object({}),
} as const;

export const awaitIndexes = {
  name: "awaitIndexes",
  access: "READ",
  // In seconds, a little less than the graph gives an unhurried statement.
  text: cypher`CALL db.awaitIndexes(540)`,
  row: z.object({}),
} as const;

export const recordMigration = {
  name: "recordMigration",
  access: "WRITE",
  text: cypher`
    ${stillHeld}
    MERGE (migration:Migration {version: $version})
    ON CREATE SET migration.description = $description, migration.checksum = $checksum,
                  migration.appliedAt = datetime.realtime(), migration.milliseconds = $milliseconds
    RETURN migration.version AS version`,
  row: z.object({ version: z.number() }),
} as const;

/**
 * Brings the database up to this code: applies each migration of `directory` (by default the project's own) that it has not seen, in
 * order, once, however many processes start together. `report` is told a line about each, and when another process is waited for.
 * Returns the names of those this call applied.
 *
 * A migration is recorded only after its statements are through and the indexes it made are online. Should the process die in between,
 * the next one runs them again: schema statements say IF NOT EXISTS, and any other must come to the same when run twice.
 *
 * Throws an Error with what to do about it: an applied migration was edited or its file is gone, the database is newer than the code,
 * the server is older than Neo4j 5.26, or a statement failed. Throws CodedError UNAVAILABLE when Neo4j cannot be reached.
 */
export async function migrate(
  graph: Graph,
  {
    report,
    directory = join(import.meta.dirname, "migrations"),
  }: { readonly report: (line: string) => void; readonly directory?: string },
): Promise<readonly string[]> {
  const migrations = await readMigrations(directory);
  if (pending(migrations, await graph.run(appliedMigrations)).length === 0) return [];
  await refuseOldServer(graph);
  return withLock(
    graph,
    { id: lock, waitMs, onWait: () => report("Another process is migrating the database; waiting for it.") },
    async (owner) => {
      await graph.write(createMigrationConstraint);
      const names: string[] = [];
      // Asked again: whoever held the lock before may have applied them.
      for (const migration of pending(migrations, await graph.run(appliedMigrations))) {
        const milliseconds = await apply(graph, migration, owner);
        report(
          `Migrated the database: ${versionText(migration.version)} ${migration.description} (${milliseconds} ms).`,
        );
        names.push(migration.name);
      }
      return names;
    },
  );
}

async function apply(graph: Graph, migration: Migration, owner: string): Promise<number> {
  const { version, name, description, checksum, statements } = migration;
  const started = performance.now();
  for (const [index, text] of statements.entries()) {
    try {
      await graph.write({ name: `${name} ${index + 1}`, access: "WRITE", text, row: z.object({}) });
    } catch (error) {
      throw new Error(
        `Migration ${name} stopped at statement ${index + 1} of ${statements.length}: ${messageOf(error)} ` +
          "What ran before it stays and does no harm. Put right what it complains of, then start again.",
        { cause: error },
      );
    }
  }
  await graph.run(awaitIndexes);
  const milliseconds = Math.round(performance.now() - started);
  const recorded = await graph.write(recordMigration, {
    lock,
    owner,
    version: int(version),
    description,
    checksum,
    milliseconds: int(milliseconds),
  });
  if (recorded.length === 0) {
    throw new Error(
      `Another process took over while ${name} was being applied, because this one was silent for too long. Start again.`,
    );
  }
  return milliseconds;
}

/** The migrations still to apply. Throws when the database's history is not a beginning of the code's. */
function pending(migrations: readonly Migration[], applied: readonly Applied[]): readonly Migration[] {
  const newest = applied.at(-1);
  if (newest !== undefined && newest.version > migrations.length) {
    throw new Error(
      `This database is newer than this code: it has migration ${versionText(newest.version)} (${newest.description}, ${newest.appliedOn}), ` +
        `and the code's last is ${versionText(migrations.length)}. Run the newer code, or restore a backup from before that migration.`,
    );
  }
  for (const [index, record] of applied.entries()) {
    const migration = migrations[index];
    if (record.version !== index + 1) {
      throw new Error(
        `The database has migration ${versionText(record.version)} and no record of ${versionText(index + 1)}. ` +
          "Its history has been tampered with: restore a backup.",
      );
    }
    if (migration !== undefined && migration.checksum !== record.checksum) {
      throw new Error(
        `${migration.name}.cypher has been changed since it was applied to this database on ${record.appliedOn}. ` +
          "Put the file back as it was, and write the change as the next migration.",
      );
    }
  }
  return migrations.slice(applied.length);
}

async function refuseOldServer(graph: Graph): Promise<void> {
  const version = (await graph.run(serverVersion))[0]?.version ?? "0.0";
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > 5 || (major === 5 && minor >= 26)) return;
  throw new Error(
    `Neo4j ${version} is too old: 5.26 or later is needed. Upgrade it, or unset NEO4J_URI to let the directory start one of its own.`,
  );
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message.trim() : String(error);
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
