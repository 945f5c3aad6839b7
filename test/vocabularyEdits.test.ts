import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Cypher, cypher } from "../graph/cypher.ts";
import { derivedOfAsset } from "../graph/derived.ts";
import type { Parameters } from "../graph/graph.ts";
import { type Island, neighbourhoodId, raiseIsland } from "./fixtures/island.ts";
import { openWorld, type World } from "./world.ts";

/** Two processes of the directory over one graph: what is edited beside one is seen by both. */
let worlds: readonly World[];
let edit: (text: Cypher, parameters?: Parameters) => Promise<unknown>;
let island: Island;

beforeAll(async () => {
  const world = await openWorld();
  worlds = [world, await openWorld()];
  edit = world.cypher;
  island = await raiseIsland(world);
  await island.add(
    { name: "Hall", kind: "Place", in: "west" },
    { name: "Tea", sites: ["Hall"], supports: { loneliness: 1 } },
    { name: "Rehearsal", sites: ["Hall"] },
  );
});

afterEach(() => edit(cypher`MATCH (node:Edited) DETACH DELETE node RETURN count(*) AS done`));

afterAll(async () => {
  await island.sink();
  for (const world of worlds) await world.close();
});

/** What a search on the island understands and finds, each with how well it supports that. */
async function answerOf(world: World, text: string): Promise<unknown> {
  const { data, errors } = await world.ask(
    `query ($text: String!, $near: String!) {
      search(text: $text, near: $near) {
        understood { conditions { condition { slug } by } }
        edges { node { name } score { support } }
      }
    }`,
    { text, near: neighbourhoodId("west") },
  );
  expect(errors).toBeUndefined();
  interface Found {
    readonly understood: { readonly conditions: readonly { readonly condition: { readonly slug: string } }[] };
    readonly edges: readonly {
      readonly node: { readonly name: string };
      readonly score: { readonly support: number };
    }[];
  }
  const { understood, edges } = data.search as Found;
  return {
    means: understood.conditions.map(({ condition }) => condition.slug),
    found: edges.map(({ node, score }) => [node.name, score.support]),
  };
}

/** Two seconds and what a busy machine adds to the moment of asking. */
const soon = { timeout: 2000, interval: 100 };

/** Both worlds come to give an answer within two seconds. */
const bothSoonAnswer = (text: string, answer: unknown) =>
  Promise.all(worlds.map((world) => expect.poll(() => answerOf(world, text), soon).toEqual(answer)));

const nothing = { means: [], found: [] };

const addTerm = (text: string, slug: string, weight: number) =>
  edit(
    cypher`
      MATCH (condition:Condition {slug: $slug})
      CREATE (:Term:Edited {text: $text})-[:MEANS {weight: $weight}]->(condition)
      RETURN 1 AS done`,
    { text, slug, weight },
  );

test("a new word, another weight and a word that is gone are in the next answers of every process within two seconds", async () => {
  await bothSoonAnswer("splendid porcelain blues", nothing);
  await addTerm("splendid porcelain blues", "loneliness", 1);
  await bothSoonAnswer("splendid porcelain blues", { means: ["loneliness"], found: [["Tea", 1]] });
  await edit(
    cypher`MATCH (:Term {text: 'splendid porcelain blues'})-[means:MEANS]->() SET means.weight = 0.5 RETURN 1 AS done`,
  );
  await bothSoonAnswer("splendid porcelain blues", { means: ["loneliness"], found: [["Tea", 0.5]] });
  await edit(cypher`MATCH (term:Term {text: 'splendid porcelain blues'}) DETACH DELETE term RETURN 1 AS done`);
  await bothSoonAnswer("splendid porcelain blues", nothing);
});

test("a word that comes to mean another need means that within two seconds", async () => {
  await addTerm("doldrums of march", "debt", 1);
  await bothSoonAnswer("doldrums of march", { means: ["debt"], found: [] });
  await edit(
    cypher`
      MATCH (term:Term {text: 'doldrums of march'})-[means:MEANS]->(), (condition:Condition {slug: 'loneliness'})
      DELETE means CREATE (term)-[:MEANS {weight: 1.0}]->(condition) RETURN 1 AS done`,
  );
  await bothSoonAnswer("doldrums of march", { means: ["loneliness"], found: [["Tea", 1]] });
});

test("a need that becomes part of another counts for it within two seconds, and no longer when it is taken out", async () => {
  await edit(
    cypher`
      CREATE (condition:Condition:Edited {
        id: 'con_000000000000000000000BRASS', slug: 'test-brass-nerves', name: 'Brass nerves', description: 'Fear of blowing.'
      })
      WITH condition MATCH (asset:Asset {name: 'Rehearsal'})
      CREATE (asset)-[:SUPPORTS {strength: 1.0}]->(condition)
      WITH asset
      ${derivedOfAsset}
      RETURN 1 AS done`,
  );
  await bothSoonAnswer("brass nerves", { means: ["test-brass-nerves"], found: [["Rehearsal", 1]] });
  await bothSoonAnswer("lonely", { means: ["loneliness"], found: [["Tea", 1]] });
  await edit(
    cypher`
      MATCH (condition:Condition {slug: 'test-brass-nerves'}), (broader:Condition {slug: 'loneliness'})
      CREATE (condition)-[:BROADER]->(broader) RETURN 1 AS done`,
  );
  await bothSoonAnswer("lonely", {
    means: ["loneliness"],
    found: [
      ["Tea", 1],
      ["Rehearsal", 0.9],
    ],
  });
  await edit(
    cypher`MATCH (:Condition {slug: 'test-brass-nerves'})-[broader:BROADER]->() DELETE broader RETURN 1 AS done`,
  );
  await bothSoonAnswer("lonely", { means: ["loneliness"], found: [["Tea", 1]] });
});
