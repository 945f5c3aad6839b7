import { afterAll, beforeAll, expect, test } from "vitest";
import { idOf, type Kind } from "../core/ids.ts";
import { cypher } from "../graph/cypher.ts";
import { openWorld, type World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

afterAll(() => world.close());

interface Edge {
  readonly node: { readonly id: string; readonly name: string };
  readonly site: { readonly name: string } | null;
  readonly distanceMetres: number | null;
  readonly score: {
    readonly total: number;
    readonly relevance: number;
    readonly support: number;
    readonly text: number;
    readonly closeness: number;
    readonly freshness: number;
    readonly neighbourhoodsAway: number | null;
    readonly isNational: boolean;
  };
  readonly why: {
    readonly sentence: string;
    readonly steps: readonly { readonly from: Named; readonly relationship: string; readonly to: Named }[];
  };
}

interface Named {
  readonly name: string;
}

const named = "... on Asset { name } ... on Area { name } ... on Condition { name }";

const edgeFields = `
  node { id name }
  site { name }
  distanceMetres
  score { total relevance support text closeness freshness neighbourhoodsAway isNational }
  why { sentence steps { from { ${named} } relationship to { ${named} } } }`;

/** Everything that a search finds, in order. */
async function found(text: string, near: string): Promise<readonly Edge[]> {
  const edges: Edge[] = [];
  let after: string | null = null;
  do {
    const { data, errors } = await world.ask(
      `query ($text: String!, $near: String, $after: String) {
        search(text: $text, near: $near, first: 100, after: $after) {
          edges { ${edgeFields} } pageInfo { hasNextPage endCursor }
        }
      }`,
      { text, near, after },
    );
    expect(errors).toBeUndefined();
    edges.push(...(data.search.edges as readonly Edge[]));
    after = data.search.pageInfo.hasNextPage === true ? String(data.search.pageInfo.endCursor) : null;
  } while (after !== null);
  return edges;
}

const sampleId = (kind: Kind, key: string) => idOf(kind, "common-ground-sample", key);

const one = (edges: readonly Edge[], id: string) => edges.filter(({ node }) => node.id === id);

const stepsOf = ({ why: { steps } }: Edge) =>
  steps.map(({ from, relationship, to }) => `${from.name} ${relationship} ${to.name}`);

test.for([
  ["Activity", "littlemore-friendship-lunch", "lonely", "Rose Hill", "Littlemore"],
  ["Activity", "littlemore-friendship-lunch", "lonely", "Rose Hill Methodist Church", "Littlemore"],
  ["Activity", "leys-over-60s-social", "lonely", "Rose Hill", "Blackbird Leys"],
  ["Activity", "leys-over-60s-social", "lonely", "Iffley Church Hall", "The Leys"],
  ["Group", "greater-leys-carers-afternoon", "carers", "Rose Hill", "Greater Leys"],
  ["Activity", "garden-day-for-barton", "depression", "West Oxford Community Centre", "Barton"],
  ["Group", "barton-carers-day-out", "carers", "North Oxford Community Centre", "Barton"],
] as const)(
  "what serves people elsewhere is not for people near by: %s %s",
  async ([kind, key, need, near, served]) => {
    expect(one(await found(need, near), sampleId(kind, key))).toEqual([]);
    expect(one(await found(need, served), sampleId(kind, key))).toHaveLength(1);
  },
);

test("what is far away and serves the place is found, by its catchment", async () => {
  const [outing] = one(await found("lonely", "Rose Hill"), sampleId("Activity", "sunday-lunch-outing-rose-hill"));
  expect(outing).toEqual({
    node: { id: sampleId("Activity", "sunday-lunch-outing-rose-hill"), name: "Sunday lunch outing for Rose Hill" },
    site: { name: "Cutteslowe Community Centre" },
    distanceMetres: 7266,
    score: {
      total: outing?.score.closeness,
      relevance: 1,
      support: 1,
      text: 0,
      freshness: 1,
      closeness: expect.closeTo(1 / (1 + 0.5 + 7266 / 8266), 4) as number,
      neighbourhoodsAway: null,
      isNational: false,
    },
    why: {
      sentence: "Sunday lunch outing for Rose Hill supports loneliness; serves Rose Hill.",
      steps: [
        {
          from: { name: "Sunday lunch outing for Rose Hill" },
          relationship: "SUPPORTS",
          to: { name: "Loneliness" },
        },
        { from: { name: "Sunday lunch outing for Rose Hill" }, relationship: "SERVES", to: { name: "Rose Hill" } },
      ],
    },
  });
});

test("what has no address and serves the place is found", async () => {
  const id = sampleId("Activity", "rose-hill-phone-circle");
  const [near] = one(await found("lonely", "Rose Hill"), id);
  expect(near).toMatchObject({ site: null, distanceMetres: null, score: { neighbourhoodsAway: null } });
  expect(near?.why.sentence).toBe(
    "Rose Hill phone circle supports living alone, part of loneliness; serves Rose Hill.",
  );
  const [fromPostcode] = one(await found("lonely", "OX4 4HF"), id);
  expect(fromPostcode === undefined ? null : stepsOf(fromPostcode)).toEqual([
    "Rose Hill phone circle SUPPORTS Living alone",
    "Living alone BROADER Loneliness",
    "Rose Hill phone circle SERVES Rose Hill",
    "Oxford 016F WITHIN Rose Hill",
  ]);
});

test("what serves a whole town is found in its neighbourhoods, after what is for the neighbourhood", async () => {
  const edges = await found("lonely", "Rose Hill");
  const place = (key: string) => edges.findIndex(({ node }) => node.id === sampleId("Activity", key));
  expect(place("phone-a-friend-oxford")).toBeGreaterThan(place("company-at-your-door-rose-hill"));
  const [phone] = one(edges, sampleId("Activity", "phone-a-friend-oxford"));
  expect(phone === undefined ? null : stepsOf(phone)).toEqual([
    "Phone a Friend, Oxford SUPPORTS Loneliness",
    "Phone a Friend, Oxford SERVES Oxford",
    "Rose Hill WITHIN Oxford",
  ]);
  expect(one(await found("lonely", "Royton"), sampleId("Activity", "phone-a-friend-oxford"))).toEqual([]);
});

test("what is for the whole nation comes after all that is local, however well it fits", async () => {
  const edges = await found("bereavement", "Saddleworth West & Lees");
  const national = edges.filter(({ score }) => score.isNational);
  const local = edges.filter(({ score }) => !score.isNational);
  expect(edges).toEqual([...local, ...national]);
  expect(national.map(({ node, why }) => [node.name, why.sentence])).toEqual([
    ["Grief circle online", "Grief circle online supports bereavement; serves England."],
    ["The Listening Table", "The Listening Table supports bereavement; serves England."],
  ]);
  expect(national[0]?.score.total).toBeGreaterThan(local.at(-1)?.score.total ?? NaN);
});

test.for([
  ["loneliness", "Rose Hill"],
  ["loneliness", "The Leys"],
  ["long-term conditions", "OX4 4HF"],
  ["getting active", "Oldham"],
  ["", "Saddleworth"],
] as const)("the order is what the score says, and the score what the path says: %s near %s", async ([text, near]) => {
  const edges = await found(text, near);
  expect(new Set(edges.map(({ node }) => node.id)).size).toBe(edges.length);
  for (const [index, { node, score, distanceMetres, why }] of edges.entries()) {
    const next = edges[index + 1];
    expect(score.total, node.name).toBeCloseTo(score.relevance * score.closeness * score.freshness, 12);
    expect(score.relevance, node.name).toBeCloseTo(text === "" ? 1 : 1 - (1 - score.support) * (1 - score.text), 12);
    expect([0.9, 1]).toContain(score.freshness);
    if (next?.score.isNational === score.isNational) {
      expect(next.score.total).toBeLessThanOrEqual(score.total);
      if (next.score.total === score.total) expect(next.node.id > node.id).toBe(true);
    }
    if (score.neighbourhoodsAway === null) {
      expect(why.steps.map(({ relationship }) => relationship)).toContain("SERVES");
    } else {
      const metres = distanceMetres ?? 0;
      expect(score.closeness).toBeCloseTo(1 / (1 + score.neighbourhoodsAway + metres / (metres + 1000)), 3);
      const borders = why.steps.filter(({ relationship }) => relationship === "BORDERS");
      expect(borders, why.sentence).toHaveLength(score.neighbourhoodsAway);
    }
  }
});

test.for([
  ["Rose Hill", "Iffley Church Hall"],
  ["Iffley Church Hall", "Iffley Church Hall"],
  ["Rose Hill Methodist Church", "Rose Hill Methodist Church"],
  ["Littlemore", "Rose Hill Methodist Church"],
] as const)("what happens at two places is found once, at the one nearest to %s", async ([near, site]) => {
  const cafe = one(await found("bereavement", near), sampleId("Activity", "bereavement-cafe-rose-hill"));
  expect(cafe.map((edge) => edge.site)).toEqual([{ name: site }]);
});

test("what is held near by and serves the town is found once, by the path that brings it nearest", async () => {
  const id = sampleId("Activity", "dry-monday-oxford");
  const [served, ...others] = one(await found("alcohol", "Rose Hill"), id);
  expect(others).toEqual([]);
  expect(served?.why.sentence).toBe("Dry Monday supports alcohol use; serves Oxford.");
  const [held] = one(await found("alcohol", "East Oxford Community Centre"), id);
  expect(held?.why.sentence).toMatch(/^Dry Monday supports alcohol use; held at East Oxford Community Centre, in /);
});

test("what supports a part of a need counts for a little less than what supports all of it, and says so", async () => {
  const [lunch] = one(await found("lonely", "Rose Hill"), sampleId("Activity", "rose-hill-lunch-table"));
  expect(lunch?.score.support).toBe(0.9);
  expect(lunch?.why.sentence).toBe(
    "Rose Hill lunch table supports living alone, part of loneliness; held at Rose Hill Methodist Church, in Cowley South & Iffley, next to Rose Hill.",
  );
  expect(lunch === undefined ? null : stepsOf(lunch)).toEqual([
    "Rose Hill lunch table SUPPORTS Living alone",
    "Living alone BROADER Loneliness",
    "Rose Hill lunch table HELD_AT Rose Hill Methodist Church",
    "Rose Hill Methodist Church IN Oxford 015F",
    "Oxford 015F BORDERS Oxford 016E",
    "Oxford 016E WITHIN Rose Hill",
  ]);
});

test("what supports all of a need is no answer to a part of it", async () => {
  const alone = await found("living alone", "Rose Hill");
  expect(one(alone, sampleId("Activity", "rose-hill-lunch-table"))).toHaveLength(1);
  expect(one(alone, sampleId("Activity", "tuesday-tea-dance-rose-hill"))).toEqual([]);
});

test("several needs in one text are all understood, and whatever supports any of them is found", async () => {
  const { data } = await world.ask(`{
    search(text: "I am lonely and grieving, near Rose Hill") {
      understood { conditions { condition { slug } matched by } near { name } text }
    }
  }`);
  expect(data.search.understood).toEqual({
    conditions: [
      { condition: { slug: "loneliness" }, matched: "lonely", by: "TERM" },
      { condition: { slug: "bereavement" }, matched: "grieving", by: "TERM" },
    ],
    near: { name: "Rose Hill" },
    text: null,
  });
  const ids = (edges: readonly Edge[]) => new Set(edges.map(({ node }) => node.id));
  const [both, lonely, grieving] = await Promise.all([
    found("lonely and grieving", "Rose Hill"),
    found("lonely", "Rose Hill"),
    found("grieving", "Rose Hill"),
  ]);
  expect(ids(both)).toEqual(new Set([...ids(lonely), ...ids(grieving)]));
  const [cafe] = one(both, sampleId("Activity", "bereavement-cafe-rose-hill"));
  expect(cafe?.why.sentence).toMatch(/^Bereavement Café supports bereavement; held at /);
});

test("every need in the vocabulary is understood by its name, and has an answer near Oxford and near Oldham", async () => {
  const { data } = await world.ask(`{ conditions(first: 100) { totalCount edges { node { slug name } } } }`);
  expect(data.conditions.totalCount).toBeGreaterThanOrEqual(25);
  for (const { node } of data.conditions.edges as readonly { node: { slug: string; name: string } }[]) {
    for (const town of ["Oxford", "Oldham"]) {
      const { data: answer } = await world.ask(
        `query ($text: String!) {
          search(text: $text, first: 1) {
            understood { conditions { condition { slug } by } near { name } }
            edges { score { isNational } }
          }
        }`,
        { text: `${node.name} near ${town}` },
      );
      expect(answer.search, `${node.name} near ${town}`).toEqual({
        understood: { conditions: [{ condition: { slug: node.slug }, by: "NAME" }], near: { name: town } },
        edges: [{ score: { isNational: false } }],
      });
    }
  }
});

/** Asks until an answer is as hoped for, since the vocabulary follows the graph within about a second. */
async function waitFor(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("It did not come to be so.");
}

test("a need that nobody supports is understood, and has no answers", async () => {
  const id = idOf("Condition", "test", "homesickness");
  const isKnown = async () => (await world.ask(`{ condition(id: "${id}") { slug } }`)).data.condition !== null;
  await world.cypher(
    cypher`
      CREATE (:Condition {id: $id, slug: 'homesickness', name: 'Homesickness', description: 'Longing for home.'})
        <-[:MEANS {weight: 1.0}]-(:Term {text: 'far from home'})
      RETURN 1 AS done`,
    { id },
  );
  try {
    await waitFor(isKnown);
    const { data, errors } = await world.ask(`{
      search(text: "far from home, near Rose Hill") {
        understood { conditions { condition { slug } matched by } near { name } text }
        totalCount
        edges { node { id } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }`);
    expect(errors).toBeUndefined();
    expect(data.search).toEqual({
      understood: {
        conditions: [{ condition: { slug: "homesickness" }, matched: "far from home", by: "TERM" }],
        near: { name: "Rose Hill" },
        text: null,
      },
      totalCount: 0,
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  } finally {
    await world.cypher(
      cypher`
        MATCH (condition:Condition {id: $id})<-[:MEANS]-(term:Term)
        DETACH DELETE condition, term
        RETURN 1 AS done`,
      { id },
    );
    await waitFor(async () => !(await isKnown()));
  }
});

/** Runs something while assets are archived, and publishes them again after. */
async function whileArchived(ids: readonly string[], run: () => Promise<void>): Promise<void> {
  const setStatus = (status: string) =>
    world.cypher(cypher`MATCH (asset:Asset) WHERE asset.id IN $ids SET asset.status = $status RETURN asset.id AS id`, {
      ids,
      status,
    });
  expect(await setStatus("ARCHIVED")).toHaveLength(ids.length);
  try {
    await run();
  } finally {
    await setStatus("PUBLISHED");
  }
}

const tea = sampleId("Activity", "tea-and-chat-rose-hill");
const kettleClub = sampleId("Group", "rose-hill-kettle-club");
const neighbours = sampleId("Organisation", "rose-hill-neighbours");
const centre = idOf("Place", "oxford-community-centres", "rose-hill-community-centre");

/** Everything that mentions one of the four above, asked of the others and of the lists they stand in. */
const mentions = `query ($ids: [ID!]!) {
  search(text: "lonely near Rose Hill", first: 100) { edges { node { id } site { id } why { steps { from { id } to { id } } } } }
  words: search(text: "Rose Hill Kettle tea neighbours community centre", near: "Barton", first: 100) { edges { node { id } site { id } } }
  assets(filter: { near: "Rose Hill" }, first: 100) { edges { node { id } } }
  byName: assets(filter: { near: "Rose Hill" }, orderBy: NAME, first: 100) { edges { node { id } } }
  groups(first: 100) { edges { node { id meetsAt { id } runBy { id } } } }
  activities(first: 50, filter: { near: "Rose Hill" }) {
    edges { node { id heldAt { id } hostedBy { id } runBy { id } links(first: 20) { edges { node { from { id } to { id } } } } } }
  }
  organisations(first: 100) { edges { node { id basedAt { id } } } }
  places(first: 20, filter: { near: "Rose Hill" }) {
    edges { node { id links(first: 50) { edges { node { from { id } to { id } } } } activities(first: 20) { edges { node { id } } } } }
  }
  area(slug: "rose-hill") { assets(first: 100) { edges { node { id } } } }
  condition(slug: "loneliness") { assets(first: 100) { edges { node { id } } } }
  locate(text: "Rose Hill Community Centre") { matches { place { id } } }
  nodes(ids: $ids) { id }
}`;

const four = { tea, kettleClub, neighbours, centre };

test("what is archived appears nowhere, and is missed nowhere", async () => {
  const before = await world.ask(mentions, { ids: Object.values(four) });
  expect(before.errors).toBeUndefined();
  for (const id of Object.values(four)) expect(JSON.stringify(before.data)).toContain(id);

  await whileArchived(Object.values(four), async () => {
    const { data, errors } = await world.ask(mentions, { ids: Object.values(four) });
    expect(errors).toBeUndefined();
    for (const [name, id] of Object.entries(four)) expect(JSON.stringify(data), name).not.toContain(id);
    expect(data.nodes).toEqual([null, null, null, null]);
    const byId = await world.ask(
      `query ($tea: ID!, $kettleClub: ID!, $neighbours: ID!, $centre: ID!) {
        activity(id: $tea) { name supports { totalCount } }
        group(id: $kettleClub) { name links { totalCount } }
        organisation(id: $neighbours) { name groups { totalCount } }
        place(id: $centre) { name activities { totalCount } }
        node(id: $tea) { id }
      }`,
      four,
    );
    expect(byId).toEqual({
      data: { activity: null, group: null, organisation: null, place: null, node: null },
    });
  });

  expect(await world.ask(mentions, { ids: Object.values(four) })).toEqual(before);
});

test("what lists count and what they hold is the same when something in them is archived", async () => {
  const counts = `query ($tea: ID!, $kettleClub: ID!, $neighbours: ID!, $centre: ID!) {
    tea: node(id: $tea) { ...counts }
    kettleClub: node(id: $kettleClub) { ...counts }
    neighbours: node(id: $neighbours) { ...counts }
    centre: node(id: $centre) { ...counts }
    search(text: "lonely near Rose Hill", first: 100) { totalCount edges { cursor } }
    groups(first: 100) { totalCount edges { cursor } }
    assets(first: 100, filter: { free: true, kinds: [ACTIVITY] }) { totalCount edges { cursor } }
  }
  fragment counts on Asset {
    links(first: 100) { totalCount edges { cursor } }
    ... on Group { activities { totalCount edges { cursor } } }
    ... on Organisation { activities { totalCount edges { cursor } } groups { totalCount edges { cursor } } }
    ... on Place { activities { totalCount edges { cursor } } }
  }`;
  interface Counted {
    readonly totalCount: number;
    readonly edges: readonly unknown[];
  }
  const connectionsIn = (value: unknown): readonly Counted[] => {
    if (value === null || typeof value !== "object") return [];
    const inside = Object.values(value).flatMap(connectionsIn);
    return "totalCount" in value ? [value as Counted, ...inside] : inside;
  };
  const checked = async () => {
    const { data, errors } = await world.ask(counts, four);
    expect(errors).toBeUndefined();
    const connections = connectionsIn(data);
    for (const { totalCount, edges } of connections) expect(edges).toHaveLength(totalCount);
    return connections.map(({ totalCount }) => totalCount);
  };
  const before = await checked();
  await whileArchived([tea], async () => {
    const without = await checked();
    expect(without.length).toBe(before.length - 1);
  });
  expect(await checked()).toEqual(before);
});

test("an activity whose hall is archived is still there, with nowhere to go", async () => {
  await whileArchived([centre], async () => {
    const { data, errors } = await world.ask(`{ activity(id: "${tea}") { name heldAt { name } } }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ activity: { name: "Tea & Chat at Rose Hill", heldAt: [] } });
    const edges = await found("lonely", "Rose Hill");
    for (const { site, why } of edges) {
      expect(site?.name).not.toBe("Rose Hill Community Centre");
      expect(why.sentence).not.toContain("Rose Hill Community Centre");
    }
  });
});
