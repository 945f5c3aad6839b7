import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createLog } from "../core/log.ts";
import { subgraphNames } from "../core/config.ts";
import { createGateway } from "../gateway/gateway.ts";
import { cypher } from "../graph/cypher.ts";
import { connectGraph } from "../graph/graph.ts";
import { readSchemas } from "../schema/readSchemas.ts";
import { executorOf } from "../subgraphs/execute.ts";
import { createSubgraphs } from "../subgraphs/subgraphs.ts";
import {
  pathwayQuery,
  pathwaysQuery,
  referralRoutesQuery,
  routesChoicesQuery,
} from "../website/operations.generated.ts";
import { aSunday, openWorld, type World } from "./world.ts";

let world: World;

/** The markup and the direction-changing sign are in what somebody might load: a page has to show them as text, or not at all. */
const hostile = `Bob's <script>alert(1)</script> & "friends" \u202Eneb`;

beforeAll(async () => {
  world = await openWorld();
  await world.cypher(
    cypher`
      MATCH (:Referrer {slug: 'self'})-[:BROADER]->(anyone:Referrer)
      CREATE (to:Asset:Activity:Page {
        id: $toId, name: $hostile, alternateNames: [], status: 'PUBLISHED', stepFree: 'UNKNOWN', accessibleToilet: 'UNKNOWN', hearingLoop: 'UNKNOWN',
        reach: ['AT_A_PLACE'], version: 1, sample: false, url: 'https://example.org/a'})
      CREATE (:SourceRecord:Page {id: 'page/1', name: 'Page test', publisher: 'Test', licence: 'CC0-1.0', asOf: '2026-11'})-[:DESCRIBES]->(to)
      CREATE (pathway:Pathway:Page {id: $pathwayId, slug: 'page-test', name: $hostile, summary: $hostile, sample: false})
      CREATE (:SourceRecord:Page {id: 'page/2', name: 'Page test', publisher: 'Test', licence: 'CC0-1.0', asOf: '2026-11'})-[:DESCRIBES]->(pathway)
      CREATE (anyone)-[:REFERS_TO {
        id: $stepId, source: 'page', assertedBy: 'test', method: 'PHONE', contact: $contact, criteria: 'Adults.', minimumAge: 18.0, waitDays: 3,
        pathwayId: $pathwayId, position: 0, sample: true, evidence: $hostile}]->(to)
      RETURN count(*) AS done`,
    { ...ids, hostile, contact: "javascript:alert(1)" },
  );
  // What is asked first in a process is planned first, which takes longer than a page waits.
  const input = { from: "self", condition: "loneliness", near: "Oldham", first: 20 };
  await world.ask(referralRoutesQuery.text, { input });
  await world.ask(pathwayQuery.text, { slug: "oldham-social-prescribing" });
  await world.ask(pathwaysQuery.text);
  await world.ask(routesChoicesQuery.text);
});

const ids = {
  toId: "act_00000000000000000000000PGE",
  pathwayId: "pth_00000000000000000000000PGE",
  stepId: "stp_00000000000000000000000PGE",
};

afterAll(async () => {
  await world.cypher(cypher`MATCH (node:Page) DETACH DELETE node RETURN count(*) AS done`);
  await world.close();
});

const fetched = (path: string, init: RequestInit = {}) =>
  Promise.resolve(world.fetch(new Request(`http://directory.test${path}`, init)));

const posted = (fields: readonly (readonly [string, string])[], path = "/referral-routes") =>
  fetched(path, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(fields.map(([name, value]) => [name, value])).toString(),
  });

/** What a reader sees of a page: no tags, and spaces as one. */
function seen(page: string): string {
  return page
    .replace(/<[^>]*>/g, " ")
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ");
}

const lonely = "/referral-routes?from=self&condition=loneliness&near=Oldham";

const pages = [
  ["/pathways", 200],
  ["/pathways/oldham-social-prescribing", 200],
  ["/pathways/page-test", 200],
  ["/pathways/no-such-pathway", 404],
  ["/pathways/..%2fgraphql", 404],
  ["/referral-routes", 200],
  [lonely, 200],
  [`${lonely}&first=20`, 200],
  [`${lonely}&first=21`, 400],
  [`${lonely}&first=many`, 400],
  [`${lonely}&near=Oxford`, 400],
  [`${lonely}&colour=blue`, 400],
  ["/referral-routes?from=self", 400],
  ["/referral-routes?from=nobody&condition=loneliness", 400],
  ["/referral-routes?from=self&condition=nothing", 400],
  ["/referral-routes?from=self&condition=loneliness&near=Oldhm", 404],
  ["/referral-routes?from=self&condition=loneliness&near=St+Mary%27s", 400],
  [`${lonely}&age=72`, 400],
  [`${lonely}&conditions=dementia`, 400],
] as const;

test.for(pages)(
  "%s is a page with status %i, whole, in order, without a script, and a step from whom to call",
  async ([path, status]) => {
    const response = await fetched(path);
    const page = await response.text();
    expect([response.status, response.headers.get("content-type")]).toEqual([status, "text/html; charset=UTF-8"]);
    expect(page).toMatch(/^<!doctype html>\s*<html lang="en-GB" dir="ltr"/);
    expect(page).toMatch(/<title>[^<]{5,} – Common Ground<\/title>/);
    expect([...page.matchAll(/<(h1|main|header|footer)[ >]/g)].map(([, tag]) => tag).toSorted()).toEqual([
      "footer",
      "h1",
      "header",
      "main",
    ]);
    // What is wrong with a form stands above all, as on GOV.UK.
    const levels = [...page.slice(page.indexOf("<h1")).matchAll(/<h(\d)[ >]/g)].map(([, level]) => Number(level));
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const pointedAt = [
      ...page.matchAll(/ (?:for|aria-describedby|aria-labelledby)="([^"]+)"|href="#([^"]+)"/g),
    ].flatMap(([, by, link]) => (by ?? link ?? "").split(" "));
    expect(pointedAt.filter((id) => !ids.includes(id))).toEqual([]);
    expect(page).not.toMatch(
      /<script(?! type="module" src="\/assets\/)|<style|<img|\son\w+=|\sstyle=|javascript:[^<]*"/i,
    );
    expect(page).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
    expect(page).not.toMatch(/undefined|\[object|>null</);
    expect(page).toContain('href="/help-now"');
    expect(page.length).toBeLessThan(61_440);
  },
);

test("the numbers to call now are those that the API gives", async () => {
  const { data } = await world.ask(`{ search(text: "suicide") { crisis { helps { name telephone } } } }`);
  const numbers = new Map(
    data.search.crisis.helps.map(({ name, telephone }: { name: string; telephone: string }) => [name, telephone]),
  );
  const page = seen(await (await fetched("/help-now")).text());
  for (const name of ["Emergency services", "NHS 111", "Samaritans"]) expect(page).toContain(numbers.get(name));
});

test("a pathway is told step by step, with what was made up, how we know it, its source, its licence and when it was confirmed", async () => {
  const text = seen(await (await fetched("/pathways/oldham-social-prescribing")).text());
  for (const said of [
    "Social prescribing in Oldham",
    "1. The person themselves",
    "2. A GP practice → to Oldham social prescribing service",
    "Sample Made up to show what the directory can do. It does not exist: do not go there.",
    "How By a form, on paper or on the web",
    "Who it takes Adults who live in Oldham. Ages 18 or over Wait About 7 days",
    "Last confirmed 26 March 2019",
    "Thriving Communities Programme Update: report to the Health Scrutiny Sub-Committee, 26 March 2019, Oldham Council",
    "Licence: Not stated; facts restated.",
  ]) {
    expect(text).toContain(said);
  }
});

test("what somebody loaded is shown as text, never as markup, a script's address or a change of direction", async () => {
  const page = await (await fetched("/pathways/page-test")).text();
  expect(page).toContain("Bob&#39;s &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;friends&quot; neb");
  expect(page).not.toContain('href="javascript:');
  expect(seen(page)).toContain("Contact javascript:alert(1)");
});

test("ways are told in order, each hand-off with how, to whom, how long and what is assumed; then why not others", async () => {
  const { data } = await world.ask(
    `{ referralRoutes(input: { from: "self", condition: "loneliness", near: "Oldham" }) {
      routes { destination { name } assumptions steps { to { name } } } blocked { message substitute { name } } } }`,
  );
  const { routes, blocked } = data.referralRoutes;
  expect([routes.length, blocked.length > 0]).toEqual([5, true]);
  const text = seen(await (await fetched(lonely)).text());
  const order = [
    ...routes.map(
      ({ destination }: { destination: { name: string } }, index: number) => `Way ${index + 1}: ${destination.name}`,
    ),
    "Why not others",
    ...blocked.map(({ message }: { message: string }) => message),
  ].map((said) => text.indexOf(said));
  expect(order.every((at) => at >= 0)).toBe(true);
  expect(order).toEqual(order.toSorted((one, other) => one - other));
  for (const { assumptions } of routes) for (const assumption of assumptions) expect(text).toContain(assumption);
  expect(text).toContain("Ways to get help with loneliness near Oldham Who is asking The person themselves");
});

test("a place that is not known, and one that is several, offer what may have been meant as links", async () => {
  for (const [near, status] of [
    ["Oldhm", 404],
    ["St Mary's", 400],
  ] as const) {
    const response = await fetched(`/referral-routes?from=self&condition=loneliness&near=${encodeURIComponent(near)}`);
    const page = await response.text();
    expect(response.status).toBe(status);
    expect(page).toMatch(/<title>Error: /);
    const [, link] = /<li>\s*<a class="govuk-link" href="(\/referral-routes\?[^"]+near=are_\w+)"/.exec(page) ?? [];
    expect((await fetched((link ?? "").replaceAll("&amp;", "&"))).status).toBe(200);
  }
});

test("what is so of a person is refused in an address, and not repeated", async () => {
  for (const path of [`${lonely}&age=72`, `${lonely}&conditions=dementia`, "/referral-routes.fhir.json?age=72"]) {
    const response = await fetched(path);
    const text = await response.text();
    expect([response.status, response.headers.get("cache-control")]).toEqual([400, "no-store"]);
    expect(text).toContain("may not be in the address of a page");
    expect(seen(text)).not.toMatch(/72|dementia/);
  }
  const inAddress = await fetched(`${lonely}&age=72`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "from=self",
  });
  expect(inAddress.status).toBe(400);
});

test("the form sends what is so of a person in its body: it counts, is kept by nobody, and is in no link of the answer", async () => {
  const asked = [
    ["from", "self"],
    ["condition", "loneliness"],
    ["near", "Oldham"],
  ] as const;
  const child = await posted([...asked, ["age", "12"], ["conditions", "asthma"]]);
  expect([child.status, child.headers.get("cache-control"), child.headers.get("etag")]).toEqual([
    200,
    "no-store",
    null,
  ]);
  const page = await child.text();
  expect(seen(page)).toContain("After-school table");
  expect(seen(page)).not.toContain("Way 1: Tea & Talk at the library");
  expect(seen(page)).toContain("Also so of the person Asthma");
  expect(
    [...page.matchAll(/(?:href|action|content)="([^"]*)"/g)].filter(([, link]) =>
      /[?&]age|asthma|=12/.test(link ?? ""),
    ),
  ).toEqual([]);
  const several = await (await posted([...asked.slice(0, 2), ["near", "St Mary's"], ["age", "12"]])).text();
  expect(several).toMatch(/<button type="submit" value="are_\w+" name="near"/);
  expect(several).toContain('<input type="hidden" name="age" value="12" />');
  expect(several).not.toMatch(/href="\/referral-routes\?/);
});

test.for([
  ["age", "old", "Give the age as a number of years"],
  ["condition", "", "Choose what help is needed with."],
  ["from", "", "Choose who is asking."],
  ["as", "", "Choose who you are."],
  ["conditions", "nothing", "nothing"],
] as const)("a form with %s wrong says so beside it", async ([name, value, said]) => {
  const right = { from: name === "as" ? "somebody-else" : "self", condition: "loneliness", near: "Oldham" };
  const response = await posted(Object.entries({ ...right, [name]: value }));
  const page = await response.text();
  expect(response.status).toBe(400);
  expect(page).toContain(`href="#${name}"`);
  expect(page).toContain(`id="${name}-error"`);
  expect(seen(page)).toContain(said);
});

test("a form of another kind, or longer than 8 KB, is refused", async () => {
  const json = await fetched("/referral-routes", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  expect(json.status).toBe(415);
  const long = [["near", "x".repeat(8192)]] as const;
  expect((await posted(long)).status).toBe(413);
  const body = new URLSearchParams({ near: "x".repeat(8192) }).toString();
  const withLength = await fetched("/referral-routes", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", "content-length": String(body.length) },
    body,
  });
  expect(withLength.status).toBe(413);
});

test("pages have a tag, who has it is told so, and HEAD answers as GET does", async () => {
  for (const path of [lonely, "/pathways/oldham-social-prescribing", "/pathways/oldham-social-prescribing.fhir.json"]) {
    const [first, second] = [await fetched(path), await fetched(path)];
    const etag = first.headers.get("etag") ?? "";
    expect([etag, first.headers.get("cache-control")]).toEqual([second.headers.get("etag"), "public, max-age=3600"]);
    const known = await fetched(path, { headers: { "if-none-match": etag } });
    expect([known.status, await known.text()]).toEqual([304, ""]);
    const head = await fetched(path, { method: "HEAD" });
    expect([head.status, head.headers.get("etag"), await head.text()]).toEqual([200, etag, ""]);
  }
});

test("when the database is away, pages say so, what to do, and who to call", async () => {
  const log = createLog("silent", "test");
  const graph = connectGraph({ ...inject("neo4j"), uri: "bolt://127.0.0.1:1" }, { log });
  const subgraphs = createSubgraphs(graph, { log, clock: () => aSunday });
  const gateway = await createGateway({
    ...(await readSchemas()),
    connections: subgraphNames.map((name) => ({ name, execute: executorOf(subgraphs.byName[name], { graph, log }) })),
    graph,
    log,
    operationTimeoutMs: 20_000,
    clock: () => aSunday,
  });
  for (const path of [lonely, "/pathways/oldham-social-prescribing"]) {
    const response = await gateway.fetch(new Request(`http://directory.test${path}`));
    const text = seen(await response.text());
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "60"]);
    expect(text).toContain("Try again in a few minutes");
    expect(text).toContain("116 123");
  }
  await gateway.stop();
  await subgraphs.stop();
  await graph.close();
}, 60_000);

test("the home page leads to the ways", async () => {
  expect(await (await fetched("/")).text()).toContain('href="/referral-routes"');
});
