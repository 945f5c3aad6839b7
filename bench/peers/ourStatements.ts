// Our own statements, straight from Neo4j with no GraphQL around them: the walk as the directory's subgraph has it, and routes of referrals.
import { z } from "zod";
import { createLog } from "../../core/log.ts";
import { cypher } from "../../graph/cypher.ts";
import { connectGraph } from "../../graph/graph.ts";
import { createDirectoryKnowledge } from "../../subgraphs/directory/knowledge.ts";
import { assets } from "../../subgraphs/directory/search.ts";
import { referralRoutes } from "../../subgraphs/pathways/referralRoutes.ts";
import { serveContender } from "../contender.ts";
import { nothingAsked, routesAsked, walkAsked } from "./asked.ts";

const settings = z
  .object({ neo4j: z.object({ uri: z.string(), user: z.string(), password: z.string(), database: z.string() }) })
  .parse(JSON.parse(process.argv[2] ?? "{}"));

const log = createLog("error", "bench");
const graph = connectGraph(settings.neo4j, { log });
const knowledge = createDirectoryKnowledge(graph, log, null);

/** The first assets near an area that support a condition, with what PostGIS tells of them too. */
async function walk({ areaId, condition, first, now }: z.output<typeof walkAsked>): Promise<readonly object[]> {
  const { found } = await assets(
    { graph, knowledge, now: new Date(now) },
    { filter: { near: areaId, conditions: [condition] }, first },
    false,
  );
  return found.edges.map(({ node }) => ({
    id: node.id,
    name: node.name,
    tier: node.tier,
    score: node.score,
    relevance: node.relevance,
    support: node.support,
    freshness: node.freshness,
    closeness: node.closeness,
    neighbourhoodsAway: node.neighbourhoodsAway,
    distanceMetres: node.distanceMetres,
    siteId: node.site?.id ?? null,
    siteName: node.site?.name ?? null,
    viaName: node.via?.name ?? null,
  }));
}

/** The best five routes with all that their steps tell, without what is out of reach. */
async function routes({ areaId, ...person }: z.output<typeof routesAsked>): Promise<readonly object[]> {
  const found = await referralRoutes(
    { graph, knowledge, now: new Date() },
    { input: { ...person, near: areaId }, first: 5 },
    false,
  );
  return found.routes.map(({ condition, totalWaitDays, distanceMetres, lastConfirmedOn, steps }) => ({
    conditionId: condition.id,
    totalWaitDays,
    distanceMetres,
    lastConfirmedOn,
    steps: steps.map((step) => ({
      id: step.id,
      // Ours tell of whoever asked, where the step takes a broader kind.
      fromId: step === steps[0] ? null : step.from.id,
      fromName: step === steps[0] ? null : step.from.name,
      toId: step.to.id,
      toName: step.to.name,
      method: step.method,
      ownCriteria: step.ownCriteria,
      minimumAge: step.minimumAge,
      maximumAge: step.maximumAge,
      waitDays: step.waitDays,
      capacity: step.capacity,
      evidence: step.evidence,
      lastConfirmedOn: step.lastConfirmedOn,
      sample: step.sample,
      serves: step.serves.map(({ name }) => name),
      accepts: step.accepts.map(({ name }) => name),
      excludes: step.excludes.map(({ name }) => name),
      forWhom: step.forWhom,
      servedByAsset: step.servedByAsset.map(({ name }) => name),
    })),
  }));
}

const nothingStatement = {
  name: "nothing",
  access: "READ",
  text: cypher`RETURN 1 AS one`,
  row: z.object({ one: z.number() }),
} as const;

serveContender(
  (question) => {
    if (question === nothingAsked) return graph.run(nothingStatement);
    const asked = walkAsked.safeParse(question);
    return asked.success ? walk(asked.data) : routes(routesAsked.parse(question));
  },
  async () => {
    await knowledge.stop();
    await graph.close();
  },
);
