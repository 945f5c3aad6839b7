import { afterAll, beforeAll, expect, test } from "vitest";
import { cursorOf } from "../core/page.ts";
import { idOf } from "../core/ids.ts";
import { type Answer, openWorld, type World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

afterAll(() => world.close());

/** A list of the API: how it is asked with the arguments of its page, where it is in the answer, and what tells its nodes apart. */
interface List {
  readonly name: string;
  readonly ask: (page: string) => string;
  readonly path: readonly string[];
  readonly node?: string;
}

const place = idOf("Place", "oxford-community-centres", "rose-hill-community-centre");
const organisation = idOf("Organisation", "common-ground-sample", "rose-hill-neighbours");

const lists: readonly List[] = [
  {
    name: "search near a neighbourhood",
    ask: (page) => `search(text: "loneliness support near Rose Hill", ${page})`,
    path: ["search"],
  },
  {
    name: "search near a town for anything at all",
    ask: (page) => `search(text: "near Oxford", filter: { kinds: [GROUP, ACTIVITY] }, ${page})`,
    path: ["search"],
  },
  {
    name: "search for words that no condition has",
    ask: (page) => `search(text: "tea", near: "Oldham", ${page})`,
    path: ["search"],
  },
  { name: "search without a place", ask: (page) => `search(text: "lonely", ${page})`, path: ["search"] },
  {
    name: "assets that fit a filter",
    ask: (page) => `assets(filter: { near: "Barton", age: 70, stepFree: true, conditions: ["loneliness"] }, ${page})`,
    path: ["assets"],
  },
  {
    name: "assets that fit a filter, by name",
    ask: (page) => `assets(filter: { near: "Barton", conditions: ["loneliness"] }, orderBy: NAME, ${page})`,
    path: ["assets"],
  },
  {
    name: "search, the nearest first",
    ask: (page) => `search(text: "lonely", near: "Barton", orderBy: DISTANCE, ${page})`,
    path: ["search"],
  },
  {
    name: "search by name",
    ask: (page) => `search(text: "lonely", near: "Barton", orderBy: NAME, ${page})`,
    path: ["search"],
  },
  {
    name: "search without a place, the nearest first",
    ask: (page) => `search(text: "lonely", orderBy: DISTANCE, ${page})`,
    path: ["search"],
  },
  {
    name: "assets within some metres, the nearest first",
    ask: (page) => `assets(filter: { near: "Barton", withinMetres: 3000 }, orderBy: DISTANCE, ${page})`,
    path: ["assets"],
  },
  {
    name: "assets in two areas",
    ask: (page) =>
      `assets(filter: { areas: ["${idOf("Area", "common-ground", "rose-hill")}", "${idOf("Area", "common-ground", "barton")}"] }, ${page})`,
    path: ["assets"],
  },
  {
    name: "everything that may be step-free, by what is known of it",
    ask: (page) => `assets(filter: { stepFree: true, age: 40, kinds: [GROUP] }, ${page})`,
    path: ["assets"],
  },
  {
    name: "everything that is free, by name",
    ask: (page) => `assets(filter: { free: true }, orderBy: NAME, ${page})`,
    path: ["assets"],
  },
  { name: "groups", ask: (page) => `groups(${page})`, path: ["groups"] },
  { name: "activities", ask: (page) => `activities(filter: { free: true }, ${page})`, path: ["activities"] },
  { name: "organisations", ask: (page) => `organisations(${page})`, path: ["organisations"] },
  { name: "places", ask: (page) => `places(filter: { near: "Barton" }, ${page})`, path: ["places"] },
  { name: "areas", ask: (page) => `areas(name: "Oxford", ${page})`, path: ["areas"] },
  { name: "areas of a kind by their names", ask: (page) => `areas(kind: MSOA, name: "c", ${page})`, path: ["areas"] },
  { name: "conditions", ask: (page) => `conditions(${page})`, path: ["conditions"] },
  {
    name: "what supports a condition",
    ask: (page) => `condition(slug: "mental-health") { assets(${page})`,
    path: ["condition", "assets"],
  },
  {
    name: "what is in an area",
    ask: (page) => `area(slug: "rose-hill") { assets(${page})`,
    path: ["area", "assets"],
  },
  {
    name: "what is held at a place",
    ask: (page) => `place(id: "${place}") { activities(${page})`,
    path: ["place", "activities"],
  },
  {
    name: "what an organisation runs",
    ask: (page) => `organisation(id: "${organisation}") { activities(${page})`,
    path: ["organisation", "activities"],
  },
  {
    name: "what an activity supports",
    ask: (page) =>
      `activity(id: "${idOf("Activity", "oldham-health-scrutiny-2019-03", "british-red-cross-befriending")}") { supports(${page})`,
    path: ["activity", "supports"],
    node: "strength condition { id }",
  },
  {
    name: "what an organisation is tied to",
    ask: (page) => `organisation(id: "${organisation}") { links(${page})`,
    path: ["organisation", "links"],
    node: "relationship from { id } to { id }",
  },
];

type Page = Readonly<{ first: number; after: string | null }>;

interface Connection {
  readonly totalCount: number;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly edges: readonly { readonly cursor: string; readonly node: object }[];
}

function askFor({ ask, path, node = "id" }: List, page: Page, fields = "totalCount"): Promise<Answer> {
  const selection = `{ ${fields} pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { ${node} } } }`;
  const list = ask("first: $first, after: $after");
  return world.ask(`query ($first: Int, $after: String) { ${list} ${selection} ${"}".repeat(path.length)}`, page);
}

async function pageOf(list: List, first: number, after: string | null, fields?: string): Promise<Connection> {
  const { data, errors } = await askFor(list, { first, after }, fields);
  expect(errors).toBeUndefined();
  return list.path.reduce((value, key) => value[key], data) as Connection;
}

/** All pages of a size, one after another. */
async function pagesOf(list: List, first: number, fields?: string): Promise<readonly Connection[]> {
  const pages: Connection[] = [];
  let after: string | null = null;
  do {
    const page: Connection = await pageOf(list, first, after, fields);
    pages.push(page);
    after = page.pageInfo.endCursor;
  } while (pages.at(-1)?.pageInfo.hasNextPage === true && pages.length < 200);
  return pages;
}

test.for(lists)("walking pages of 7 finds the same as pages of 100, in the same order: $name", async (list) => {
  const small = await pagesOf(list, 7);
  const large = await pagesOf(list, 100);
  const edges = small.flatMap((page) => page.edges);
  expect(edges).toEqual(large.flatMap((page) => page.edges));
  expect(edges.length).toBeGreaterThan(1);
  expect(new Set(edges.map(({ node }) => JSON.stringify(node))).size).toBe(edges.length);
  expect(new Set([...small, ...large].map((page) => page.totalCount))).toEqual(new Set([edges.length]));
  for (const [index, { pageInfo, edges: onPage }] of small.entries()) {
    const isLast = index === small.length - 1;
    expect(onPage.length).toBe(isLast ? edges.length - 7 * index : 7);
    expect(pageInfo).toEqual({
      hasNextPage: !isLast,
      hasPreviousPage: index > 0,
      startCursor: onPage[0]?.cursor,
      endCursor: onPage.at(-1)?.cursor,
    });
  }
  const afterAllOfIt = await pageOf(list, 7, edges.at(-1)?.cursor ?? null);
  expect(afterAllOfIt).toEqual({
    totalCount: edges.length,
    pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
    edges: [],
  });
});

test.for(lists)("whether the total is asked for changes nothing in the pages: $name", async (list) => {
  const counted = await pageOf(list, 9, null);
  const uncounted = await pageOf(list, 9, null, "");
  expect(uncounted.edges).toEqual(counted.edges);
  const next = await pageOf(list, 9, counted.pageInfo.endCursor, "");
  expect(next.edges).toEqual((await pageOf(list, 18, null)).edges.slice(9));
});

test.for(lists)("a page size outside 1 to 100 is refused: $name", async (list) => {
  for (const first of [0, -1, 101]) {
    const { errors } = await askFor(list, { first, after: null });
    expect(errors).toMatchObject([
      {
        message: `\`first\` is from 1 to 100; ${first} was asked for.`,
        path: list.path,
        extensions: { code: "BAD_INPUT", field: ["first"] },
      },
    ]);
  }
});

test.for(lists)("a cursor that is broken or another list's is refused: $name", async (list) => {
  const another = cursorOf("a list of its own", ["name", "id"]);
  const own = (await pageOf(list, 1, null)).pageInfo.endCursor ?? "";
  for (const after of ["x", "💥", own.slice(0, -6), `${own.slice(0, 8)}${own.slice(12)}`, another]) {
    const { errors } = await askFor(list, { first: 5, after });
    expect(errors, after).toMatchObject([{ path: list.path, extensions: { code: "BAD_INPUT", field: ["after"] } }]);
  }
});

test("a cursor of one list is no cursor of another", async () => {
  const orders = lists.filter(({ name }) =>
    ["groups", "areas", "conditions", "search near a neighbourhood", "what is held at a place"]
      .concat(["what an activity supports", "what an organisation is tied to", "what an organisation runs"])
      .includes(name),
  );
  for (const from of orders) {
    const { endCursor } = (await pageOf(from, 1, null)).pageInfo;
    for (const to of orders) {
      if (to === from) continue;
      const { errors } = await askFor(to, { first: 5, after: endCursor });
      expect(errors, `${from.name} → ${to.name}`).toMatchObject([
        { extensions: { code: "BAD_INPUT", field: ["after"] } },
      ]);
    }
  }
});

test("20 is the size of a page that says nothing of it, and 50 that of the conditions'", async () => {
  const { data } = await world.ask(`{ groups { edges { cursor } } conditions { edges { cursor } } }`);
  expect([data.groups.edges.length, data.conditions.edges.length]).toEqual([20, 45]);
});
