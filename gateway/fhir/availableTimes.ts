import type { HealthcareServiceAvailableTime } from "fhir/r4.js";
import type { ScheduleAsked } from "./asked.ts";

type Day = NonNullable<HealthcareServiceAvailableTime["daysOfWeek"]>[number];

const days: Readonly<Record<string, Day>> = {
  MONDAY: "mon",
  TUESDAY: "tue",
  WEDNESDAY: "wed",
  THURSDAY: "thu",
  FRIDAY: "fri",
  SATURDAY: "sat",
  SUNDAY: "sun",
};

/** Weekly opening hours as FHIR has them. */
export function timesOfHours(
  hours: readonly { readonly byDay: readonly string[]; readonly opens: string; readonly closes: string }[],
): HealthcareServiceAvailableTime[] {
  return hours.flatMap(({ byDay, opens, closes }) => times(byDay, opens, closes));
}

/** The rules that FHIR can say, which are those that come round every week of the year. What the others are is to be said in words. */
export function timesOfSchedules(schedules: readonly ScheduleAsked[]): HealthcareServiceAvailableTime[] {
  return schedules
    .filter(
      ({ repeatFrequency, byMonth, byWeekOfMonth, during }) =>
        repeatFrequency === "P1W" && byMonth.length === 0 && byWeekOfMonth.length === 0 && during.length === 0,
    )
    .flatMap(({ byDay, startTime, endTime }) => times(byDay, startTime, endTime));
}

function times(byDay: readonly string[], from: string | null, to: string | null): HealthcareServiceAvailableTime[] {
  const daysOfWeek = byDay.flatMap((day) => days[day] ?? []);
  if (daysOfWeek.length === 0) return [];
  if (from === null || to === null || (from === "00:00" && to === "24:00")) return [{ daysOfWeek, allDay: true }];
  return [{ daysOfWeek, availableStartTime: timeOf(from), availableEndTime: timeOf(to) }];
}

/** With seconds, as FHIR wants them; the end of a day is its last second, since FHIR has no 24:00. */
function timeOf(time: string): string {
  return time === "24:00" ? "23:59:59" : `${time}:00`;
}
