import { type Cypher, cypher } from "../graph/cypher.ts";

/**
 * Binds homes, the LSOAs that a bound area is made of; it alone when it is one, and none when it is null. What is asked of them comes after the way to them:
 * in a directory of few areas Neo4j would else begin with all LSOAs there are.
 */
export const homesIn = (area: Cypher): Cypher => cypher`
    CALL (${area}) {
      MATCH (${area})<-[:WITHIN*0..6]-(home)
      WITH DISTINCT home WHERE home.kind = 'LSOA'
      RETURN collect(home) AS homes
    }`;

/** Binds, by the name given, the LSOAs in any of the areas of $asked.areaIds: none when that is null. */
export const homesAskedFor = (name: Cypher): Cypher => cypher`
    CALL () {
      MATCH (wanted:Area)
      WHERE wanted.id IN $asked.areaIds
      MATCH (wanted)<-[:WITHIN*0..6]-(home)
      WITH DISTINCT home WHERE home.kind = 'LSOA'
      RETURN collect(home) AS ${name}
    }`;
