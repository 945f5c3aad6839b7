import { afterAll, beforeAll, expect, test } from "vitest";
import { cypher } from "../graph/cypher.ts";
import { type Answer, openWorld, type World } from "./world.ts";

let world: World;

const hostile = `Embedded <script>alert(1)</script> & "friends" \u202Eneb`;
const id = "act_0000000000000000000000EMBT";

beforeAll(async () => {
  world = await openWorld();
  await world.cypher(
    cypher`
      MATCH (place:Place {name: 'Rose Hill Community Centre'}), (loneliness:Condition {slug: 'loneliness'})
      CREATE (to:Asset:Activity:EmbedTest {
        id: $id, name: $hostile, alternateNames: [], status: 'PUBLISHED', stepFree: 'UNKNOWN', accessibleToilet: 'UNKNOWN', hearingLoop: 'UNKNOWN',
        reach: ['AT_A_PLACE'], version: 1, sample: true, contactUrl: 'javascript:alert(1)', supportedIds: [loneliness.id], supportedStrengths: [1.0]})
      CREATE (to)-[:HELD_AT {source: 'embed', assertedBy: 'test', confirmedOn: date('2026-11-01'), sample: true}]->(place)
      CREATE (to)-[:SUPPORTS {source: 'embed', assertedBy: 'test', strength: 1.0, confirmedOn: date('2026-11-01'), sample: true}]->(loneliness)
      CREATE (:SourceRecord:EmbedTest {id: 'embed/1', name: 'Embed test', publisher: 'Test', licence: 'CC0-1.0', asOf: '2026-11'})-[:DESCRIBES]->(to)
      RETURN count(*) AS done`,
    { id, hostile },
  );
});

afterAll(async () => {
  await world.cypher(cypher`MATCH (node:EmbedTest) DETACH DELETE node RETURN count(*) AS done`);
  await world.close();
});

const fetched = (path: string, init: RequestInit = {}) =>
  Promise.resolve(world.fetch(new Request(`http://directory.test${path}`, init)));

const framed = "/embed/activities?area=rose-hill&condition=loneliness&count=20";

test("one page may be shown within any other, and no other may", async () => {
  const ancestors = async (path: string) =>
    /frame-ancestors ([^;]*)/.exec((await fetched(path)).headers.get("content-security-policy") ?? "")?.[1];
  for (const path of [framed, "/ur/embed/activities?area=rose-hill"]) {
    expect(await ancestors(path)).toBe("*");
    // Of two that say something else, an old browser would heed this one.
    expect((await fetched(path)).headers.get("x-frame-options")).toBeNull();
  }
  for (const path of ["/", "/search?what=tea", "/embed", "/embed.js", "/no-such-page", "/workshop", "/graphql"])
    expect([path, await ancestors(path)]).toEqual([path, "'none'"]);
});

test("a page within another has a list, where it comes from and whom to call, and nothing to get lost in", async () => {
  const response = await fetched(framed);
  expect(response.status).toBe(200);
  expect(response.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
  const text = await response.text();
  expect(text).toContain('<h1 class="govuk-heading-m">Loneliness: activities near Rose Hill</h1>');
  expect(text).toContain('<base target="_blank" />');
  expect(text).toContain('href="/help-now"');
  expect(text).toContain("Source: ");
  expect(text).not.toContain("<nav");
  expect(text).not.toContain("<script src");
});

test("a hostile name is text within another page, what is a sample is marked, and no address is a script", async () => {
  const text = await (await fetched(framed)).text();
  expect(text).toContain("Embedded &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;friends&quot; neb");
  expect(text).not.toContain("<script>alert");
  expect(text).not.toContain("\u202E");
  expect(text).not.toContain("javascript:");
  expect(text).toContain("Made up to show what the directory can do.");
});

test("of a place that nobody knows, and of what is asked wrongly, a page within another says what it can", async () => {
  for (const [query, title] of [
    ["area=nowhere-at-all", "We do not know that place"],
    ["area=rose-hill&condition=no-such-topic", "We do not know that topic"],
  ]) {
    const response = await fetched(`/embed/activities?${query}`);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain(`<h1 class="govuk-heading-m">${title}</h1>`);
  }
  for (const query of ["count=1000", "count=-1", "count=x", "condition=%3Cscript%3E", ""]) {
    const response = await fetched(`/embed/activities?area=rose-hill&${query}`);
    expect([query, response.status]).toEqual([query, 200]);
    const cards = (await response.text()).match(/class="app-card"/g) ?? [];
    expect(cards.length).toBeLessThanOrEqual(20);
  }
});

test("the script for other websites is theirs to load, small, and by itself", async () => {
  const response = await fetched("/embed.js");
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "public, max-age=3600",
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
  });
  const text = await response.text();
  expect(text.length).toBeLessThan(12_000);
  expect(text).not.toMatch(/^\s*import |innerHTML|eval\(/m);
});

test("what the script asks is answered to a page of anybody's", async () => {
  const text = await (await fetched("/embed.js")).text();
  const query = /const question = `([^`]*)`/.exec(text)?.[1] ?? "";
  const origin = "https://library.example.org";
  const preflight = await fetched("/graphql", {
    method: "OPTIONS",
    headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "content-type" },
  });
  expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
  expect(preflight.headers.get("access-control-allow-headers")).toContain("content-type");
  const response = await fetched("/graphql", {
    method: "POST",
    headers: { origin, "content-type": "application/json" },
    body: JSON.stringify({
      operationName: "EmbeddedActivities",
      query,
      variables: {
        area: "rose-hill",
        condition: "loneliness",
        filter: { kinds: ["ACTIVITY"], conditions: ["loneliness"] },
        first: 3,
      },
    }),
  });
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  const { data, errors } = (await response.json()) as Answer;
  expect(errors).toBeUndefined();
  expect(data.condition).toEqual({ name: "Loneliness", slug: "loneliness" });
  expect(data.search.edges).toHaveLength(3);
});

test("the page that tells how has what to copy, and takes nothing hostile into it", async () => {
  const usual = await (await fetched("/embed")).text();
  expect(usual).toContain("&lt;common-ground-activities area=&quot;rose-hill&quot; condition=&quot;loneliness&quot;");
  expect(usual).toContain('<iframe class="app-embedded"');
  const asked = `/embed?area=${encodeURIComponent('"><script>alert(1)</script>')}&condition=loneliness`;
  const text = await (await fetched(asked)).text();
  expect(text).not.toContain("<script>alert");
});
