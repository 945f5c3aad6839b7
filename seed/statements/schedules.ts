import { z } from "zod";
import { scheduleFields, scheduleRow } from "../../calendar/scheduleRow.ts";
import { cypher } from "../../graph/cypher.ts";

/** The schedules of some activities that others than a record have said: editors, and other records. */
export const schedulesOfOthers = {
  name: "schedulesOfOthers",
  access: "READ",
  text: cypher`
    UNWIND $rows AS row
    MATCH (activity:Asset {id: row.id})-[follows:FOLLOWS]->(schedule:Schedule)
    WHERE follows.source <> row.source
    RETURN row.id AS id, collect(schedule {${scheduleFields}}) AS schedules`,
  row: z.object({ id: z.string(), schedules: z.array(scheduleRow) }),
} as const;
