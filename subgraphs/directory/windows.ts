import { Temporal } from "temporal-polyfill";
import { beginningOf, daysAfter, localDateOf } from "../../calendar/localDate.ts";
import { type DayOfWeek, daysOfWeek, timeZone } from "../../calendar/schedule.ts";
import { daysAhead } from "../../calendar/sessionsOf.ts";
import type { PartOfDay } from "./schema.generated.ts";

/** A part of one day of the week, by the clock in local time: from, and the first minute that is too late. */
export interface Window {
  readonly day: DayOfWeek;
  readonly from: string;
  readonly to: string;
}

/** When something is to happen; what is null or empty asks for nothing. */
export interface When {
  readonly days: readonly DayOfWeek[] | null;
  readonly partOfDay: PartOfDay | null;
  readonly time: TimeSpan | null;
}

/** [from, to). */
export interface TimeSpan {
  readonly from: Date;
  readonly to: Date;
}

const midnight = "24:00";

/** The parts of a day, by the clock; the schema says the same of each. */
const parts: Readonly<Record<PartOfDay, { readonly from: string; readonly to: string }>> = {
  MORNING: { from: "00:00", to: "12:00" },
  AFTERNOON: { from: "12:00", to: "17:00" },
  EVENING: { from: "17:00", to: midnight },
};

/**
 * The parts of the week that something weekly has to happen in; null when nothing is asked. Of a time of a week or more every day is one.
 */
export function windowsOf({ days, partOfDay, time }: When): readonly Window[] | null {
  if (days === null && partOfDay === null && time === null) return null;
  const part = partOfDay === null ? { from: "00:00", to: midnight } : parts[partOfDay];
  return (time === null ? wholeWeek : windowsIn(time))
    .filter(({ day }) => days === null || days.includes(day))
    .map(({ day, from, to }) => ({ day, from: from > part.from ? from : part.from, to: to < part.to ? to : part.to }))
    .filter(({ from, to }) => from < to);
}

/** Every day from midnight to midnight. */
export const wholeWeek: readonly Window[] = daysOfWeek.map((day) => ({ day, from: "00:00", to: midnight }));

/** The time asked about, where it lies within the days whose sessions are laid out; else null: then nobody knows more than the usual times. */
export function spanLaidOut({ time }: When, now: Date): TimeSpan | null {
  if (time === null) return null;
  const today = localDateOf(now);
  const isLaidOut = time.from >= beginningOf(today) && time.to <= beginningOf(daysAfter(today, daysAhead + 1));
  return isLaidOut ? time : null;
}

function windowsIn({ from, to }: TimeSpan): readonly Window[] {
  const first = Temporal.Instant.from(from.toISOString()).toZonedDateTimeISO(timeZone);
  const end = Temporal.Instant.from(to.toISOString()).toZonedDateTimeISO(timeZone);
  if (Temporal.PlainDate.compare(first.toPlainDate().add({ days: 7 }), end.toPlainDate()) <= 0) return wholeWeek;
  const windows: Window[] = [];
  for (
    let date = first.toPlainDate();
    Temporal.PlainDate.compare(date, end.toPlainDate()) <= 0;
    date = date.add({ days: 1 })
  ) {
    const day = daysOfWeek[date.dayOfWeek - 1];
    const window = {
      from: date.equals(first.toPlainDate()) ? clock(first) : "00:00",
      to: date.equals(end.toPlainDate()) ? clock(end) : midnight,
    };
    if (day !== undefined && window.from < window.to) windows.push({ day, ...window });
  }
  // On the Sunday that clocks go back they show the hour from one to two twice: a time around the change has both.
  if (first.offsetNanoseconds > end.offsetNanoseconds) windows.push({ day: "SUNDAY", from: "01:00", to: "02:00" });
  return windows;
}

function clock(moment: Temporal.ZonedDateTime): string {
  return moment.toPlainTime().toString({ smallestUnit: "minute" });
}
