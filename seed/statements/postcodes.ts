import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";
import { inTurn } from "./turns.ts";

/**
 * Puts postcodes where a place with that postcode stands, unless somebody has said where they are. `source` is that place's record: when
 * it changes, the postcode goes with what else it asserted.
 */
export const placePostcodes = {
  name: "placePostcodes",
  access: "WRITE",
  text: cypher`
    ${inTurn}
    UNWIND $rows AS row
    OPTIONAL MATCH (known:Postcode {code: row.code})
    WITH row, known
    WHERE known IS NULL OR NOT EXISTS { (known)-[:IN]->(:Area) } OR (known.location IS NULL AND row.latitude IS NOT NULL)
    MATCH (area:Area {id: row.area})
    MERGE (postcode:Postcode {code: row.code})
    SET postcode.location = coalesce(postcode.location, point({latitude: row.latitude, longitude: row.longitude}))
    WITH row, area, postcode
    WHERE NOT EXISTS { (postcode)-[:IN]->(:Area) }
    CREATE (postcode)-[:IN {source: row.source}]->(area)`,
  row: z.object({}),
} as const;
