import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";

/**
 * Makes a count what it is now said to be, and keeps beside it what it was when the month began, which reports tell until the next one does. A call that is sent again
 * (`asked.call`) changes nothing. Takes the six properties of the key; count; call; month (`thisMonth`, local) and the moment (`now`).
 */
export const writeOutcomeStatement = {
  name: "writeOutcome",
  access: "WRITE",
  // Neo4j reads without locking. Setting a property first takes the node's write lock, so that of two at once the second sees what the first has done.
  text: cypher`
    MERGE (counted:ReferralOutcome {
      stepId: $asked.stepId, month: $asked.month, areaId: $asked.areaId, referrerId: $asked.referrerId, outcome: $asked.outcome, measure: $asked.measure
    })
    SET counted.askedAt = datetime($asked.now)
    WITH counted, coalesce(counted.calls, []) AS calls
    CALL (counted, calls) {
      WITH counted, calls
      WHERE counted.count IS NULL OR $asked.call IS NULL OR NOT $asked.call IN calls
      SET counted.countBefore = CASE WHEN counted.recordedIn < $asked.thisMonth THEN counted.count ELSE counted.countBefore END
      SET counted.count = $asked.count, counted.recordedIn = $asked.thisMonth, counted.recordedAt = datetime($asked.now),
        counted.calls = CASE WHEN $asked.call IS NULL THEN calls ELSE (calls + $asked.call)[-50..] END
    }
    RETURN counted.stepId AS stepId, counted.month AS month, {id: counted.areaId} AS area, counted.referrerId AS referrerId,
      counted.outcome AS outcome, CASE counted.measure WHEN 'NONE' THEN null ELSE counted.measure END AS measure,
      counted.count AS count, toString(counted.recordedAt) AS recordedAt`,
  row: z.object({
    stepId: z.string(),
    month: z.string(),
    area: z.object({ id: z.string() }),
    referrerId: z.string(),
    outcome: z.enum(["ATTENDED", "DECLINED", "NOT_SUITABLE", "NO_ANSWER", "IMPROVED"]),
    measure: z
      .enum([
        "ONS4_LIFE_SATISFACTION",
        "ONS4_WORTHWHILE",
        "ONS4_HAPPINESS",
        "ONS4_ANXIETY",
        "ONS_LONELINESS",
        "UCLA_LONELINESS",
        "SWEMWBS",
        "WEMWBS",
        "PAM",
        "MYCAW",
        "WELLBEING_STAR",
      ])
      .nullable(),
    count: z.number().int(),
    recordedAt: z.string(),
  }),
} as const;

/** A count as it is recorded. */
export type RecordedOutcome = z.output<typeof writeOutcomeStatement.row>;
