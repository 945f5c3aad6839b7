import { afterAll, beforeAll, expect, test } from "vitest";
import { cypher } from "../graph/cypher.ts";
import { buildRiverton, riverWest, rivertonId } from "./fixtures/riverton.ts";
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

const lists: Readonly<Record<string, string>> = {
  deadEnds: "node { name }",
  loops: "node { isDeadEnd assets { name } }",
  bridges: "node { what { ... on Referrer { slug } ... on Asset { name } } conditions { slug } area { id } }",
  unconfirmedSteps: "node { id lastConfirmedOn to { name } }",
  withoutSelfReferral: "node { condition { slug } needsNoReferral }",
  grownWaits: "node { step { to { name } } waitDays formerWaitDays grownByDays formerWaitOn lastConfirmedOn }",
};

interface Found {
  readonly totalCount: number;
  readonly nodes: readonly Record<string, unknown>[];
}

/** One list as it is answered, page by page of `first`. */
async function listed(list: string, near: string | null = riverWest, first = 100): Promise<Found> {
  const nodes: Record<string, unknown>[] = [];
  let after: string | null = null;
  for (;;) {
    const { data, errors } = await world.ask(
      `query ($near: String, $first: Int, $after: String) { referralNetwork(near: $near) {
        ${list}(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { ${lists[list] ?? ""} } } } }`,
      { near, first, after },
    );
    expect(errors).toBeUndefined();
    const page = data.referralNetwork[list];
    nodes.push(...page.edges.map(({ node }: { node: Record<string, unknown> }) => node));
    if (page.pageInfo.hasNextPage !== true) return { totalCount: page.totalCount, nodes };
    expect(page.edges).toHaveLength(first);
    after = page.pageInfo.endCursor;
  }
}

test("a dead end is what people are sent to that neither helps nor sends them on", async () => {
  expect(await listed("deadEnds")).toEqual({ totalCount: 1, nodes: [{ name: "Leaflet desk" }] });
});

test("a service that is sent people and sends them on by a closed step alone is a dead end; by an open one it is not", async () => {
  const setCapacity = (capacity: string | null) =>
    world.cypher(
      cypher`MATCH (:Asset {id: $id})-[step:REFERS_TO]->() SET step.capacity = $capacity RETURN step.id AS id`,
      { id: rivertonId("Activity", "welcome-desk"), capacity },
    );
  for (const [capacity, names] of [
    ["FULL", ["Leaflet desk", "Welcome desk"]],
    ["OPEN", ["Leaflet desk"]],
  ] as const) {
    await setCapacity(capacity);
    expect((await listed("deadEnds")).nodes.map(({ name }) => name)).toEqual(names);
  }
  await setCapacity(null);
});

test("a round is told once, from its smallest id on, and helps nobody where none in it does and nothing leads out", async () => {
  const counters = ["counter-a", "counter-b", "counter-c"].map((key) => ({
    id: rivertonId("Activity", key),
    name: `Counter ${key.slice(-1).toUpperCase()}`,
  }));
  const first = counters.findIndex(({ id }) => counters.every((other) => id <= other.id));
  const names = [...counters.slice(first), ...counters.slice(0, first)].map(({ name }) => ({ name }));
  expect(await listed("loops")).toEqual({ totalCount: 1, nodes: [{ isDeadEnd: true, assets: names }] });
});

test("a round that an open step leads out of, or that helps by itself, is no dead end", async () => {
  await world.cypher(
    cypher`
      MATCH (counter:Asset {id: $counter}), (swimming:Asset {id: $swimming})
      CREATE (counter)-[step:REFERS_TO {id: 'stp_out', method: 'PHONE', confirmedOn: date('2026-10-01')}]->(swimming) RETURN step.id AS id`,
    { counter: rivertonId("Activity", "counter-b"), swimming: rivertonId("Activity", "swimming") },
  );
  for (const near of [riverWest, null]) {
    const { nodes } = await listed("loops", near);
    expect(nodes.filter((node) => JSON.stringify(node).includes("Counter A"))).toMatchObject([{ isDeadEnd: false }]);
  }
  await world.cypher(cypher`MATCH ()-[step:REFERS_TO {id: 'stp_out'}]->() DELETE step RETURN 1 AS done`);
});

test("a round of five is found, and one of six is not", async () => {
  const build = (length: number) =>
    world.cypher(
      cypher`
        MATCH (hall:Asset {id: $hall})
        UNWIND range(0, $length - 1) AS index
        CREATE (one:Asset:Activity:Round {id: 'act_' + right('0000000000000000000000000' + index, 26), name: 'Round ' + index, status: 'PUBLISHED'})-[:HELD_AT]->(hall)
        WITH collect(one) AS round
        UNWIND range(0, size(round) - 1) AS index
        WITH round[index] AS from, round[(index + 1) % size(round)] AS to, index
        CREATE (from)-[:REFERS_TO {id: 'stp_round_' + index, method: 'PHONE', confirmedOn: date('2026-10-01')}]->(to)
        RETURN count(*) AS count`,
      { hall: rivertonId("Place", "riverton-hall"), length },
    );
  const clear = () => world.cypher(cypher`MATCH (one:Round) DETACH DELETE one RETURN count(*) AS count`);
  const countOf = async (near: string | null) => {
    const { data } = await world.ask(
      `query ($near: String) { referralNetwork(near: $near) { loops(first: 1) { totalCount } } }`,
      { near },
    );
    return data.referralNetwork.loops.totalCount as number;
  };
  const before = [await countOf(riverWest), await countOf(null)];
  for (const [length, more] of [
    [5, 1],
    [6, 0],
  ] as const) {
    await build(length);
    const after = [await countOf(riverWest), await countOf(null)];
    await clear();
    expect(after).toEqual(before.map((count) => count + more));
  }
});

test("a bridge is what all ways to help with something begin at or pass; what there is a way around is none", async () => {
  const { totalCount, nodes } = await listed("bridges");
  expect(totalCount).toBe(2);
  expect(new Set(nodes)).toEqual(
    new Set([
      { what: { name: "Link worker" }, conditions: [{ slug: "damp-homes" }], area: { id: riverWest } },
      { what: { slug: "gp-practice" }, conditions: [{ slug: "lost-boats" }], area: { id: riverWest } },
    ]),
  );
});

test("an only destination is a bridge too", async () => {
  const setStatus = (status: string) =>
    world.cypher(cypher`MATCH (asset:Asset {id: $id}) SET asset.status = $status RETURN asset.id AS id`, {
      id: rivertonId("Activity", "repairs"),
      status,
    });
  await setStatus("DRAFT");
  const { nodes } = await listed("bridges");
  await setStatus("PUBLISHED");
  const passed = nodes.filter((node) => JSON.stringify(node).includes("damp-homes")).map(({ what }) => what);
  expect(new Set(passed)).toEqual(new Set([{ name: "Link worker" }, { name: "Dehumidifiers" }]));
});

test("bridges are asked about for an area: without one the rest of the answer stands", async () => {
  const { data, errors } = await world.ask(
    `{ referralNetwork { area { id } bridges { totalCount } deadEnds { edges { node { name } } } } }`,
  );
  expect(data.referralNetwork).toMatchObject({ area: null, bridges: null });
  expect(data.referralNetwork.deadEnds.edges.map(({ node }: { node: { name: string } }) => node.name)).toContain(
    "Leaflet desk",
  );
  expect(errors).toMatchObject([{ extensions: { code: "BAD_INPUT", field: ["near"] } }]);
});

test("steps that nobody has confirmed for a year are told from the oldest, after those that never were", async () => {
  const swimming = { lastConfirmedOn: "2024-05-01", to: { name: "Swimming" } };
  expect((await listed("unconfirmedSteps")).nodes).toMatchObject([swimming]);
  const forget = (day: string | null) =>
    world.cypher(
      cypher`MATCH ()-[step:REFERS_TO]->(:Asset {id: $id}) SET step.confirmedOn = date($day) RETURN step.id AS id`,
      { id: rivertonId("Activity", "boat-search"), day },
    );
  for (const near of [riverWest, null]) {
    await forget(null);
    const { nodes, totalCount } = await listed("unconfirmedSteps", near);
    await forget("2026-10-01");
    expect(nodes[0]).toMatchObject({ lastConfirmedOn: null, to: { name: "Boat search" } });
    expect(totalCount).toBe(nodes.length);
    expect(nodes).toEqual(expect.arrayContaining([expect.objectContaining(swimming)]));
  }
  // One day less than a year ago is not yet a year ago.
  await forget("2025-11-22");
  expect((await listed("unconfirmedSteps")).nodes).toMatchObject([swimming]);
  await forget("2025-11-21");
  expect((await listed("unconfirmedSteps")).nodes).toMatchObject([swimming, { lastConfirmedOn: "2025-11-21" }]);
  await forget("2026-10-01");
});

test("a condition is without self-referral where no open way leads there from oneself, though one may go where nobody has to send one", async () => {
  const expected = [
    // Its help is reached by no step at all.
    { condition: { slug: "cold-hands" }, needsNoReferral: true },
    { condition: { slug: "croaky-voices" }, needsNoReferral: true },
    { condition: { slug: "lost-boats" }, needsNoReferral: false },
    { condition: { slug: "stiff-knees" }, needsNoReferral: true },
  ];
  expect(await listed("withoutSelfReferral")).toEqual({ totalCount: 4, nodes: expected });
  const { nodes } = await listed("withoutSelfReferral", null);
  const inRiverton = ["damp-homes", "fear-of-water", ...expected.map(({ condition }) => condition.slug)];
  expect(nodes.filter(({ condition }) => inRiverton.includes((condition as { slug: string }).slug))).toEqual(expected);
});

test("a step that is full is no way", async () => {
  const setCapacity = (capacity: string | null) =>
    world.cypher(
      cypher`MATCH (:Referrer {slug: 'self'})-[step:REFERS_TO]->(:Asset {id: $id}) SET step.capacity = $capacity RETURN step.id AS id`,
      { id: rivertonId("Activity", "link-worker"), capacity },
    );
  await setCapacity("FULL");
  const found = await Promise.all([listed("withoutSelfReferral"), listed("withoutSelfReferral", null)]);
  await setCapacity(null);
  for (const { nodes } of found) {
    expect(nodes).toContainEqual({ condition: { slug: "damp-homes" }, needsNoReferral: false });
  }
});

test("a wait that has grown is told with both values and their dates; one that has shrunk is not", async () => {
  const swimming = {
    step: { to: { name: "Swimming" } },
    waitDays: 20,
    formerWaitDays: 6,
    grownByDays: 14,
    formerWaitOn: "2023-05-01",
    lastConfirmedOn: "2024-05-01",
  };
  expect(await listed("grownWaits")).toEqual({ totalCount: 1, nodes: [swimming] });
  expect((await listed("grownWaits", null)).nodes).toContainEqual(swimming);
});

test.for(["deadEnds", "loops", "unconfirmedSteps", "withoutSelfReferral", "grownWaits"])(
  "pages of one of %s are the whole list, in the area and everywhere, and what is found in the area is found everywhere",
  async (list) => {
    const everywhere = await listed(list, null);
    for (const [near, whole] of [
      [riverWest, await listed(list)],
      [null, everywhere],
    ] as const) {
      expect(await listed(list, near, 1)).toEqual(whole);
      expect(whole.totalCount).toBe(whole.nodes.length);
      expect(whole.totalCount).toBeGreaterThan(0);
    }
    for (const node of (await listed(list)).nodes) expect(everywhere.nodes).toContainEqual(node);
  },
);

test.for([
  [`near: "Nowhere at all"`, "deadEnds", "PLACE_NOT_FOUND"],
  [`near: " "`, "deadEnds", "BAD_INPUT"],
  [`near: "${riverWest}"`, "loops(first: 101)", "BAD_INPUT"],
  [`near: "${riverWest}"`, `bridges(after: "no cursor")`, "BAD_INPUT"],
] as const)("what cannot be asked is refused: %s, %s", async ([near, list, code]) => {
  const { errors } = await world.ask(`{ referralNetwork(${near}) { ${list} { totalCount } } }`);
  expect(errors).toMatchObject([{ extensions: { code } }]);
});

test("all six lists of an area cost one reading of its referrals", async () => {
  world.forget();
  const { errors } = await world.ask(
    `{ referralNetwork(near: "${riverWest}") { ${Object.keys(lists)
      .map((list) => `${list} { totalCount }`)
      .join(" ")} } }`,
  );
  expect(errors).toBeUndefined();
  expect(world.statements().filter((name) => name === "surroundings")).toHaveLength(1);
});

test("in Oxford a condition is without self-referral just where no route leads there from oneself", async () => {
  const { nodes } = await listed("withoutSelfReferral", "Rose Hill");
  const without = new Set(nodes.map(({ condition }) => (condition as { slug: string }).slug));
  const { data } = await world.ask(`{ conditions(first: 100) { edges { node { slug } } } }`);
  const slugs: string[] = data.conditions.edges.map(({ node }: { node: { slug: string } }) => node.slug);
  for (const slug of slugs) {
    const answer = await world.ask(
      `query ($slug: String!) {
        referralRoutes(input: { from: "self", condition: $slug, near: "Rose Hill" }, first: 1) { routes { steps { id } } }
        assets(filter: { conditions: [$slug], near: "Rose Hill" }, first: 1) { totalCount }
      }`,
      { slug },
    );
    expect(answer.errors).toBeUndefined();
    if (without.has(slug)) expect(answer.data.referralRoutes.routes, slug).toEqual([]);
    if (answer.data.referralRoutes.routes.length > 0) expect(without, slug).not.toContain(slug);
  }
  expect(without.size).toBeGreaterThan(0);
  expect(without.size).toBeLessThan(slugs.length);
});
