// PostGIS with hand-written SQL: loads the directory when it is not there yet, and answers the walk and routes of referrals.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import neo4j, { type Driver } from "neo4j-driver";
import pg from "pg";
import { z } from "zod";
import { serveContender } from "../../contender.ts";
import { nothingAsked, routesAsked, walkAsked } from "../asked.ts";
import { loadDirectory } from "./loadDirectory.ts";

const { neo4j: server, postgres } = z
  .object({
    neo4j: z.object({ uri: z.string(), user: z.string(), password: z.string(), database: z.string() }),
    postgres: z.object({ host: z.string(), user: z.string(), database: z.string() }),
  })
  .parse(JSON.parse(process.argv[2] ?? "{}"));

/** Raised when the tables change: what was loaded by an earlier edition is loaded anew. */
const edition = 3;

const report = (line: string) => process.stderr.write(`   ${line}\n`);

await loadWhenNew();
const pool = new pg.Pool({ ...postgres, max: 16, options: "-c plan_cache_mode=force_generic_plan" });
const conditionTree = await readTree("condition");
const referrerTree = await readTree("referrer");
const [walkText, routesText] = ["walk.sql", "bestRoutes.sql"].map((file) =>
  readFileSync(join(import.meta.dirname, file), "utf8"),
) as [string, string];

async function walk({ areaId, condition, first, freshSince }: z.output<typeof walkAsked>): Promise<readonly object[]> {
  const shares = sharesOf(condition);
  const since = ["Activity", "Group", "Organisation", "Place"].map((kind) => freshSince[kind]);
  const page = async (rings: number) => {
    const values = [areaId, [...shares.keys()], [...shares.values()], since, rings, first + 1];
    return (await pool.query<{ tier: number; score: number }>({ name: "walk", text: walkText, values })).rows;
  };
  const near = await page(3);
  // As ours: nothing further out than ring 3 can score more than a fifth.
  const last = near[first];
  const rows = last !== undefined && last.tier === 0 && last.score > 1 / 5 ? near : await page(12);
  return rows.slice(0, first);
}

async function routes(asked: z.output<typeof routesAsked>): Promise<readonly object[]> {
  const { from, areaId, condition, age, conditions } = asked;
  const shares = sharesOf(condition);
  const concerned = withAbove(conditionTree, [condition, ...(conditions ?? [])]);
  const referrers = withAbove(referrerTree, [from]);
  const best = async (handOffs: number) => {
    const values = [
      areaId,
      [...shares.keys()],
      [...shares.values()],
      referrers,
      age,
      concerned,
      conditions !== null,
      handOffs,
    ];
    return (await pool.query<Route>({ name: "routes", text: routesText, values })).rows;
  };
  // As ours: the fewest hand-offs come first, and mostly two are enough.
  const short = await best(2);
  const found = short.length === 5 ? short : await best(5);
  return found.map(({ steps, ...route }) => ({
    ...route,
    steps: steps.map((step, index) => (index === 0 ? { ...step, fromId: null, fromName: null } : step)),
  }));
}

type Route = Readonly<Record<string, unknown>> & { readonly steps: readonly object[] };

serveContender(
  async (question) => {
    if (question === nothingAsked) return (await pool.query<object>({ name: "nothing", text: "SELECT 1 AS one" })).rows;
    const asked = walkAsked.safeParse(question);
    return asked.success ? walk(asked.data) : routes(routesAsked.parse(question));
  },
  () => pool.end(),
);

/** Loads the directory, unless it was loaded from a graph with as many of everything. */
async function loadWhenNew(): Promise<void> {
  const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password), {
    disableLosslessIntegers: true,
  });
  try {
    const wanted = JSON.stringify({ edition, ...(await countsOf(driver)) });
    if ((await loadedInto()) === wanted) return;
    await inDatabase("postgres", async (client) => {
      await client.query(`DROP DATABASE IF EXISTS ${postgres.database}`);
      await client.query(`CREATE DATABASE ${postgres.database}`);
    });
    await inDatabase(postgres.database, async (client) => {
      await loadDirectory(driver, client, report);
      const { rows } = await client.query<{ size: string }>(
        "SELECT pg_size_pretty(pg_total_relation_size('ring_around') + pg_total_relation_size('area_cover')) AS size",
      );
      report(`Tables derived from areas and their borders, to be kept up by hand: ${rows[0]?.size ?? ""}`);
      await client.query("CREATE TABLE loaded (counts text NOT NULL)");
      await client.query("INSERT INTO loaded VALUES ($1)", [wanted]);
    });
  } finally {
    await driver.close();
  }
}

async function countsOf(driver: Driver): Promise<object> {
  const counts = [
    "(:Asset)",
    "(:Area)",
    "()-[:SUPPORTS]->()",
    "()-[:SERVES]->()",
    "()-[:BORDERS]->()",
    "()-[:REFERS_TO]->()",
    "(:Referrer)-[:REFERS_TO]->()",
  ];
  const told: Record<string, unknown> = {};
  for (const pattern of counts) {
    const { records } = await driver.executeQuery(
      `RETURN COUNT { ${pattern} } AS count`,
      {},
      { database: server.database },
    );
    told[pattern] = records[0]?.get("count");
  }
  const { records } = await driver.executeQuery(
    "MATCH (asset:Asset) WHERE asset.id > '' RETURN asset.id AS id ORDER BY id LIMIT 1",
    {},
    { database: server.database },
  );
  return { ...told, first: records[0]?.get("id") as unknown };
}

/** What was loaded before; null when nothing was, or not to the end. */
async function loadedInto(): Promise<string | null> {
  const exists = await inDatabase("postgres", (client) =>
    client.query("SELECT FROM pg_database WHERE datname = $1", [postgres.database]),
  );
  if (exists.rowCount === 0) return null;
  return inDatabase(postgres.database, async (client) => {
    const there = await client.query<{ there: string | null }>("SELECT to_regclass('loaded')::text AS there");
    if ((there.rows[0]?.there ?? null) === null) return null;
    const { rows } = await client.query<{ counts: string }>("SELECT counts FROM loaded");
    return rows[0]?.counts ?? null;
  });
}

async function inDatabase<Result>(database: string, use: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ ...postgres, database });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

interface Named {
  readonly no: number;
  readonly slug: string;
}

/** Conditions, or kinds of referrer, each with those just below it and just above. */
interface Tree {
  readonly bySlug: ReadonlyMap<string, number>;
  readonly below: ReadonlyMap<number, readonly number[]>;
  readonly above: ReadonlyMap<number, readonly number[]>;
}

/** All conditions or kinds of referrer. Kept in memory, as ours are. */
async function readTree(table: "condition" | "referrer"): Promise<Tree> {
  const { rows: all } = await pool.query<Named>(`SELECT no, slug FROM ${table}`);
  const { rows } = await pool.query<{ narrower: number; broader: number }>(
    `SELECT narrower, broader FROM ${table}_broader`,
  );
  const below = new Map<number, number[]>();
  const above = new Map<number, number[]>();
  for (const { narrower, broader } of rows) {
    below.set(broader, [...(below.get(broader) ?? []), narrower]);
    above.set(narrower, [...(above.get(narrower) ?? []), broader]);
  }
  return { bySlug: new Map(all.map(({ no, slug }) => [slug, no])), below, above };
}

/** What each condition counts where one is asked for: 1, and nine tenths of that for each step down. */
function sharesOf(slug: string): ReadonlyMap<number, number> {
  const shares = new Map([[numberOf(conditionTree, slug), 1]]);
  for (const [one, share] of shares) {
    for (const child of conditionTree.below.get(one) ?? []) if (!shares.has(child)) shares.set(child, share * 0.9);
  }
  return shares;
}

/** The numbers of some, and of all that are broader. */
function withAbove(tree: Tree, slugs: readonly string[]): readonly number[] {
  const found = new Set(slugs.map((slug) => numberOf(tree, slug)));
  for (const one of found) for (const broader of tree.above.get(one) ?? []) found.add(broader);
  return [...found];
}

function numberOf(tree: Tree, slug: string): number {
  const no = tree.bySlug.get(slug);
  if (no === undefined) throw new Error(`There is no ${slug}.`);
  return no;
}
