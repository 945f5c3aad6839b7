import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";
import { changedRows, Recorded, recorded } from "./sourceRecords.ts";
import { inTurn } from "./turns.ts";

/** Makes the kinds of referrer that are not there yet. */
export const createReferrers = {
  name: "createReferrers",
  access: "WRITE",
  text: cypher`
    ${inTurn}
    UNWIND $rows AS row
    MERGE (referrer:Referrer {id: row.id})
    ON CREATE SET referrer += row.properties`,
  row: z.object({}),
} as const;

/** Makes each kind of referrer what its record says. */
export const describeReferrers = {
  name: "describeReferrers",
  access: "WRITE",
  text: cypher`
    ${inTurn}
    ${changedRows}
    MATCH (referrer:Referrer {id: row.id})
    SET referrer += row.properties
    WITH row, hash, referrer, row.record.id AS source
    CALL (referrer, source) {
      MATCH (referrer)-[asserted:BROADER {source: source}]->()
      DELETE asserted
    }
    CALL (referrer, row, source) {
      UNWIND row.broader AS id
      MATCH (broader:Referrer {id: id})
      CREATE (referrer)-[:BROADER {source: source}]->(broader)
    }
    ${recorded(cypher`referrer`)}`,
  row: Recorded,
} as const;
