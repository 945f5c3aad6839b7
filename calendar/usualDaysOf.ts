import { Temporal } from "temporal-polyfill";
import { type DayOfWeek, daysOfWeek, frequencyOf } from "./schedule.ts";

/**
 * The days of the week that a schedule may fall on: what it says; else the day of its one date, or of its first where it comes round by weeks; else any.
 * Takes parts of a Schedule, of which what is not stated may be left out.
 */
export function usualDaysOf({
  byDay,
  startDate,
  repeatFrequency,
}: {
  readonly byDay: readonly DayOfWeek[];
  readonly startDate?: string | null | undefined;
  readonly repeatFrequency?: string | null | undefined;
}): readonly DayOfWeek[] {
  const unit = frequencyOf(repeatFrequency ?? "")?.unit;
  if (unit !== undefined && byDay.length > 0) return byDay;
  const first = daysOfWeek[Temporal.PlainDate.from(startDate ?? "2000-01-03").dayOfWeek - 1];
  return (unit === undefined || unit === "W") && first !== undefined ? [first] : daysOfWeek;
}
