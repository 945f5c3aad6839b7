// Our own statements, straight from Neo4j with no GraphQL around them: the walk as the directory's subgraph has it, and routes of referrals.
import { z } from "zod";
import { createLog } from "../../core/log.ts";
import { cypher } from "../../graph/cypher.ts";
import { connectGraph } from "../../graph/graph.ts";
import { createDirectoryKnowledge } from "../../subgraphs/directory/knowledge.ts";
import { assets } from "../../subgraphs/directory/search.ts";
import { countingFor } from "../../knowledge/vocabulary.ts";
import { serveContender } from "../contender.ts";
import { bestRoutesStatement } from "./bestRoutes.ts";
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

async function routes({ from, areaId, condition }: z.output<typeof routesAsked>): Promise<readonly object[]> {
  const vocabulary = await knowledge.vocabulary();
  const id = vocabulary.bySlug.get(condition)?.id ?? "";
  return graph.run(bestRoutesStatement, { from, areaId, conditionIds: [...countingFor(vocabulary, [id]).keys()] });
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
