import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";

/** How many assets there are for each area in the graph. Neo4j keeps both counts: it reads nothing. */
export const densityStatement = {
  name: "density",
  access: "READ",
  text: cypher`
    CALL () {
      MATCH (asset:Asset)
      RETURN count(asset) AS assets
    }
    CALL () {
      MATCH (area:Area)
      RETURN count(area) AS areas
    }
    RETURN CASE areas WHEN 0 THEN 0.0 ELSE toFloat(assets) / areas END AS assetsPerArea`,
  row: z.object({ assetsPerArea: z.number() }),
} as const;
