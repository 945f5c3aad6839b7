import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";
import { inTurn } from "./turns.ts";

/**
 * All records whose ids begin so, which is how those of one source are found, and the activities that they describe. What is over is told
 * by `isOver`: no rule of it goes on after $since, a local date, and no session ends after that day has begun.
 */
export const recordsBeginning = {
  name: "recordsBeginning",
  access: "READ",
  // Which index is said, as in names.ts. That of ids serves, since they begin with the source.
  text: cypher`
    MATCH (record:SourceRecord)
    USING INDEX record:SourceRecord(id)
    WHERE record.id STARTS WITH $beginning
    OPTIONAL MATCH (record)-[:DESCRIBES]->(activity:Activity)
    RETURN record.id AS id, record.key AS key, record.sourceId AS sourceId, record.hash AS hash, record.asOf AS asOf,
      record.withdrawnOn IS NOT NULL AS isWithdrawn, activity.status AS status, toString(activity.confirmedOn) AS confirmedOn,
      EXISTS { (activity)-[:FOLLOWS]->() }
      AND NOT EXISTS {
        MATCH (activity)-[:FOLLOWS]->(schedule:Schedule)
        WHERE coalesce(schedule.lastDate >= $since, true) OR any(extra IN schedule.extraDate WHERE extra >= $since)
      }
      AND NOT EXISTS {
        MATCH (activity)<-[:OF]-(session:Session)
        WHERE session.end > datetime($since)
      } AS isOver`,
  row: z.object({
    id: z.string(),
    key: z.string(),
    sourceId: z.string(),
    hash: z.string(),
    asOf: z.string(),
    isWithdrawn: z.boolean(),
    /** Null: it describes no activity. */
    status: z.string().nullable(),
    confirmedOn: z.string().nullable(),
    isOver: z.boolean(),
  }),
} as const;

/**
 * Puts activities in step with the calendar they come from, by their records. One that is gone (`isGone`) is withdrawn; one that is there is
 * confirmed on that `day`, and published again where it had been withdrawn for having gone. What somebody else has made of it stays: nothing
 * but what is published is withdrawn, and what was withdrawn by others stays so. Returns how many were.
 */
export const followFeed = {
  name: "followFeed",
  access: "WRITE",
  text: cypher`
    ${inTurn}
    UNWIND $rows AS row
    MATCH (record:SourceRecord {id: row.id})-[:DESCRIBES]->(activity:Activity)
    WITH row, record, activity, date(row.day) AS day, CASE
      WHEN row.isGone AND activity.status = 'PUBLISHED' THEN 'WITHDRAWN'
      WHEN NOT row.isGone AND record.withdrawnOn IS NOT NULL AND activity.status = 'WITHDRAWN' THEN 'PUBLISHED'
    END AS status
    SET activity.confirmedOn = CASE WHEN row.isGone THEN activity.confirmedOn ELSE day END
    WITH record, activity, day, status
    WHERE status IS NOT NULL
    SET activity.status = status, activity.version = activity.version + 1,
        record.withdrawnOn = CASE status WHEN 'WITHDRAWN' THEN day END
    RETURN status, count(*) AS activities`,
  row: z.object({ status: z.enum(["PUBLISHED", "WITHDRAWN"]), activities: z.number() }),
} as const;
