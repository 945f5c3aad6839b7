import { afterAll, beforeAll, expect, test } from "vitest";
import { cypher } from "../graph/cypher.ts";
import type { Identified } from "../core/ids.ts";
import { buildRiverton, riverEast, rivertonId, riverWest } from "./fixtures/riverton.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
let takeAway: () => Promise<void>;

beforeAll(async () => {
  world = await openWorld();
  takeAway = await buildRiverton(world);
});

afterAll(async () => {
  await takeAway();
  await world.close();
});

const whole = `
  asset { name }
  alsoLost { totalCount edges { node { name } } }
  losses { totalCount edges { node { loss condition { slug } area { id } remaining nextBest { name } metresBefore metresAfter } } }
  hasMoreAreas
  brokenSteps { totalCount edges { node { from { ... on Asset { name } } to { name } } } }
  unreached { totalCount edges { node { name } } }`;

async function impactOf(id: string) {
  const { data, errors } = await world.ask(`query ($id: ID!) { impactOfLosing(asset: $id) { ${whole} } }`, { id });
  expect(errors).toBeUndefined();
  const { asset, hasMoreAreas, ...lists } = data.impactOfLosing;
  const nodes = Object.entries(lists as Record<string, { totalCount: number; edges: { node: unknown }[] }>).map(
    ([name, { totalCount, edges }]) => {
      expect(totalCount, name).toBe(edges.length);
      return [name, edges.map(({ node }) => node)];
    },
  );
  return { asset, hasMoreAreas, ...Object.fromEntries(nodes) };
}

const impactOfKey = (kind: Identified, key: string) => impactOf(rivertonId(kind, key));

const nothing = { hasMoreAreas: false, alsoLost: [], losses: [], brokenSteps: [], unreached: [] };

const only = (slug: string, area: string, metresBefore: number) => ({
  loss: "ONLY",
  condition: { slug },
  area: { id: area },
  remaining: 0,
  nextBest: null,
  metresBefore,
  metresAfter: null,
});

/** From the middle of one part of Riverton to that of the other, in metres: 0.02 degrees of longitude at 49 degrees north, on the sphere that Neo4j measures on. */
const across = 1461;

test("with a place goes what is held nowhere else, and with that the only and the nearest help", async () => {
  expect(await impactOfKey("Place", "riverton-mill")).toEqual({
    ...nothing,
    asset: { name: "Riverton Mill" },
    alsoLost: [{ name: "Knitting" }, { name: "Stretching" }],
    losses: [
      only("cold-hands", riverWest, across),
      only("cold-hands", riverEast, 0),
      // In the west the gym was nearer all along.
      {
        loss: "NEAREST",
        condition: { slug: "stiff-knees" },
        area: { id: riverEast },
        remaining: 1,
        nextBest: { name: "Gym" },
        metresBefore: 0,
        metresAfter: across,
      },
    ],
  });
});

test("with an organisation goes what it alone runs", async () => {
  expect(await impactOfKey("Organisation", "mill-trust")).toEqual({
    ...nothing,
    asset: { name: "Mill Trust" },
    alsoLost: [{ name: "Knitting" }],
    losses: [only("cold-hands", riverWest, across), only("cold-hands", riverEast, 0)],
  });
  expect(await impactOfKey("Organisation", "singers-guild")).toEqual({
    ...nothing,
    asset: { name: "Singers' Guild" },
  });
});

test("with a group goes what it alone hosts, and with an organisation its groups and what those host", async () => {
  await world.cypher(
    cypher`
      MATCH (trust:Asset {id: $trust}), (gym:Asset {id: $gym})
      CREATE (trust)-[:RUNS]->(group:Asset:Group:Added {id: 'grp_00000000000000000000000000', name: 'Gymnasts', status: 'PUBLISHED'})-[:HOSTS]->(gym)
      RETURN group.id AS id`,
    { trust: rivertonId("Organisation", "mill-trust"), gym: rivertonId("Activity", "gym") },
  );
  const lost = async (id: string) => {
    const { data } = await world.ask(
      `query ($id: ID!) { impactOfLosing(asset: $id) { alsoLost { edges { node { id } } } } }`,
      { id },
    );
    return new Set(data.impactOfLosing.alsoLost.edges.map(({ node }: { node: { id: string } }) => node.id));
  };
  const found = [await lost("grp_00000000000000000000000000"), await lost(rivertonId("Organisation", "mill-trust"))];
  await world.cypher(cypher`MATCH (group:Added) DETACH DELETE group RETURN 1 AS done`);
  const gym = rivertonId("Activity", "gym");
  expect(found).toEqual([
    new Set([gym]),
    new Set(["grp_00000000000000000000000000", gym, rivertonId("Activity", "knitting")]),
  ]);
});

test("with what sends people on go its steps, and what nobody can be sent to without it", async () => {
  const { brokenSteps, ...impact } = await impactOfKey("Activity", "link-worker");
  // Whoever comes to swim can come by themselves.
  expect(impact).toEqual({
    asset: { name: "Link worker" },
    hasMoreAreas: false,
    alsoLost: [],
    losses: [],
    unreached: [{ name: "Dehumidifiers" }, { name: "Repairs" }],
  });
  const linkWorker = { name: "Link worker" };
  expect(new Set(brokenSteps)).toEqual(
    new Set([
      { from: {}, to: linkWorker },
      { from: {}, to: linkWorker },
      { from: linkWorker, to: { name: "Repairs" } },
      { from: linkWorker, to: { name: "Dehumidifiers" } },
      { from: linkWorker, to: { name: "Swimming" } },
    ]),
  );
  expect(brokenSteps).toHaveLength(5);
});

test("a condition that something else as near supports loses nothing", async () => {
  expect(await impactOfKey("Activity", "repairs")).toMatchObject({ losses: [], unreached: [] });
});

test("what serves an area is looked at there, and what serves another area is no help", async () => {
  const serve = (area: string | null) =>
    world.cypher(
      cypher`
        MATCH (asset:Asset {id: $id})
        CALL (asset) { MATCH (asset)-[serves:SERVES]->() DELETE serves }
        CALL (asset) { MATCH (area:Area {id: $area}) CREATE (asset)-[:SERVES]->(area) }
        RETURN asset.id AS id`,
      { id: rivertonId("Activity", "dehumidifiers"), area },
    );
  await serve(riverEast);
  const losses = [await impactOfKey("Activity", "repairs"), await impactOfKey("Activity", "dehumidifiers")];
  await serve(null);
  expect(losses).toMatchObject([
    // In the east both are as near, and in the west nothing else is left.
    { losses: [only("damp-homes", riverWest, 0)] },
    { losses: [] },
  ]);
});

test("pages of losses are the whole list", async () => {
  const id = rivertonId("Place", "riverton-mill");
  const found: unknown[] = [];
  for (let after: string | null = null, more = true; more;) {
    const { data } = await world.ask(
      `query ($id: ID!, $after: String) { impactOfLosing(asset: $id) {
        losses(first: 1, after: $after) { edges { node { condition { slug } area { id } } } pageInfo { hasNextPage endCursor } } } }`,
      { id, after },
    );
    const page = data.impactOfLosing.losses;
    found.push(...page.edges.map(({ node }: { node: unknown }) => node));
    after = page.pageInfo.endCursor as string;
    more = page.pageInfo.hasNextPage as boolean;
  }
  expect(found).toEqual([
    { condition: { slug: "cold-hands" }, area: { id: riverWest } },
    { condition: { slug: "cold-hands" }, area: { id: riverEast } },
    { condition: { slug: "stiff-knees" }, area: { id: riverEast } },
  ]);
});

test.for([
  ["org_00000000000000000000000000", "alsoLost { totalCount }", "asset"],
  ["nothing of the kind", "alsoLost { totalCount }", "asset"],
  [riverWest, "alsoLost { totalCount }", "asset"],
  [rivertonId("Activity", "gym"), "losses(first: 0) { totalCount }", "first"],
  [rivertonId("Activity", "gym"), `unreached(after: "no cursor") { totalCount }`, "after"],
] as const)("what cannot be asked is refused: %s, %s", async ([id, selection, field]) => {
  const { errors } = await world.ask(`query ($id: ID!) { impactOfLosing(asset: $id) { ${selection} } }`, { id });
  expect(errors).toMatchObject([{ extensions: { code: "BAD_INPUT", field: [field] } }]);
});

test("nothing is written", async () => {
  world.forget();
  await impactOfKey("Place", "riverton-mill");
  expect(new Set(world.statements())).toEqual(
    new Set(["lostWith", "supportAround", "brokenSteps", "downstream", "placesByIds", "activitiesByIds"]),
  );
});

test("in the seed, what is lost with Rose Hill Community Centre is held nowhere else, and what remains of each loss is counted right", async () => {
  const { data } = await world.ask(`{ locate(text: "Rose Hill Community Centre") { matches { place { id } } } }`);
  const id: string = data.locate.matches[0].place.id;
  const [{ held } = { held: [] }] = (await world.cypher(
    cypher`
      MATCH (:Asset {id: $id})<-[:HELD_AT|MEETS_AT]-(asset:Asset)
      WHERE asset.status = 'PUBLISHED' AND COUNT { (asset)-[:HELD_AT|MEETS_AT]->() } = 1
      RETURN collect(asset.name) AS held`,
    { id },
  )) as { held: string[] }[];
  const { data: answer } = await world.ask(
    `query ($id: ID!) { impactOfLosing(asset: $id) {
      alsoLost(first: 100) { edges { node { name } } }
      losses(first: 100) { edges { node { loss remaining metresBefore metresAfter } } } } }`,
    { id },
  );
  expect(held).not.toEqual([]);
  const names = answer.impactOfLosing.alsoLost.edges.map(({ node }: { node: { name: string } }) => node.name);
  expect(names).toEqual(expect.arrayContaining(held));
  for (const { node } of answer.impactOfLosing.losses.edges) {
    if (node.loss === "ONLY") expect(node.remaining).toBe(0);
    else expect(node.metresBefore).toBeLessThan(node.metresAfter as number);
  }
});
