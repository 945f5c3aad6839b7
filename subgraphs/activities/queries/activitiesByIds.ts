import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import { assetFields, assetParts, assetRow } from "../../assetFields.ts";
import { part, type Parts } from "../../parts.ts";

const dayOfWeek = z.enum(["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]);

export const activityRow = z.object({
  ...assetRow,
  schedule: part(
    z.array(
      z.object({
        byDay: z.array(dayOfWeek),
        startTime: z.string(),
        endTime: z.string(),
        repeatFrequency: z.string(),
        sample: z.boolean(),
      }),
    ),
  ),
  heldAt: part(z.array(z.object({ id: z.string() }))),
  hostedBy: part(z.array(z.object({ id: z.string() }))),
  runBy: part(z.array(z.object({ id: z.string() }))),
});

/** The parts of `activityRow`. */
export const activityParts = {
  ...assetParts,
  schedule: ["schedule"],
  heldAt: ["heldAt"],
  hostedBy: ["hostedBy"],
  runBy: ["runBy"],
} as const satisfies Parts;

export type ActivityRow = z.output<typeof activityRow>;

/** An activity bound as `asset`, as the entries of a Cypher map. */
export const activityFields = cypher`${assetFields},
  schedule: CASE WHEN 'schedule' IN $asked.parts THEN COLLECT {
    MATCH (asset)-[:FOLLOWS]->(schedule:Schedule)
    RETURN schedule {.byDay, .startTime, .endTime, .repeatFrequency, .sample}
    ORDER BY schedule.byDay, schedule.startTime
  } END,
  heldAt: CASE WHEN 'heldAt' IN $asked.parts THEN COLLECT {
    MATCH (asset)-[:HELD_AT]->(place:Place)
    WHERE place.status = 'PUBLISHED'
    WITH DISTINCT place ORDER BY place.name, place.id
    RETURN {id: place.id}
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
