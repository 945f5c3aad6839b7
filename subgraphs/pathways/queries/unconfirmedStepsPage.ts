import { z } from "zod";
import { type Cypher, cypher } from "../../../graph/cypher.ts";

/** Whether what a bound `step` leads from and to may be seen. */
const isShown = cypher`to.status = 'PUBLISHED' AND coalesce(from.status, 'PUBLISHED') = 'PUBLISHED'`;

/** Steps never confirmed: no index knows of what is not there, so all are read by their ids. */
const never = cypher`
    MATCH (from)-[step:REFERS_TO]->(to:Asset)
    USING INDEX step:REFERS_TO(id)
    WHERE step.id > $asked.afterId AND step.confirmedOn IS NULL AND ${isShown}`;

/** Steps confirmed before $asked.before, off the index, from the oldest. */
const stale = (from: Cypher): Cypher => cypher`
    MATCH (from)-[step:REFERS_TO]->(to:Asset)
    USING INDEX step:REFERS_TO(confirmedOn)
    WHERE step.confirmedOn >= ${from} AND step.confirmedOn < date($asked.before) AND ${isShown}`;

/** A page of the steps of the whole directory that were never confirmed, by their ids. */
export const neverConfirmedPageStatement = {
  name: "neverConfirmedPage",
  access: "READ",
  text: cypher`${never}
    RETURN step.id AS id, null AS confirmedOn
    ORDER BY id LIMIT $asked.limit`,
  row: z.object({ id: z.string(), confirmedOn: z.string().nullable() }),
} as const;

/** A page of those that were last confirmed before a day, the oldest first. */
export const longUnconfirmedPageStatement = {
  name: "longUnconfirmedPage",
  access: "READ",
  text: cypher`${stale(cypher`date($asked.afterDay)`)}
      AND (step.confirmedOn > date($asked.afterDay) OR step.id > $asked.afterId)
    RETURN step.id AS id, toString(step.confirmedOn) AS confirmedOn
    ORDER BY step.confirmedOn, step.id LIMIT $asked.limit`,
  row: z.object({ id: z.string(), confirmedOn: z.string().nullable() }),
} as const;

/** How many there are of both. Takes afterId: "". */
export const unconfirmedCountStatement = {
  name: "unconfirmedCount",
  access: "READ",
  text: cypher`
    CALL () {${never}
      RETURN count(*) AS ones
      UNION ALL
      ${stale(cypher`date('0001-01-01')`)}
      RETURN count(*) AS ones
    }
    RETURN sum(ones) AS count`,
  row: z.object({ count: z.number().int() }),
} as const;
