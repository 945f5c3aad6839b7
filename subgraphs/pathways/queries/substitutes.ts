import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import { admitsAge, isForThoseConcerned } from "../../admission.ts";
import { place } from "./network.ts";

/**
 * Of what supports a need near a place, by itself and for the person, the best that needs no referral: nobody says that people have to be sent there.
 * The strongest first, then the nearest. Takes what the network takes near a place; notIds; limit.
 */
export const substitutesStatement = {
  name: "substitutes",
  access: "READ",
  text: cypher`${place}
    CALL (covers, nearby) {
      UNWIND covers AS cover
      MATCH (cover)<-[:SERVES]-(asset:Asset)
      WHERE any(id IN asset.supportedIds WHERE $asked.shares[id] IS NOT NULL)
      RETURN asset
      UNION
      UNWIND nearby AS lsoa
      MATCH (lsoa)<-[:IN]-(site:Place)
      MATCH (site)<-[:HELD_AT|MEETS_AT|BASED_AT*0..1]-(asset:Asset)
      WHERE any(id IN asset.supportedIds WHERE $asked.shares[id] IS NOT NULL) AND NOT EXISTS { (asset)-[:SERVES]->() }
      RETURN asset
    }
    WITH DISTINCT asset, here
    WHERE asset.status = 'PUBLISHED' AND NOT EXISTS { (asset)<-[:REFERS_TO]-() } AND ${admitsAge} AND ${isForThoseConcerned}
    CALL (asset) {
      MATCH (asset)-[supports:SUPPORTS]->(condition:Condition)
      WHERE $asked.shares[condition.id] IS NOT NULL AND supports.byReferral IS NULL
      RETURN condition.id AS conditionId, supports.strength * $asked.shares[condition.id] AS strength
      ORDER BY strength DESC, conditionId LIMIT 1
    }
    CALL (asset, here) {
      OPTIONAL MATCH (asset)-[:HELD_AT|MEETS_AT|BASED_AT*0..1]->(site:Place)
      RETURN min(point.distance(site.location, here)) AS metres
    }
    RETURN asset.id AS id, conditionId
    ORDER BY strength DESC, metres, id LIMIT 1`,
  row: z.object({ id: z.string(), conditionId: z.string() }),
} as const;
