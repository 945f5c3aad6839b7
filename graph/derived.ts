import { cypher } from "./cypher.ts";

/**
 * Sets what a search asks of every asset it comes past, on a bound `asset`, from what the graph asserts of it: `supportedIds`, the conditions
 * that it `SUPPORTS`, with the `supportedStrengths` in the same order (the greatest, where several sources say one); and `excludedIds`, the
 * conditions whose people it is not for whatever their age. None is null. Whoever writes `SUPPORTS`, `STATES` or `CONCERNS` puts this at the
 * end of the same statement.
 */
export const derivedOfAsset = cypher`
    CALL (asset) {
      OPTIONAL MATCH (asset)-[supports:SUPPORTS]->(condition:Condition)
      WITH asset, condition, max(supports.strength) AS strength ORDER BY condition.id
      WITH asset, collect(condition.id) AS ids, collect(strength) AS strengths
      SET asset.supportedIds = CASE ids WHEN [] THEN null ELSE ids END,
          asset.supportedStrengths = CASE ids WHEN [] THEN null ELSE strengths END
      WITH asset, COLLECT {
        MATCH (asset)-[:STATES]->(statement:Eligibility {excludes: true})-[:CONCERNS]->(concern:Condition)
        WHERE coalesce(statement.minimumAge, statement.maximumAge) IS NULL
        RETURN DISTINCT concern.id AS id ORDER BY id
      } AS excluded
      SET asset.excludedIds = CASE excluded WHEN [] THEN null ELSE excluded END
    }`;
