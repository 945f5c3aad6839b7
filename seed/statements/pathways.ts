import { cypher } from "../../graph/cypher.ts";
import { formerSteps, steps } from "./referrals.ts";
import { changedRows, Recorded, recorded } from "./sourceRecords.ts";
import { inTurn } from "./turns.ts";

/** The steps of the pathway of a bound `row`, by the index of steps: so that Neo4j takes it, it is said that each has a position. */
const stepsOfPathway = cypher`()-[step:REFERS_TO]->()
      USING INDEX step:REFERS_TO(pathwayId, position)
      WHERE step.pathwayId = row.id AND step.position IS NOT NULL`;

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
      ${formerSteps(stepsOfPathway)} AS former
    CALL (row, source) {
      MATCH ${stepsOfPathway} AND step.source = source
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
