import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSubgraphServer, type SubgraphServer } from "../subgraphs/serve.ts";
import { createTown, noGraph, type Town } from "./fixtures/town.ts";
import { credential } from "./fixtures/townGateway.ts";

let town: Town;
let server: SubgraphServer;

beforeAll(async () => {
  town = createTown();
  const places = town.subgraphs.find(({ name }) => name === "places");
  if (places === undefined) throw new Error("The town has no places.");
  server = await createSubgraphServer(places, {
    graph: noGraph,
    log: pino({ level: "silent" }),
    credential,
    operationTimeoutMs: 5000,
  });
});

afterAll(() => server.stop());

async function ask(
  headers: Record<string, string>,
  body = JSON.stringify({ query: `{ place(id: "plc_1") { name } }` }),
) {
  const response = await server.fetch(
    new Request("http://places/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    }),
  );
  return { status: response.status, body: (await response.json()) as unknown };
}

const refusal = {
  status: 401,
  body: {
    errors: [
      {
        message: "This is a part of the directory that only its own gateway may ask.",
        extensions: { code: "NOT_ALLOWED" },
      },
    ],
  },
};

test.for([
  ["none", {}],
  ["another", { authorization: "Bearer somebody else's, of whatever length" }],
  ["an empty one", { authorization: "Bearer " }],
  ["the start of it", { authorization: `Bearer ${credential.slice(0, -1)}` }],
  ["it and more", { authorization: `Bearer ${credential}x` }],
  ["it under another scheme", { authorization: `Basic ${credential}` }],
  ["it in another header", { "x-api-key": credential }],
] satisfies [string, Record<string, string>][])(
  "a caller with %s is refused, whatever it asks, before it is read",
  async ([, headers]) => {
    expect(await ask(headers)).toEqual(refusal);
    expect(await ask(headers, "{ not even JSON")).toEqual(refusal);
    expect(await ask(headers, JSON.stringify({ query: "{ _service { sdl } }" }))).toEqual(refusal);
    expect(town.contexts.size).toBe(0);
  },
);

test("GET is refused alike", async () => {
  const response = await server.fetch(new Request("http://places/graphql?query={_service{sdl}}"));
  expect(response.status).toBe(401);
});

test("the gateway's credential opens it", async () => {
  expect(await ask({ authorization: `Bearer ${credential}` })).toEqual({
    status: 200,
    body: { data: { place: { name: "Place 1" } } },
  });
});

test("whoever watches over it needs no credential", async () => {
  const alive = await server.fetch(new Request("http://places/livez"));
  const ready = await server.fetch(new Request("http://places/readyz"));
  expect([alive.status, ready.status]).toEqual([200, 503]);
});
