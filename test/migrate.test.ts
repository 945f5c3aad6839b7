import { readdirSync } from "node:fs";
import { execFile } from "node:child_process";
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import neo4j, { type ResultSummary } from "neo4j-driver";
import { afterAll, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { z } from "zod";
import { cypher } from "../graph/cypher.ts";
import { connectGraph, type ConnectedGraph } from "../graph/graph.ts";
import { migrate } from "../graph/migrate.ts";
import { wipe } from "./wipe.ts";

const projectMigrations = join(import.meta.dirname, "../graph/migrations");
const projectNames = readdirSync(projectMigrations)
  .map((name) => basename(name, ".cypher"))
  .sort();

/** What the project's migrations are called, in order. */
const descriptions = projectNames.map((name) => name.slice("V001__".length).replaceAll("_", " "));

let graph: ConnectedGraph;
let directory: string;

beforeAll(async () => {
  graph = connectGraph(inject("neo4j"));
  directory = await mkdtemp(join(tmpdir(), "migrations-"));
});

beforeEach(async () => {
  await wipe(graph);
  for (const file of await readdir(directory)) await rm(join(directory, file));
});

afterAll(async () => {
  await wipe(graph);
  await graph.close();
  await rm(directory, { recursive: true });
});

/** Migrates with the migrations written so far by `given`; returns the names applied. */
const migrated = (report: (line: string) => void = () => undefined) => migrate(graph, { report, directory });

const given = (migrations: Readonly<Record<string, string>>) =>
  Promise.all(Object.entries(migrations).map(([name, text]) => writeFile(join(directory, `${name}.cypher`), text)));

const read = <Row extends z.ZodType>(text: ReturnType<typeof cypher>, row: Row) =>
  graph.run({ name: "question", access: "READ", text, row });

const write = (text: ReturnType<typeof cypher>) =>
  graph.write({ name: "given", access: "WRITE", text, row: z.object({}) });

const history = () =>
  read(
    cypher`
      MATCH (migration:Migration)
      RETURN migration.version AS version, migration.description AS description
      ORDER BY version`,
    z.object({ version: z.number(), description: z.string() }),
  );

const first = { V001__a_first: "CREATE INDEX a_first IF NOT EXISTS FOR (a:A) ON (a.first);\n" };
const second = { V002__a_second: "CREATE INDEX a_second IF NOT EXISTS FOR (a:A) ON (a.second);\n" };
const third = { V003__a_third: "CREATE INDEX a_third IF NOT EXISTS FOR (a:A) ON (a.third);\n" };

test("an empty database gets every migration in order, and a migrated one none", async () => {
  const lines: string[] = [];
  expect(await migrate(graph, { report: (line) => lines.push(line) })).toEqual(projectNames);
  expect(descriptions.length).toBeGreaterThan(8);
  const told = descriptions.map(
    (description, index) => `Migrated the database: V${String(index + 1).padStart(3, "0")} ${description} (n ms).`,
  );
  expect(lines.map((line) => line.replace(/\d+ ms/, "n ms"))).toEqual(told);
  expect(await migrate(graph, { report: (line) => lines.push(line) })).toEqual([]);
  expect(lines).toHaveLength(told.length);
  expect(await history()).toEqual(descriptions.map((description, index) => ({ version: index + 1, description })));
});

test("after migrating, every constraint and index that the files name is there and online", async () => {
  await migrate(graph, { report: () => undefined });
  const texts = await Promise.all(
    projectNames.map((name) => readFile(join(projectMigrations, `${name}.cypher`), "utf8")),
  );
  const named = texts.flatMap((text) =>
    [...text.matchAll(/^CREATE .*?(?:CONSTRAINT|INDEX) (\w+)/gm)].map(([, name]) => name),
  );
  const indexes = await read(
    cypher`SHOW INDEXES YIELD name, state, type WHERE type <> 'LOOKUP'`,
    z.object({ name: z.string(), state: z.string() }),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(indexes.map(({ name }) => name).sort()).toEqual(
    [...named, "lock_id_unique", "migration_version_unique"].sort(),
  );
  expect(indexes.filter(({ state }) => state !== "ONLINE")).toEqual([]);
});

test("full-text search reads lists of names, folds accents, and finds stems", async () => {
  await migrate(graph, { report: () => undefined });
  await write(
    cypher`CREATE (:Asset {id: 'a', name: 'Walking together', alternateNames: ['Café walks', 'Zoë’s group']})`,
  );
  const found = await read(
    cypher`
      CALL db.index.fulltext.queryNodes('asset_text_folding', 'cafe AND zoe*') YIELD node AS folded
      CALL db.index.fulltext.queryNodes('asset_text_english', 'walk') YIELD node AS stemmed
      RETURN folded.id AS folded, stemmed.id AS stemmed`,
    z.object({ folded: z.string(), stemmed: z.string() }),
  );
  expect(found).toEqual([{ folded: "a", stemmed: "a" }]);
});

test("a page is read from the index in its order, without sorting it or reading what comes after", async () => {
  await migrate(graph, { report: () => undefined });
  await write(cypher`UNWIND range(1, 3000) AS n CREATE (:Asset:Group {id: 'grp_' + n, name: 'Group ' + (n % 500)})`);
  // Plans follow statistics, which are otherwise brought up to date in the background.
  await write(cypher`CALL db.prepareForReplanning()`);
  const { uri, user, password, database } = inject("neo4j");
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password), { disableLosslessIntegers: true });
  const { summary } = await driver.executeQuery(
    `PROFILE MATCH (group:Group)
     WHERE group.name >= $afterName AND group.id IS NOT NULL AND (group.name > $afterName OR group.id > $afterId)
     RETURN group.id AS id ORDER BY group.name, group.id LIMIT 21`,
    { afterName: "Group 250", afterId: "grp_250" },
    { database },
  );
  await driver.close();
  if (summary.queryProfile === false) throw new Error("The server gave no profile.");
  const operators = operatorsOf(summary.queryProfile);
  expect(operators.map(({ operatorType }) => operatorType.replace("@neo4j", ""))).toEqual([
    "ProduceResults",
    "Projection",
    "Limit",
    "Filter",
    "NodeIndexSeek",
  ]);
  expect(operators.reduce((sum, { dbHits }) => sum + (dbHits ?? 0), 0)).toBeLessThan(50);
});

type Profile = Exclude<ResultSummary["queryProfile"], false>;

const operatorsOf = (plan: Profile): Profile[] => [plan, ...plan.children.flatMap(operatorsOf)];

test("every schema statement of the project may be run twice", async () => {
  for (const file of await readdir(projectMigrations)) {
    const text = await readFile(join(projectMigrations, file), "utf8");
    for (const [statement] of text.matchAll(/^(CREATE|DROP) [A-Z].*$/gm))
      expect(statement).toMatch(/ IF (NOT )?EXISTS/);
  }
});

test("three processes that start together apply each migration once between them", async () => {
  const run = () =>
    promisify(execFile)(process.execPath, [
      "--import",
      "tsx",
      join(import.meta.dirname, "processes/migrate.ts"),
      JSON.stringify(inject("neo4j")),
    ]);
  const outputs = await Promise.all([run(), run(), run()]);
  expect(outputs.flatMap(({ stdout }) => JSON.parse(stdout) as string[]).sort()).toEqual(projectNames);
  expect(await history()).toHaveLength(descriptions.length);
});

test("what a database said of ages and of whom things are for becomes statements of the records that said it", async () => {
  const upTo = async (last: number) => {
    for (const name of projectNames.slice(0, last)) {
      await copyFile(join(projectMigrations, `${name}.cypher`), join(directory, `${name}.cypher`));
    }
    await migrated();
  };
  await upTo(3);
  await write(
    cypher`
      CREATE (:Asset {id: 'a', minimumAge: 5.0, maximumAge: 11.0, eligibilityDescription: 'Children'}),
             (b:Asset {id: 'b', minimumAge: 18}), (:Asset {id: 'c', name: 'For anyone'})
      CREATE (:SourceRecord {id: 'old/b', asOf: '2019'})-[:DESCRIBES]->(b)
      CREATE (:SourceRecord {id: 'new/b', asOf: '2024-05'})-[:DESCRIBES]->(b)`,
  );
  await upTo(4);
  // As after a process that died between the statements and their record.
  await write(cypher`MATCH (migration:Migration {version: 4}) DELETE migration`);
  await migrated();
  const found = await read(
    cypher`
      MATCH (asset:Asset)
      OPTIONAL MATCH (asset)-[states:STATES]->(statement:Eligibility)
      RETURN properties(asset) AS asset, states.source AS source, properties(statement) AS says
      ORDER BY asset.id`,
    z.record(z.string(), z.unknown()),
  );
  expect(found).toEqual([
    {
      asset: { id: "a" },
      source: null,
      says: { excludes: false, minimumAge: 5, maximumAge: 11, description: "Children", position: 0 },
    },
    { asset: { id: "b" }, source: "new/b", says: { excludes: false, minimumAge: 18, position: 0 } },
    { asset: { id: "c", name: "For anyone" }, source: null, says: null },
  ]);
});

test("a second caller waits for the first, says so, and finds nothing left to do", async () => {
  await given(first);
  await migrated();
  await given({ V002__slow: "UNWIND range(1, 3000000) AS n WITH max(n % 7) AS m CREATE (:Slow {m: m});\n" });
  const lines: string[] = [];
  const report = (line: string) => lines.push(line);
  expect((await Promise.all([migrated(report), migrated(report)])).flat()).toEqual(["V002__slow"]);
  expect(lines).toContain("Another process is migrating the database; waiting for it.");
  expect(await read(cypher`MATCH (slow:Slow) RETURN count(slow) AS count`, z.object({ count: z.number() }))).toEqual([
    { count: 1 },
  ]);
});

test("the lock of a process that died runs out", async () => {
  await given(first);
  await migrated();
  await given(second);
  await write(
    cypher`
      MATCH (lock:Lock {id: 'migrations'})
      SET lock.owner = 'somebody dead', lock.expiresAt = datetime.realtime() + duration({seconds: 1})`,
  );
  const started = Date.now();
  expect(await migrated()).toEqual(["V002__a_second"]);
  expect(Date.now() - started).toBeGreaterThan(500);
});

test("the lock is given back, also by a migration that failed", async () => {
  await given({ V001__wrong: "CREATE (:A);\nMATCH (a:A) RETRUN a;\n" });
  await expect(migrated()).rejects.toThrow(/^Migration V001__wrong stopped at statement 2 of 2: Invalid input/);
  expect(await read(cypher`MATCH (lock:Lock) RETURN lock.owner AS owner`, z.object({ owner: z.null() }))).toEqual([
    { owner: null },
  ]);
  await given({ V001__wrong: "CREATE (:A);\n" });
  expect(await migrated()).toEqual(["V001__wrong"]);
});

test("a process that was away so long that another took its lock records nothing", async () => {
  await given({
    V001__away: "MATCH (lock:Lock {id: 'migrations'}) SET lock.owner = 'somebody else';\n",
  });
  await expect(migrated()).rejects.toThrow("Another process took over while V001__away was being applied");
  expect(await history()).toEqual([]);
});

test("a migration that died between its statements and its record is applied again", async () => {
  await given(first);
  await write(cypher`CREATE INDEX a_first FOR (a:A) ON (a.first)`);
  expect(await migrated()).toEqual(["V001__a_first"]);
});

test("an applied migration that was edited is refused, whatever its line endings were", async () => {
  await given(first);
  await migrated();
  await given({ V001__a_first: first.V001__a_first.replaceAll("\n", "\r\n"), ...second });
  expect(await migrated()).toEqual(["V002__a_second"]);
  await given({ V001__a_first: `// A remark.\n${first.V001__a_first}` });
  await expect(migrated()).rejects.toThrow(
    /^V001__a_first\.cypher has been changed since it was applied to this database on \d{4}-\d\d-\d\d\. Put the file back as it was, and write the change as the next migration\.$/,
  );
});

test("a database newer than the code is refused", async () => {
  await given({ ...first, ...second });
  await migrated();
  await rm(join(directory, "V002__a_second.cypher"));
  await expect(migrated()).rejects.toThrow(
    /^This database is newer than this code: it has migration V002 \(a second, .*\), and the code's last is V001\./,
  );
});

test("a migration that is missing, or two of one number, or a wrong name, or no end, is refused before anything runs", async () => {
  await given({ ...first, ...third });
  await expect(migrated()).rejects.toThrow("Migration V002 is missing before V003__a_third.");
  await given({ ...second, V002__another: "RETURN 1;" });
  await expect(migrated()).rejects.toThrow("Two migrations have the number 2: V002__a_second and V002__another.");
  await rm(join(directory, "V002__another.cypher"));
  await given({ V04_wrong: "RETURN 1;" });
  await expect(migrated()).rejects.toThrow("V04_wrong.cypher is no name for a migration.");
  await rm(join(directory, "V04_wrong.cypher"));
  await given({ V004__endless: "RETURN 1;\nRETURN 2 // done;\n" });
  await expect(migrated()).rejects.toThrow("V004__endless.cypher does not end its last statement");
  expect(await read(cypher`MATCH (node) RETURN count(node) AS count`, z.object({ count: z.number() }))).toEqual([
    { count: 0 },
  ]);
});

test("a history with a hole in it is refused", async () => {
  await given({ ...first, ...second });
  await migrated();
  await write(cypher`MATCH (migration:Migration {version: 1}) DELETE migration`);
  await given(third);
  await expect(migrated()).rejects.toThrow("The database has migration V002 and no record of V001.");
});

test("a semicolon inside quotes or a comment ends no statement", async () => {
  await given({
    V001__quotes: "// one; two\nCREATE (:A {text: 'a; \\'b'}); /* three; */\nCREATE (:`B;``` {text: \"// c;\"});\n",
  });
  expect(await migrated()).toEqual(["V001__quotes"]);
  expect(
    await read(
      cypher`MATCH (node) WHERE node.text IS NOT NULL RETURN labels(node) AS labels, node.text AS text ORDER BY text`,
      z.object({ labels: z.array(z.string()), text: z.string() }),
    ),
  ).toEqual([
    { labels: ["B;`"], text: "// c;" },
    { labels: ["A"], text: "a; 'b" },
  ]);
});
