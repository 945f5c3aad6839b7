import neo4j, { type Driver } from "neo4j-driver";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { createLog } from "../core/log.ts";
import { cypher } from "../graph/cypher.ts";
import { derivedOfAsset } from "../graph/derived.ts";
import type { Graph } from "../graph/graph.ts";
import { createDirectoryKnowledge, type DirectoryKnowledge } from "../subgraphs/directory/knowledge.ts";
import type { AssetFilter } from "../subgraphs/directory/schema.generated.ts";
import { search } from "../subgraphs/directory/search.ts";
import { suggest } from "../subgraphs/directory/suggest.ts";
import { openWorld, type World } from "./world.ts";

/** How many times as many assets there are afterwards, all of what is new far away. */
const growth = 50;

let world: World;
let driver: Driver;
let knowledge: DirectoryKnowledge;
let profiled: ReturnType<typeof profiling>;

beforeAll(async () => {
  world = await openWorld();
  const { uri, user, password } = inject("neo4j");
  driver = neo4j.driver(uri, neo4j.auth.basic(user, password), { disableLosslessIntegers: true });
  profiled = profiling(driver, inject("neo4j").database);
  knowledge = createDirectoryKnowledge(world.graph, createLog("error", "test"), null);
});

afterAll(async () => {
  await knowledge.stop();
  await driver.close();
  await world.close();
});

/** What a statement cost Neo4j. */
interface Cost {
  /** Records read, of nodes, relationships, properties and indexes. */
  readonly hits: number;
  /** Rows that went from one operator to the next. */
  readonly rows: number;
}

/** A graph that profiles what it runs, and keeps the cost of each statement by name. */
function profiling(server: Driver, database: string): { readonly graph: Graph; readonly costs: Map<string, Cost> } {
  const costs = new Map<string, Cost>();
  const graph: Graph = {
    run: async (statement, parameters = {}) => {
      const { records, summary } = await server.executeQuery(`PROFILE ${statement.text}`, parameters, {
        database,
        routing: neo4j.routing.READ,
      });
      if (summary.profile === false) throw new Error("Neo4j did not say what it cost.");
      costs.set(statement.name, costOf(summary.profile));
      return records.map((record) => statement.row.parse(record.toObject()));
    },
    write: () => Promise.reject(new Error("Nothing is written here.")),
    bookmark: () => Promise.resolve(null),
    within: () => graph,
  };
  return { graph, costs };
}

/** An operator of a plan as it was run, and those that it took its rows from. */
interface Operator {
  readonly dbHits: number;
  readonly rows: number;
  readonly children: readonly Operator[];
}

function costOf(plan: Operator): Cost {
  const inside = plan.children.map(costOf);
  return {
    hits: inside.reduce((sum, { hits }) => sum + hits, plan.dbHits),
    rows: inside.reduce((sum, { rows }) => sum + rows, plan.rows),
  };
}

const page = { total: false, facets: false, repairs: false, needs: false, why: true, way: false };
const everything = { total: true, facets: true, repairs: true, needs: true, why: true, way: true };

const now = new Date("2026-11-22T12:00:00Z");

/** What is asked near a place, of which nothing may grow. */
const near = {
  headline: () => searched("loneliness support near Rose Hill", page),
  "facets and repairs": () =>
    searched("loneliness near Rose Hill", everything, { kinds: ["PLACE"], free: true, days: ["SUNDAY"] }),
};

/** What reads the whole country's names and texts, of which nothing may grow beyond what is read at most. */
const byWords = {
  "words near a place": () => searched("tea dance near Rose Hill", page),
  suggestions: () => suggest({ graph: profiled.graph, knowledge, now }, { text: "tea" }),
};

async function searched(text: string, wanted: typeof page, filter: AssetFilter | null = null, first = 20) {
  const asked = { text, filter, first };
  const { found, overview, repairs } = await search({ graph: profiled.graph, knowledge, now }, asked, wanted);
  return { found, overview, repairs };
}

async function measure(ask: () => Promise<unknown>) {
  profiled.costs.clear();
  const answer = await ask();
  return { answer, costs: Object.fromEntries(profiled.costs) };
}

async function measureAll<Name extends string>(questions: Readonly<Record<Name, () => Promise<unknown>>>) {
  const measured: (readonly [Name, Awaited<ReturnType<typeof measure>>])[] = [];
  for (const name of Object.keys(questions) as Name[]) measured.push([name, await measure(questions[name])]);
  return Object.fromEntries(measured) as Record<Name, Awaited<ReturnType<typeof measure>>>;
}

/** Runs a statement in transactions of its own, as only a session can. */
async function run(text: string, parameters = {}): Promise<void> {
  const session = driver.session({ database: inject("neo4j").database });
  try {
    await session.run(text, parameters);
  } finally {
    await session.close();
  }
}

/** As many pairs, a hall and what is held there, for needs that are asked about most, with the same words, in LSOAs that border none of ours. */
async function addFarAway(pairs: number): Promise<void> {
  await run(
    cypher`
      UNWIND range(0, 999) AS index
      CREATE (area:Area:FarAway {
        id: 'far-' + index, kind: 'LSOA', name: 'Far Away ' + index, alternateNames: [], population: 1500, proposed: false,
        centre: point({latitude: 58.0 + index * 0.001, longitude: -4.0})
      })
      WITH collect(area) AS areas
      UNWIND range(0, size(areas) - 2) AS index
      WITH areas[index] AS one, areas[index + 1] AS next
      CREATE (one)-[:BORDERS {metres: 500}]->(next), (one)-[:LEADS_TO]->(next), (next)-[:LEADS_TO]->(one)`,
  );
  await run(
    cypher`
      MATCH (condition:Condition)<-[:SUPPORTS]-(:Asset)
      WITH condition, count(*) AS popularity ORDER BY popularity DESC LIMIT 10
      WITH collect(condition) AS conditions
      MATCH (area:FarAway)
      WITH conditions, collect(area) AS areas
      UNWIND range(1, $pairs) AS index
      CALL (conditions, areas, index) {
        WITH conditions, areas, index, areas[index % size(areas)] AS area
        CREATE (hall:Asset:Place:FarAway {
          id: 'far-hall-' + index, name: 'Far hall ' + index, alternateNames: [], summary: 'A hall for tea, in a far place.',
          status: 'PUBLISHED', stepFree: 'YES', reach: ['AT_A_PLACE'], location: area.centre, confirmedOn: date('2026-11-01')
        })-[:IN]->(area)
        CREATE (asset:Asset:Activity:FarAway {
          id: 'far-tea-' + index, name: 'Tea dance ' + index, alternateNames: [], summary: 'A far dance with tea for the lonely.',
          status: 'PUBLISHED', stepFree: 'YES', isFree: true, reach: ['AT_A_PLACE'], confirmedOn: date('2026-11-01')
        })-[:HELD_AT]->(hall)
        WITH conditions, asset, index
        UNWIND range(0, 2) AS nth
        WITH asset, nth, conditions[(index + nth) % size(conditions)] AS condition
        CREATE (asset)-[:SUPPORTS {strength: 1.0}]->(condition)
        WITH DISTINCT asset
        ${derivedOfAsset}
      } IN TRANSACTIONS OF 5000 ROWS`,
    { pairs: neo4j.int(pairs) },
  );
  // Neo4j plans a statement anew once there is much more of what it reads. This makes it do so at once.
  await run(cypher`CALL db.prepareForReplanning()`);
}

async function removeFarAway(): Promise<void> {
  await run(cypher`MATCH (node:FarAway) CALL (node) { DETACH DELETE node } IN TRANSACTIONS OF 10000 ROWS`);
}

/** The same work with another plan: the order in which a row's facts are looked at may change with how many there are in the country. */
const leeway = 1.05;

/** Of the 300 texts, or 100 names, that are read at most, what it takes to read them. */
const mostHits = 1500;

/** How many there are anywhere, which is asked only where nothing was found near by, of 1,000 that are looked at. */
const anywhere = "count from wish";

/** What it takes to look at so many. */
const mostHitsCounting = 30_000;

/** Near a place, words of which the country has more than the indexes give are looked for in the texts of what is near. */
const mostTimesByWords = 2;

test("a search near a place costs the same with 50 times as many assets elsewhere, and is answered the same", async () => {
  const [assets] = await world.cypher(cypher`MATCH (asset:Asset) RETURN count(asset) AS count`);
  const count = Number(assets?.["count"]);
  expect(count).toBeGreaterThan(500);
  const [nearBefore, byWordsBefore] = [await measureAll(near), await measureAll(byWords)];
  try {
    await addFarAway(((growth - 1) * count) / 2);
    // It knows by now that the country is full, and that a few rings may be enough.
    await knowledge.stop();
    knowledge = createDirectoryKnowledge(world.graph, createLog("error", "test"), null);
    const [nearAfter, byWordsAfter] = [await measureAll(near), await measureAll(byWords)];

    for (const name of Object.keys(near) as (keyof typeof near)[]) {
      const [before, after] = [nearBefore[name], nearAfter[name]];
      expect(after.answer, name).toEqual(before.answer);
      expect(Object.keys(after.costs), name).toEqual(expect.arrayContaining(Object.keys(before.costs)));
      for (const [statement, { hits, rows }] of Object.entries(before.costs)) {
        if (statement === anywhere) {
          expect(after.costs[statement]?.hits, statement).toBeLessThanOrEqual(mostHitsCounting);
          continue;
        }
        expect(after.costs[statement]?.hits, statement).toBeLessThanOrEqual(hits * leeway);
        expect(after.costs[statement]?.rows, statement).toBeLessThanOrEqual(rows * leeway);
      }
    }
    expect(Object.keys(nearBefore.headline.costs)).toEqual(["walk furthest in order of relevance, conditions"]);
    expect(Object.keys(nearAfter.headline.costs)).toEqual([
      "walk near in order of relevance, conditions",
      "walk furthest in order of relevance, conditions",
    ]);
    // A page that is full within a few rings goes no further, and counts nothing for who does not ask.
    const short = await measure(() => searched("loneliness support near Rose Hill", page, null, 5));
    expect(Object.keys(short.costs)).toEqual(["walk next in order of relevance, conditions"]);
    const idsIn = (answer: unknown) =>
      (answer as Awaited<ReturnType<typeof searched>>).found.edges.map(({ node }) => node.id);
    expect(idsIn(short.answer)).toEqual(idsIn(nearBefore.headline.answer).slice(0, 5));
    expect(Object.keys(nearAfter["facets and repairs"].costs)).toEqual(
      expect.arrayContaining(["overview of a walk furthest", "relaxations of a walk furthest"]),
    );

    const walk = "walk furthest in order of relevance, whole";
    expect(byWordsAfter["words near a place"].costs[walk]?.hits).toBeLessThanOrEqual(
      (byWordsBefore["words near a place"].costs[walk]?.hits ?? NaN) * mostTimesByWords,
    );
    const names = ({ answer }: { readonly answer: unknown }) =>
      (answer as Awaited<ReturnType<typeof searched>>).found.edges.map(({ node }) => node.name);
    expect(names(byWordsBefore["words near a place"])).toContain("Tuesday tea dance");
    expect(names(byWordsAfter["words near a place"]).slice(0, 5)).toEqual(
      names(byWordsBefore["words near a place"]).slice(0, 5),
    );
    expect(byWordsAfter["words near a place"].costs["textMatches"]?.hits).toBeLessThanOrEqual(mostHits);
    expect(byWordsAfter.suggestions.costs["namesBeginning"]?.hits).toBeLessThanOrEqual(mostHits);
  } finally {
    await removeFarAway();
  }
}, 300_000);
