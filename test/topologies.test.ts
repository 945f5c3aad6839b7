import { afterAll, beforeAll, expect, test } from "vitest";
import { openWorld, type Topology, type World } from "./world.ts";

// Where a subgraph runs, and whether its documents are compiled, is no part of an answer.

const topologies = {
  "in memory, interpreted": { reached: "in memory", compileAfter: Infinity },
  "in memory, compiled": { reached: "in memory", compileAfter: 0 },
  "over HTTP, interpreted": { reached: "over HTTP", compileAfter: Infinity },
  "over HTTP, compiled": { reached: "over HTTP", compileAfter: 0 },
} as const satisfies Record<string, Topology>;

const queries = {
  "the headline": `{
    search(text: "loneliness support near Rose Hill") {
      understood { conditions { condition { slug name } matched by } near { name kind area { id name kind } } text }
      crisis { message }
      totalCount
      edges {
        cursor distanceMetres
        score { total support closeness neighbourhoodsAway isNational }
        node {
          __typename id name summary url cost { isFree amount { amount currency } } freshness { lastConfirmedOn status }
          source { name publisher url licence asOf sample }
          ... on Activity { heldAt { name } hostedBy { name } runBy { name } schedule { byDay startTime endTime repeatFrequency sample } }
          ... on Group { meetsAt { name } runBy { name } }
          ... on Organisation { charityNumber basedAt { name } }
          ... on Place { category address { postalCode } }
        }
        site { name location { latitude longitude } }
        why { sentence steps { from { __typename id } relationship to { __typename id } } }
      }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }`,
  "an area, what is in it and around it": `{
    area(slug: "rose-hill") {
      id name kind code isProposed population centre { latitude longitude }
      within { name kind } contains(kind: LSOA) { name borders { metres area { name } } }
      assets(first: 5) { totalCount edges { distanceMetres node { __typename name } } }
    }
  }`,
  "a list of one kind, by name": `{
    organisations(first: 5) { edges { node { name charityNumber groups(first: 2) { totalCount edges { node { name } } } activities(first: 2) { edges { node { name } } } } } pageInfo { endCursor } }
  }`,
  "a condition and its surroundings": `{
    condition(slug: "loneliness") { name terms broader { slug } narrower { slug } oftenWith { weight condition { slug } } assets(first: 3, filter: { near: "barton", free: true }) { edges { node { name supports(first: 2) { totalCount edges { node { strength condition { name } } } } } } } }
  }`,
  "what is held at places": `{ places(first: 10, filter: { near: "OX4 4HF" }) { edges { node { name openingHours { byDay opens closes } areas { name kind } activities(first: 3) { totalCount edges { node { name } } } } } } }`,
  "a place that nobody knows": `{ search(text: "loneliness support near Narnia") { totalCount } areas(kind: WARD, first: 2) { edges { node { name } } } }`,
  "a filter that cannot be": `{ assets(filter: { conditions: ["no-such-thing"] }) { totalCount } condition(slug: "debt") { name } }`,
  "a cursor from elsewhere": `{ conditions(after: "bm9uc2Vuc2U") { totalCount } }`,
  strangers: `{ group(id: "grp_00000000000000000000000000") { name } node(id: "nothing") { id } nodes(ids: ["x", "are_00000000000000000000000000"]) { id } }`,
} as const;

const worlds = new Map<string, World>();

beforeAll(async () => {
  for (const [name, topology] of Object.entries(topologies)) worlds.set(name, await openWorld(topology));
}, 300_000);

afterAll(async () => {
  for (const world of worlds.values()) await world.close();
});

test.each(Object.entries(queries))("%s: the same bytes wherever the subgraphs run", async (_, query) => {
  const answers = new Map<string, string>();
  for (const [name, world] of worlds) answers.set(name, await world.bytesOf(query));
  const [reference = ""] = answers.values();
  expect(reference).toMatch(/^\{"/);
  expect(reference).not.toContain("INTERNAL");
  for (const [name, answer] of answers) expect(answer, name).toBe(reference);
});
