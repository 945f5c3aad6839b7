import { afterAll, beforeAll, expect, test } from "vitest";
import { openWorld, type World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

afterAll(() => world.close());

/** A page that joins what all four owners know with what the directory found. */
const page = (near: string, first: number) => `{
  search(text: "loneliness support near ${near}", first: ${first}) {
    totalCount
    edges {
      why { sentence }
      site { name }
      node {
        name
        summary
        source { name sample }
        ... on Group { meetsAt { name } }
        ... on Activity { heldAt { name } }
        ... on Organisation { basedAt { name } }
        ... on Place { category }
      }
    }
  }
}`;

const anything = (near: string, first: number) => page(near, first).replace("loneliness support ", "");

/** The statements that a query sent to Neo4j, in order of name, and how many edges it was answered with. */
async function sentFor(query: string): Promise<{ readonly statements: readonly string[]; readonly edges: number }> {
  world.forget();
  const { data, errors } = await world.ask(query);
  expect(errors).toBeUndefined();
  return { statements: [...world.statements()].sort(), edges: data.search.edges.length };
}

test("a page of 20 edges joins four subgraphs with one walk and a statement for each owner", async () => {
  const { statements, edges } = await sentFor(page("Rose Hill", 20));
  expect(edges).toBe(20);
  expect(statements).toEqual([
    "activitiesByIds",
    "groupsByIds",
    "organisationsByIds",
    "placesByIds",
    "walk furthest in order of relevance, conditions",
  ]);
});

test.for(["Rose Hill", "The Leys", "Oxford", "Oldham"])(
  "a page of 100 edges costs at most the 6 statements that a page of 20 may (near %s)",
  async (near) => {
    const [small, large] = [await sentFor(anything(near, 20)), await sentFor(anything(near, 100))];
    expect([small.edges, large.edges]).toEqual([20, 100]);
    for (const { statements } of [small, large]) {
      // Places are read twice where something on the page has a second venue.
      expect(statements.filter((name, index) => name !== "placesByIds" || statements.indexOf(name) === index)).toEqual([
        ...new Set(statements),
      ]);
      expect(statements.length).toBeLessThanOrEqual(6);
    }
    expect(large.statements).toContain("walk furthest in order of relevance, anything");
  },
);

test("who hosts, runs and gives a roof to each of 20 edges still costs 6 statements", async () => {
  const { statements, edges } = await sentFor(`{
    search(text: "loneliness support near Rose Hill", first: 20) {
      totalCount
      edges {
        node {
          name
          ... on Group { meetsAt { name category } runBy { name charityNumber } }
          ... on Activity { heldAt { name category } hostedBy { name } runBy { name charityNumber } }
        }
      }
    }
  }`);
  expect(edges).toBe(20);
  expect(statements).toEqual([
    "activitiesByIds",
    "groupsByIds",
    "organisationsByIds",
    "organisationsByIds",
    "placesByIds",
    "walk furthest in order of relevance, conditions",
  ]);
});

test("an area that people name costs no statement by its code", async () => {
  const { statements } = await sentFor(page("E07000178", 20));
  expect(statements).toContain("walk furthest in order of relevance, conditions");
  expect(statements).not.toContain("idSited");
});

test("what is held at each of many places is one statement", async () => {
  world.forget();
  const { data, errors } = await world.ask(`{
    places(first: 50, filter: { near: "Rose Hill" }) {
      edges { node { name activities(first: 3) { totalCount edges { node { name } } } } }
    }
  }`);
  expect(errors).toBeUndefined();
  expect(data.places.edges).toHaveLength(50);
  expect(world.statements().filter((name) => name === "activitiesByPlaceIds")).toHaveLength(1);
});

test("what each of many assets supports and is tied to is a statement each", async () => {
  world.forget();
  const { errors } = await world.ask(`{
    groups(first: 20) {
      edges { node { supports { edges { node { strength condition { name broader { name } } } } } links { totalCount } } }
    }
  }`);
  expect(errors).toBeUndefined();
  expect([...world.statements()].sort()).toEqual([
    "everything in order of name",
    "linksByAssetIds",
    "supportsByAssetIds",
  ]);
});
