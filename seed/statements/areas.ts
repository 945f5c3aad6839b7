import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";
import { changedRows, Recorded, recorded } from "./sourceRecords.ts";
import { inTurn } from "./turns.ts";

/** Makes the areas that are not there yet. */
export const createAreas = {
  name: "createAreas",
  access: "WRITE",
  text: cypher`
    ${inTurn}
    UNWIND $rows AS row
    MERGE (area:Area {id: row.id})
    ON CREATE SET area += row.properties,
                  area.centre = point({latitude: row.latitude, longitude: row.longitude})`,
  row: z.object({}),
} as const;

/**
 * Makes each area what its record says, and puts it within the areas the record names. What lies above its LSOAs, or above it if it is one,
 * is made to lead to them, and nothing else is (see docs/model.md); borders see to theirs themselves.
 */
export const describeAreas = {
  name: "describeAreas",
  access: "WRITE",
  text: cypher`
    ${inTurn}
    ${changedRows}
    MATCH (area:Area {id: row.id})
    SET area += row.properties,
        area.centre = point({latitude: row.latitude, longitude: row.longitude})
    WITH row, hash, area, row.record.id AS source
    CALL (area, source) {
      MATCH (area)-[asserted:WITHIN {source: source}]->()
      DELETE asserted
    }
    CALL (area, row, source) {
      UNWIND row.within AS id
      MATCH (wider:Area {id: id})
      CREATE (area)-[:WITHIN {source: source}]->(wider)
    }
    CALL (area) {
      // What a kind is comes after the way to it: as one pattern, it was found from all areas of the kind, for each row.
      MATCH (area)<-[:WITHIN*0..6]-(home)
      WITH DISTINCT home
      WHERE home.kind = 'LSOA'
      CALL (home) {
        MATCH (home)<-[old:LEADS_TO]-(wider)
        WITH home, old, wider
        WHERE wider.kind <> 'LSOA' AND NOT EXISTS { (home)-[:WITHIN*1..6]->(wider) }
        DELETE old
      }
      MATCH (home)-[:WITHIN*1..6]->(wider)
      WITH DISTINCT home, wider
      MERGE (wider)-[:LEADS_TO]->(home)
    }
    ${recorded(cypher`area`)}`,
  row: Recorded,
} as const;
