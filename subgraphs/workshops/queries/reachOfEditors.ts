import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";

/** For some ids of assets and areas: the areas that each is in or serves, with all those are in, and the organisations that each is or is run by. What editors may edit is told by these. */
export const reachOfEditorsStatement = {
  name: "reachOfEditors",
  access: "READ",
  text: cypher`
    CALL () {
      MATCH (asset:Asset)
      WHERE asset.id IN $asked.ids
      RETURN asset.id AS id,
        COLLECT {
          CALL (asset) {
            MATCH (asset)-[:HELD_AT|MEETS_AT|BASED_AT*0..1]->(:Asset)-[:IN]->(area:Area)
            RETURN area
            UNION
            MATCH (asset)-[:SERVES]->(area:Area)
            RETURN area
          }
          MATCH (area)-[:WITHIN*0..6]->(around:Area)
          RETURN DISTINCT around.id
        } AS areas,
        COLLECT {
          MATCH (asset)<-[:RUNS*0..1]-(organisation:Organisation)
          RETURN DISTINCT organisation.id
        } AS organisations
      UNION ALL
      MATCH (area:Area)
      WHERE area.id IN $asked.ids
      RETURN area.id AS id, COLLECT { MATCH (area)-[:WITHIN*0..6]->(around:Area) RETURN DISTINCT around.id } AS areas, [] AS organisations
    }
    RETURN id, areas, organisations`,
  row: z.object({ id: z.string(), areas: z.array(z.string()), organisations: z.array(z.string()) }),
} as const;
