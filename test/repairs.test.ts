import { afterAll, beforeAll, expect, test } from "vitest";
import { openWorld, type World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

afterAll(() => world.close());

type Filter = Readonly<Record<string, unknown>>;

interface Repair {
  readonly constraints: readonly string[];
  readonly message: string;
  readonly count: number;
  readonly broader: { readonly slug: string } | null;
}

async function ask(text: string, near: string | null, filter: Filter) {
  const { data, errors } = await world.ask(
    `query ($text: String!, $near: String, $filter: AssetFilter) {
      search(text: $text, near: $near, filter: $filter) {
        totalCount repairs { constraints message count broader { slug } }
      }
    }`,
    { text, near, filter },
  );
  expect(errors).toBeUndefined();
  return data.search as { readonly totalCount: number; readonly repairs: readonly Repair[] };
}

/** The filter's fields that a constraint is about. */
const fieldsOf: Readonly<Record<string, readonly string[]>> = {
  KINDS: ["kinds"],
  REACH: ["reach"],
  AGE: ["age"],
  FREE: ["free"],
  STEP_FREE: ["stepFree"],
  WHEN: ["days", "partOfDay", "from", "to"],
  AREAS: ["areas"],
};

const without = (filter: Filter, constraints: readonly string[]): Filter =>
  Object.fromEntries(
    Object.entries(filter).filter(([name]) => !constraints.some((one) => fieldsOf[one]?.includes(name))),
  );

test.for([
  ["loneliness", "Rose Hill", { kinds: ["PLACE"] }],
  ["dementia", "Barton", { free: true, days: ["SUNDAY"] }],
  ["debt", "Oldham", { stepFree: true, reach: ["COMES_TO_YOU"] }],
  ["copd", "Wood Farm", { kinds: ["GROUP"], partOfDay: "EVENING" }],
  ["carers", null, { kinds: ["PLACE"], free: true }],
] as const)("a repair says what giving it up finds: %s near %s with %j", async ([text, near, filter]) => {
  const { totalCount, repairs } = await ask(text, near, filter);
  expect(totalCount).toBeLessThan(3);
  expect(repairs.length).toBeGreaterThan(0);
  for (const { constraints, count, broader } of repairs) {
    expect(count).toBeGreaterThan(totalCount);
    if (constraints.includes("CONDITIONS") && broader === null) continue;
    const repaired =
      broader === null
        ? await ask(text, constraints.includes("NEAR") ? null : near, without(filter, constraints))
        : await ask("", near, { ...filter, conditions: [broader.slug] });
    expect([constraints, repaired.totalCount]).toEqual([constraints, count]);
  }
});

test("what was asked for is given up last, and it is said in plain English", async () => {
  const { repairs } = await ask("loneliness", "Rose Hill", { kinds: ["PLACE"] });
  expect(repairs[0]?.message).toMatch(/^Of any kind: \d+ results\.$/);
  expect(repairs.at(-1)?.message).toMatch(/^For any need: \d+ results\.$/);
});

test("what has enough results has no repairs", async () => {
  const { totalCount, repairs } = await ask("loneliness", "Rose Hill", {});
  expect(totalCount).toBeGreaterThan(2);
  expect(repairs).toEqual([]);
});
