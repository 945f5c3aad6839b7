import { afterAll, beforeAll, expect, test } from "vitest";
import { idOf } from "../core/ids.ts";
import { cypher } from "../graph/cypher.ts";
import { openWorld, type World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

afterAll(() => world.close());

interface Named {
  readonly id: string;
  readonly name: string;
}

interface Step {
  readonly id: string;
  readonly from: Named & { readonly slug?: string };
  readonly to: Named;
  readonly method: string;
  readonly criteria: string | null;
  readonly waitDays: number | null;
  readonly lastConfirmedOn: string | null;
  readonly assumptions: readonly string[];
}

interface Route {
  readonly steps: readonly Step[];
  readonly destination: Named;
  readonly condition: { readonly slug: string };
  readonly totalWaitDays: number | null;
  readonly summary: string;
  readonly assumptions: readonly string[];
  readonly sample: boolean;
}

interface Blocked {
  readonly reason: string;
  readonly message: string;
  readonly destination: Named;
  readonly step: Step;
  readonly steps: readonly Step[];
  readonly substitute: (Named & { readonly __typename: string }) | null;
}

const steps = `{
  id from { ... on Node { id } ... on Referrer { slug name } ... on Asset { name } } to { id name }
  method criteria waitDays lastConfirmedOn assumptions
}`;

const question = `query ($input: ReferralRoutesInput!, $first: Int) {
  referralRoutes(input: $input, first: $first) {
    routes { steps ${steps} destination { id name } condition { slug } totalWaitDays summary assumptions sample }
    blocked { reason message destination { id name } step ${steps} steps ${steps} substitute { __typename id name } }
    understood { from { ... on Referrer { slug } } condition { slug } area { name } }
    code { system code display }
  }
}`;

async function asked(input: object, first?: number) {
  const { data, errors } = await world.ask(question, { input, first });
  expect(errors).toBeUndefined();
  return data.referralRoutes as {
    readonly routes: readonly Route[];
    readonly blocked: readonly Blocked[];
    readonly understood: object;
    readonly code: object;
  };
}

/** A way as names, from whoever begins. */
const namesOf = ({ steps: taken }: { readonly steps: readonly Step[] }) => [
  taken[0]?.from.slug ?? taken[0]?.from.name,
  ...taken.map(({ to }) => to.name),
];

const prescribing = "Oldham social prescribing service";

test("Jane refers herself for loneliness in Oldham, and comes to the Red Cross by way of social prescribing", async () => {
  const { routes, understood, code } = await asked({
    from: "self",
    condition: "loneliness",
    near: "Oldham",
    conditions: ["stroke", "multiple-sclerosis"],
    age: 52,
  });
  const way = routes.find(({ destination }) => destination.name === "British Red Cross befriending");
  expect(way === undefined ? null : namesOf(way)).toEqual(["self", prescribing, "British Red Cross befriending"]);
  expect(way?.steps.map(({ method }) => method)).toEqual(["FORM", "WARM_INTRODUCTION"]);
  expect(way?.steps[0]?.assumptions.join(" ")).toMatch(/last confirmed on 26 March 2019/);
  expect(understood).toEqual({ from: { slug: "self" }, condition: { slug: "loneliness" }, area: { name: "Oldham" } });
  expect(code).toEqual({
    system: "http://snomed.info/sct",
    code: "871731000000106",
    display: "Referral to social prescribing service",
  });
});

test("Lisa is sent by her GP, and comes to Get Oldham Working and to Inspire Women, in one request", async () => {
  const { data, errors } = await world.ask(
    `query ($work: ReferralRoutesInput!, $company: ReferralRoutesInput!) {
      work: referralRoutes(input: $work) { routes { steps ${steps} } }
      company: referralRoutes(input: $company) { routes { steps ${steps} } }
    }`,
    {
      work: { from: "gp-practice", condition: "work", near: "Oldham" },
      company: { from: "gp-practice", condition: "social-isolation", near: "Oldham" },
    },
  );
  expect(errors).toBeUndefined();
  expect(data.work.routes.map(namesOf)).toContainEqual(["gp-practice", prescribing, "Get Oldham Working"]);
  expect(data.company.routes.map(namesOf)).toContainEqual(["gp-practice", prescribing, "Inspire Women"]);
});

test("at twelve Jane is told what is not for her and why, and what is open to her instead", async () => {
  const { routes, blocked } = await asked({ from: "self", condition: "loneliness", near: "Oldham", age: 12 }, 20);
  const names = routes.map(({ destination }) => destination.name);
  expect(names).not.toContain("British Red Cross befriending");
  const redCross = blocked.find(({ destination }) => destination.name === "British Red Cross befriending");
  expect(redCross).toMatchObject({ reason: "TOO_YOUNG", step: { to: { name: prescribing } } });
  expect(redCross?.message).toMatch(/aged 18 or over/);
  expect(namesOf(redCross ?? { steps: [] })).toEqual(["self", prescribing, "British Red Cross befriending"]);
  // What is open to her is a way, or needs none, and she may come.
  const { data } = await world.ask(
    `query ($id: ID!) { node(id: $id) { ... on Asset { eligibility { minimumAge } supports { edges { node { condition { slug broader { slug } } } } } } } }`,
    { id: redCross?.substitute?.id },
  );
  expect(data.node.eligibility.minimumAge ?? 0).toBeLessThanOrEqual(12);
  const supported = (
    data.node.supports.edges as { node: { condition: { slug: string; broader: { slug: string }[] } } }[]
  ).flatMap(({ node }) => [node.condition.slug, ...node.condition.broader.map(({ slug }) => slug)]);
  expect(supported).toContain("loneliness");
});

test("what finds help for people is on the way, and never the end of it", async () => {
  const { routes } = await asked({ from: "gp-practice", condition: "loneliness", near: "Oldham" }, 20);
  expect(routes.length).toBeGreaterThan(3);
  expect(routes.map(({ destination }) => destination.name)).not.toContain(prescribing);
  for (const route of routes) {
    expect(route.destination.id).toBe(route.steps.at(-1)?.to.id);
    for (const [index, step] of route.steps.entries()) {
      if (index > 0) expect(step.from.id).toBe(route.steps[index - 1]?.to.id);
    }
  }
});

test("a way through a step that is full, paused or closed is no way, and is told as blocked for that reason", async () => {
  const input = { from: "self", condition: "loneliness", near: "Oldham" };
  const { routes } = await asked(input, 20);
  const last = routes.find((way) => namesOf(way).at(-1) === "British Red Cross befriending")?.steps.at(-1)?.id;
  const setCapacity = (capacity: string | null) =>
    world.cypher(
      cypher`MATCH ()-[step:REFERS_TO {id: $id}]->() SET step.capacity = $capacity RETURN count(*) AS done`,
      { id: last ?? "", capacity },
    );
  try {
    for (const capacity of ["FULL", "PAUSED", "CLOSED"]) {
      await setCapacity(capacity);
      const now = await asked(input, 20);
      expect(now.routes.map((way) => namesOf(way).at(-1))).not.toContain("British Red Cross befriending");
      expect(now.blocked).toContainEqual(
        expect.objectContaining({
          reason: capacity,
          destination: expect.objectContaining({ name: "British Red Cross befriending" }),
          step: expect.objectContaining({ id: last }),
        }),
      );
    }
    await setCapacity("OPEN");
    const open = await asked(input, 20);
    const way = open.routes.find((one) => namesOf(one).at(-1) === "British Red Cross befriending");
    expect(way?.steps.at(-1)?.assumptions.join(" ")).not.toMatch(/has room/);
  } finally {
    await setCapacity(null);
  }
});

test("what is assumed is what was not said: an age, a home and other conditions", async () => {
  const bare = await asked({ from: "self", condition: "loneliness" }, 20);
  const redCross = bare.routes.find((way) => namesOf(way).at(-1) === "British Red Cross befriending");
  expect(redCross?.assumptions).toEqual(
    expect.arrayContaining(["The person is aged 18 or over.", "The person lives in Oldham."]),
  );
  const said = await asked({ from: "self", condition: "loneliness", near: "Oldham", age: 40, conditions: [] }, 20);
  const known = said.routes.find((way) => namesOf(way).at(-1) === "British Red Cross befriending");
  expect(known?.assumptions.join(" ")).not.toMatch(/aged|lives in|does not have/);
});

test("who is known by a broader kind may go its ways, and a way begins at whoever asked", async () => {
  const { routes } = await asked({ from: "hairdresser", condition: "loneliness", near: "Oldham" }, 20);
  expect(routes.map(namesOf)).toContainEqual(["hairdresser", prescribing, "British Red Cross befriending"]);
  expect(new Set(routes.map(({ steps: [first] }) => first?.from.slug))).toEqual(new Set(["hairdresser"]));
});

test("a way may begin at an asset that refers people on", async () => {
  const id = idOf("Activity", "oldham-health-scrutiny-2019-03", "oldham-social-prescribing-service");
  const { routes } = await asked({ from: id, condition: "work", near: "Oldham" });
  expect(routes.map(namesOf)).toContainEqual([prescribing, "Get Oldham Working"]);
});

test("an asset tells the best ways to it, from oneself where nobody is named", async () => {
  const id = idOf("Activity", "oldham-health-scrutiny-2019-03", "british-red-cross-befriending");
  const { data, errors } = await world.ask(
    `query ($id: ID!) {
      activity(id: $id) {
        own: referralRoutes(first: 1) { steps ${steps} totalWaitDays }
        gp: referralRoutes(from: "gp-practice", first: 1) { steps ${steps} }
        referredFrom { totalCount edges { node ${steps} } }
      }
    }`,
    { id },
  );
  expect(errors).toBeUndefined();
  expect(data.activity.own.map(namesOf)).toEqual([["self", prescribing, "British Red Cross befriending"]]);
  expect(data.activity.gp.map(namesOf)).toEqual([["gp-practice", prescribing, "British Red Cross befriending"]]);
  const { totalCount, edges } = data.activity.referredFrom;
  expect(edges).toHaveLength(totalCount);
  expect(edges.map(({ node }: { node: Step }) => node.from.name)).toContain(prescribing);
});

test("twenty assets are told the ways to them with no more statements than one", async () => {
  const statementsOf = async (first: number) => {
    world.forget();
    const { errors } = await world.ask(
      `{ assets(filter: { near: "Oldham", conditions: ["loneliness"] }, first: ${first}) { edges { node { id referralRoutes(first: 2) { summary } } } } }`,
    );
    expect(errors).toBeUndefined();
    return world.statements().filter((name) => name.startsWith("network") || name.startsWith("steps")).length;
  };
  expect(await statementsOf(20)).toBe(await statementsOf(5));
});

test("a pathway has its owner, what it is for and its steps in order; and pathways and kinds of referrer are read page by page", async () => {
  const { data, errors } = await world.ask(`{
    pathway(slug: "oldham-social-prescribing") {
      id name owner { name } conditions { slug } source { licence }
      steps(first: 100) { totalCount edges { node { pathway { slug } from { ... on Referrer { slug } } to { name } } } }
    }
    first: pathways(first: 2) { totalCount edges { node { name } } pageInfo { hasNextPage endCursor } }
    forLoneliness: pathways(condition: "loneliness") { edges { node { slug conditions { slug } } } }
    referrer(slug: "gp-practice") { id name broader { slug } }
    referrers(first: 100) { totalCount edges { node { slug narrower { slug } } } }
  }`);
  expect(errors).toBeUndefined();
  const { pathway, first, forLoneliness, referrer, referrers } = data;
  expect(pathway.owner).toEqual({ name: "Action Together" });
  expect(pathway.steps.edges.length).toBe(pathway.steps.totalCount);
  expect(
    pathway.steps.edges.every(
      ({ node }: { node: { pathway: { slug: string } } }) => node.pathway.slug === "oldham-social-prescribing",
    ),
  ).toBe(true);
  expect(pathway.steps.edges.map(({ node }: { node: Step }) => node.to.name)).toContain("Get Oldham Working");
  expect(first.edges).toHaveLength(2);
  expect(first.pageInfo.hasNextPage).toBe(true);
  const next = await world.ask(
    `query ($after: String) { pathways(first: 100, after: $after) { edges { node { name } } } }`,
    {
      after: first.pageInfo.endCursor,
    },
  );
  expect(next.data.pathways.edges).toHaveLength(first.totalCount - 2);
  expect(forLoneliness.edges.map(({ node }: { node: { slug: string } }) => node.slug)).toContain(
    "oldham-social-prescribing",
  );
  expect(referrer.broader).toEqual([{ slug: "health-professional" }]);
  expect(referrers.edges).toHaveLength(referrers.totalCount);
  const byId = await world.ask(
    `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Pathway { name } ... on Referrer { name } } }`,
    {
      ids: [pathway.id, referrer.id, idOf("Pathway", "nobody", "nothing")],
    },
  );
  expect(byId.data.nodes).toEqual([
    { __typename: "Pathway", name: pathway.name },
    { __typename: "Referrer", name: referrer.name },
    null,
  ]);
});

test.for([
  {
    what: "a kind of referrer that there is not",
    input: { from: "nobody" },
    code: "BAD_INPUT",
    field: ["input", "from"],
  },
  {
    what: "an asset that there is not",
    input: { from: idOf("Group", "no", "one") },
    code: "BAD_INPUT",
    field: ["input", "from"],
  },
  { what: "an empty referrer", input: { from: "" }, code: "BAD_INPUT", field: ["input", "from"] },
  {
    what: "a condition that there is not",
    input: { condition: "not-a-condition" },
    code: "BAD_INPUT",
    field: ["input", "condition"],
  },
  {
    what: "another condition that there is not",
    input: { conditions: ["nonsense"] },
    code: "BAD_INPUT",
    field: ["input", "conditions"],
  },
  { what: "an age of -1", input: { age: -1 }, code: "BAD_INPUT", field: ["input", "age"] },
  { what: "an age of 131", input: { age: 131 }, code: "BAD_INPUT", field: ["input", "age"] },
  { what: "ten thousand routes", input: { first: 10_000 }, code: "BAD_INPUT", field: ["input", "first"] },
  { what: "no routes", input: { first: 0 }, code: "BAD_INPUT", field: ["input", "first"] },
  { what: "an empty place", input: { near: " " }, code: "BAD_INPUT", field: ["input", "near"] },
  { what: "a place that there is not", input: { near: "Xyzzyville" }, code: "PLACE_NOT_FOUND", field: undefined },
])("$what is refused with a code and the field", async ({ input, code, field }) => {
  const { errors } = await world.ask(question, {
    input: { from: "self", condition: "loneliness", near: "Oldham", ...input },
  });
  expect(errors).toHaveLength(1);
  expect(errors?.[0]?.extensions["code"]).toBe(code);
  if (field !== undefined) expect(errors?.[0]?.extensions["field"]).toEqual(field);
});
