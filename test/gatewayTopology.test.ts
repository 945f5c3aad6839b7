import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { composeSupergraph } from "../gateway/compose.ts";
import { createGateway } from "../gateway/gateway.ts";
import { createTown } from "./fixtures/town.ts";
import { type Answer, startTownGateway, type TownGateway, type TownGatewayOptions } from "./fixtures/townGateway.ts";

const queries = {
  "a page that joins all subgraphs": `{
    search(text: "tea") {
      totalCount
      edges { cursor tags node { __typename id ... on Asset { name summary } ... on Group { foundedAt venue meetsAt { name address } } } }
    }
  }`,
  "one thing, found by its id": `{ node(id: "grp_1") { id ... on Group { name sisters { name } } ... on Place { address } } }`,
  "a field asked for twice": `{
    search(text: "tea") { edges { cursor tags tags } }
    search(text: "tea") { edges { node { id } tags } }
    group(id: "grp_1") { meetsAt { id } ...Places ... on Group { meetsAt { name } } meetsAt { summary } }
  }
  fragment Places on Group { meetsAt { address } }`,
  "the schema and data at once": `{
    first: __typename
    group(id: "grp_2") { name }
    __schema { queryType { name } }
    ...AboutGroups
  }
  fragment AboutGroups on Query { __type(name: "Group") { kind name } groups { name } }`,
  "what a condition leaves out": `{
    group(id: "grp_1") { name @skip(if: true) id ... @include(if: false) { meetsAt { name } } meetsAt { id name @include(if: true) } }
  }`,
  "faults and refusals beside answers": `{
    group(id: "grp_1") { name faulty refused(why: "because") }
    lost: group(id: "grp_2") { name faultyAndRequired }
    search(text: "tea") { edges { node { ... on Group { faulty venue } ... on Place { name faulty } } } }
  }`,
  "nothing but a refusal": `{ search(text: "nowhere") { totalCount } }`,
  "nothing but a fault": `{ groups { faultyAndRequired } }`,
  "what is named and not known": `{ vanished { id name } group(id: "grp_9") { name } homeless { meetsAt { address } } }`,
} as const;

const topologies = {
  "in memory, interpreted": { compileAfter: Infinity },
  "in memory, compiled": { compileAfter: 0 },
  "over HTTP, interpreted": { reached: () => "over HTTP", compileAfter: Infinity },
  "over HTTP, compiled": { reached: () => "over HTTP", compileAfter: 0 },
  "some in memory, some over HTTP": { reached: (name: string) => (name === "places" ? "over HTTP" : "in memory") },
} satisfies Record<string, TownGatewayOptions>;

const gateways = new Map<string, TownGateway>();

beforeAll(async () => {
  for (const [name, topology] of Object.entries(topologies)) gateways.set(name, await startTownGateway(topology));
});

afterAll(async () => {
  for (const gateway of gateways.values()) await gateway.stop();
});

/** The bytes of an answer, but for the id that every request has of its own. */
function bytesOf({ status, headers, text }: Answer): string {
  return `${status} ${text.replaceAll(headers.get("x-request-id") ?? "", "the request's id")}`;
}

async function answersTo(query: string): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  for (const [name, gateway] of gateways) answers[name] = bytesOf(await gateway.ask(query));
  return answers;
}

test.for(Object.entries(queries))(
  "%s is answered byte for byte the same, however subgraphs are reached",
  async ([, query]) => {
    const answers = await answersTo(query);
    const [first] = Object.values(answers);
    expect(answers).toEqual(Object.fromEntries(Object.keys(topologies).map((name) => [name, first])));
  },
);

test("asking again, once compiled, changes nothing", async () => {
  const { ask, stop } = await startTownGateway({ compileAfter: 1 });
  for (const query of Object.values(queries)) {
    const [first, second, third] = [await ask(query), await ask(query), await ask(query)];
    expect(bytesOf(second)).toBe(bytesOf(first));
    expect(bytesOf(third)).toBe(bytesOf(first));
  }
  await stop();
});

test("a page joins what its subgraphs know", async () => {
  const { ask, stop } = await startTownGateway();
  const { body } = await ask(`{
    search(text: "tea") { edges { node { id ... on Asset { name } ... on Group { foundedAt venue meetsAt { address } } } } }
  }`);
  await stop();
  const address = "1 High Street";
  expect(body).toEqual({
    data: {
      search: {
        edges: [
          {
            node: {
              id: "grp_1",
              name: "Group 1",
              foundedAt: "2001-01-01T00:00:00.000Z",
              venue: "Place 1",
              meetsAt: [{ address }, { address }],
            },
          },
          { node: { id: "plc_1", name: "Place 1" } },
          {
            node: {
              id: "grp_2",
              name: "Group 2",
              foundedAt: "2002-01-01T00:00:00.000Z",
              venue: "Place 2",
              meetsAt: [{ address }, { address }],
            },
          },
        ],
      },
    },
  });
});

test("lists asked for twice come out once, with what both asked for", async () => {
  const { ask, stop } = await startTownGateway();
  const { body } = await ask(queries["a field asked for twice"]);
  await stop();
  expect(body).toEqual({
    data: {
      search: {
        edges: [
          { cursor: "a", tags: ["tea", "talk"], node: { id: "grp_1" } },
          { cursor: "b", tags: [], node: { id: "plc_1" } },
          { cursor: "c", tags: ["talk"], node: { id: "grp_2" } },
        ],
      },
      group: {
        meetsAt: [
          { id: "plc_1", name: "Place 1", summary: null, address: "1 High Street" },
          { id: "plc_2", name: "Place 2", summary: null, address: "1 High Street" },
        ],
      },
    },
  });
});

test("questions about the schema and about data are answered together, in the order asked", async () => {
  const { ask, stop } = await startTownGateway();
  const { text } = await ask(queries["the schema and data at once"]);
  await stop();
  expect(text.trim()).toBe(
    JSON.stringify({
      data: {
        first: "Query",
        group: { name: "Group 2" },
        __schema: { queryType: { name: "Query" } },
        __type: { kind: "OBJECT", name: "Group" },
        groups: [{ name: "Group 1" }, { name: "Group 2" }, { name: "Group 3" }],
      },
    }),
  );
});

test("all that one request asks of a subgraph shares one context, and no place is loaded twice", async () => {
  const town = createTown();
  const { ask, stop } = await startTownGateway({ town });
  await ask(
    `{ search(text: "tea") { edges { node { ... on Asset { name } ... on Group { venue meetsAt { name } } } } } place(id: "plc_2") { address } }`,
  );
  await stop();
  expect(Object.fromEntries(town.contexts)).toEqual({ directory: 1, groups: 1, places: 1 });
  expect(town.placeBatches.flat().sort()).toEqual(["plc_1", "plc_2"]);
});

test("a gateway refuses to start without every subgraph that its supergraph names", async () => {
  const town = createTown();
  const present = town.subgraphs.filter(({ name }) => name !== "places");
  await expect(
    createGateway({
      ...composeSupergraph(town.subgraphs),
      connections: present.map(({ name }) => ({ name, execute: () => Promise.resolve({ data: null }) })),
      graph: null,
      log: pino({ level: "silent" }),
      operationTimeoutMs: 5000,
    }),
  ).rejects.toThrow("The supergraph names subgraphs that are not there: places. Run `npm run compose`.");
});
