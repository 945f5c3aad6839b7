import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { buildClientSchema, getIntrospectionQuery } from "graphql";
import { expect, test } from "vitest";
import { createTown, secret } from "./fixtures/town.ts";
import { type Answer, startTownGateway } from "./fixtures/townGateway.ts";

const unavailable = "The directory cannot be reached at the moment. Try again shortly.";
const fault = "Something went wrong on our side. Quote this request id if you report it.";

/** The path and the code of each error, as a sentence would say them. */
function errorsOf({ body }: Answer): readonly string[] {
  return (body.errors ?? []).map(({ path, extensions }) => `${path?.join(".") ?? "-"} ${String(extensions["code"])}`);
}

/** A gateway whose places are served by something else, and what it answers. */
async function askWithPlacesAt(listener: RequestListener, query: string): Promise<{ answer: Answer; logged: string }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const gateway = await startTownGateway({
    reached: (name) => (name === "places" ? `http://127.0.0.1:${port}` : "in memory"),
  });
  const answer = await gateway.ask(query);
  await gateway.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return { answer, logged: JSON.stringify(gateway.logged) };
}

const pageQuery = `{
  search(text: "tea") { edges { node { id ... on Group { name venue meetsAt { name address } } ... on Place { address } } } }
  groups { name }
}`;

test("when one subgraph is gone, the rest stands, with one coded error at each path that is missing", async () => {
  const { ask, stop } = await startTownGateway({
    reached: (name) => (name === "places" ? "http://127.0.0.1:1" : "in memory"),
  });
  const answer = await ask(pageQuery);
  await stop();
  expect(answer.status).toBe(200);
  expect(answer.body.data).toEqual({
    search: { edges: [{ node: null }, { node: { id: "plc_1", address: null } }, { node: null }] },
    groups: [{ name: "Group 1" }, { name: "Group 2" }, { name: "Group 3" }],
  });
  expect(errorsOf(answer)).toEqual([
    "search.edges.0.node.meetsAt.0.name UNAVAILABLE",
    "search.edges.1.node.address UNAVAILABLE",
    "search.edges.2.node.meetsAt.0.name UNAVAILABLE",
  ]);
  expect(new Set(answer.body.errors?.map(({ message }) => message))).toEqual(new Set([unavailable]));
});

test("what may be null is null alone, and what holds it stays", async () => {
  const { ask, stop } = await startTownGateway({
    reached: (name) => (name === "places" ? "http://127.0.0.1:1" : "in memory"),
  });
  const answer = await ask(`{ groups { name venue meetsAt { id address } } }`);
  await stop();
  const met = (id: string) => ({ id, address: null });
  expect(answer.body.data).toEqual({
    groups: [
      { name: "Group 1", venue: null, meetsAt: [met("plc_1"), met("plc_2")] },
      { name: "Group 2", venue: null, meetsAt: [met("plc_1"), met("plc_2")] },
      { name: "Group 3", venue: null, meetsAt: [met("plc_1")] },
    ],
  });
  expect(errorsOf(answer)).toEqual([
    "groups.0.meetsAt.0.address UNAVAILABLE",
    "groups.0.meetsAt.1.address UNAVAILABLE",
    "groups.0.venue UNAVAILABLE",
    "groups.1.meetsAt.0.address UNAVAILABLE",
    "groups.1.meetsAt.1.address UNAVAILABLE",
    "groups.1.venue UNAVAILABLE",
    "groups.2.meetsAt.0.address UNAVAILABLE",
    "groups.2.venue UNAVAILABLE",
  ]);
});

test("when nothing is left of the answer, the status says so too", async () => {
  const { ask, stop } = await startTownGateway({
    reached: (name) => (name === "groups" ? "http://127.0.0.1:1" : "in memory"),
  });
  const answer = await ask(`{ groups { name } }`);
  await stop();
  expect(answer.status).toBe(503);
  expect(answer.body).toEqual({
    data: null,
    errors: [{ message: unavailable, path: ["groups"], extensions: { code: "UNAVAILABLE" } }],
  });
});

test.for([
  ["answers 500", (_request, response) => response.writeHead(500).end("at /srv/secret.js:1")],
  ["answers a page of HTML", (_request, response) => response.end("<h1>Bad gateway at 10.0.0.7</h1>")],
  ["answers JSON of another kind", (_request, response) => response.end(JSON.stringify({ data: "/srv/secret" }))],
  ["hangs up", (_request, response) => response.destroy()],
  [
    "hangs up halfway",
    (_request, response) => response.writeHead(200, { "content-length": "99" }).write("{", () => response.destroy()),
  ],
] satisfies [string, RequestListener][])(
  "a subgraph that %s is unavailable, and nothing of it is shown",
  async ([, listener]) => {
    const { answer } = await askWithPlacesAt(listener, `{ groups { name } place(id: "plc_1") { name } }`);
    expect(answer.body).toEqual({
      data: { groups: [{ name: "Group 1" }, { name: "Group 2" }, { name: "Group 3" }], place: null },
      errors: [{ message: unavailable, path: ["place"], extensions: { code: "UNAVAILABLE" } }],
    });
  },
);

test("a subgraph's error with no code of ours, and an answer without end, are our faults, logged and not shown", async () => {
  const { answer, logged } = await askWithPlacesAt((_request, response) => {
    response.end(
      JSON.stringify({ errors: [{ message: "Cannot query field at /srv/secret", extensions: { code: "X" } }] }),
    );
  }, `{ place(id: "plc_1") { name } }`);
  expect(errorsOf(answer)).toEqual(["place INTERNAL"]);
  expect(answer.text).not.toContain("/srv/secret");
  expect(logged).toContain("Cannot query field at /srv/secret");

  const endless = await askWithPlacesAt((_request, response) => {
    response.writeHead(200);
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(1024 * 1024, " ")));
      if (!response.destroyed) response.once("drain", more);
    };
    more();
  }, `{ place(id: "plc_1") { name } }`);
  expect(errorsOf(endless.answer)).toEqual(["place INTERNAL"]);
});

test("a fault is masked, carries the request's id, and is logged with its cause", async () => {
  const { ask, stop, logged } = await startTownGateway();
  const answer = await ask(`{ group(id: "grp_1") { name faulty } }`);
  await stop();
  const requestId = answer.headers.get("x-request-id");
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.body).toEqual({
    data: { group: { name: "Group 1", faulty: null } },
    errors: [{ message: fault, path: ["group", "faulty"], extensions: { code: "INTERNAL", requestId } }],
  });
  expect(logged).toMatchObject([{ requestId, where: "subgraph groups", err: { message: secret } }]);
});

test("what is refused says why, at its path, with its details", async () => {
  const { ask, stop, logged } = await startTownGateway();
  const answer = await ask(`{ group(id: "grp_1") { name refused(why: "full") } }`);
  const nowhere = await ask(`{ search(text: "nowhere") { totalCount } }`);
  await stop();
  expect(answer.body).toEqual({
    data: { group: { name: "Group 1", refused: null } },
    errors: [{ message: "No: full.", path: ["group", "refused"], extensions: { code: "BAD_INPUT", field: ["why"] } }],
  });
  expect(nowhere.status).toBe(200);
  expect(nowhere.body).toEqual({
    data: null,
    errors: [
      {
        message: "We know no place of this name.",
        path: ["search"],
        extensions: { code: "PLACE_NOT_FOUND", suggestions: ["Rose Hill"] },
      },
    ],
  });
  expect(logged).toEqual([]);
});

test("what one subgraph names and its owner does not know is null; where it may not be, that is a fault, and said", async () => {
  const { ask, stop } = await startTownGateway();
  const vanished = await ask(`{ vanished { id name } }`);
  const homeless = await ask(`{ homeless { name meetsAt { name } } groups { name } }`);
  await stop();
  expect(vanished.body).toEqual({ data: { vanished: null } });
  expect(homeless.body.data).toMatchObject({ homeless: null, groups: [{}, {}, {}] });
  expect(errorsOf(homeless)).toEqual(["homeless.meetsAt.0 INTERNAL"]);
});

test("an answer never says more than one error for a path", async () => {
  for (const compileAfter of [0, Infinity]) {
    const { ask, stop } = await startTownGateway({ compileAfter });
    const answer = await ask(`{
      group(id: "grp_1") { name faulty faultyAndRequired }
      groups { faulty }
      search(text: "tea") { edges { node { ... on Group { faulty } ... on Place { faulty } } } }
    }`);
    await stop();
    const paths = errorsOf(answer);
    expect(paths).toEqual([...new Set(paths)]);
    expect(paths).toHaveLength(8 - 1);
  }
});

test("a document that is wrong is the caller's mistake, and one that does not exist too", async () => {
  const { ask, request, stop } = await startTownGateway();
  const post = (body: string, contentType = "application/json") =>
    request("/graphql", { method: "POST", headers: { "content-type": contentType }, body });
  const answers = {
    "not GraphQL": await ask("{ group("),
    "not in the schema": await ask("{ grope { name } }"),
    "a scalar that is none": await ask(`{ groups(after: "soon") { name } }`),
    "a variable that is missing": await ask(`query ($id: ID!) { group(id: $id) { name } }`),
    "a variable that is no date": await ask(`query ($after: DateTime) { groups(after: $after) { name } }`, {
      after: "soon",
    }),
    "an operation that is not there": await ask("query A { groups { name } }", {}, { operationName: "B" }),
    "several operations": await ask(
      Array.from({ length: 200 }, (_, index) => `query Q${index} { groups { name } }`).join(" "),
    ),
    "no operation": await ask("fragment F on Group { name }"),
    "no query": await ask(""),
    "not JSON": await post("{"),
    "not an object": await post("[]"),
    "a batch": await post(JSON.stringify([{ query: "{ groups { name } }" }, { query: "{ groups { name } }" }])),
    "not JSON by its type": await post("query=x", "application/x-www-form-urlencoded"),
    "another method": await request("/graphql", { method: "DELETE", headers: { "content-type": "application/json" } }),
    "a persisted query": await ask(
      "{ groups { name } }",
      {},
      {
        extensions: { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } },
      },
    ),
  };
  await stop();
  const told = Object.fromEntries(
    Object.entries(answers).map(([name, { status, body }]) => [
      name,
      [status, body.errors?.[0]?.extensions["code"], "data" in body],
    ]),
  );
  expect(told).toEqual({
    "not GraphQL": [400, "GRAPHQL_PARSE_FAILED", false],
    "not in the schema": [400, "GRAPHQL_VALIDATION_FAILED", false],
    "a scalar that is none": [400, "GRAPHQL_VALIDATION_FAILED", false],
    "a variable that is missing": [400, "BAD_INPUT", false],
    "a variable that is no date": [400, "BAD_INPUT", false],
    "an operation that is not there": [400, "OPERATION_RESOLUTION_FAILURE", false],
    "several operations": [400, "OPERATION_RESOLUTION_FAILURE", false],
    "no operation": [400, "GRAPHQL_VALIDATION_FAILED", false],
    "no query": [400, "BAD_REQUEST", false],
    "not JSON": [400, "BAD_REQUEST", false],
    "not an object": [400, "BAD_REQUEST", false],
    "a batch": [400, "BAD_REQUEST", false],
    "not JSON by its type": [400, "BAD_REQUEST", false],
    "another method": [405, "BAD_REQUEST", false],
    "a persisted query": [200, "PERSISTED_QUERY_NOT_SUPPORTED", false],
  });
});

test("another site may read, and a form of another site may not", async () => {
  const { request, stop } = await startTownGateway();
  const preflight = await request("/graphql", {
    method: "OPTIONS",
    headers: {
      origin: "https://app.example",
      "access-control-request-method": "POST",
      "access-control-request-headers": "content-type",
    },
  });
  const byGet = await request(`/graphql?query=${encodeURIComponent("{ groups { name } }")}`);
  const byGetOfAnApp = await request(`/graphql?query=${encodeURIComponent("{ groups { name } }")}`, {
    headers: { "apollo-require-preflight": "1", origin: "https://app.example" },
  });
  await stop();
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
  expect(preflight.headers.get("access-control-allow-credentials")).toBeNull();
  expect([byGet.status, byGet.body.errors?.[0]?.extensions["code"]]).toEqual([400, "BAD_REQUEST"]);
  expect(byGetOfAnApp.status).toBe(200);
  expect(byGetOfAnApp.headers.get("access-control-allow-origin")).toBe("*");
  expect(byGetOfAnApp.headers.get("access-control-expose-headers")).toBe("x-request-id");
});

test("every response has an id of its own, whatever id it came with, and says nothing of what serves it", async () => {
  const { request, stop } = await startTownGateway();
  const ids = new Set<string | null>();
  for (const path of ["/", "/schema.graphql", "/livez", "/readyz", "/nothing", "/graphql"]) {
    const { headers } = await request(path, { headers: { "x-request-id": "mine" } });
    ids.add(headers.get("x-request-id"));
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  }
  await stop();
  expect(ids.size).toBe(6);
  expect(ids).not.toContain("mine");
});

test("it is ready when all that it needs is", async () => {
  const overHttp = await startTownGateway({ reached: () => "over HTTP" });
  const without = await startTownGateway({
    reached: (name) => (name === "places" ? "http://127.0.0.1:1" : "in memory"),
  });
  const statuses = {
    "subgraphs without their graph": (await overHttp.request("/readyz")).status,
    "a subgraph that is gone": (await without.request("/readyz")).status,
    "alive all the same": (await without.request("/livez")).status,
  };
  await overHttp.stop();
  await without.stop();
  expect(statuses).toEqual({
    "subgraphs without their graph": 503,
    "a subgraph that is gone": 503,
    "alive all the same": 200,
  });
});

test("its schema can be read as a file, and by introspection", async () => {
  const { ask, request, stop } = await startTownGateway();
  const file = await request("/schema.graphql");
  const introspected = await ask(getIntrospectionQuery());
  await stop();
  expect(file.text).toContain("type Group implements Asset & Node {");
  expect(file.text).not.toMatch(/join__|_entities|_service|@key/);
  const schema = buildClientSchema(introspected.body.data as Parameters<typeof buildClientSchema>[0]);
  expect(Object.keys(schema.getQueryType()?.getFields() ?? {})).toContain("search");
});

test("nothing of the town's secrets is in any answer", async () => {
  const town = createTown({ beforePlaces: () => Promise.reject(new Error(secret)) });
  const { ask, stop } = await startTownGateway({
    town,
    reached: (name) => (name === "places" ? "over HTTP" : "in memory"),
  });
  const answer = await ask(pageQuery);
  await stop();
  expect(errorsOf(answer)).toContain("search.edges.1.node.address INTERNAL");
  expect(answer.text).not.toMatch(
    /secret|127\.0\.0\.1|subgraph|DOWNSTREAM|serviceName|stack|_entities|representations/i,
  );
});
