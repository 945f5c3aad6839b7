import { z } from "zod";
import { isOff } from "../../../calendar/laidOut.ts";
import { cypher } from "../../../graph/cypher.ts";
import { pagesRow } from "../../pagesByParent.ts";
import { sessionFields, sessionRow } from "./sessionsByIds.ts";

/**
 * For each activity, a page of its sessions in a time, by start: its order is told by `name`, which holds the start in milliseconds. Takes from and
 * to (ISO 8601, to may be null), and status (which may be null).
 */
export const sessionsByActivityIdsStatement = {
  name: "sessionsByActivityIds",
  access: "READ",
  text: cypher`
    MATCH (asset:Asset)
    WHERE asset.id IN $asked.parentIds AND asset:Activity
    CALL (asset) {
      MATCH (session)-[:OF]->(asset)
      WHERE session.end > datetime($asked.from) AND ($asked.to IS NULL OR session.start < datetime($asked.to))
      WITH session, CASE WHEN ${isOff(cypher`session`)} THEN 'CANCELLED' ELSE session.status END AS status
      WHERE $asked.status IS NULL OR status IN $asked.status
      WITH session, toString(session.start.epochMillis) AS name ORDER BY name, session.id
      RETURN collect({session: session, name: name}) AS found
    }
    RETURN asset.id AS parentId, size(found) AS totalCount, COLLECT {
      UNWIND found AS one
      WITH one.session AS session, one.name AS name
      WHERE $asked.afterName IS NULL OR name > $asked.afterName OR (name = $asked.afterName AND session.id > $asked.afterId)
      WITH session, name LIMIT $asked.limit
      RETURN {${sessionFields}, name: name}
    } AS rows`,
  row: pagesRow(sessionRow.extend({ name: z.string() })),
} as const;
