import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";

/**
 * The best ways from an asset to one that supports some conditions within three borders of an area: at most five hand-offs, never twice to
 * the same asset, the fewest hand-offs first, then the shortest wait (one that is not known counts as none). A forerunner, to know what such
 * a statement costs: what the directory will answer has more to it. Takes from, areaId, conditionIds.
 */
export const bestRoutesStatement = {
  name: "bestRoutes",
  access: "READ",
  text: cypher`
    MATCH (around:Area {id: $areaId})
    MATCH path = (start:Asset {id: $from})-[:REFERS_TO*1..5]->(reached:Asset)
    WHERE reached.status = 'PUBLISHED'
      AND EXISTS { MATCH (reached)-[:SUPPORTS]->(condition:Condition) WHERE condition.id IN $conditionIds }
      AND EXISTS {
        MATCH (reached)-[:HELD_AT|MEETS_AT|BASED_AT*0..1]->(:Place)-[:IN]->(:Area)-[:BORDERS*0..3]-(:Area)-[:WITHIN*0..6]->(around)
      }
    WITH [asset IN nodes(path) | asset.id] AS ids,
      reduce(days = 0, step IN relationships(path) | days + coalesce(step.waitDays, 0)) AS waitDays
    WHERE all(position IN range(1, size(ids) - 1) WHERE NOT ids[position] IN ids[..position])
    RETURN ids, size(ids) - 1 AS handOffs, waitDays
    ORDER BY handOffs, waitDays, ids
    LIMIT 5`,
  row: z.object({ ids: z.array(z.string()), handOffs: z.number(), waitDays: z.number() }),
} as const;
