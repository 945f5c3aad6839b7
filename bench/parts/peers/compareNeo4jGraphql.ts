import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import { connectGraph, type Graph, type GraphServer } from "../../../graph/graph.ts";
import type { FederatedSettings } from "../../contenders/federated.ts";
import { type ContenderProcess, startContender } from "../../contender.ts";
import { interleaved, median, ratioOf } from "../../measure.ts";
import type { Budget, Figure, Report } from "../../part.ts";
import type { Question } from "../../questions.ts";
import { warmUp } from "../../warmUp.ts";
import { throughput } from "./throughput.ts";

const bench = join(import.meta.dirname, "..", "..");
const folder = join(bench, "peers", "neo4jGraphql");
const condition = "loneliness";
/** An answer that is worth comparing, and no further out than a walk of ours goes everywhere in the country. */
const fewest = 5;
const furthestMetres = 20_000;

/** Somewhere to ask about. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** One question, as each of the two is asked it. */
interface Asked {
  readonly ours: Question;
  readonly variables: Question["variables"];
}

const ourQuery = `query Supporting($near: String!, $metres: Int!, $conditions: [String!]!) {
  assets(filter: { near: $near, withinMetres: $metres, conditions: $conditions }, first: 100) {
    edges {
      node {
        id
        name
        summary
        ... on Activity { heldAt { name } }
        ... on Group { meetsAt { name } }
        ... on Organisation { basedAt { name } }
        supports(first: 10) { edges { node { condition { slug } } } }
      }
    }
    pageInfo { hasNextPage }
  }
}`;

/** The condition with all that is narrower, and the areas that hold a point, which a client of the library has to know. */
const knownStatement = {
  name: "knownOfQuestion",
  access: "READ",
  text: cypher`
    WITH point({latitude: $latitude, longitude: $longitude}) AS here
    MATCH (lsoa:Area) WHERE point.distance(lsoa.centre, here) < 5000 AND lsoa.kind = 'LSOA'
    WITH lsoa ORDER BY point.distance(lsoa.centre, here), lsoa.id LIMIT 1
    RETURN COLLECT { MATCH (lsoa)-[:WITHIN*0..6]->(area:Area) RETURN DISTINCT area.id } AS areas,
      COLLECT { MATCH (:Condition {slug: $condition})<-[:BROADER*0..6]-(narrower) RETURN DISTINCT narrower.id } AS conditions`,
  row: z.object({ areas: z.array(z.string()), conditions: z.array(z.string()) }),
} as const;

const page = z.object({
  data: z.object({
    assets: z.object({
      edges: z.array(z.object({ node: z.looseObject({ id: z.string() }) })),
      pageInfo: z.object({ hasNextPage: z.boolean() }),
    }),
  }),
});

const found = z.looseObject({ id: z.string() });
const byAsset = z.object({
  data: z.object({
    activities: z.array(found),
    groups: z.array(found),
    organisations: z.array(found),
    places: z.array(found),
  }),
});
const byPlace = z.object({
  data: z.object({
    places: z.array(
      z.object({
        id: z.string(),
        serves: z.array(z.unknown()),
        servesAny: z.array(z.unknown()),
        supports: z.array(z.unknown()),
        activities: z.array(found),
        groups: z.array(found),
        organisations: z.array(found),
      }),
    ),
  }),
});

/** The two ways to put the question to the library, and which assets are in the answer. */
const ways = [
  {
    name: "asked for assets",
    query: readFileSync(join(folder, "byAsset.graphql"), "utf8"),
    idsOf: (answer: unknown) => Object.values(byAsset.parse(answer).data).flatMap((list) => list.map(({ id }) => id)),
    isBudgeted: true,
  },
  {
    name: "asked for places and what is there",
    query: readFileSync(join(folder, "byPlace.graphql"), "utf8"),
    idsOf: (answer: unknown) =>
      byPlace
        .parse(answer)
        .data.places.flatMap(({ id, serves, servesAny, supports, activities, groups, organisations }) => [
          ...(supports.length > 0 && (servesAny.length === 0 || serves.length > 0) ? [id] : []),
          ...[...activities, ...groups, ...organisations].map((one) => one.id),
        ]),
    isBudgeted: false,
  },
] as const;

/**
 * What supports a condition within some metres of a point: our gateway with its subgraphs in process, against @neo4j/graphql on the same
 * database. The metres are such that there are 5 to 99. Throws when the two find different assets.
 */
export async function compareNeo4jGraphql(
  {
    server,
    points,
    size,
    budget,
  }: {
    readonly server: GraphServer;
    readonly points: readonly Point[];
    readonly size: number;
    readonly budget: Budget | null;
  },
  report: Report,
): Promise<readonly Figure[]> {
  const ours = await startContender(join(bench, "contenders", "federated.ts"), {
    how: "federated",
    server,
  } satisfies FederatedSettings);
  const theirs = await startContender(join(folder, "main.ts"), { neo4j: server });
  const graph = connectGraph(server);
  try {
    const asked: Asked[] = [];
    for (const point of points) {
      const question = await questionAt(point, ours, graph);
      if (question === null) report(`@neo4j/graphql is not asked where there are not ${fewest} to find`);
      else asked.push(question);
    }
    if (asked.length === 0)
      throw new Error("There is nothing to ask @neo4j/graphql about: nowhere are there enough to find.");
    const figures: Figure[] = [];
    for (const way of ways) {
      const questions = asked.map(({ variables }) => ({ query: way.query, variables }));
      for (const [at, question] of questions.entries()) {
        compareIds(
          await ours.answer(asked[at]?.ours),
          way.idsOf(JSON.parse(String(await theirs.answer(question)))),
          question,
        );
      }
      await warmUp(ours, { name: "ours", questions: asked.map((one) => one.ours), report });
      await warmUp(theirs, { name: `@neo4j/graphql, ${way.name}`, questions, report });
      for (const connections of [1, 16]) {
        const contenders = [
          throughput("ours", ours, { questions: asked.map((one) => one.ours), connections }),
          throughput("theirs", theirs, { questions, connections }),
        ] as const;
        const rounds = await interleaved(contenders, { rounds: 5, onRound: () => undefined });
        report(`@neo4j/graphql, ${way.name}, ${connections} connections: 5 rounds done`);
        figures.push({
          name: `against @neo4j/graphql ${way.name}: throughput, ${connections} connections, ${size} assets`,
          ...ratioOf(rounds.ours, rounds.theirs),
          budget: way.isBudgeted ? budget : null,
          value: `${median(rounds.ours).toFixed(0)}/s and ${median(rounds.theirs).toFixed(1)}/s`,
        });
      }
    }
    return figures;
  } finally {
    await Promise.all([ours.stop(), theirs.stop(), graph.close()]);
  }
}

/** The question at a point, with as many metres as it takes to find five; null where there are not so many near enough to be walked to. */
async function questionAt({ latitude, longitude }: Point, ours: ContenderProcess, graph: Graph): Promise<Asked | null> {
  const near = `${latitude},${longitude}`;
  const [known] = await graph.run(knownStatement, { latitude, longitude, condition });
  if (known === undefined) throw new Error(`No area is near ${near}.`);
  for (let metres = 300; metres < furthestMetres; metres = Math.round(metres * 1.4)) {
    const question = { query: ourQuery, variables: { near, metres, conditions: [condition] } };
    const answer = String(await ours.answer(question));
    if (answer.includes('"errors":[')) throw new Error(`This is no page: ${answer.slice(0, 500)}`);
    const { edges, pageInfo } = page.parse(JSON.parse(answer)).data.assets;
    if (edges.length < fewest) continue;
    if (pageInfo.hasNextPage) throw new Error(`Within ${metres} m of ${near} there are more than a page holds.`);
    return { ours: question, variables: { here: { latitude, longitude }, metres, ...known } };
  }
  return null;
}

function compareIds(answer: unknown, theirs: readonly string[], { variables }: Question): void {
  const mine = new Set(page.parse(JSON.parse(String(answer))).data.assets.edges.map(({ node }) => node.id));
  const others = new Set(theirs);
  const onlyOurs = [...mine].filter((id) => !others.has(id));
  const onlyTheirs = [...others].filter((id) => !mine.has(id));
  if (onlyOurs.length + onlyTheirs.length === 0) return;
  throw new Error(
    `${JSON.stringify(variables)}: only ours has ${onlyOurs.join(", ")}; only theirs has ${onlyTheirs.join(", ")}.`,
  );
}
