import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { z } from "zod";
import { countryFiles } from "../bench/country/countryFiles.ts";
import { landscapeOfCountry, readConditions } from "../bench/country/landscapeOfCountry.ts";
import { cypher, type Cypher } from "../graph/cypher.ts";
import { connectGraph, type ConnectedGraph } from "../graph/graph.ts";
import { migrate } from "../graph/migrate.ts";
import { SeedFile } from "../seed/formats/directory.ts";
import { load } from "../seed/load.ts";
import { wipe } from "./wipe.ts";

const size = 300;
const lsoas = 150;

const files = async () => countryFiles(await landscapeOfCountry({ lsoas }), size, await readConditions());

let graph: ConnectedGraph;

beforeAll(async () => {
  graph = connectGraph(inject("neo4j"));
  await wipe(graph);
  await migrate(graph, { report: () => undefined });
});

afterAll(async () => {
  await wipe(graph);
  await graph.close();
});

const rows = (text: Cypher) =>
  graph.run({ name: "question", access: "READ", text, row: z.record(z.string(), z.unknown()) });

/** Loads file after file, as a country is built; what came of each sort of record. */
async function loadCountry() {
  const sum = { created: 0, updated: 0, unchanged: 0 };
  for (const file of await files()) {
    const { created, updated, unchanged } = await load(graph, [file.make()], {
      report: () => undefined,
      now: new Date("2026-11-22T12:00:00Z"),
    });
    sum.created += created;
    sum.updated += updated;
    sum.unchanged += unchanged;
  }
  return sum;
}

test("a synthetic country is in the seed format, and the same whenever it is made", async () => {
  const [once, again] = [await files(), await files()];
  expect(once.reduce((sum, { assets }) => sum + assets, 0)).toBe(size);
  for (const [index, file] of once.entries()) {
    const { name, ...written } = file.make();
    expect({ ...SeedFile.parse(written), name }).toEqual(again[index]?.make());
  }
});

test("a synthetic country loads file by file, and loads again without a change", { timeout: 120_000 }, async () => {
  const first = await loadCountry();
  expect(first).toMatchObject({ updated: 0, unchanged: 0 });
  expect(await loadCountry()).toEqual({ created: 0, updated: 0, unchanged: first.created });
  expect(await rows(cypher`MATCH (asset:Asset) RETURN count(asset) AS assets`)).toEqual([{ assets: size }]);
});

test("everything in a synthetic country says that it is made up", async () => {
  expect(
    await rows(cypher`
      MATCH (asset:Asset)<-[:DESCRIBES]-(record:SourceRecord)
      RETURN DISTINCT asset.sample AS sample, asset.name CONTAINS '(synthetic)' AS isNamed, record.source AS source,
        record.name STARTS WITH 'Synthetic' AS isSaid`),
  ).toEqual([{ sample: true, isNamed: true, source: "common-ground-synthetic", isSaid: true }]);
});

test("each sort of asset and of relationship is in a synthetic country", async () => {
  expect(
    await rows(cypher`
      MATCH (asset:Asset)-[link]->()
      RETURN collect(DISTINCT head([label IN labels(asset) WHERE label <> 'Asset'])) AS kinds, type(link) AS type ORDER BY type`).then(
      (found) => found.map(({ type }) => type),
    ),
  ).toEqual([
    "BASED_AT",
    "FOLLOWS",
    "HELD_AT",
    "HOSTS",
    "IN",
    "MEETS_AT",
    "OPENS",
    "REFERS_TO",
    "RUNS",
    "SERVES",
    "STATES",
    "SUPPORTS",
  ]);
});

test("in a synthetic country every LSOA of a local authority is reached from every other along borders", async () => {
  expect(
    await rows(cypher`
      MATCH (authority:Area {kind: 'LOCAL_AUTHORITY'})
      CALL (authority) {
        MATCH (authority)<-[:WITHIN*2]-(lsoa:Area {kind: 'LSOA'})
        WITH lsoa ORDER BY lsoa.code
        WITH collect(lsoa) AS lsoas
        WITH lsoas, head(lsoas) AS first
        UNWIND lsoas[1..] AS other
        MATCH SHORTEST 1 (first)-[:BORDERS]-+(other)
        RETURN size(lsoas) AS expected, count(*) + 1 AS reached
      }
      RETURN sum(expected) AS lsoas, sum(reached) AS reached`),
  ).toEqual([{ lsoas, reached: lsoas }]);
});
