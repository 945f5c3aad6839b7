import { pino } from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { anybody } from "../core/caller.ts";
import { idOf } from "../core/ids.ts";
import { cypher } from "../graph/cypher.ts";
import { createSubgraphs } from "../subgraphs/subgraphs.ts";
import { executorOf } from "../subgraphs/execute.ts";
import { parse } from "graphql";
import { type Answer, openWorld, type World } from "./world.ts";

const recordingKey = "a key that only this test run may record with";
const november = new Date("2026-11-22T12:00:00Z");
const december = new Date("2026-12-01T00:00:00Z");
let now = november;

const testId = (kind: Parameters<typeof idOf>[0], name: string) => idOf(kind, "outcomes-test", name);
const [choir = "", kitchen = ""] = ["choir", "kitchen"].map((name) => testId("Organisation", name));
const [toChoir = "", toKitchen = "", alone = ""] = ["to-choir", "to-kitchen", "alone"].map((name) =>
  testId("ReferralStep", name),
);
const [song = "", soup = ""] = ["song", "soup"].map((name) => testId("Pathway", name));

const record = `mutation Record($input: RecordReferralOutcomeInput!) {
  recordReferralOutcome(input: $input) {
    referralOutcome { step { id } month area { name } source { slug } outcome measure count recordedAt }
    userErrors { code message field }
  }
}`;

type Input = Readonly<Record<string, unknown>>;

let world: World;
let areas: Readonly<Record<string, string>>;
let given: Input;

/** What a link worker's system sends: one request, with the key unless another is given, or none (null). */
async function send(body: unknown, key: string | null = recordingKey) {
  const response = await world.fetch(
    new Request("http://directory.test/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", ...(key === null ? {} : { authorization: `Bearer ${key}` }) },
      body: JSON.stringify(body),
    }),
  );
  return { status: response.status, body: (await response.json()) as Answer };
}

async function recorded(input: Input, key?: string | null) {
  return (await send({ query: record, variables: { input: { ...given, ...input } } }, key)).body;
}

/** The codes and fields of what is wrong with an input. */
async function wrongWith(input: Input): Promise<readonly string[]> {
  const { data, errors } = await recorded(input);
  expect(errors).toBeUndefined();
  expect(data.recordReferralOutcome.referralOutcome).toBeNull();
  return data.recordReferralOutcome.userErrors.map(
    ({ code, field }: { code: string; field: string[] }) => `${field.join(".")}: ${code}`,
  ) as readonly string[];
}

const stored = () =>
  world.cypher(cypher`
    MATCH (counted:ReferralOutcome)
    RETURN counted.count AS count, counted.outcome AS outcome, keys(counted) AS keys ORDER BY count`);

const forget = () => world.cypher(cypher`MATCH (counted:ReferralOutcome) DELETE counted`);

beforeAll(async () => {
  world = await openWorld({ recordingKey, clock: () => now });
  await world.cypher(
    cypher`
      CREATE (gp:Referrer:OutcomesTest {id: $gp, slug: 'a-practice-of-the-test', name: 'A practice of the test', description: 'Of the test.', sample: true})
      CREATE (police:Referrer:OutcomesTest {id: $police, slug: 'an-officer-of-the-test', name: 'An officer of the test', description: 'Of the test.', sample: true})
      CREATE (choir:Asset:Organisation:OutcomesTest {id: $choir, name: 'Choir of the test', status: 'PUBLISHED', sample: true})
      CREATE (kitchen:Asset:Organisation:OutcomesTest {id: $kitchen, name: 'Kitchen of the test', status: 'PUBLISHED', sample: true})
      CREATE (song:Pathway:OutcomesTest {id: $song, slug: 'song-of-the-test', name: 'Song', summary: 'Of the test.', sample: true})
      CREATE (soup:Pathway:OutcomesTest {id: $soup, slug: 'soup-of-the-test', name: 'Soup', summary: 'Of the test.', sample: true})
      CREATE (gp)-[:REFERS_TO {id: $toChoir, method: 'PHONE', sample: true, pathwayId: $song, position: 0}]->(choir)
      CREATE (gp)-[:REFERS_TO {id: $toKitchen, method: 'PHONE', sample: true, pathwayId: $soup, position: 0}]->(kitchen)
      CREATE (police)-[:REFERS_TO {id: $alone, method: 'PHONE', sample: true}]->(kitchen)
      WITH song, soup
      MATCH (loneliness:Condition {slug: 'loneliness'}), (bereavement:Condition {slug: 'bereavement'})
      CREATE (song)-[:FOR]->(loneliness), (song)-[:FOR]->(bereavement), (soup)-[:FOR]->(loneliness)`,
    {
      gp: testId("Referrer", "gp"),
      police: testId("Referrer", "police"),
      choir,
      kitchen,
      song,
      soup,
      toChoir,
      toKitchen,
      alone,
    },
  );
  const rows = await world.cypher(cypher`
    MATCH (area:Area) WHERE area.slug = 'rose-hill' OR area.kind IN ['LSOA', 'NATION']
    WITH area.kind AS kind, head(collect(area.id)) AS id
    RETURN kind, id
    UNION MATCH (area:Area {kind: 'LOCAL_AUTHORITY'}) RETURN area.name AS kind, area.id AS id`);
  areas = Object.fromEntries(rows.map(({ kind, id }) => [kind, id])) as Record<string, string>;
  given = {
    step: toChoir,
    month: "2026-10",
    area: areas["NEIGHBOURHOOD"],
    source: "a-practice-of-the-test",
    outcome: "ATTENDED",
    count: 12,
  };
});

afterEach(async () => {
  now = november;
  await forget();
});

afterAll(async () => {
  await world.cypher(cypher`MATCH (node:OutcomesTest) DETACH DELETE node`);
  await world.close();
});

describe("recording", () => {
  test("a count is recorded, and told with what it is of", async () => {
    expect(await recorded({})).toEqual({
      data: {
        recordReferralOutcome: {
          referralOutcome: {
            step: { id: toChoir },
            month: "2026-10",
            area: { name: "Rose Hill" },
            source: { slug: "a-practice-of-the-test" },
            outcome: "ATTENDED",
            measure: null,
            count: 12,
            recordedAt: november.toISOString(),
          },
          userErrors: [],
        },
      },
    });
  });

  test("nothing is kept but the count and what it is of", async () => {
    await recorded({ clientMutationId: "Mrs Somebody's third visit" });
    const [row, ...others] = await stored();
    expect(others).toEqual([]);
    expect([...(row?.["keys"] as string[])].sort()).toEqual([
      "areaId",
      "askedAt",
      "calls",
      "count",
      "measure",
      "month",
      "outcome",
      "recordedAt",
      "recordedIn",
      "referrerId",
      "stepId",
    ]);
    const [kept] = await world.cypher(cypher`MATCH (counted:ReferralOutcome) RETURN counted.calls AS calls`);
    expect(kept).toEqual({ calls: [expect.stringMatching(/^[\w-]{43}$/)] });
  });

  test("recording the same again replaces the count", async () => {
    await recorded({ count: 12 });
    const { data } = await recorded({ count: 9 });
    expect(data.recordReferralOutcome.referralOutcome.count).toBe(9);
    expect((await stored()).map(({ count }) => count)).toEqual([9]);
  });

  test("a call that is sent again does nothing more, even after another", async () => {
    await recorded({ count: 12, clientMutationId: "first" });
    await recorded({ count: 9, clientMutationId: "second" });
    const { data } = await recorded({ count: 12, clientMutationId: "first" });
    expect(data.recordReferralOutcome.referralOutcome.count).toBe(9);
    expect((await stored()).map(({ count }) => count)).toEqual([9]);
  });

  test("many who record the same at once leave one count, which is one of theirs", async () => {
    const counts = Array.from({ length: 12 }, (_, index) => 10 + index);
    const answers = await Promise.all(counts.map((count) => recorded({ count })));
    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    const rows = await stored();
    expect(rows).toHaveLength(1);
    expect(counts).toContain(rows[0]?.["count"]);
  });

  test("several counts are recorded in one request, one after the other", async () => {
    const { body } = await send({
      query: `mutation Two($one: RecordReferralOutcomeInput!, $other: RecordReferralOutcomeInput!) {
        one: recordReferralOutcome(input: $one) { referralOutcome { count } }
        other: recordReferralOutcome(input: $other) { referralOutcome { count area { name } } userErrors { code } }
        one: recordReferralOutcome(input: $one) { userErrors { code } }
      }`,
      variables: { one: { ...given, count: 7 }, other: { ...given, count: 8 } },
    });
    expect(body).toEqual({
      data: {
        one: { referralOutcome: { count: 7 }, userErrors: [] },
        other: { referralOutcome: { count: 8, area: { name: "Rose Hill" } }, userErrors: [] },
      },
    });
    expect((await stored()).map(({ count }) => count)).toEqual([8]);
  });

  test("that life is better is recorded by a measure", async () => {
    const { data } = await recorded({ outcome: "IMPROVED", measure: "UCLA_LONELINESS", count: 6 });
    expect(data.recordReferralOutcome.referralOutcome).toMatchObject({ measure: "UCLA_LONELINESS", count: 6 });
    await recorded({ outcome: "IMPROVED", measure: "SWEMWBS", count: 5 });
    expect((await stored()).map(({ count }) => count)).toEqual([5, 6]);
  });

  test.for([
    ["a step that there is not", { step: "stp_0" }, ["input.step: NOT_FOUND"]],
    ["a month to come", { month: "2026-12" }, ["input.month: INVALID"]],
    ["a month before 2000", { month: "1999-12" }, ["input.month: INVALID"]],
    ["a month that there is not", { month: "2026-13" }, ["input.month: INVALID"]],
    ["a day for a month", { month: "2026-11-22" }, ["input.month: INVALID"]],
    ["an area that there is not", { area: "are_0" }, ["input.area: NOT_FOUND"]],
    ["a kind of referrer that there is not", { source: "dr-somebody" }, ["input.source: NOT_FOUND"]],
    ["better by no measure", { outcome: "IMPROVED" }, ["input.measure: MISSING"]],
    ["a measure of who did not come", { outcome: "DECLINED", measure: "PAM" }, ["input.measure: NOT_APPLICABLE"]],
    ["fewer than none", { count: -1 }, ["input.count: INVALID"]],
    ["more than there can be", { count: 100_001 }, ["input.count: INVALID"]],
    ["a call without a name", { clientMutationId: "" }, ["input.clientMutationId: INVALID"]],
    ["a call with a story for a name", { clientMutationId: "a".repeat(101) }, ["input.clientMutationId: INVALID"]],
    ["two mistakes at once", { month: "soon", count: -1 }, ["input.month: INVALID", "input.count: INVALID"]],
  ] as const)("%s is told, and nothing changes", async ([, input, errors]) => {
    expect(await wrongWith(input)).toEqual(errors);
    expect(await stored()).toEqual([]);
  });

  test("an LSOA is too small an area, and a nation no area to count by", async () => {
    expect(await wrongWith({ area: areas["LSOA"] })).toEqual(["input.area: AREA_TOO_SMALL"]);
    if (areas["NATION"] !== undefined)
      expect(await wrongWith({ area: areas["NATION"] })).toEqual(["input.area: INVALID"]);
  });

  test("this month ends at midnight in London", async () => {
    now = new Date("2026-07-31T23:30:00Z");
    expect((await recorded({ month: "2026-08" })).data.recordReferralOutcome.userErrors).toEqual([]);
    now = new Date("2026-07-31T22:30:00Z");
    expect(await wrongWith({ month: "2026-08", count: 3 })).toEqual(["input.month: INVALID"]);
  });
});

describe("who may", () => {
  const refusal = (message: unknown) => ({
    status: 401,
    body: { errors: [{ message, extensions: { code: "NOT_ALLOWED" } }] },
  });

  test("without a key nothing is recorded, and the answer says which it wants", async () => {
    const answer = await send({ query: record, variables: { input: given } }, null);
    expect(answer).toEqual(refusal(expect.stringContaining("Authorization: Bearer")));
    expect(await stored()).toEqual([]);
  });

  test.for([
    ["another", "somebody else's key, of whatever length it is"],
    ["the beginning of it", recordingKey.slice(0, -1)],
    ["it and more", `${recordingKey}x`],
  ])("with %s nothing is answered, a question neither", async ([, key]) => {
    const message = expect.stringContaining("not one of this directory's") as unknown;
    expect(await send({ query: record, variables: { input: given } }, key)).toEqual(refusal(message));
    expect(await send({ query: "{ __typename }" }, key)).toEqual(refusal(message));
    expect(await stored()).toEqual([]);
  });

  test("reading needs no key, and may be done with it", async () => {
    expect((await send({ query: "{ __typename }" }, null)).body).toEqual({ data: { __typename: "Query" } });
    expect((await send({ query: "{ __typename }" })).body).toEqual({ data: { __typename: "Query" } });
  });

  test("the other ways to log in that a server in front of this one may use are none of ours", async () => {
    const response = await world.fetch(
      new Request("http://directory.test/graphql", {
        method: "POST",
        headers: { "content-type": "application/json", authorization: "Basic b3V0ZXI6ZG9vcg==" },
        body: JSON.stringify({ query: "{ __typename }" }),
      }),
    );
    expect(await response.json()).toEqual({ data: { __typename: "Query" } });
  });

  test("where no key is set nobody may, whatever they send", async () => {
    const closed = await openWorld();
    const ask = async (authorization: Record<string, string>) => {
      const response = await closed.fetch(
        new Request("http://directory.test/graphql", {
          method: "POST",
          headers: { "content-type": "application/json", ...authorization },
          body: JSON.stringify({ query: record, variables: { input: given } }),
        }),
      );
      return { status: response.status, body: (await response.json()) as unknown };
    };
    try {
      expect(await ask({})).toEqual(refusal(expect.stringContaining("RECORDING_KEY")));
      expect(await ask({ authorization: `Bearer ${recordingKey}` })).toEqual(refusal(expect.any(String)));
      expect(await ask({ authorization: "Bearer null" })).toEqual(refusal(expect.any(String)));
      expect(await stored()).toEqual([]);
    } finally {
      await closed.close();
    }
  });

  test("a subgraph that is reached past the gateway asks again", async () => {
    const log = pino({ level: "silent" });
    const subgraphs = createSubgraphs(world.graph, { log, clock: () => now });
    try {
      const execute = executorOf(subgraphs.byName.pathways, { graph: world.graph, log });
      const operation = { requestId: "test", deadline: Date.now() + 60_000, signal: new AbortController().signal };
      const request = {
        document: parse(
          `mutation M($input: RecordReferralOutcomeInput!) { recordReferralOutcome(input: $input) { userErrors { code } } }`,
        ),
        variables: { input: given },
      };
      for (const asked of [operation, { ...operation, caller: anybody }]) {
        const { data, errors } = await execute(request, asked);
        expect(data).toBeNull();
        expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["NOT_ALLOWED"]);
      }
      expect(await stored()).toEqual([]);
      expect(
        (await execute(request, { ...operation, caller: { scopes: ["RECORD_OUTCOMES"], actor: null } })).errors,
      ).toBeUndefined();
      expect(await stored()).toHaveLength(1);
    } finally {
      await subgraphs.stop();
    }
  });

  test("GET changes nothing, with the key or without", async () => {
    const query = record
      .replace("($input: RecordReferralOutcomeInput!)", "")
      .replace(
        "$input",
        `{step: "${toChoir}", month: "2026-10", area: "${areas["NEIGHBOURHOOD"] ?? ""}", source: "a-practice-of-the-test", outcome: ATTENDED, count: 1}`,
      );
    for (const headers of [{}, { authorization: `Bearer ${recordingKey}` }]) {
      const response = await world.fetch(
        new Request(`http://directory.test/graphql?query=${encodeURIComponent(query)}`, {
          headers: { ...headers, "apollo-require-preflight": "true" },
        }),
      );
      expect(response.status).toBe(405);
    }
    expect(await stored()).toEqual([]);
    expect((await send({ query })).body.data.recordReferralOutcome.userErrors).toEqual([]);
    expect(await stored()).toHaveLength(1);
  });

  test("a form on another site changes nothing: it can send no JSON without asking first", async () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
      const response = await world.fetch(
        new Request("http://directory.test/graphql", {
          method: "POST",
          headers: { "content-type": type, authorization: `Bearer ${recordingKey}` },
          body: JSON.stringify({ query: record, variables: { input: given } }),
        }),
      );
      expect(response.status).toBe(400);
    }
    expect(await stored()).toEqual([]);
  });
});

describe.for([
  ["in memory, interpreted", { compileAfter: Infinity }],
  ["in memory, compiled", { compileAfter: 0 }],
  ["over HTTP", { reached: "over HTTP" }],
] as const)("%s", ([, topology]) => {
  test("counts are recorded, refused and replaced alike", async () => {
    const first = world;
    world = await openWorld({ ...topology, recordingKey, clock: () => now });
    try {
      for (const count of [11, 12]) {
        const { data, errors } = await recorded({ count, clientMutationId: `call ${count}` });
        expect(errors).toBeUndefined();
        expect(data.recordReferralOutcome).toMatchObject({
          referralOutcome: { count, area: { name: "Rose Hill" }, step: { id: toChoir } },
          userErrors: [],
        });
      }
      expect(await wrongWith({ count: -1 })).toEqual(["input.count: INVALID"]);
      expect((await send({ query: record, variables: { input: given } }, null)).status).toBe(401);
      expect((await stored()).map(({ count }) => count)).toEqual([12]);
    } finally {
      await world.close();
      world = first;
    }
  });
});

describe("reports", () => {
  const report = `query Report($by: ReferralOutcomeDimension!, $year: Int!, $first: Int, $after: String) {
    referralOutcomes(by: $by, year: $year) {
      rows(first: $first, after: $after) {
        edges { cursor node { label referrer { slug } pathway { name } conditions { slug } area { name } month counts { ...Counts } } }
        pageInfo { hasNextPage endCursor }
        totalCount
      }
      asOf
      totals { ...Counts }
    }
  }
  fragment Counts on ReferralOutcomeCounts {
    attended { count isSuppressed } declined { count isSuppressed } notSuitable { count } noAnswer { count } total { count isSuppressed } improved { count isSuppressed }
  }`;

  async function reported(by: string, year = 2026, page: Input = {}) {
    const { data, errors } = await world.ask(report, { by, year, ...page });
    expect(errors).toBeUndefined();
    return data.referralOutcomes;
  }

  interface Counts {
    readonly [outcome: string]: { readonly count: number | null };
  }

  /** Attended, declined, in all, better. */
  const inShort = ({ attended, declined, total, improved }: Counts) =>
    [attended, declined, total, improved].map((one) => one?.count);

  async function table(by: string): Promise<Record<string, unknown>> {
    const {
      rows: { edges },
      totals,
    } = await reported(by);
    return {
      ...Object.fromEntries(
        edges.map(({ node }: { node: { label: string; counts: Counts } }) => [node.label, inShort(node.counts)]),
      ),
      totals: inShort(totals),
    };
  }

  /** Records a list of inputs, and lets the month end. */
  async function recordedBefore(inputs: readonly Input[]) {
    now = november;
    for (const input of inputs) expect((await recorded(input)).data.recordReferralOutcome.userErrors).toEqual([]);
    now = december;
  }

  test("a year is counted by each thing, with totals that are the same", async () => {
    await recordedBefore([
      { count: 20 },
      { count: 10, outcome: "DECLINED" },
      { count: 8, month: "2026-09", step: toKitchen, area: areas["Oldham"] },
      { count: 6, step: alone, source: "an-officer-of-the-test", outcome: "DECLINED" },
      { count: 7, outcome: "IMPROVED", measure: "PAM" },
      { count: 5, outcome: "IMPROVED", measure: "MYCAW" },
      { count: 500, month: "2025-12" },
    ]);
    const totals = [28, 16, 44, 12];
    expect(await table("REFERRER")).toEqual({
      "A practice of the test": [28, 10, 38, 12],
      "An officer of the test": [0, 6, 6, 0],
      totals,
    });
    expect(await table("PATHWAY")).toEqual({
      "No pathway": [0, 6, 6, 0],
      Song: [20, 10, 30, 12],
      Soup: [8, 0, 8, 0],
      totals,
    });
    expect(await table("CONDITION")).toEqual({
      "Bereavement and Loneliness": [20, 10, 30, 12],
      Loneliness: [8, 0, 8, 0],
      "No pathway": [0, 6, 6, 0],
      totals,
    });
    expect(await table("AREA")).toEqual({ Oldham: [8, 0, 8, 0], Oxford: [20, 16, 36, 12], totals });
    expect(await table("MONTH")).toEqual({ "September 2026": [8, 0, 8, 0], "October 2026": [20, 16, 36, 12], totals });
    expect(inShort((await reported("MONTH", 2025)).totals)).toEqual([500, 0, 500, 0]);
  });

  test("a row says of what it is, and of nothing else", async () => {
    await recordedBefore([{ count: 20 }]);
    const none = { referrer: null, pathway: null, conditions: [], area: null, month: null };
    const rows: Record<string, unknown> = {};
    for (const by of ["REFERRER", "PATHWAY", "CONDITION", "AREA", "MONTH"]) {
      const { counts, label, ...row } = (await reported(by)).rows.edges[0].node as Record<string, unknown>;
      expect([counts, label]).not.toContain(undefined);
      rows[by] = row;
    }
    expect(rows).toEqual({
      REFERRER: { ...none, referrer: { slug: "a-practice-of-the-test" } },
      PATHWAY: { ...none, pathway: { name: "Song" } },
      CONDITION: {
        ...none,
        conditions: expect.arrayContaining([{ slug: "loneliness" }, { slug: "bereavement" }]) as unknown,
      },
      AREA: { ...none, area: { name: "Oxford" } },
      MONTH: { ...none, month: "2026-10" },
    });
  });

  test("small numbers are hidden, and what they could be worked out from; a zero is none", async () => {
    await recordedBefore([
      { count: 3 },
      { count: 30, outcome: "DECLINED" },
      { count: 9, month: "2026-09" },
      { count: 11, month: "2026-09", outcome: "DECLINED" },
      { count: 40, month: "2026-08" },
      { count: 50, month: "2026-08", outcome: "DECLINED" },
    ]);
    expect(await table("MONTH")).toEqual({
      "August 2026": [40, 50, 90, 0],
      "September 2026": [null, null, 20, 0],
      "October 2026": [null, null, 33, 0],
      totals: [52, 91, 143, 0],
    });
    const { edges } = (await reported("MONTH")).rows;
    expect(edges[2].node.counts).toMatchObject({
      attended: { count: null, isSuppressed: true },
      total: { count: 33, isSuppressed: false },
      improved: { count: 0, isSuppressed: false },
    });
  });

  test("a report tells what was recorded before this month, so that no two of a day differ by what somebody has just recorded", async () => {
    await recordedBefore([{ count: 20 }]);
    const before = await reported("PATHWAY");
    expect(before.asOf).toBe("2026-12-01");
    await recorded({ count: 22 });
    await recorded({ count: 23 });
    await recorded({ count: 7, month: "2026-09" });
    expect(await reported("PATHWAY")).toEqual(before);
    now = new Date("2027-01-01T00:00:00Z");
    expect(inShort((await reported("PATHWAY")).totals)).toEqual([30, 0, 30, 0]);
  });

  test("a report comes in pages, which make the whole", async () => {
    await recordedBefore([{ count: 20 }, { count: 8, step: toKitchen }, { count: 6, step: alone }]);
    let after: unknown = null;
    for (const label of ["No pathway", "Song", "Soup"]) {
      const { edges, pageInfo, totalCount } = (await reported("PATHWAY", 2026, { first: 1, after })).rows;
      expect([edges.length, edges[0].node.label, totalCount]).toEqual([1, label, 3]);
      expect(pageInfo.hasNextPage).toBe(label !== "Soup");
      after = pageInfo.endCursor;
    }
  });

  test("a year of which nothing is known has no rows, and a year that there is not is refused", async () => {
    const {
      rows: { edges },
      totals,
    } = await reported("AREA", 2003);
    expect([edges, inShort(totals)]).toEqual([[], [0, 0, 0, 0]]);
    for (const year of [1999, 2027]) {
      const { errors } = await world.ask(report, { by: "AREA", year });
      expect(errors?.map(({ extensions }) => extensions)).toEqual([{ code: "BAD_INPUT", field: ["year"] }]);
    }
    const { errors } = await world.ask(report, { by: "MONTH", year: 2026, after: "somewhere" });
    expect(errors?.map(({ extensions }) => extensions["code"])).toEqual(["BAD_INPUT"]);
  });

  test("a report is one statement, however much was recorded", async () => {
    await recordedBefore([{ count: 20 }, { count: 30, month: "2026-08" }]);
    await reported("AREA");
    world.forget();
    await world.ask(
      `{ referralOutcomes(by: REFERRER, year: 2026) { rows { edges { node { label } } } totals { total { count } } } }`,
    );
    expect(world.statements()).toEqual(["outcomeCounts"]);
  });
});
