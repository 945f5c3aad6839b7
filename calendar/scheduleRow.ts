import { z } from "zod";
import { cypher } from "../graph/cypher.ts";
import { daysOfWeek } from "./schedule.ts";

const period = z.object({
  name: z.string(),
  ranges: z.array(z.object({ from: z.string(), through: z.string() })).readonly(),
});

/** A schedule as `scheduleFields` reads it. */
export const scheduleRow = z.object({
  startDate: z.string().nullable(),
  endDate: z.string().nullable(),
  startTime: z.string().nullable(),
  endTime: z.string().nullable(),
  repeatFrequency: z.string().nullable(),
  byDay: z.array(z.enum(daysOfWeek)),
  byWeekOfMonth: z.array(z.number().int()),
  byMonthDay: z.array(z.number().int()),
  byMonth: z.array(z.number().int()),
  repeatCount: z.number().int().nullable(),
  exceptDate: z.array(z.string()),
  extraDate: z.array(z.string()),
  during: z.array(period),
  exceptDuring: z.array(period),
  sample: z.boolean(),
});

export type ScheduleRow = z.output<typeof scheduleRow>;

const periodOf = cypher`{
          name: period.name,
          ranges: [i IN range(0, size(period.validFrom) - 1) | {from: period.validFrom[i], through: period.validThrough[i]}]
        }`;

/** The entries of a map for a bound `schedule`. A list that is empty is no property of the node. */
export const scheduleFields = cypher`.startDate, .endDate, .startTime, .endTime, .repeatFrequency, .repeatCount,
        byDay: coalesce(schedule.byDay, []), byWeekOfMonth: coalesce(schedule.byWeekOfMonth, []),
        byMonthDay: coalesce(schedule.byMonthDay, []), byMonth: coalesce(schedule.byMonth, []),
        exceptDate: coalesce(schedule.exceptDate, []), extraDate: coalesce(schedule.extraDate, []),
        during: COLLECT { MATCH (schedule)-[:DURING]->(period:Period) RETURN ${periodOf} ORDER BY period.name },
        exceptDuring: COLLECT { MATCH (schedule)-[:EXCEPT_DURING]->(period:Period) RETURN ${periodOf} ORDER BY period.name },
        sample: coalesce(schedule.sample, false)`;

/** The order of an activity's schedules. */
export const scheduleOrder = cypher`schedule.byDay, schedule.startTime, schedule.startDate, schedule.endTime`;
