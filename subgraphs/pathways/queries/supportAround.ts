import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import { sites } from "./network.ts";

/** Whether a bound `asset` may be asked what it supports of what is wanted. Takes conditionIds. */
const helps = cypher`any(id IN asset.supportedIds WHERE id IN $asked.conditionIds) AND asset.status = 'PUBLISHED'`;

/**
 * What supports any of $asked.conditionIds by itself for each of $asked.areaIds: what serves it or an area around it; and what has a site in it or within two borders and serves
 * nowhere in particular. For a nation only what serves it: what is near a nation is all there is. Distances are from the middle of what people live in, and null for
 * larger areas, whose middle is near nobody.
 */
export const supportAroundStatement = {
  name: "supportAround",
  access: "READ",
  text: cypher`
    MATCH (area:Area) WHERE area.id IN $asked.areaIds
    CALL (area) {
      MATCH (area)-[:WITHIN*0..6]->(cover:Area)
      RETURN collect(DISTINCT cover) AS covers
    }
    CALL (area) {
      WITH area, CASE area.kind WHEN 'LSOA' THEN 0 ELSE 1 END AS stepsHome
      MATCH path = (area)-[:LEADS_TO*0..3]->(lsoa:WithPlaces)
      WHERE area.kind <> 'NATION'
      WITH lsoa, stepsHome, min(length(path)) AS steps
      WHERE 0 <= steps - stepsHome <= 2
      RETURN collect(lsoa) AS nearby
    }
    CALL (covers, nearby) {
      UNWIND covers AS cover
      MATCH (cover)<-[:SERVES]-(asset:Asset)
      WHERE ${helps}
      RETURN asset
      UNION
      UNWIND nearby AS lsoa
      MATCH (lsoa)<-[:IN]-(site:Place)
      MATCH (site)<-[:HELD_AT|MEETS_AT|BASED_AT*0..1]-(asset:Asset)
      WHERE ${helps} AND NOT EXISTS { (asset)-[:SERVES]->() }
      RETURN asset
    }
    WITH DISTINCT area, asset
    RETURN area.id AS areaId, asset.id AS id,
      CASE WHEN area.kind IN ['LSOA', 'NEIGHBOURHOOD', 'WARD', 'MSOA'] THEN head(COLLECT {
        MATCH ${sites}
        WHERE site.status = 'PUBLISHED' AND site.location IS NOT NULL
        RETURN point.distance(site.location, area.centre) AS metres ORDER BY metres LIMIT 1
      }) END AS metres,
      COLLECT {
        MATCH (asset)-[supports:SUPPORTS]->(condition:Condition)
        WHERE supports.byReferral IS NULL AND condition.id IN $asked.conditionIds
        RETURN DISTINCT condition.id
      } AS supportedIds`,
  row: z.object({
    areaId: z.string(),
    id: z.string(),
    metres: z.number().nullable(),
    supportedIds: z.array(z.string()),
  }),
} as const;

export type SupportAroundRow = z.output<typeof supportAroundStatement.row>;
