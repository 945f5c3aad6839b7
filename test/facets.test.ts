import { afterAll, beforeAll, expect, test } from "vitest";
import { openWorld, type World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

afterAll(() => world.close());

const facetFields = `facets {
  kinds { kind count } reach { kind count } conditions { condition { id slug } count } areas { area { id } count }
  days { day count } free stepFree
}`;

interface Search {
  readonly text: string;
  readonly near?: string;
  readonly filter?: Readonly<Record<string, unknown>>;
}

async function ask(search: Search, fields: string) {
  const { data, errors } = await world.ask(
    `query ($text: String!, $near: String, $filter: AssetFilter) {
      search(text: $text, near: $near, filter: $filter, first: 1) { ${fields} }
    }`,
    { ...search },
  );
  expect(errors).toBeUndefined();
  return data.search;
}

const totalOf = async (search: Search, filter: Readonly<Record<string, unknown>>): Promise<number> =>
  (await ask({ ...search, filter: { ...search.filter, ...filter } }, "totalCount")).totalCount as number;

const searches: readonly Search[] = [
  { text: "loneliness near Rose Hill" },
  { text: "lonely and in debt", near: "Barton" },
  { text: "", filter: { near: "OX4 4HF", kinds: ["ACTIVITY", "GROUP"] } },
  { text: "dementia" },
  { text: "", filter: { conditions: ["money"], free: true, near: "Oldham" } },
];

test.for(searches)("what a facet counts is what filtering by it finds: %j", { timeout: 120_000 }, async (search) => {
  const { facets, totalCount } = await ask(search, `totalCount ${facetFields}`);
  expect(totalCount).toBeGreaterThan(0);
  const told: Record<string, number> = {};
  const found: Record<string, number> = {};
  const check = async (name: string, count: number, filter: Readonly<Record<string, unknown>>) => {
    told[name] = count;
    found[name] = await totalOf(search, filter);
  };
  for (const { kind, count } of facets.kinds) await check(kind, count, { kinds: [kind] });
  for (const { kind, count } of facets.reach) await check(kind, count, { reach: [kind] });
  for (const { day, count } of facets.days) await check(day, count, { days: [day] });
  for (const { condition, count } of facets.conditions.slice(0, 8)) {
    // The filter of a search without words is what it is about, so that another condition would make another search of it.
    if (search.filter?.["conditions"] === undefined)
      await check(condition.slug, count, { conditions: [condition.slug] });
  }
  for (const { area, count } of facets.areas.slice(0, 8)) await check(area.id, count, { areas: [area.id] });
  await check("free", facets.free, { free: true });
  await check("step-free", facets.stepFree, { stepFree: true });
  expect(told).toEqual(found);
  expect(Object.keys(told).length).toBeGreaterThan(8);
});

test("where the filter names kinds, only those are counted", async () => {
  const { facets } = await ask({ text: "loneliness near Rose Hill", filter: { kinds: ["GROUP"] } }, facetFields);
  expect(facets.kinds).toEqual([{ kind: "GROUP", count: expect.any(Number) as number }]);
});

test("nothing found has empty facets", async () => {
  const { facets } = await ask({ text: "xylophonist", near: "Rose Hill" }, facetFields);
  expect(facets).toEqual({ kinds: [], reach: [], conditions: [], areas: [], days: [], free: 0, stepFree: 0 });
});
