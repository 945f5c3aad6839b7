import { type FieldNode, type FragmentDefinitionNode, Kind, parse } from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cypher } from "../graph/cypher.ts";
import { activityParts } from "../subgraphs/activities/queries/activitiesByIds.ts";
import { partsAsked } from "../subgraphs/parts.ts";
import { placeParts, placesByIdsStatement } from "../subgraphs/places/queries/placesByIds.ts";
import { openWorld, type World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

afterAll(() => world.close());

/** What a resolver of the first field of a query is told. */
function infoOf(query: string) {
  const { definitions } = parse(query);
  const fieldNodes: FieldNode[] = [];
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      fieldNodes.push(...definition.selectionSet.selections.filter((one) => one.kind === Kind.FIELD));
    }
  }
  return { fieldNodes, fragments };
}

test.each([
  ["{ activity { id name summary } }", []],
  ["{ activity { name where: heldAt { name } } }", ["heldAt"]],
  [
    "{ activity { ... on Asset { source { name } } ...More } } fragment More on Activity { schedule { byDay } }",
    ["source", "schedule"],
  ],
  ["{ activity { hostedBy { source { name } eligibility { description } } } }", ["hostedBy"]],
])("of an activity %s asks for the parts %j", (query, parts) => {
  expect(partsAsked(activityParts, infoOf(query))).toEqual(parts);
});

test("what a field is worked out from is a part that it asks for", () => {
  expect(partsAsked(placeParts, infoOf("{ place { isOpenAt } }"))).toEqual(["openingHours", "closures"]);
});

test("parts are asked for of what is further down", () => {
  const info = infoOf("{ activities { totalCount edges { node { name serves { name } } } } }");
  expect(partsAsked(activityParts, info, "edges", "node")).toEqual(["serves"]);
});

test("Neo4j is told to leave out what is no part of the answer", async () => {
  const [place] = await world.cypher(
    cypher`MATCH (place:Place)-[:IN]->() WHERE place.status = 'PUBLISHED' RETURN place.id AS id LIMIT 1`,
  );
  const ids = [String(place?.["id"])];
  const read = (parts: readonly string[]) => world.graph.run(placesByIdsStatement, { asked: { ids, parts } });
  expect(await read([])).toMatchObject([{ row: { areas: null, openingHours: null, source: null, eligibility: null } }]);
  expect(await read(["areas"])).toMatchObject([{ row: { areas: expect.arrayContaining([]), source: null } }]);
});

test("one thing asked for twice in a query is right in both places, whatever parts of it each reads", async () => {
  const near = await world.ask(
    `{ places(first: 1, filter: { near: "Rose Hill" }) { edges { node { id source { name } } } } }`,
  );
  const [{ node }] = near.data.places.edges;
  const { data, errors } = await world.ask(`{
    short: place(id: "${node.id}") { name }
    sourced: place(id: "${node.id}") { source { name } }
    whole: place(id: "${node.id}") { name areas { name } source { name } openingHours { opens } eligibility { description } }
  }`);
  expect(errors).toBeUndefined();
  expect(data.short).toEqual({ name: data.whole.name });
  expect(data.sourced).toEqual({ source: node.source });
  expect(data.whole.source).toEqual(node.source);
  expect(data.whole.areas.length).toBeGreaterThan(1);
});
