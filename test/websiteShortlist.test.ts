import { afterAll, beforeAll, expect, test } from "vitest";
import { cypher } from "../graph/cypher.ts";
import { searchQuery, shortlistQuery } from "../website/operations.generated.ts";
import { openWorld, type World } from "./world.ts";

let world: World;

/** In the order in which they were put on the list, which is no other order. */
let ids: readonly string[];
let names: readonly string[];

/** Its name is what somebody might load to do harm: in a page, in the address of a message, and on paper. */
const hostileId = "act_00000000000000000000000SHT";
const hostile = `Tea" & <img src=x onerror=alert(1)> %0D%0ABcc: \u202Eneb`;

beforeAll(async () => {
  world = await openWorld();
  await world.cypher(
    cypher`
      CREATE (activity:Asset:Activity:Shortlisted {
        id: $id, name: $hostile, alternateNames: [], status: 'PUBLISHED', stepFree: 'UNKNOWN', accessibleToilet: 'UNKNOWN', hearingLoop: 'UNKNOWN',
        reach: ['PHONE'], version: 1, sample: false})
      CREATE (:SourceRecord:Shortlisted {id: 'shortlist/1', name: 'A test', publisher: 'Test', licence: 'CC0-1.0', asOf: '2026-11'})-[:DESCRIBES]->(activity)
      RETURN count(*) AS done`,
    { id: hostileId, hostile },
  );
  const { data } = await world.ask(`{ search(text: "tea", first: 3) { edges { node { id name } } } }`);
  const nodes = data.search.edges
    .map(({ node }: { node: { id: string; name: string } }) => node)
    .toSorted((one: { id: string }, other: { id: string }) => (one.id < other.id ? 1 : -1));
  ids = nodes.map(({ id }: { id: string }) => id);
  names = nodes.map(({ name }: { name: string }) => name);
  // What is asked first in a process is planned first, which takes longer than a page waits.
  await world.ask(shortlistQuery.text, { ids });
  await world.ask(searchQuery.text, { text: "tea", near: null, filter: {}, first: 20, after: null });
});

afterAll(async () => {
  await world.cypher(cypher`MATCH (node:Shortlisted) DETACH DELETE node RETURN count(*) AS done`);
  await world.close();
});

const fetched = (path: string) => Promise.resolve(world.fetch(new Request(`http://directory.test${path}`)));
const pageAt = async (path: string) => (await fetched(path)).text();
const listOf = (some: readonly string[]) => `/shortlist?ids=${encodeURIComponent(some.join(","))}`;
const unescaped = (markup: string) => markup.replaceAll("&#39;", "'").replaceAll("&amp;", "&");
const text = (page: string) => unescaped(page.replace(/<[^>]*>/g, " ")).replace(/\s+/g, " ");
const titles = (page: string) =>
  [...page.matchAll(/app-card__title">[^]*?<bdi>([^<]*)<\/bdi>/g)].map(([, name]) => unescaped(name ?? ""));

test("a shortlist is in its address, in its order, and is kept by nobody on the way", async () => {
  const response = await fetched(listOf(ids));
  const page = await response.text();
  expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
  expect(titles(page)).toEqual(names);
  expect(page).toContain('<meta name="robots" content="noindex" />');
  expect(text(page)).toContain("Shortlist (3)");
});

test("without JavaScript, a button adds or takes away and leads to the list as it is then", async () => {
  const [first = "", second = "", third = ""] = ids;
  const added = await fetched(`${listOf([first])}&add=${second}`);
  expect([added.status, added.headers.get("location")]).toEqual([303, listOf([first, second])]);
  const removed = await fetched(`${listOf([first, second, third])}&remove=${second}`);
  expect(removed.headers.get("location")).toBe(listOf([first, third]));
  const emptied = await fetched(`${listOf([first])}&remove=${first}`);
  expect(emptied.headers.get("location")).toBe("/shortlist");
  expect(text(await pageAt("/shortlist"))).toContain("There is nothing on your shortlist yet.");
});

test("the list travels along with a search: in its forms, its results and its buttons", async () => {
  const [first = "", second = ""] = ids;
  const page = await pageAt(`/search?what=tea&list=${first}`);
  expect(page).toContain(`<input type="hidden" name="list" value="${first}" />`);
  expect(page).toContain(`href="/activities/${second}?list=${first}"`);
  expect(page).toMatch(
    new RegExp(
      `<form id="shortlist-form" action="/shortlist" method="get" hidden>\\s*<input type="hidden" name="ids" value="${first}" />`,
    ),
  );
  expect(page).toMatch(new RegExp(`<button\\s+form="shortlist-form"\\s+name="remove"\\s+value="${first}"`));
  expect(page).toMatch(new RegExp(`<button\\s+form="shortlist-form"\\s+name="add"\\s+value="${second}"`));
  expect(page).toContain('<meta name="robots" content="noindex" />');
  expect(await pageAt("/search?what=tea")).not.toMatch(/[?;]list=|name="list"/);
});

test("what is gone is said to be; what is no id is as if it were not there; fifty are shown", async () => {
  const [first = "", second = ""] = ids;
  const gone = await pageAt(listOf([first, "act_00000000000000000000000000", second]));
  expect(text(gone)).toContain("1 thing that was on this list is no longer in the directory.");
  expect(titles(gone)).toHaveLength(2);
  const { data } = await world.ask(`{ area(slug: "rose-hill") { id } }`);
  expect(text(await pageAt(listOf([data.area.id])))).toContain("Nothing on this list is in the directory any more.");
  expect(titles(await pageAt(`/shortlist?ids=${first},${first},x,<script>,`))).toHaveLength(1);
  const many = Array.from({ length: 27 }, (_, index) => `act_${String(index).padStart(26, "0")}`);
  expect(text(await pageAt(listOf(many)))).toContain("2 more were left out");
});

test("the list as a message has names, times, addresses and where to read more, and no more than a message holds", async () => {
  const page = await pageAt(listOf(ids));
  const [, href = ""] = /href="(mailto:[^"]+)"/.exec(page) ?? [];
  const body = new URLSearchParams(unescaped(href).split("?")[1]).get("body") ?? "";
  for (const name of names) expect(body).toContain(name);
  expect(body).toContain("a sample: it does not exist");
  expect(body).toContain(`http://127.0.0.1:4000${listOf(ids)}`);
  const { data } = await world.ask(`{ assets(filter: {}, orderBy: NAME, first: 50) { edges { node { id } } } }`);
  const all = data.assets.edges.map(({ node }: { node: { id: string } }) => node.id);
  const [, long = ""] = /href="(mailto:[^"]+)"/.exec(await pageAt(listOf(all))) ?? [];
  expect(decodeURIComponent(long)).toMatch(/… and \d+ more\./);
});

test("a hostile name is text in the page, and in the message no more than a part of it", async () => {
  const page = await pageAt(listOf([hostileId]));
  expect(page).not.toContain("<img src=x");
  expect(page).not.toContain("\u202E");
  expect(titles(page)[0]).toBe("Tea&quot; & &lt;img src=x onerror=alert(1)&gt; %0D%0ABcc: neb");
  const [, href = ""] = /href="(mailto:[^"]+)"/.exec(page) ?? [];
  expect(href).not.toMatch(/[<>\s]|%0D%0ABcc|%0D%0Abcc/);
  expect([...new URLSearchParams(unescaped(href).split("?")[1]).keys()]).toEqual(["subject", "body"]);
});

test("each thing and the list have a code to scan, which leads to this website and nowhere else", async () => {
  const page = await pageAt(listOf(ids));
  const codes = [...page.matchAll(/<img[^>]*src="(\/qr\.svg\?[^"]+)"/g)].map(([, src]) => src ?? "");
  expect(codes).toHaveLength(ids.length + 1);
  for (const code of codes) {
    const response = await fetched(code);
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/svg+xml; charset=utf-8"]);
    expect(await response.text()).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"[^]*<\/svg>\s*$/);
  }
  for (const to of ["https://evil.example/", "//evil.example", "/graphql", "/activities/../sign-in", ""]) {
    expect((await fetched(`/qr.svg?to=${encodeURIComponent(to)}`)).status).toBe(404);
  }
});
