import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";
import { changedRows, Recorded, recorded } from "./sourceRecords.ts";
import { inTurn } from "./turns.ts";

/** Makes the sectors and districts of postcodes that are not there yet. */
export const createPartialPostcodes = {
  name: "createPartialPostcodes",
  access: "WRITE",
  text: cypher`
    ${inTurn}
    UNWIND $rows AS row
    MERGE (:Postcode {code: row.id})`,
  row: z.object({}),
} as const;

/** Puts each where its record says, marked so that it is not taken for a whole postcode. */
export const describePartialPostcodes = {
  name: "describePartialPostcodes",
  access: "WRITE",
  text: cypher`
    ${inTurn}
    ${changedRows}
    MATCH (postcode:Postcode {code: row.id})
    SET postcode.isApproximate = true,
        postcode.location = point({latitude: row.latitude, longitude: row.longitude})
    WITH row, hash, postcode, row.record.id AS source
    CALL (postcode, source) {
      MATCH (postcode)-[asserted:IN {source: source}]->()
      DELETE asserted
    }
    CALL (postcode, row, source) {
      MATCH (area:Area {id: row.area})
      CREATE (postcode)-[:IN {source: source}]->(area)
    }
    ${recorded(cypher`postcode`)}`,
  row: Recorded,
} as const;
