import { afterAll, beforeAll, expect, test } from "vitest";
import { cypher } from "../graph/cypher.ts";
import { derivedOfAsset } from "../graph/derived.ts";
import { openWorld, type World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

afterAll(() => world.close());

const headline = `{
  search(text: "loneliness support near Rose Hill") {
    understood { conditions { condition { slug } matched by } near { name kind } text }
    totalCount
    edges {
      distanceMetres
      node { __typename id name source { name licence asOf sample } }
      site { name }
      why { sentence steps { from { id } relationship to { id } } }
    }
  }
}`;

interface Edge {
  readonly node: { readonly id: string; readonly name: string };
  readonly why: {
    readonly sentence: string;
    readonly steps: readonly {
      readonly from: { readonly id: string };
      readonly relationship: string;
      readonly to: { readonly id: string };
    }[];
  };
}

async function found(): Promise<readonly Edge[]> {
  const { data, errors } = await world.ask(headline);
  expect(errors).toBeUndefined();
  return data.search.edges as readonly Edge[];
}

test("loneliness support near Rose Hill is understood as a need and a neighbourhood", async () => {
  const { data } = await world.ask(headline);
  expect(data.search.understood).toEqual({
    conditions: [{ condition: { slug: "loneliness" }, matched: "loneliness", by: "NAME" }],
    near: { name: "Rose Hill", kind: "AREA" },
    text: null,
  });
  expect(data.search.totalCount).toBeGreaterThan(20);
});

test("the first answer is in Rose Hill, and its path says so", async () => {
  const { data } = await world.ask(headline);
  const [first] = data.search.edges;
  expect(first).toMatchObject({
    node: { __typename: "Activity", name: "Tea & Chat at Rose Hill", source: { licence: "CC0-1.0", sample: true } },
    site: { name: "Rose Hill Community Centre" },
    why: {
      sentence:
        "Tea & Chat at Rose Hill supports social isolation, part of loneliness; held at Rose Hill Community Centre, in Rose Hill.",
    },
  });
  expect(first.why.steps.map((step: { relationship: string }) => step.relationship)).toEqual([
    "SUPPORTS",
    "BROADER",
    "HELD_AT",
    "IN",
    "WITHIN",
  ]);
  expect(first.distanceMetres).toBeGreaterThan(0);
  expect(first.distanceMetres).toBeLessThan(500);
});

test("every step of every path is a relationship of the graph, and each path hangs together", async () => {
  for (const { node, why } of await found()) {
    expect(why.steps.length, node.name).toBeGreaterThan(0);
    expect(why.steps[0]?.from.id).toBe(node.id);
    for (const [index, { from, relationship, to }] of why.steps.entries()) {
      const [row] = await world.cypher(
        cypher`
          MATCH (from {id: $from})-[way]-(to {id: $to})
          WHERE type(way) = $relationship AND ($relationship = 'BORDERS' OR startNode(way) = from)
          RETURN count(way) AS ways`,
        { from: from.id, relationship, to: to.id },
      );
      expect(row?.["ways"], `${from.id} ${relationship} ${to.id}`).toBe(1);
      const before = why.steps[index - 1];
      if (before !== undefined) {
        const ends = [before.from.id, before.to.id, node.id];
        expect(ends.includes(from.id) || ends.includes(to.id), `${why.sentence} step ${index}`).toBe(true);
      }
    }
  }
});

test("an asset that no longer supports it is no longer found", async () => {
  const [first] = await found();
  if (first === undefined) throw new Error("nothing was found");
  const removed = await world.cypher(
    cypher`
      MATCH (asset:Asset {id: $id})-[supports:SUPPORTS]->(condition:Condition)
      WITH asset, condition, supports, properties(supports) AS properties
      DELETE supports
      WITH asset, condition, properties
      ${derivedOfAsset}
      RETURN condition.id AS id, properties`,
    { id: first.node.id },
  );
  try {
    expect((await found()).map(({ node }) => node.id)).not.toContain(first.node.id);
  } finally {
    for (const { id, properties } of removed) {
      await world.cypher(
        cypher`
          MATCH (asset:Asset {id: $asset}), (condition:Condition {id: $condition})
          CREATE (asset)-[supports:SUPPORTS]->(condition) SET supports = $properties
          WITH asset
          ${derivedOfAsset}
          RETURN 1 AS done`,
        { asset: first.node.id, condition: String(id), properties: properties as never },
      );
    }
  }
  expect((await found())[0]?.node.id).toBe(first.node.id);
});

test("what an asset is called has no part in whether it is found", async () => {
  const [first] = await found();
  if (first === undefined) throw new Error("nothing was found");
  const rename = (name: string) =>
    world.cypher(cypher`MATCH (asset:Asset {id: $id}) SET asset.name = $name RETURN 1 AS done`, {
      id: first.node.id,
      name,
    });
  await rename("Wednesdays");
  try {
    const [still] = await found();
    expect(still?.node).toMatchObject({ id: first.node.id, name: "Wednesdays" });
    expect(still?.why.sentence).toMatch(/^Wednesdays supports social isolation, part of loneliness;/);
  } finally {
    await rename(first.node.name);
  }
});
