import { getIntrospectionQuery } from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTown } from "./fixtures/town.ts";
import { startTownGateway, type TownGateway } from "./fixtures/townGateway.ts";

let gateway: TownGateway;

beforeAll(async () => {
  gateway = await startTownGateway({ town: createTown() });
});

afterAll(() => gateway.stop());

/** Asks what is to be refused before any subgraph is asked, and says how it was. */
async function refusalOf(query: string, variables = {}): Promise<unknown> {
  const before = JSON.stringify([...gateway.town.contexts]);
  const { status, body } = await gateway.ask(query, variables);
  expect(JSON.stringify([...gateway.town.contexts]), "no subgraph is asked").toBe(before);
  return {
    status,
    errors: body.errors?.map(({ message, extensions }) => ({ message, ...extensions })),
    data: body.data,
  };
}

const refused = (code: string, message: string, limit: number) => ({
  status: 400,
  errors: [{ code, message, limit }],
  data: undefined,
});

const nested = (levels: number) =>
  `{ group(id: "grp_1") ${"{ sisters ".repeat(levels - 2)}{ name }${" }".repeat(levels - 2)} }`;

test("a query may be 15 fields deep, and no more", async () => {
  expect((await gateway.ask(nested(15))).body.errors).toBeUndefined();
  expect(await refusalOf(nested(16))).toEqual(
    refused("QUERY_TOO_DEEP", "This query goes 16 fields deep; at most 15 are allowed.", 15),
  );
});

test("depth is counted through fragments", async () => {
  const fragments = Array.from(
    { length: 15 },
    (_, index) => `fragment F${index} on Group { sisters { ...F${index + 1} } }`,
  ).join(" ");
  expect(await refusalOf(`{ group(id: "grp_1") { ...F0 } } ${fragments} fragment F15 on Group { name }`)).toMatchObject(
    {
      errors: [{ code: "QUERY_TOO_DEEP" }],
    },
  );
});

test("what tools ask about the schema is not too deep", async () => {
  const { body } = await gateway.ask(getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true }));
  expect(body.errors).toBeUndefined();
});

test("a query may have 30 aliases, and no more, whether of fields or of __typename", async () => {
  const aliases = (count: number, field: string) =>
    `{ group(id: "grp_1") { ${Array.from({ length: count }, (_, index) => `a${index}: ${field}`).join(" ")} } }`;
  expect((await gateway.ask(aliases(30, "name"))).body.errors).toBeUndefined();
  for (const field of ["name", "__typename"]) {
    expect(await refusalOf(aliases(31, field))).toEqual(
      refused("QUERY_TOO_COSTLY", "This query has 31 aliases; at most 30 are allowed.", 30),
    );
  }
});

test("a query may ask for 20 things at its root, and no more, fragments or not", async () => {
  const roots = Array.from({ length: 21 }, (_, index) => `... { a${index}: group(id: "grp_1") { name } }`).join(" ");
  expect(await refusalOf(`{ ${roots} }`)).toEqual(
    refused("QUERY_TOO_COSTLY", "This query asks for 21 things at once; at most 20 are allowed.", 20),
  );
});

test("a kilobyte of fragments in fragments is refused at once", async () => {
  const fragments = Array.from(
    { length: 18 },
    (_, index) => `fragment F${index} on Group { ...F${index + 1} ...F${index + 1} }`,
  );
  const started = performance.now();
  const refusal = await refusalOf(
    `{ group(id: "grp_1") { ...F0 } } ${fragments.join(" ")} fragment F18 on Group { name }`,
  );
  expect(performance.now() - started).toBeLessThan(250);
  expect(refusal).toMatchObject({ status: 400, errors: [{ code: "QUERY_TOO_COSTLY", limit: 1500 }] });
});

test("what is asked of an interface counts for each of its types", async () => {
  const asset = (alias: string, names: number) =>
    `${alias}: node(id: "grp_1") { ... on Asset { ${"name ".repeat(names)} } }`;
  const fields = (names: number) => `{ ${asset("one", 374)} ${asset("other", names - 374)} }`;
  // Both fields, their fragments, and each name in those for each of two types.
  expect((await gateway.ask(fields(748))).body.errors).toBeUndefined();
  expect(await refusalOf(fields(749))).toEqual(
    refused(
      "QUERY_TOO_COSTLY",
      "This query selects 1502 fields, counted wherever a fragment is used and for each type of an interface; at most 1500 are allowed.",
      1500,
    ),
  );
});

test("pages within pages may hold 20,000 items together, and no more, whoever says how long they are", async () => {
  const pages = (first: string) =>
    `query ($first: Int = 100) { groupPage(first: ${first}) { nearby(first: $first) { nearby(first: 2) { name } } } }`;
  // 50 groups, with 100 each, with 2 each, are 50 + 5,000 + 10,000.
  expect((await gateway.ask(pages("50"))).body.errors).toBeUndefined();
  const refusal = (items: number) =>
    refused(
      "QUERY_TOO_COSTLY",
      `The pages of this query may hold ${items} items together; at most 20000 are allowed. Ask for shorter pages within pages.`,
      20_000,
    );
  expect(await refusalOf(pages("100"))).toEqual(refusal(30_100));
  expect(await refusalOf(pages("50"), { first: 200 })).toEqual(refusal(30_050));
});

test("fragments that go in circles are refused as what they are", async () => {
  expect(
    await refusalOf(
      `{ group(id: "grp_1") { ...A } } fragment A on Group { sisters { ...B } } fragment B on Group { ...A }`,
    ),
  ).toMatchObject({ status: 400, errors: [{ code: "GRAPHQL_VALIDATION_FAILED" }] });
});

test("a query may have 30 directives, and no more", async () => {
  const fields = Array.from({ length: 31 }, () => "... @include(if: true) { name }").join(" ");
  expect(await refusalOf(`{ group(id: "grp_1") { ${fields} } }`)).toEqual(
    refused("QUERY_TOO_COSTLY", "This query has 31 directives; at most 30 are allowed.", 30),
  );
});

test("a document is read for 2,000 tokens, and no further", async () => {
  expect(await refusalOf(`{ groups { ${"name ".repeat(2000)} } }`)).toEqual(
    refused("QUERY_TOO_COSTLY", "This query has more than 2000 words and signs, and was not read further.", 2000),
  );
});

test("an alias may not be a name that GraphQL keeps for itself", async () => {
  for (const alias of ["__proto__", "__typename", "__schema"]) {
    expect(await refusalOf(`{ group(id: "grp_1") { ${alias}: name } }`)).toMatchObject({
      status: 400,
      errors: [{ code: "GRAPHQL_VALIDATION_FAILED" }],
    });
  }
});

test("a body may be 100 KB, and no more, whether it says how long it is or not", async () => {
  const body = JSON.stringify({ query: "{ groups { name } }", variables: { padding: "x".repeat(100 * 1024) } });
  const headers = { "content-type": "application/json" };
  const told = await gateway.request("/graphql", {
    method: "POST",
    headers: { ...headers, "content-length": String(body.length) },
    body,
  });
  const streamed = await gateway.request("/graphql", {
    method: "POST",
    headers,
    body: new Blob([body]).stream(),
    duplex: "half",
  } as RequestInit);
  const refusal = {
    errors: [
      { message: "This request is larger than 100 KB.", extensions: { code: "QUERY_TOO_COSTLY", limit: 102_400 } },
    ],
  };
  expect([told.status, told.body]).toEqual([413, refusal]);
  expect([streamed.status, streamed.body]).toEqual([413, refusal]);
  expect(told.headers.get("access-control-allow-origin")).toBe("*");
});
