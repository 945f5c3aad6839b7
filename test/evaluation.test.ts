import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askedAt } from "../evaluation/askedAt.ts";
import { evaluate, type Outcome } from "../evaluation/evaluate.ts";
import { ndcg, reciprocalRank } from "../evaluation/measures.ts";
import { readQueries, setNames } from "../evaluation/readQueries.ts";
import { lostOf, summarise } from "../evaluation/summarise.ts";
import { openWorld, type World } from "./world.ts";

describe("the measures", () => {
  test("the best order that the judged assets allow is worth 1", () => {
    expect(ndcg([3, 2, 1], [1, 3, 2])).toBe(1);
  });

  test("what helps less before what helps more costs by how far down that comes", () => {
    // (3 ÷ log2 2 + 7 ÷ log2 3) ÷ (7 ÷ log2 2 + 3 ÷ log2 3) = 7.4165 ÷ 8.8928
    expect(ndcg([2, 3], [3, 2])).toBeCloseTo(0.834, 4);
  });

  test("an unjudged result in between pushes down what comes after it", () => {
    // (7 + 3 ÷ log2 3 + 0 + 1 ÷ log2 5) ÷ (7 + 3 ÷ log2 3 + 1 ÷ log2 4) = 9.3235 ÷ 9.3928
    expect(ndcg([3, 2, 0, 1], [3, 2, 1])).toBeCloseTo(0.9926, 4);
  });

  test("what comes after the first ten counts for nothing", () => {
    expect(ndcg([...Array<number>(10).fill(0), 3], [3])).toBe(0);
  });

  test("finding nothing is worth 0 where there was something to find, and 1 where there was not", () => {
    expect([ndcg([], [2]), ndcg([], [])]).toEqual([0, 1]);
  });

  test("the reciprocal rank is that of the first result that helps, and not of one that is merely worth knowing", () => {
    expect([reciprocalRank([1, 0, 2, 3]), reciprocalRank([3]), reciprocalRank([1, 0])]).toEqual([1 / 3, 1, 0]);
  });
});

/** Raise these when search gets better; lower none without saying why. `lost`: how many queries may miss something that deserves a 3. */
const floors = {
  tuning: { reading: 0.95, ndcg: 0.9, mrr: 0.92, lost: 0 },
  heldOut: { reading: 0.95, ndcg: 0.9, mrr: 0.92, lost: 0 },
};

/** Much longer than it takes: on a busy machine it takes a minute. */
const patienceMs = 300_000;

describe("the judged queries", () => {
  let world: World;
  const outcomes: Record<keyof typeof floors, readonly Outcome[]> = { tuning: [], heldOut: [] };

  beforeAll(async () => {
    world = await openWorld({ isGuessing: true, clock: () => askedAt });
    for (const name of setNames) outcomes[name] = await evaluate(world.ask, await readQueries([name]));
  }, patienceMs);

  afterAll(() => world.close());

  test.each(setNames)("%s: the conditions and the place that people mean are understood", (name) => {
    expect(summarise(outcomes[name]).at(-1)?.reading).toBeGreaterThanOrEqual(floors[name].reading);
  });

  test.each(setNames)("%s: what helps most comes first", (name) => {
    const all = summarise(outcomes[name]).at(-1);
    expect(all?.ndcg).toBeGreaterThanOrEqual(floors[name].ndcg);
    expect(all?.mrr).toBeGreaterThanOrEqual(floors[name].mrr);
  });

  test.each(setNames)("%s: nothing that somebody needs is lost, where their words were understood", (name) => {
    const lost = outcomes[name]
      .filter(({ isRead }) => isRead)
      .map((outcome) => ({ text: outcome.query.text, keys: lostOf(outcome) }))
      .filter(({ keys }) => keys.length > 0);
    expect(lost.length, JSON.stringify(lost)).toBeLessThanOrEqual(floors[name].lost);
  });

  test.each(setNames)("%s: every crisis is met with help", (name) => {
    const crises = outcomes[name].filter(({ query }) => query.expected.crisis === true);
    expect(crises.length).toBeGreaterThan(5);
    const missed = crises.filter(({ understood }) => typeof understood === "string" || !understood.crisis);
    expect(missed.map(({ query }) => query.text)).toEqual([]);
  });
});
