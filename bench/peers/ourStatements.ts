// Our own walk, straight from Neo4j: what stands in the directory's subgraph, with no GraphQL around it.
import { z } from "zod";
import { createLog } from "../../core/log.ts";
import { connectGraph } from "../../graph/graph.ts";
import { createKnowledge } from "../../subgraphs/directory/knowledge.ts";
import { assets } from "../../subgraphs/directory/search.ts";
import { serveContender } from "../contender.ts";

const settings = z
  .object({ neo4j: z.object({ uri: z.string(), user: z.string(), password: z.string(), database: z.string() }) })
  .parse(JSON.parse(process.argv[2] ?? "{}"));

const asked = z.object({ areaId: z.string(), condition: z.string(), first: z.number(), now: z.string() });

const log = createLog("error", "bench");
const graph = connectGraph(settings.neo4j, { log });
const knowledge = createKnowledge(graph, log, null);

serveContender(
  async (question) => {
    const { areaId, condition, first, now } = asked.parse(question);
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
  },
  async () => {
    await knowledge.stop();
    await graph.close();
  },
);
