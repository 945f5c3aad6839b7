import { afterAll, beforeAll, expect, test } from "vitest";
import { idOf } from "../core/ids.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
/** Every asset of the directory with what filters ask about, read once without any filter. */
let all: readonly Facts[];

beforeAll(async () => {
  world = await openWorld();
  all = (await listed({})).map(({ node }) => node);
});

afterAll(() => world.close());

interface Facts {
  readonly __typename: string;
  readonly id: string;
  readonly name: string;
  readonly eligibility: {
    readonly minimumAge: number | null;
    readonly maximumAge: number | null;
    readonly statements: readonly Statement[];
  };
  readonly accessibility: { readonly stepFree: "YES" | "NO" | "UNKNOWN" };
  readonly cost: { readonly isFree: boolean } | null;
  readonly reach: { readonly kinds: readonly string[] };
}

interface Statement {
  readonly excludes: boolean;
  readonly minimumAge: number | null;
  readonly maximumAge: number | null;
  readonly conditions: readonly { readonly id: string }[];
}

interface Listed {
  readonly distanceMetres: number | null;
  readonly node: Facts;
}

type Filter = Readonly<Record<string, unknown>>;

/** Everything that `assets` lists for a filter, in order. */
async function listed(filter: Filter, orderBy = "RELEVANCE"): Promise<readonly Listed[]> {
  const edges: Listed[] = [];
  let after: string | null = null;
  do {
    const { data, errors } = await world.ask(
      `query ($filter: AssetFilter!, $orderBy: AssetOrder, $after: String) {
        assets(filter: $filter, orderBy: $orderBy, first: 100, after: $after) {
          edges {
            distanceMetres
            node {
              __typename id name eligibility { minimumAge maximumAge statements { excludes minimumAge maximumAge conditions { id } } }
              accessibility { stepFree } cost { isFree } reach { kinds }
            }
          }
          pageInfo { hasNextPage endCursor }
        }
      }`,
      { filter, orderBy, after },
    );
    expect(errors, JSON.stringify(filter)).toBeUndefined();
    edges.push(...(data.assets.edges as readonly Listed[]));
    after = data.assets.pageInfo.hasNextPage === true ? String(data.assets.pageInfo.endCursor) : null;
  } while (after !== null);
  return edges;
}

const namesOf = (assets: Iterable<Facts>) => Array.from(assets, ({ id, name }) => `${name} ${id}`).sort();

/** Checks that a filter lists those assets of all for which something is so, and no other; gives them in the order listed. */
async function expectThose(filter: Filter, isSo: (asset: Facts) => boolean): Promise<readonly Facts[]> {
  const found = (await listed(filter)).map(({ node }) => node);
  expect(namesOf(found)).toEqual(namesOf(all.filter(isSo)));
  expect(found.length).toBeGreaterThan(0);
  expect(found.length).toBeLessThan(all.length);
  return found;
}

async function refused(filter: Filter): Promise<unknown> {
  const { data, errors } = await world.ask(`query ($filter: AssetFilter!) { assets(filter: $filter) { totalCount } }`, {
    filter,
  });
  expect(data).toBeNull();
  return errors;
}

const roseHill = idOf("Area", "common-ground", "rose-hill");
const littlemore = idOf("Area", "common-ground", "littlemore");
const barton = idOf("Area", "common-ground", "barton");

test("the directory has assets of every kind", () => {
  expect(all.length).toBeGreaterThan(500);
  expect(new Set(all.map(({ __typename }) => __typename))).toEqual(
    new Set(["Activity", "Group", "Organisation", "Place"]),
  );
});

test.for([
  [["GROUP"], ["Group"]],
  [["ACTIVITY"], ["Activity"]],
  [["ORGANISATION"], ["Organisation"]],
  [["PLACE"], ["Place"]],
  [
    ["PLACE", "GROUP"],
    ["Place", "Group"],
  ],
] as const)("kinds: %s", async ([kinds, types]) => {
  await expectThose({ kinds }, ({ __typename }) => (types as readonly string[]).includes(__typename));
});

test("the lists of each kind are `assets` of that kind", async () => {
  const { data, errors } = await world.ask(`{
    groups { totalCount } activities { totalCount } organisations { totalCount } places { totalCount }
  }`);
  expect(errors).toBeUndefined();
  const count = (type: string) => all.filter(({ __typename }) => __typename === type).length;
  expect(data).toEqual({
    groups: { totalCount: count("Group") },
    activities: { totalCount: count("Activity") },
    organisations: { totalCount: count("Organisation") },
    places: { totalCount: count("Place") },
  });
});

test.for([[["PHONE"]], [["ONLINE"]], [["COMES_TO_YOU", "PHONE"]], [["AT_A_PLACE"]]] as const)(
  "reach is any of those asked for: %s",
  async ([reach]) => {
    await expectThose({ reach }, ({ reach: { kinds } }) => kinds.some((kind) => reach.includes(kind as never)));
  },
);

test("free: what is stated to cost nothing, or something; where nothing is stated it is neither", async () => {
  await expectThose({ free: true }, ({ cost }) => cost?.isFree === true);
  await expectThose({ free: false }, ({ cost }) => cost?.isFree === false);
});

test("step-free: what is known to be comes first, what is unknown after it, what is not is out", async () => {
  const found = await expectThose({ stepFree: true }, ({ accessibility }) => accessibility.stepFree !== "NO");
  const known = found.filter(({ accessibility }) => accessibility.stepFree === "YES");
  expect(known.length).toBeGreaterThan(50);
  expect(found.slice(0, known.length)).toEqual(known);
  expect((await listed({ stepFree: false })).map(({ node }) => node)).toEqual(all);
});

test("step-free near somewhere: what is known to be comes first there too", async () => {
  const filter = { conditions: ["inactivity"], near: "Rose Hill" };
  const [any, stepFree] = [await listed(filter), await listed({ ...filter, stepFree: true })];
  const as = (value: string) => any.filter(({ node }) => node.accessibility.stepFree === value);
  expect([as("YES"), as("UNKNOWN"), as("NO")].map(({ length }) => length > 0)).toEqual([true, true, true]);
  expect(stepFree).toEqual([...as("YES"), ...as("UNKNOWN")]);
});

test.for([0, 3.5, 4.5, 5, 17, 60, 70, 130])(
  "age %d may come, and where no age is stated it comes after",
  async (age) => {
    // Every oldest age of the seed but one, of two and a half, is in whole years: who is four and a half is four.
    const holds = ({ minimumAge, maximumAge }: Statement) =>
      (minimumAge ?? 0) <= age && (maximumAge === 2.5 ? age : Math.floor(age)) <= (maximumAge ?? 1000);
    const isAboutAge = ({ minimumAge, maximumAge }: Statement) => minimumAge !== null || maximumAge !== null;
    const admitting = ({ eligibility }: Facts) => eligibility.statements.filter(({ excludes }) => !excludes);
    const isStated = (asset: Facts) =>
      admitting(asset).some((one) => isAboutAge(one) && holds(one) && one.conditions.length === 0);
    const found = await expectThose(
      { age },
      (asset) =>
        (admitting(asset).length === 0 || admitting(asset).some(holds)) &&
        !asset.eligibility.statements.some(
          (one) => one.excludes && isAboutAge(one) && holds(one) && one.conditions.length === 0,
        ),
    );
    const stated = found.filter(isStated);
    expect(stated.length).toBeGreaterThan(0);
    expect(found.slice(0, stated.length)).toEqual(stated);
  },
);

test("age near somewhere: a nearer one that states no age comes after one that does", async () => {
  const found = await listed({ conditions: ["loneliness"], near: "Rose Hill", age: 70, reach: ["AT_A_PLACE"] });
  const stated = found.map(({ node: { eligibility } }) => eligibility.minimumAge !== null);
  expect(stated.indexOf(false)).toBe(stated.lastIndexOf(true) + 1);
  expect(found[0]?.node.name).toBe("Tuesday tea dance");
  expect(found.map(({ node }) => node.name)).toContain("Tea & Chat at Rose Hill");
});

test("in order of name nothing comes before what its name puts before it", async () => {
  const byName = await listed({ stepFree: true, age: 30 }, "NAME");
  const names = byName.map(({ node: { name, id } }) => [name, id] as const);
  const sorted = [...names].sort(([name, id], [other, otherId]) =>
    name === other ? (id < otherId ? -1 : 1) : name < other ? -1 : 1,
  );
  expect(names).toEqual(sorted);
});

test("within so many metres of a place: what has a site no further away, and nothing that has none", async () => {
  const near = { near: "Rose Hill Community Centre" };
  const everything = await listed(near);
  for (const withinMetres of [1, 750, 2000, 3000, 5000, 7000, 100_000]) {
    const found = await listed({ ...near, withinMetres });
    for (const { distanceMetres } of found) expect(distanceMetres ?? Infinity).toBeLessThanOrEqual(withinMetres);
    const expected = everything.filter(({ distanceMetres }) => (distanceMetres ?? Infinity) <= withinMetres);
    expect(namesOf(found.map(({ node }) => node))).toEqual(namesOf(expected.map(({ node }) => node)));
    expect(found.length).toBeGreaterThan(0);
  }
});

test("conditions: any of them, and what supports a part of one", async () => {
  const ids = async (conditions: readonly string[]) =>
    new Set((await listed({ conditions })).map(({ node: { id } }) => id));
  const [lonely, alone, debt, both] = await Promise.all([
    ids(["loneliness"]),
    ids(["lives-alone"]),
    ids(["debt"]),
    ids(["loneliness", "debt"]),
  ]);
  for (const id of alone) expect(lonely).toContain(id);
  expect(both).toEqual(new Set([...lonely, ...debt]));
  const { data } = await world.ask(`{ condition(slug: "loneliness") { assets { totalCount } } }`);
  expect(data.condition.assets.totalCount).toBe(lonely.size);
});

/** The areas that an asset is in or serves, and all that they lie in. */
interface Whereabouts {
  readonly sites: readonly { readonly areas: readonly { readonly id: string }[] }[];
  readonly serves: readonly { readonly id: string; readonly name: string }[];
}

test("areas: what stands in one of them or serves people there, and nothing of elsewhere", async () => {
  const assets = async (areas: readonly string[], rest: Filter = {}) =>
    new Set((await listed({ areas, ...rest })).map(({ node: { id } }) => id));
  const [here, there, both] = await Promise.all([
    assets([roseHill]),
    assets([littlemore]),
    assets([roseHill, littlemore]),
  ]);
  expect(both).toEqual(new Set([...here, ...there]));
  expect(here.size).toBeLessThan(all.length / 4);

  const { data } = await world.ask(
    `query ($ids: [ID!]!) {
      nodes(ids: $ids) {
        ... on Asset { id name serves { id name } }
        ... on Activity { sites: heldAt { areas { id } } }
        ... on Group { sites: meetsAt { areas { id } } }
        ... on Organisation { sites: basedAt { areas { id } } }
        ... on Place { areas { id } }
      }
    }`,
    { ids: [...here] },
  );
  for (const node of data.nodes as readonly (Partial<Whereabouts> & { id: string; areas?: { id: string }[] })[]) {
    const sites = node.sites ?? [{ areas: node.areas ?? [] }];
    const stands = sites.some(({ areas }) => areas.some(({ id }) => id === roseHill));
    const serves = node.serves?.some(({ name }) => ["Rose Hill", "Rose Hill & Iffley", "Oxford"].includes(name));
    expect(stands || serves, JSON.stringify(node)).toBe(true);
  }
});

test("areas with a place, with a need and in a search are the same areas", async () => {
  const ids = (edges: readonly Listed[]) => namesOf(edges.map(({ node }) => node));
  const here = ids(await listed({ areas: [roseHill], conditions: ["loneliness"] }));
  expect(ids(await listed({ areas: [roseHill], conditions: ["loneliness"], near: roseHill }))).toEqual(here);
  const { data } = await world.ask(
    `query ($areas: [ID!]) {
      search(text: "lonely", filter: { areas: $areas }, first: 100) { edges { node { id name } } }
      area(slug: "rose-hill") { assets(filter: { conditions: ["loneliness"] }, first: 100) { edges { node { id name } } } }
    }`,
    { areas: [roseHill] },
  );
  expect(ids(data.search.edges)).toEqual(here);
  expect(ids(data.area.assets.edges)).toEqual(here);
});

test("a search keeps to the areas asked for, however many, and wherever it starts", async () => {
  const names = async (variables: Filter): Promise<readonly string[]> => {
    const { data, errors } = await world.ask(
      `query ($near: String, $areas: [ID!]) {
        search(text: "lonely", near: $near, filter: { areas: $areas, kinds: [ACTIVITY, GROUP] }, first: 100) {
          edges { node { name } }
        }
      }`,
      variables,
    );
    expect(errors).toBeUndefined();
    return data.search.edges.map(({ node }: { readonly node: { readonly name: string } }) => node.name);
  };
  const inBoth = await names({ areas: [roseHill, barton] });
  expect(inBoth).toEqual(expect.arrayContaining(["Tea & Chat at Rose Hill", "Visiting neighbours, Barton"]));
  expect(inBoth).not.toContain("Littlemore friendship lunch");
  expect(inBoth).not.toContain("Chai & company");
  const fromBarton = await names({ near: "Barton", areas: [roseHill] });
  expect(fromBarton).toContain("Tea & Chat at Rose Hill");
  expect(fromBarton).not.toContain("Knit and natter");
});

test("filters combine: everything asked for holds", async () => {
  const filter = { near: "Rose Hill", conditions: ["loneliness"] };
  const found = await listed(filter);
  const more = await listed({
    ...filter,
    kinds: ["ACTIVITY"],
    free: true,
    stepFree: true,
    age: 70,
    withinMetres: 1000,
  });
  const expected = found.filter(
    ({ node, distanceMetres }) =>
      node.__typename === "Activity" &&
      node.cost?.isFree === true &&
      node.accessibility.stepFree !== "NO" &&
      (node.eligibility.minimumAge ?? 0) <= 70 &&
      (node.eligibility.maximumAge ?? 1000) >= 70 &&
      (distanceMetres ?? Infinity) <= 1000,
  );
  expect(namesOf(more.map(({ node }) => node))).toEqual(namesOf(expected.map(({ node }) => node)));
  expect(more.map(({ node }) => node.name)).toContain("Tea & Chat at Rose Hill");
});

test("a need in the filter of a search holds besides what the words say", async () => {
  const ids = async (text: string, conditions?: readonly string[]): Promise<readonly string[]> => {
    const { data, errors } = await world.ask(
      `query ($text: String!, $conditions: [String!]) {
        search(text: $text, near: "Rose Hill", filter: { conditions: $conditions }, first: 100) { edges { node { id } } }
      }`,
      { text, conditions },
    );
    expect(errors).toBeUndefined();
    return data.search.edges.map(({ node }: { readonly node: { readonly id: string } }) => node.id);
  };
  const grieving = new Set(await ids("bereavement"));
  const lonely = await ids("lonely");
  expect(await ids("lonely", ["bereavement"])).toEqual(lonely.filter((id) => grieving.has(id)));
  const quiet = await ids("quiet");
  expect(await ids("quiet", ["bereavement"])).toEqual(quiet.filter((id) => grieving.has(id)));
  expect(await ids("some help", ["bereavement"])).toEqual(await ids("bereavement"));
  expect((await ids("lonely", ["bereavement"])).length).toBeGreaterThan(0);
  expect((await ids("quiet", ["bereavement"])).length).toBeGreaterThan(0);
});

test("what is null asks for nothing", async () => {
  const nothing = {
    kinds: null,
    reach: null,
    free: null,
    stepFree: null,
    age: null,
    near: null,
    withinMetres: null,
    areas: null,
    conditions: null,
  };
  expect((await listed(nothing)).map(({ node }) => node)).toEqual(all);
});

test.for([
  [{ conditions: ["lonliness"] }, "conditions", 'There is no condition "lonliness"; `conditions` lists them all.'],
  [
    { conditions: ["loneliness", "__proto__"] },
    "conditions",
    'There is no condition "__proto__"; `conditions` lists them all.',
  ],
  [{ conditions: [] }, "conditions", "Leave `conditions` out, or name at least one."],
  [{ kinds: [] }, "kinds", "Leave `kinds` out, or name at least one."],
  [{ reach: [] }, "reach", "Leave `reach` out, or name at least one."],
  [{ areas: [] }, "areas", "Leave `areas` out, or name at least one."],
  [{ areas: ["rose-hill"] }, "areas", '"rose-hill" is not an area\'s id.'],
  [{ areas: Array.from({ length: 101 }, () => roseHill) }, "areas", "`areas` takes at most 100."],
  [{ withinMetres: 500 }, "withinMetres", "Say of what: give `near` too."],
  [{ near: "Barton", withinMetres: 0 }, "withinMetres", "From 1 to 100000 metres."],
  [{ near: "Barton", withinMetres: 100_001 }, "withinMetres", "From 1 to 100000 metres."],
  [{ age: -1 }, "age", "An age is from 0 to 130 years."],
  [{ age: 131 }, "age", "An age is from 0 to 130 years."],
] as const)("a filter that cannot be is refused, at the field at fault: %j", async ([filter, field, message]) => {
  expect(await refused(filter)).toEqual([
    { message, path: ["assets"], extensions: { code: "BAD_INPUT", field: ["filter", field] } },
  ]);
});

test("a list that is of something already is not asked for it again", async () => {
  const { errors } = await world.ask(`{ groups(filter: { kinds: [GROUP] }) { totalCount } }`);
  expect(errors).toEqual([
    {
      message: "This list is of its own kinds already: leave `kinds` out, or ask `assets`.",
      path: ["groups"],
      extensions: { code: "BAD_INPUT", field: ["filter", "kinds"] },
    },
  ]);
});
