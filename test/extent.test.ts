import { afterAll, beforeAll, expect, test } from "vitest";
import { createLog } from "../core/log.ts";
import type { Graph } from "../graph/graph.ts";
import { createDirectoryKnowledge, type DirectoryKnowledge } from "../subgraphs/directory/knowledge.ts";
import type { AssetFilter } from "../subgraphs/directory/schema.generated.ts";
import { type Asked, assets } from "../subgraphs/directory/search.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
let knowledge: DirectoryKnowledge;
/** The walks sent since it was emptied, by name. */
const walks: string[] = [];
let graph: Graph;

beforeAll(async () => {
  world = await openWorld();
  knowledge = createDirectoryKnowledge(world.graph, createLog("error", "test"), null);
  graph = {
    ...world.graph,
    run: (statement, parameters) => {
      if (statement.name.startsWith("walk ")) walks.push(statement.name.split(" ")[1] ?? "");
      return world.graph.run(statement, parameters);
    },
  };
});

afterAll(async () => {
  await knowledge.stop();
  await world.close();
});

const now = new Date("2026-11-22T12:00:00Z");

const found = async (asked: Asked, isTotalWanted = false, assetsPerArea: number | null = null) =>
  (
    await assets(
      {
        graph,
        knowledge: {
          ...knowledge,
          assetsPerArea: assetsPerArea === null ? knowledge.assetsPerArea : () => Promise.resolve(assetsPerArea),
        },
        now,
      },
      asked,
      isTotalWanted,
    )
  ).found;

const idsOf = ({ edges }: Awaited<ReturnType<typeof found>>) => edges.map(({ node }) => node.id);

const questions: readonly (readonly [what: string, filter: AssetFilter])[] = [
  ["what supports a condition", { near: "Rose Hill", conditions: ["loneliness"] }],
  ["anything at all", { near: "Rose Hill" }],
  ["what a filter lets through", { near: "Barton", reach: ["AT_A_PLACE"], conditions: ["mental-health"] }],
];

/** However full the country seems: the guess says how far to go first, and nothing else. */
const densities = [3, 1000];

test.each(questions)(
  "page for page, %s is what a walk to the furthest finds, wherever each page's walk begins",
  async (_, filter) => {
    const all = idsOf(await found({ filter, first: 60 }, true));
    expect(all.length).toBeGreaterThan(40);
    for (const density of densities) {
      for (const first of [3, 25]) {
        const paged: string[] = [];
        for (let after: string | null = null; paged.length < all.length;) {
          const page = await found({ filter, first, after }, false, density);
          paged.push(...idsOf(page));
          after = page.pageInfo.endCursor;
          if (!page.pageInfo.hasNextPage) break;
        }
        expect(paged.slice(0, all.length), `${density} to an area, ${first} a page`).toEqual(all);
      }
    }
  },
  120_000,
);

test("a walk goes as far as a page is to be expected, and on only as far as something could still belong on it", async () => {
  const walked = async (filter: AssetFilter, first: number, density: number) => {
    walks.length = 0;
    await found({ filter, first }, false, density);
    return [...walks];
  };
  const anything = { near: "Rose Hill" };
  expect(await walked(anything, 1, 30)).toEqual(["next"]);
  expect(await walked(anything, 20, 0.1)).toEqual(["furthest"]);
  // Fuller than it is: what the first walk found says how far the next has to go.
  const [first, ...rest] = await walked(anything, 60, 30);
  expect(first).toBe("next");
  expect(rest.length).toBeGreaterThan(0);
  expect(rest.at(-1)).not.toBe("next");
  expect(await walked({ ...anything, conditions: ["loneliness"] }, 1, 30)).toEqual(["next"]);
  expect(await walked({ ...anything, conditions: ["loneliness"] }, 20, 1)).toEqual(["furthest"]);
});
