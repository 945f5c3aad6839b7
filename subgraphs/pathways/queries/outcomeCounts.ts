import { z } from "zod";
import { type Cypher, cypher } from "../../../graph/cypher.ts";

/** The counts of the year as they stood when this month began, each with what it is told apart by: `key`, an expression of `counted`. */
const standing = (key: Cypher) => cypher`
      MATCH (counted:ReferralOutcome)
      USING INDEX counted:ReferralOutcome(month)
      WHERE counted.month >= $asked.firstMonth AND counted.month <= $asked.lastMonth
      WITH counted, CASE WHEN counted.recordedIn < $asked.thisMonth THEN counted.count ELSE counted.countBefore END AS count
      WHERE count IS NOT NULL
      WITH ${key} AS key, counted.outcome AS outcome, sum(count) AS count`;

/**
 * What came of the referrals of a year, added up by each thing that a report may be of: what is shown of one report depends on the others, since they have the same totals.
 * Takes firstMonth and lastMonth; and thisMonth, before which it was recorded.
 */
export const outcomeCountsStatement = {
  name: "outcomeCounts",
  access: "READ",
  text: cypher`
    CALL () {${standing(cypher`counted.referrerId`)}
      RETURN 'REFERRER' AS by, key, null AS name, [] AS conditionIds, outcome, count
      UNION ALL${standing(cypher`counted.month`)}
      RETURN 'MONTH' AS by, key, null AS name, [] AS conditionIds, outcome, count
      UNION ALL${standing(cypher`counted.areaId`)}
      WITH outcome, count, head(COLLECT {
        MATCH (:Area {id: key})-[:WITHIN*0..4]->(authority:Area {kind: 'LOCAL_AUTHORITY'})
        RETURN authority ORDER BY authority.name, authority.id
      }) AS authority
      WITH authority.id AS key, authority.name AS name, outcome, sum(count) AS count
      RETURN 'AREA' AS by, key, name, [] AS conditionIds, outcome, count
      UNION ALL${standing(cypher`counted.stepId`)}
      WITH outcome, count, head(COLLECT {
        MATCH ()-[step:REFERS_TO]->()
        USING INDEX step:REFERS_TO(id)
        WHERE step.id = key
        MATCH (pathway:Pathway {id: step.pathwayId})
        RETURN pathway
      }) AS pathway
      WITH pathway, outcome, sum(count) AS count
      RETURN 'PATHWAY' AS by, pathway.id AS key, pathway.name AS name,
        COLLECT { MATCH (pathway)-[:FOR]->(condition:Condition) WITH DISTINCT condition.id AS id RETURN id ORDER BY id } AS conditionIds,
        outcome, count
    }
    RETURN by, key, name, conditionIds, outcome, count`,
  row: z.object({
    by: z.enum(["REFERRER", "MONTH", "AREA", "PATHWAY"]),
    /** The id of the thing, or the month; null for what is of none. */
    key: z.string().nullable(),
    name: z.string().nullable(),
    /** Of a pathway: what it is for. */
    conditionIds: z.array(z.string()),
    outcome: z.enum(["ATTENDED", "DECLINED", "NOT_SUITABLE", "NO_ANSWER", "IMPROVED"]),
    count: z.number().int(),
  }),
} as const;

export type OutcomeCountRow = z.output<typeof outcomeCountsStatement.row>;
