import { afterAll, beforeAll, expect, test } from "vitest";
import { coveringOf } from "../subgraphs/directory/needs.ts";
import { openWorld, type World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

afterAll(() => world.close());

async function needsOf(text: string, filter?: object) {
  const { data, errors } = await world.ask(
    `query ($text: String!, $filter: AssetFilter) {
      search(text: $text, filter: $filter) {
        needs { assets { node { id name supports(first: 50) { edges { node { condition { slug broader { slug } } } } } } conditions { slug } } uncovered { slug } }
      }
    }`,
    { text, filter },
  );
  expect(errors).toBeUndefined();
  return data.search.needs;
}

test("several needs are answered by few assets, each of which supports what it is said to meet", async () => {
  const needs = await needsOf("lonely, in debt and bereaved near Rose Hill");
  const met = needs.assets.flatMap(({ conditions }: { conditions: { slug: string }[] }) =>
    conditions.map(({ slug }) => slug),
  );
  expect(new Set(met)).toEqual(new Set(["loneliness", "debt", "bereavement"]));
  expect(needs.uncovered).toEqual([]);
  for (const { node, conditions } of needs.assets) {
    const supported = node.supports.edges.flatMap(
      (edge: { node: { condition: { slug: string; broader: { slug: string }[] } } }) => [
        edge.node.condition.slug,
        ...edge.node.condition.broader.map(({ slug }) => slug),
      ],
    );
    for (const { slug } of conditions) expect(supported).toContain(slug);
  }
});

test("a need that nothing near meets is named", async () => {
  const needs = await needsOf("lonely and dementia near Rose Hill", { kinds: ["PLACE"], withinMetres: null });
  const met = needs.assets.flatMap(({ conditions }: { conditions: { slug: string }[] }) =>
    conditions.map(({ slug }) => slug),
  );
  expect([...met, ...needs.uncovered.map(({ slug }: { slug: string }) => slug)].toSorted()).toEqual([
    "dementia",
    "loneliness",
  ]);
  expect(needs.uncovered.length).toBeGreaterThan(0);
});

test("one need alone has no answer of several", async () => {
  expect(await needsOf("lonely near Rose Hill")).toBeNull();
});

test("the filter alone may name several needs", async () => {
  const needs = await needsOf("", { conditions: ["loneliness", "debt"], near: "Rose Hill" });
  expect(needs.uncovered).toEqual([]);
});

test("the fewest assets are chosen before the best: one that meets both needs comes before one for each", () => {
  expect(
    coveringOf(
      [
        { id: "both", met: [0, 1], score: 0.1 },
        { id: "first", met: [0], score: 0.9 },
        { id: "second", met: [1], score: 0.9 },
      ],
      3,
    ),
  ).toEqual({ assets: [{ id: "both", met: [0, 1] }], uncovered: [2] });
});

test("of sets as small, the one that scores most is chosen", () => {
  expect(
    coveringOf(
      [
        { id: "a", met: [0, 1], score: 0.2 },
        { id: "b", met: [2], score: 0.5 },
        { id: "c", met: [1, 2], score: 0.4 },
        { id: "d", met: [0], score: 0.6 },
      ],
      3,
    ).assets.map(({ id }) => id),
  ).toEqual(["d", "c"]);
});
