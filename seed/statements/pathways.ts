import { cypher } from "../../graph/cypher.ts";
import { formerSteps, steps } from "./referrals.ts";
import { changedRows, Recorded, recorded } from "./sourceRecords.ts";
import { inTurn } from "./turns.ts";

/** Makes each pathway what its record says: its steps are those that its record tells of, and no other's. */
export const describePathways = {
  name: "describePathways",
  access: "WRITE",
  text: cypher`
    ${inTurn}
    ${changedRows}
    MERGE (pathway:Pathway {id: row.id})
    SET pathway += row.properties, pathway.confirmedOn = date(row.record.asOf)
    WITH row, hash, pathway, row.record.id AS source, date(row.record.asOf) AS confirmedOn,
      ${formerSteps(cypher`()-[step:REFERS_TO {pathwayId: row.id}]->()`)} AS former
    CALL (row, source) {
      MATCH ()-[step:REFERS_TO {pathwayId: row.id}]->()
      WHERE step.source = source
      DELETE step
    }
    CALL (pathway, source) {
      MATCH (pathway)-[asserted:FOR|OWNS {source: source}]-()
      DELETE asserted
    }
    CALL (pathway, row, source) {
      UNWIND row.conditions AS id
      MATCH (condition:Condition {id: id})
      CREATE (pathway)-[:FOR {source: source}]->(condition)
    }
    CALL (pathway, row, source) {
      MATCH (owner:Asset {id: row.owner})
      CREATE (owner)-[:OWNS {source: source}]->(pathway)
    }
    CALL (row, source, confirmedOn, former) {
      ${steps(cypher`row.id`)}
    }
    ${recorded(cypher`pathway`)}`,
  row: Recorded,
} as const;
