import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Driver } from "neo4j-driver";
import type { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { z } from "zod";
import { ringsAround } from "./ringsAround.ts";

const sql = (file: string) => readFileSync(join(import.meta.dirname, file), "utf8");

/** Assets read at a time: enough that the round trip does not count, few enough that memory does not. */
const pageSize = 20_000;
const furthestRing = 12;

type Cell = string | number | boolean | null;

const areaRow = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  code: z.string().nullable(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  parents: z.array(z.string()),
  borders: z.array(z.string()),
});

const conditionRow = z.object({ id: z.string(), slug: z.string(), name: z.string(), broader: z.array(z.string()) });

const ids = z.array(z.string()).nullable();

const assetRow = z.object({
  id: z.string(),
  kind: z.string(),
  name: z.string(),
  status: z.string(),
  reach: z.array(z.string()),
  confirmedOn: z.string().nullable(),
  lsoa: z.string().nullable(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  sites: z.array(z.string()),
  serves: z.array(z.string()),
  supports: z.array(z.object({ condition: z.string(), strength: z.number(), isByReferral: z.boolean() })),
  states: z.array(
    z.object({
      position: z.number(),
      excludes: z.boolean(),
      minimumAge: z.number().nullable(),
      maximumAge: z.number().nullable(),
      concerns: z.array(z.string()),
      description: z.string().nullable(),
    }),
  ),
  referredFrom: z.array(
    z.object({
      id: z.string(),
      source: z.string(),
      waitDays: z.number().nullable(),
      confirmedOn: z.string().nullable(),
      minimumAge: z.number().nullable(),
      maximumAge: z.number().nullable(),
      areaIds: ids,
      acceptedConditionIds: ids,
      excludedConditionIds: ids,
      capacity: z.string().nullable(),
      method: z.string(),
      criteria: z.string().nullable(),
      evidence: z.string().nullable(),
      sample: z.boolean(),
    }),
  ),
});

const areasText = `
  MATCH (area:Area)
  RETURN area.id AS id, area.name AS name, area.kind AS kind, area.code AS code,
    area.centre.latitude AS latitude, area.centre.longitude AS longitude,
    COLLECT { MATCH (area)-[:WITHIN]->(parent:Area) RETURN parent.id } AS parents,
    COLLECT { MATCH (area)-[:BORDERS]-(other:Area) RETURN other.id } AS borders`;

const conditionsText = `
  MATCH (condition:Condition)
  RETURN condition.id AS id, condition.slug AS slug, condition.name AS name,
    COLLECT { MATCH (condition)-[:BROADER]->(wider) RETURN wider.id } AS broader`;

const referrersText = `
  MATCH (referrer:Referrer)
  RETURN referrer.id AS id, referrer.slug AS slug, referrer.name AS name,
    COLLECT { MATCH (referrer)-[:BROADER]->(wider) RETURN wider.id } AS broader`;

const assetsText = `
  MATCH (asset:Asset) WHERE asset.id > $after
  WITH asset ORDER BY asset.id LIMIT toInteger($limit)
  RETURN asset.id AS id, head([label IN labels(asset) WHERE label <> 'Asset']) AS kind, asset.name AS name, asset.status AS status,
    asset.reach AS reach, toString(asset.confirmedOn) AS confirmedOn,
    head(COLLECT { MATCH (asset)-[:IN]->(lsoa:Area) RETURN lsoa.id }) AS lsoa,
    asset.location.latitude AS latitude, asset.location.longitude AS longitude,
    COLLECT { MATCH (asset)-[:HELD_AT|MEETS_AT|BASED_AT]->(site:Place) RETURN site.id } AS sites,
    COLLECT { MATCH (asset)-[:SERVES]->(area:Area) RETURN area.id } AS serves,
    COLLECT { MATCH (asset)-[s:SUPPORTS]->(c:Condition) RETURN {condition: c.id, strength: s.strength, isByReferral: coalesce(s.byReferral, false)} } AS supports,
    COLLECT {
      MATCH (asset)-[:STATES]->(e:Eligibility)
      RETURN {position: coalesce(e.position, 0), excludes: e.excludes, minimumAge: e.minimumAge, maximumAge: e.maximumAge, description: e.description,
        concerns: COLLECT { MATCH (e)-[:CONCERNS]->(c:Condition) RETURN c.id }}
    } AS states,
    COLLECT {
      MATCH (asset)<-[r:REFERS_TO]-(from)
      RETURN r {.id, source: from.id, .waitDays, confirmedOn: toString(r.confirmedOn), .minimumAge, .maximumAge, .areaIds, .acceptedConditionIds,
        .excludedConditionIds, .capacity, .method, .criteria, .evidence, sample: coalesce(r.sample, false)}
    } AS referredFrom`;

/**
 * Reads the whole directory from Neo4j, in pages, and fills an empty database with it, indexed, clustered and analysed. Whatever was begun
 * before is dropped. Throws as the two databases do.
 */
export async function loadDirectory(neo4j: Driver, postgres: Client, report: (line: string) => void): Promise<void> {
  await postgres.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public;");
  await postgres.query(sql("tables.sql"));
  await loadAreas(neo4j, postgres);
  const conditions = await read(neo4j, conditionRow, conditionsText, {});
  await copy(
    postgres,
    "condition_in",
    conditions.map(({ id, slug, name }) => [id, slug, name]),
  );
  await copy(
    postgres,
    "broader_in",
    conditions.flatMap(({ id, broader }) => broader.map((wider) => [id, wider])),
  );
  const referrers = await read(neo4j, conditionRow, referrersText, {});
  await copy(
    postgres,
    "referrer_in",
    referrers.map(({ id, slug, name }) => [id, slug, name]),
  );
  await copy(
    postgres,
    "referrer_broader_in",
    referrers.flatMap(({ id, broader }) => broader.map((wider) => [id, wider])),
  );
  let loaded = 0;
  for (let after = ""; ;) {
    const assets = await read(neo4j, assetRow, assetsText, { after, limit: pageSize });
    await loadAssets(postgres, assets);
    loaded += assets.length;
    const last = assets.at(-1);
    if (last === undefined || assets.length < pageSize) break;
    after = last.id;
    if (loaded % 100_000 === 0) report(`${loaded} assets copied to PostgreSQL`);
  }
  report(`${loaded} assets copied to PostgreSQL; filling tables and indexes`);
  await postgres.query(sql("fill.sql"));
  await postgres.query("VACUUM (ANALYZE, FREEZE)");
}

async function loadAreas(neo4j: Driver, postgres: Client): Promise<void> {
  const areas = await read(neo4j, areaRow, areasText, {});
  await copy(
    postgres,
    "area_in",
    areas.map(({ id, name, kind, code, latitude, longitude }) => [id, name, kind, code, latitude, longitude]),
  );
  await copy(
    postgres,
    "within_in",
    areas.flatMap(({ id, parents }) => parents.map((parent) => [id, parent])),
  );
  await copy(postgres, "ring_in", ringRows(areas));
}

function* ringRows(areas: readonly z.output<typeof areaRow>[]): Generator<Cell[]> {
  const byId = new Map(areas.map((area) => [area.id, area]));
  const borders = new Map(areas.map((area) => [area.id, area.borders]));
  const inside = new Map<string, string[]>();
  for (const { id, kind } of areas) {
    if (kind !== "LSOA") continue;
    const above = new Set([id]);
    for (const one of above) for (const parent of byId.get(one)?.parents ?? []) above.add(parent);
    for (const one of above) listed(inside, one).push(id);
  }
  for (const [home, homes] of inside) {
    for (const [ring, lsoas] of ringsAround(borders, homes, furthestRing).entries()) {
      yield [home, ring, `{${lsoas.join(",")}}`];
    }
  }
}

function listed(lists: Map<string, string[]>, name: string): string[] {
  const list = lists.get(name) ?? [];
  lists.set(name, list);
  return list;
}

async function loadAssets(postgres: Client, assets: readonly z.output<typeof assetRow>[]): Promise<void> {
  await copy(
    postgres,
    "asset_in",
    assets.map(({ id, kind, name, status, reach, confirmedOn, lsoa, latitude, longitude }) => [
      id,
      kind,
      name,
      status,
      reach.includes("AT_A_PLACE"),
      reach.some((one) => one !== "AT_A_PLACE"),
      confirmedOn,
      lsoa,
      latitude,
      longitude,
    ]),
  );
  const each = <Item>(items: (asset: z.output<typeof assetRow>) => readonly Item[], cells: (item: Item) => Cell[]) =>
    assets.flatMap((asset) => items(asset).map((item) => [asset.id, ...cells(item)]));
  await copy(
    postgres,
    "presence_in",
    each(
      ({ sites }) => sites,
      (site) => [site],
    ),
  );
  await copy(
    postgres,
    "serves_in",
    each(
      ({ serves }) => serves,
      (area) => [area],
    ),
  );
  await copy(
    postgres,
    "supports_in",
    each(
      ({ supports }) => supports,
      ({ condition, strength, isByReferral }) => [condition, strength, isByReferral],
    ),
  );
  await copy(
    postgres,
    "eligibility_in",
    each(
      ({ states }) => states,
      ({ position, excludes, minimumAge, maximumAge, concerns, description }) => [
        position,
        excludes,
        minimumAge,
        maximumAge,
        listOf(concerns),
        description,
      ],
    ),
  );
  await copy(
    postgres,
    "refers_to_in",
    each(
      ({ referredFrom }) => referredFrom,
      (step) => [
        step.id,
        step.source,
        step.waitDays,
        step.confirmedOn,
        step.minimumAge,
        step.maximumAge,
        listOf(step.areaIds),
        listOf(step.acceptedConditionIds),
        listOf(step.excludedConditionIds),
        step.capacity,
        step.method,
        step.criteria,
        step.evidence,
        step.sample,
      ],
    ),
  );
}

/** Ids as PostgreSQL writes an array of them. */
function listOf(list: readonly string[] | null): string | null {
  return list === null || list.length === 0 ? null : `{${list.join(",")}}`;
}

async function read<Row extends z.ZodType>(
  driver: Driver,
  row: Row,
  text: string,
  parameters: object,
): Promise<z.output<Row>[]> {
  const { records } = await driver.executeQuery(text, parameters, { database: "neo4j", routing: "READ" });
  return records.map((record) => row.parse(record.toObject()));
}

async function copy(postgres: Client, table: string, rows: Iterable<readonly Cell[]>): Promise<void> {
  await pipeline(Readable.from(lines(rows)), postgres.query(copyFrom(`COPY ${table} FROM STDIN`)));
}

/** Rows as COPY's text format has them, some thousands of characters at a time. */
function* lines(rows: Iterable<readonly Cell[]>): Generator<string> {
  let text = "";
  for (const row of rows) {
    text += `${row.map(escaped).join("\t")}\n`;
    if (text.length > 65_536) {
      yield text;
      text = "";
    }
  }
  yield text;
}

const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

function escaped(cell: Cell): string {
  return cell === null ? "\\N" : String(cell).replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? character);
}
