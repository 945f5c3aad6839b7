import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";
import { inTurn } from "./turns.ts";

/** Makes the areas that lie above or below those of the rows lead to the LSOAs in them, and to no others. Borders see to theirs themselves. */
export const leadToLsoas = {
  name: "leadToLsoas",
  access: "WRITE",
  text: cypher`
    ${inTurn}
    UNWIND $rows AS row
    MATCH (:Area {id: row.id})<-[:WITHIN*0..6]-(home:Area)
    WHERE home.kind = 'LSOA'
    WITH DISTINCT home
    CALL (home) {
      MATCH (home)<-[old:LEADS_TO]-(area:Area)
      WHERE area.kind <> 'LSOA' AND NOT EXISTS { (home)-[:WITHIN*1..6]->(area) }
      DELETE old
    }
    MATCH (home)-[:WITHIN*1..6]->(area:Area)
    WITH DISTINCT home, area
    MERGE (area)-[:LEADS_TO]->(home)`,
  row: z.object({}),
} as const;
