import { afterAll, beforeAll, expect, test } from "vitest";
import { cypher } from "../graph/cypher.ts";
import { openWorld, type World } from "./world.ts";

let world: World;

/** What somebody might load: a map has to show it as text, or not at all. */
const hostile = `Map <script>alert(1)</script> & "friends" \u202Eneb`;
const id = "act_0000000000000000000000MAPT";

beforeAll(async () => {
  world = await openWorld();
  await world.cypher(
    cypher`
      MATCH (place:Place {name: 'Rose Hill Community Centre'})
      CREATE (to:Asset:Activity:MapTest {
        id: $id, name: $hostile, alternateNames: [], status: 'PUBLISHED', stepFree: 'UNKNOWN', accessibleToilet: 'UNKNOWN', hearingLoop: 'UNKNOWN',
        reach: ['AT_A_PLACE'], version: 1, sample: true})
      CREATE (to)-[:HELD_AT {source: 'map', assertedBy: 'test', confirmedOn: date('2026-11-01'), sample: true}]->(place)
      CREATE (:SourceRecord:MapTest {id: 'map/1', name: 'Map test', publisher: 'Test', licence: 'CC0-1.0', asOf: '2026-11'})-[:DESCRIBES]->(to)
      RETURN count(*) AS done`,
    { id, hostile },
  );
});

afterAll(async () => {
  await world.cypher(cypher`MATCH (node:MapTest) DETACH DELETE node RETURN count(*) AS done`);
  await world.close();
});

const fetched = (path: string) => Promise.resolve(world.fetch(new Request(`http://directory.test${path}`)));

async function page(path: string): Promise<string> {
  const response = await fetched(path);
  expect(response.status).toBe(200);
  return response.text();
}

const lonely = "/search?what=lonely&where=Rose+Hill";

test("a search offers a map, and draws none before it is asked for", async () => {
  const text = await page(lonely);
  expect(text).toContain('href="/search?what=lonely&amp;where=Rose+Hill&amp;map=yes"');
  expect(text).not.toContain("app-map");
  expect(text).not.toContain("/map.js");
  expect(text).not.toContain("maplibre");
});

test("each marker of the map is a link to a result that has its number, and the page stays light", async () => {
  const text = await page(`${lonely}&map=yes`);
  expect(Buffer.byteLength(text)).toBeLessThan(60_000);
  const markers = [...text.matchAll(/class="app-map__marker" href="#result-(\d+)"/g)].map(([, number]) => number);
  expect(markers.length).toBeGreaterThan(1);
  for (const number of markers) expect(text).toContain(`id="result-${number}"`);
  expect(text).toContain(">Rose Hill</text>");
  expect(text).toContain("Contains OS data © Crown copyright and database right 2025.");
  // Only what moves needs it, and it is asked for by a button.
  expect(text).not.toContain("maplibre");
  expect(text).not.toMatch(/ style="|<style/);
});

test("filters keep the map", async () => {
  expect(await page(`${lonely}&map=yes`)).toContain('<input type="hidden" name="map" value="yes" />');
});

test("what was found without a place in mind is on the map where it is held", async () => {
  const text = await page("/search?what=tea&map=yes");
  expect([...text.matchAll(/class="app-map__marker"/g)].length).toBeGreaterThan(1);
});

interface Features {
  readonly type: string;
  readonly features: readonly {
    readonly id: string;
    readonly properties: Readonly<Record<string, unknown>>;
    readonly geometry: { readonly type: string; readonly coordinates: readonly unknown[] };
  }[];
}

async function data(path: string): Promise<{ attribution: string; areas: Features; results: Features }> {
  const response = await fetched(path);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toMatch(/^application\/json/);
  return (await response.json()) as { attribution: string; areas: Features; results: Features };
}

test("the data of the map are what the search found, by the same numbers, and the areas around it", async () => {
  const { attribution, areas, results } = await data("/map.json?what=lonely&where=Rose+Hill");
  expect(attribution).toContain("Office for National Statistics");
  expect(areas.features.map(({ properties }) => properties["name"])).toEqual(
    expect.arrayContaining(["Rose Hill", "Littlemore", "Oxford"]),
  );
  expect(new Set(areas.features.map(({ geometry }) => geometry.type))).toEqual(new Set(["MultiPolygon"]));
  const text = await page(lonely);
  const order = [...text.matchAll(/<bdi>([^<]*)<\/bdi><\/a>/g)].map(([, name]) => name);
  expect(order.length).toBeGreaterThan(5);
  for (const { properties, geometry } of results.features) {
    expect(order[Number(properties["number"]) - 1]).toBe(
      String(properties["name"]).replaceAll("'", "&#39;").replaceAll("&", "&amp;").replaceAll("&amp;#39;", "&#39;"),
    );
    expect(geometry).toEqual({ type: "Point", coordinates: [expect.any(Number), expect.any(Number)] });
  }
});

test("as many results as were asked for are in the data, and never more than a hundred", async () => {
  expect((await data("/map.json?where=Rose+Hill&first=3")).results.features.length).toBeLessThanOrEqual(3);
  const all = (await data("/map.json?where=Rose+Hill&first=100")).results.features.length;
  expect(all).toBeGreaterThan(20);
  for (const first of ["1000000", "0", "-1", "x", "1.5"])
    expect((await data(`/map.json?where=Rose+Hill&first=${first}`)).results.features.length).toBeLessThanOrEqual(100);
});

test("a place that nobody knows has no data, and says so", async () => {
  const response = await fetched("/map.json?where=nowhere-at-all");
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({ code: "PLACE_NOT_FOUND", message: expect.any(String) });
});

test("a hostile name is text on the map and in its data, and what is a sample is marked as one", async () => {
  const text = await page(`/search?what=friends&where=Rose+Hill&map=yes`);
  expect(text).not.toContain("<script>alert");
  expect(text).not.toContain("\u202E");
  expect(text).toMatch(/aria-label="[^"]*Map &lt;script&gt;alert\(1\)&lt;\/script&gt; &amp; &quot;friends&quot; neb/);
  const { results } = await data("/map.json?what=friends&where=Rose+Hill");
  expect(results.features.find((feature) => feature.id === id)?.properties).toMatchObject({
    name: `Map <script>alert(1)</script> & "friends" neb`,
    sample: true,
    href: `/activities/${id}`,
  });
});
