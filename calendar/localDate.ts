import { Temporal } from "temporal-polyfill";
import { timeZone } from "./schedule.ts";

/** The date in Europe/London at a moment: "2026-11-24". */
export function localDateOf(moment: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** The date so many days after another, or before it. Throws RangeError for a text that is no date. */
export function daysAfter(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** The moment a date begins in Europe/London. Throws RangeError for a text that is no date. */
export function beginningOf(date: string): Date {
  return new Date(Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds);
}

/** A moment on the clocks of Europe/London, to the minute: "2026-11-24T10:00". */
export function localTimeOf(moment: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(moment.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: "minute" });
}
