import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import { assetFields, assetRow } from "../../assetFields.ts";

const dayOfWeek = z.enum(["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]);

export const activityRow = z.object({
  ...assetRow,
  schedule: z.array(
    z.object({
      byDay: z.array(dayOfWeek),
      startTime: z.string(),
      endTime: z.string(),
      repeatFrequency: z.string(),
      sample: z.boolean(),
    }),
  ),
  heldAt: z.array(z.object({ id: z.string() })),
  hostedBy: z.array(z.object({ id: z.string() })),
  runBy: z.array(z.object({ id: z.string() })),
});

export type ActivityRow = z.output<typeof activityRow>;

/** An activity bound as `asset`, as the entries of a Cypher map. */
export const activityFields = cypher`${assetFields},
  schedule: COLLECT {
    MATCH (asset)-[:FOLLOWS]->(schedule:Schedule)
    RETURN schedule {.byDay, .startTime, .endTime, .repeatFrequency, .sample}
    ORDER BY schedule.byDay, schedule.startTime
  },
  heldAt: COLLECT {
    MATCH (asset)-[:HELD_AT]->(place:Place)
    WHERE place.status = 'PUBLISHED'
    WITH DISTINCT place ORDER BY place.name, place.id
    RETURN {id: place.id}
  },
  hostedBy: COLLECT {
    MATCH (asset)<-[:HOSTS]-(group:Group)
    WHERE group.status = 'PUBLISHED'
    WITH DISTINCT group ORDER BY group.name, group.id
    RETURN {id: group.id}
  },
  runBy: COLLECT {
    MATCH (asset)<-[:RUNS]-(organisation:Organisation)
    WHERE organisation.status = 'PUBLISHED'
    WITH DISTINCT organisation ORDER BY organisation.name, organisation.id
    RETURN {id: organisation.id}
  }`;

export const activitiesByIdsStatement = {
  name: "activitiesByIds",
  access: "READ",
  text: cypher`
    MATCH (asset:Asset)
    WHERE asset.id IN $asked.ids AND asset:Activity AND asset.status = 'PUBLISHED'
    RETURN {${activityFields}} AS row`,
  row: z.object({ row: activityRow }),
} as const;
