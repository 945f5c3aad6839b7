import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { AssetKind } from "../core/ids.ts";
import { cypher } from "../graph/cypher.ts";
import { freshSince } from "../graph/freshness.ts";
import { dueForConfirmation } from "../subgraphs/workshops/dueForConfirmation.ts";
import { type AssetGiven, type Island, islandId, neighbourhoodId, raiseIsland } from "./fixtures/island.ts";
import { openWorld, type World } from "./world.ts";

let world: World;
let island: Island;

const now = new Date("2026-11-22T12:00:00Z");

beforeAll(async () => {
  world = await openWorld({ clock: () => now });
  island = await raiseIsland(world);
});

beforeEach(() => island.clear());

afterAll(async () => {
  await island.sink();
  await world.close();
});

const confirmAsset = (id: string, on: string | null) =>
  world.cypher(cypher`MATCH (asset:Asset {id: $id}) SET asset.confirmedOn = date($on) RETURN asset.id AS id`, {
    id,
    on,
  });

test.for([
  ["Activity", "2026-07-23", "2027-01-23", "CONFIRMED"],
  ["Activity", "2026-07-22", "2027-01-22", "DUE"],
  ["Activity", "2026-05-22", "2026-11-22", "DUE"],
  ["Activity", "2026-05-21", "2026-11-21", "OVERDUE"],
  ["Group", "2026-03-23", "2027-03-23", "CONFIRMED"],
  ["Group", "2026-03-22", "2027-03-22", "DUE"],
  ["Group", "2025-11-22", "2026-11-22", "DUE"],
  ["Group", "2025-11-21", "2026-11-21", "OVERDUE"],
  ["Organisation", "2025-07-23", "2027-07-23", "CONFIRMED"],
  ["Organisation", "2025-07-22", "2027-07-22", "DUE"],
  ["Organisation", "2024-11-22", "2026-11-22", "DUE"],
  ["Organisation", "2024-11-21", "2026-11-21", "OVERDUE"],
  ["Place", "2025-07-23", "2027-07-23", "CONFIRMED"],
  ["Place", "2024-11-21", "2026-11-21", "OVERDUE"],
  ["Activity", "2024-02-29", "2024-08-29", "OVERDUE"],
  ["Activity", "2026-08-31", "2027-02-28", "CONFIRMED"],
  ["Group", null, null, "OVERDUE"],
] as const)(
  "a %s confirmed on %s is to be confirmed by %s, and is %s",
  async ([kind, lastConfirmedOn, confirmBy, status]) => {
    await island.add({ name: "Known", kind });
    await confirmAsset(islandId("Known", kind), lastConfirmedOn);
    const { data, errors } = await world.ask(
      `query ($id: ID!) { node(id: $id) { ... on Asset { freshness { lastConfirmedOn confirmBy status } } } }`,
      { id: islandId("Known", kind) },
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({ node: { freshness: { lastConfirmedOn, confirmBy, status } } });
  },
);

test("a search and the asset itself agree, on every day of four years, whether it is past its day", async () => {
  const todays = Array.from({ length: 4 * 366 }, (_, day) =>
    new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, "2024-01-01".length),
  );
  const rows = todays.map((today) => ({ today, ...freshSince(today) }));
  const [found] = await world.cypher(
    cypher`
      UNWIND $rows AS row
      UNWIND [[row.Activity, 6], [row.Group, 12], [row.Organisation, 24], [row.Place, 24]] AS one
      WITH date(row.today) AS today, date(one[0]) AS since, duration({months: toInteger(one[1])}) AS time
      WHERE since + time < today OR since - duration({days: 1}) + time >= today
      RETURN count(*) AS wrong`,
    { rows },
  );
  expect(found).toEqual({ wrong: 0 });
});

const west = neighbourhoodId("west");

const namesFound = async (text: string): Promise<readonly string[]> => {
  const { data, errors } = await world.ask(
    `query ($text: String!, $near: String!) { search(text: $text, near: $near) { edges { node { name } } } }`,
    { text, near: west },
  );
  expect(errors).toBeUndefined();
  return data.search.edges.map(({ node }: { readonly node: { readonly name: string } }) => node.name);
};

test("what is overdue ranks lower only after its day, is first by its whole name, and comes back when it is confirmed", async () => {
  await island.add(
    { name: "Hall", kind: "Place", in: "west" },
    { name: "Far hall", kind: "Place", in: "east" },
    { name: "Kettle Corner", sites: ["Hall"], supports: { loneliness: 1 } },
    { name: "Company", sites: ["Hall"], supports: { loneliness: 0.95 }, summary: "A kettle, in a corner." },
    { name: "Kettle Corner Friends", sites: ["Hall"], supports: { loneliness: 0.2 } },
  );
  const first = async (text: string) => (await namesFound(text))[0];
  expect(await first("lonely")).toBe("Kettle Corner");
  await confirmAsset(islandId("Kettle Corner"), "2026-05-22");
  expect(await first("lonely")).toBe("Kettle Corner");
  for (const day of ["2026-05-21", "2010-01-01", null]) {
    await confirmAsset(islandId("Kettle Corner"), day);
    expect(await first("lonely")).toBe("Company");
    expect(await first("kettle corner")).toBe("Kettle Corner");
    expect(await first("Kettle Corner for the lonely")).toBe("Kettle Corner");
  }
  await confirmAsset(islandId("Kettle Corner"), "2026-11-22");
  expect(await first("lonely")).toBe("Kettle Corner");
});

interface Link {
  readonly from: string;
  readonly relationship: string;
  readonly to: string;
  readonly on: string | null;
  /** The record that tells of it. */
  readonly source?: string;
}

/** Says on which days links were confirmed; makes those that the island does not. */
async function confirmLinks(...links: readonly Link[]): Promise<void> {
  for (const link of links) {
    await world.cypher(
      cypher`
        MATCH (from {id: $link.from}) WHERE from:Asset OR from:Referrer
        MATCH (to {id: $link.to}) WHERE to:Asset OR to:Area OR to:Condition
        CALL (from, to) {
          OPTIONAL MATCH (from)-[there:$($link.relationship)]->(to) WHERE $link.source IS NULL
          WITH from, to, collect(there) AS found
          CALL (from, to, found) {
            WITH from, to, found WHERE size(found) = 0
            CREATE (from)-[made:$($link.relationship) {source: $link.source}]->(to)
            SET made.id = CASE $link.relationship WHEN 'REFERS_TO' THEN 'stp_' + from.id + to.id END
            RETURN collect(made) AS created
          }
          RETURN found + created AS links
        }
        UNWIND links AS one
        SET one.confirmedOn = date($link.on)
        RETURN type(one) AS type`,
      { link: { source: null, ...link } },
    );
  }
}

const due = (asked: Partial<Parameters<typeof dueForConfirmation>[1]> = {}) =>
  dueForConfirmation({ graph: world.graph, now }, { area: west, first: 100, ...asked });

/** What is due, one line each: "2026-11-21 Tea HELD_AT Hall". */
async function linesDue(asked: Parameters<typeof due>[0] = {}): Promise<readonly string[]> {
  const { edges, totalCount, pageInfo } = await due(asked);
  if (!pageInfo.hasNextPage && !pageInfo.hasPreviousPage) expect(totalCount).toBe(edges.length);
  return edges.map(({ node: { asset, relationship, to, confirmBy } }) =>
    [confirmBy ?? "at once", asset.name, ...(to === null ? [] : [relationship, to.name])].join(" "),
  );
}

const hall: AssetGiven = { name: "Hall", kind: "Place", in: "west" };
const id = (name: string, kind: AssetKind = "Activity") => islandId(name, kind);

test("what is due in an area is told by deadline: of each kind of asset, and of each kind of link", async () => {
  const [condition, referrer] = await Promise.all(
    [
      cypher`MATCH (one:Condition {slug: 'loneliness'}) RETURN one.id AS id, one.name AS name`,
      cypher`MATCH (one:Referrer {slug: 'self'}) RETURN one.id AS id, one.name AS name`,
    ].map(async (text) => (await world.cypher(text))[0] as { readonly id: string; readonly name: string }),
  );
  if (condition === undefined || referrer === undefined) throw new Error("The seed has both.");
  await island.add(
    { ...hall, confirmedOn: "2024-12-22" },
    { name: "Tea", sites: ["Hall"], supports: { loneliness: 1 }, serves: ["west"], confirmedOn: "2026-06-22" },
    { name: "Kettle", kind: "Group", sites: ["Hall"], confirmedOn: "2025-12-22" },
    { name: "Friends", kind: "Organisation", sites: ["Hall"], confirmedOn: "2024-12-22" },
  );
  const links = {
    tea: { from: id("Tea"), relationship: "HELD_AT", to: id("Hall", "Place"), on: "2026-06-20" },
    serves: { from: id("Tea"), relationship: "SERVES", to: west, on: "2026-06-19" },
    supports: { from: id("Tea"), relationship: "SUPPORTS", to: condition.id, on: "2025-12-18" },
    meets: { from: id("Kettle", "Group"), relationship: "MEETS_AT", to: id("Hall", "Place"), on: "2025-12-17" },
    hosts: { from: id("Kettle", "Group"), relationship: "HOSTS", to: id("Tea"), on: "2025-12-16" },
    based: { from: id("Friends", "Organisation"), relationship: "BASED_AT", to: id("Hall", "Place"), on: "2024-12-15" },
    runs: { from: id("Friends", "Organisation"), relationship: "RUNS", to: id("Tea"), on: "2024-12-14" },
    refers: { from: referrer.id, relationship: "REFERS_TO", to: id("Tea"), on: "2026-06-13" },
    onward: { from: id("Kettle", "Group"), relationship: "REFERS_TO", to: id("Tea"), on: "2026-06-12" },
  };
  await confirmLinks(...Object.values(links));
  expect(await linesDue()).toEqual([
    "2026-12-12 Kettle REFERS_TO Tea",
    `2026-12-13 ${referrer.name} REFERS_TO Tea`,
    "2026-12-14 Friends RUNS Tea",
    "2026-12-15 Friends BASED_AT Hall",
    "2026-12-16 Kettle HOSTS Tea",
    "2026-12-17 Kettle MEETS_AT Hall",
    `2026-12-18 Tea SUPPORTS ${condition.name}`,
    "2026-12-19 Tea SERVES Meridian 001A",
    "2026-12-20 Tea HELD_AT Hall",
    ...[id("Tea"), id("Kettle", "Group"), id("Friends", "Organisation"), id("Hall", "Place")]
      .toSorted()
      .map((one) => `2026-12-22 ${{ act: "Tea", grp: "Kettle", org: "Friends", plc: "Hall" }[one.slice(0, 3)] ?? ""}`),
  ]);

  const idOfLink = (letter: string, { from, to }: Link) => `lnk_${letter}${from}${to}`;
  const { edges } = await due();
  expect(edges.map(({ node }) => node.link)).toEqual([
    `stp_${links.onward.from}${links.onward.to}`,
    `stp_${links.refers.from}${links.refers.to}`,
    idOfLink("R", links.runs),
    idOfLink("B", links.based),
    idOfLink("H", links.hosts),
    idOfLink("M", links.meets),
    idOfLink("P", links.supports),
    idOfLink("S", links.serves),
    idOfLink("A", links.tea),
    null,
    null,
    null,
    null,
  ]);
  expect(edges[1]?.node).toEqual({
    asset: { id: referrer.id, name: referrer.name, kind: "Referrer" },
    link: `stp_${referrer.id}${id("Tea")}`,
    relationship: "REFERS_TO",
    to: { id: id("Tea"), name: "Tea", kind: "Activity" },
    lastConfirmedOn: "2026-06-13",
    confirmBy: "2026-12-13",
  });
  expect(edges[7]?.node.to).toEqual({ id: west, name: "Meridian 001A", kind: "Area" });
});

test("what is due a month ahead is told, and what is due a day later is not; what was never confirmed comes first", async () => {
  await island.add(
    { ...hall, confirmedOn: "2024-12-23" },
    { name: "Ahead", sites: ["Hall"], confirmedOn: "2026-06-22" },
    { name: "Later", sites: ["Hall"], confirmedOn: "2026-06-23" },
    { name: "Past", sites: ["Hall"], confirmedOn: "2020-01-01" },
    { name: "Never", sites: ["Hall"] },
  );
  await confirmAsset(id("Never"), null);
  await confirmLinks(
    ...["Ahead", "Later", "Past", "Never"].map((name) => ({
      from: id(name),
      relationship: "HELD_AT",
      to: id("Hall", "Place"),
      on: name === "Later" ? null : "2026-11-22",
    })),
  );
  expect(await linesDue()).toEqual([
    "at once Never",
    "at once Later HELD_AT Hall",
    "2020-07-01 Past",
    "2026-12-22 Ahead",
  ]);
});

test("a link that two records tell of is one, confirmed when the last of them was", async () => {
  await island.add({ ...hall, confirmedOn: "2026-11-22" }, { name: "Tea", sites: ["Hall"], confirmedOn: "2026-11-22" });
  const link = { from: id("Tea"), relationship: "HELD_AT", to: id("Hall", "Place") };
  await confirmLinks(
    { ...link, on: "2020-01-01" },
    { ...link, source: "one", on: "2021-01-01" },
    { ...link, source: "two", on: null },
  );
  expect(await linesDue()).toEqual(["2021-07-01 Tea HELD_AT Hall"]);
  await confirmLinks({ ...link, source: "three", on: "2026-11-22" });
  expect(await linesDue()).toEqual([]);
});

test("only what is on the map is due, in its own area and in one that it is in", async () => {
  const past = { confirmedOn: "2010-01-01" };
  await island.add(
    { ...hall, ...past },
    { name: "East hall", kind: "Place", in: "east", ...past },
    { name: "Shut", kind: "Place", in: "west", status: "ARCHIVED", ...past },
    { name: "Tea", sites: ["Hall"], ...past },
    { name: "Gone tea", sites: ["Hall"], status: "ARCHIVED", ...past },
    { name: "East tea", sites: ["East hall"], ...past },
    { name: "Visitors", serves: ["west"], ...past },
    { name: "Gone visitors", serves: ["west"], status: "PROPOSED", ...past },
    { name: "Homeless", sites: ["Shut"], ...past },
  );
  await confirmLinks({ from: id("Gone tea"), relationship: "REFERS_TO", to: id("Tea"), on: null });
  const assets = async (area: string) =>
    [
      ...new Set((await due({ area })).edges.flatMap(({ node }) => (node.link === null ? node.asset.name : []))),
    ].toSorted();
  expect(await assets(west)).toEqual(["Hall", "Tea", "Visitors"]);
  expect((await linesDue()).filter((line) => /Gone|Shut|East/.test(line))).toEqual([]);
  expect(await assets(neighbourhoodId("east"))).toEqual(["East hall", "East tea"]);
  expect(await assets(neighbourhoodId("middle"))).toEqual([]);
  await world.cypher(
    cypher`
      CREATE (whole:Area:Island:IslandAsset {id: 'are_island', slug: 'island', kind: 'NEIGHBOURHOOD', name: 'Island'})
      WITH whole MATCH (area:Island {kind: 'LSOA'}) CREATE (area)-[:WITHIN]->(whole) RETURN count(*) AS areas`,
  );
  expect(await assets("island")).toEqual(["East hall", "East tea", "Hall", "Tea", "Visitors"]);
});

test("pages neither repeat nor skip, while some are confirmed meanwhile", async () => {
  await island.add({ ...hall, confirmedOn: "2026-11-22" });
  for (let number = 0; number < 9; number += 1) {
    const day = `2026-0${1 + (number % 3)}-01`;
    await island.add({ name: `Tea ${number}`, sites: ["Hall"], confirmedOn: day });
    await confirmLinks({ from: id(`Tea ${number}`), relationship: "HELD_AT", to: id("Hall", "Place"), on: day });
  }
  const all = await linesDue();
  expect(all).toHaveLength(18);
  const seen: string[] = [];
  let after: string | null = null;
  for (let page = 0; page < 10; page += 1) {
    const { edges, pageInfo, totalCount } = await due({ first: 4, after });
    seen.push(...(await linesDue({ first: 4, after })));
    expect(pageInfo.hasPreviousPage).toBe(page > 0);
    expect(totalCount).toBe(18 - page);
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
    // Somebody confirms the first of the page just read.
    const confirmed = edges[0]?.node;
    if (confirmed?.link === null) await confirmAsset(confirmed.asset.id, "2026-11-22");
    else
      await confirmLinks({
        from: confirmed?.asset.id ?? "",
        relationship: "HELD_AT",
        to: id("Hall", "Place"),
        on: "2026-11-22",
      });
  }
  expect(seen).toEqual(all);
});

test("what is no area, no page and no cursor is refused", async () => {
  for (const [asked, field] of [
    [{ area: "nowhere" }, "area"],
    [{ area: "" }, "area"],
    [{ area: "england" }, "area"],
    [{ first: 0 }, "first"],
    [{ first: 101 }, "first"],
    [{ after: "nonsense" }, "after"],
  ] as const) {
    await expect(due(asked), JSON.stringify(asked)).rejects.toMatchObject({
      code: "BAD_INPUT",
      details: { field: [field] },
    });
  }
});

test("in Rose Hill more is due than can be on one page, and none of it later than a month ahead", async () => {
  const { edges, totalCount, pageInfo } = await due({ area: "rose-hill", first: 10 });
  expect(edges).toHaveLength(10);
  expect(totalCount).toBeGreaterThan(10);
  expect(pageInfo.hasNextPage).toBe(true);
  for (const { node } of edges) expect(node.confirmBy === null || node.confirmBy <= "2026-12-22").toBe(true);
});
