import { z } from "zod";
import { isOff } from "../../../calendar/laidOut.ts";
import { scheduleFields, scheduleOrder, scheduleRow } from "../../../calendar/scheduleRow.ts";
import { cypher } from "../../../graph/cypher.ts";
import { assetFields, assetParts, assetRow } from "../../assetFields.ts";
import { part, type Parts } from "../../parts.ts";
import { sessionFields, sessionRow } from "./sessionsByIds.ts";

export const activityRow = z.object({
  ...assetRow,
  schedule: part(z.array(scheduleRow)),
  nextSession: part(sessionRow.nullable()),
  heldAt: part(z.array(z.object({ id: z.string(), name: z.string() }))),
  hostedBy: part(z.array(z.object({ id: z.string() }))),
  runBy: part(z.array(z.object({ id: z.string() }))),
});

/** The parts of `activityRow`. */
export const activityParts = {
  ...assetParts,
  schedule: ["schedule", "scheduleInWords"],
  nextSession: ["nextSession"],
  heldAt: ["heldAt"],
  hostedBy: ["hostedBy"],
  runBy: ["runBy"],
} as const satisfies Parts;

export type ActivityRow = z.output<typeof activityRow>;

/** An activity bound as `asset`, as the entries of a Cypher map. Takes parts, and now (ISO 8601) for its next session. */
export const activityFields = cypher`${assetFields},
  schedule: CASE WHEN 'schedule' IN $asked.parts THEN COLLECT {
    MATCH (asset)-[:FOLLOWS]->(schedule:Schedule)
    RETURN schedule {${scheduleFields}} ORDER BY ${scheduleOrder}
  } END,
  nextSession: CASE WHEN 'nextSession' IN $asked.parts THEN head(COLLECT {
    MATCH (session)-[:OF]->(asset)
    WHERE session.start >= datetime($asked.now) AND NOT ${isOff(cypher`session`)}
    WITH session ORDER BY session.start, session.id LIMIT 1
    RETURN {${sessionFields}}
  }) END,
  heldAt: CASE WHEN 'heldAt' IN $asked.parts THEN COLLECT {
    MATCH (asset)-[:HELD_AT]->(place:Place)
    WHERE place.status = 'PUBLISHED'
    WITH DISTINCT place ORDER BY place.name, place.id
    RETURN place {.id, .name}
  } END,
  hostedBy: CASE WHEN 'hostedBy' IN $asked.parts THEN COLLECT {
    MATCH (asset)<-[:HOSTS]-(group:Group)
    WHERE group.status = 'PUBLISHED'
    WITH DISTINCT group ORDER BY group.name, group.id
    RETURN {id: group.id}
  } END,
  runBy: CASE WHEN 'runBy' IN $asked.parts THEN COLLECT {
    MATCH (asset)<-[:RUNS]-(organisation:Organisation)
    WHERE organisation.status = 'PUBLISHED'
    WITH DISTINCT organisation ORDER BY organisation.name, organisation.id
    RETURN {id: organisation.id}
  } END`;

export const activitiesByIdsStatement = {
  name: "activitiesByIds",
  access: "READ",
  text: cypher`
    MATCH (asset:Asset)
    WHERE asset.id IN $asked.ids AND asset:Activity AND asset.status = 'PUBLISHED'
    RETURN {${activityFields}} AS row`,
  row: z.object({ row: activityRow }),
} as const;
