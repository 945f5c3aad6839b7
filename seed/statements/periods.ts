import { z } from "zod";
import { neverLaidOut } from "../../calendar/laidOut.ts";
import { cypher } from "../../graph/cypher.ts";
import { changedRows, Recorded, recorded } from "./sourceRecords.ts";
import { inTurn } from "./turns.ts";

/** Makes the periods that are not there yet. */
export const createPeriods = {
  name: "createPeriods",
  access: "WRITE",
  text: cypher`
    ${inTurn}
    UNWIND $rows AS row
    MERGE (period:Period {slug: row.id})
    ON CREATE SET period += row.properties`,
  row: z.object({}),
} as const;

/** Makes each period what its record says, and leaves word that the sessions which depend on it are to be laid out anew. */
export const describePeriods = {
  name: "describePeriods",
  access: "WRITE",
  text: cypher`
    ${inTurn}
    ${changedRows}
    MATCH (period:Period {slug: row.id})
    SET period += row.properties
    WITH row, hash, period
    CALL (period) {
      CALL (period) {
        MATCH (period)<-[:DURING|EXCEPT_DURING]-(:Schedule)<-[:FOLLOWS]-(activity:Activity)
        RETURN activity
        UNION
        MATCH (period)<-[:CLOSED_DURING]-(:Asset)<-[:HELD_AT*0..1]-(activity:Activity)
        RETURN activity
        UNION
        MATCH (period)<-[:CLOSED_DURING]-(:Asset)-[:HOSTS|RUNS]->(activity:Activity)
        RETURN activity
      }
      WITH activity WHERE activity.laidOutThrough IS NOT NULL
      SET activity.laidOutThrough = ${neverLaidOut}
    }
    ${recorded(cypher`period`)}`,
  row: Recorded,
} as const;

/** All periods, each with the days it has. There are some dozens. */
export const periodsStatement = {
  name: "periods",
  access: "READ",
  text: cypher`
    MATCH (period:Period)
    WHERE period.slug IS NOT NULL
    RETURN period.slug AS id, period.name AS name,
      [i IN range(0, size(period.validFrom) - 1) | {from: period.validFrom[i], through: period.validThrough[i]}] AS ranges`,
  row: z.object({
    id: z.string(),
    name: z.string(),
    ranges: z.array(z.object({ from: z.string(), through: z.string() })),
  }),
} as const;
