import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";

/** Steps whose wait has grown, of those that tell what it was before: they are few, and an index has them. */
const grown = cypher`
    MATCH (from)-[step:REFERS_TO]->(to:Asset)
    USING INDEX step:REFERS_TO(formerWaitDays)
    WHERE step.formerWaitDays >= 0 AND step.waitDays > step.formerWaitDays
      AND to.status = 'PUBLISHED' AND coalesce(from.status, 'PUBLISHED') = 'PUBLISHED'`;

/** A page of the steps of the whole directory whose wait has grown, those first whose has most. */
export const grownWaitsPageStatement = {
  name: "grownWaitsPage",
  access: "READ",
  text: cypher`${grown}
    WITH step.id AS id, step.waitDays - step.formerWaitDays AS grownByDays
    WHERE grownByDays < $asked.afterDays OR (grownByDays = $asked.afterDays AND id > $asked.afterId)
    RETURN id, grownByDays
    ORDER BY grownByDays DESC, id LIMIT $asked.limit`,
  row: z.object({ id: z.string(), grownByDays: z.number().int() }),
} as const;

/** How many there are in all. */
export const grownWaitsCountStatement = {
  name: "grownWaitsCount",
  access: "READ",
  text: cypher`${grown}
    RETURN count(*) AS count`,
  row: z.object({ count: z.number().int() }),
} as const;
