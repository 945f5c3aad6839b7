import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";
import { changedRows, Recorded, recorded } from "./sourceRecords.ts";
import { inTurn } from "./turns.ts";

/** Makes the conditions that are not there yet. */
export const createConditions = {
  name: "createConditions",
  access: "WRITE",
  text: cypher`
    ${inTurn}
    UNWIND $rows AS row
    MERGE (condition:Condition {id: row.id})
    ON CREATE SET condition += row.properties`,
  row: z.object({}),
} as const;

/** Makes each condition what its record says; a word that then means nothing to anybody goes. */
export const describeConditions = {
  name: "describeConditions",
  access: "WRITE",
  text: cypher`
    ${inTurn}
    ${changedRows}
    MATCH (condition:Condition {id: row.id})
    SET condition += row.properties
    WITH row, hash, condition, row.record.id AS source
    CALL (condition, source) {
      MATCH (condition)-[asserted:BROADER|OFTEN_WITH {source: source}]-()
      DELETE asserted
    }
    CALL (condition, row, source) {
      MATCH (term:Term)-[asserted:MEANS {source: source}]->(condition)
      DELETE asserted
      WITH row, term
      WHERE NOT term.text IN [kept IN row.terms | kept.text] AND NOT EXISTS { (term)-[:MEANS]->() }
      DELETE term
    }
    CALL (condition, row, source) {
      UNWIND row.broader AS id
      MATCH (broader:Condition {id: id})
      CREATE (condition)-[:BROADER {source: source}]->(broader)
    }
    CALL (condition, row, source) {
      UNWIND row.oftenWith AS link
      MATCH (other:Condition {id: link.condition})
      CREATE (condition)-[:OFTEN_WITH {weight: link.weight, source: source}]->(other)
    }
    CALL (condition, row, source) {
      UNWIND row.terms AS meant
      MERGE (term:Term {text: meant.text})
      CREATE (term)-[:MEANS {weight: meant.weight, source: source}]->(condition)
    }
    ${recorded(cypher`condition`)}`,
  row: Recorded,
} as const;
