import { Temporal } from "temporal-polyfill";
import { type DayOfWeek, daysOfWeek, timeZone } from "./schedule.ts";

// Dates and times as GOV.UK writes them (https://www.gov.uk/guidance/style-guide/a-to-z, "dates", "times"): "2pm", "midday", "to" and no
// hyphen, no comma within a date. Minutes alone are not: the guide has "5:30pm", and this project, by the example it was asked for with, "5.30pm".
// The names are spelt out here, as what Intl makes of en-GB changes between releases of Node.

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

/** "Tuesday". */
export function dayOfWeekInWords(day: DayOfWeek): string {
  return `${day.slice(0, 1)}${day.slice(1).toLowerCase()}`;
}

/** The day of the week that a local date, such as "2026-11-24", is. Throws a RangeError for what is no date. */
export function dayOfWeekOf(date: string): DayOfWeek {
  const day = daysOfWeek[Temporal.PlainDate.from(date).dayOfWeek - 1];
  if (day === undefined) throw new RangeError(`${date} is on no day of the week.`);
  return day;
}

/** "January" for 1, to "December" for 12. Throws a RangeError for any other number. */
export function monthInWords(month: number): string {
  const name = months[month - 1];
  if (name === undefined) throw new RangeError(`There is no month ${month}.`);
  return name;
}

/**
 * "2pm" for "14:00", "2.30pm" for "14:30", "midday", and "midnight" for the first minute of a day and for the end of one ("24:00").
 * Throws a RangeError for what is no time of day, in hours and minutes.
 */
export function timeInWords(time: string): string {
  const [, hour, minute] = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(time) ?? [];
  if (hour === undefined || minute === undefined || time > "24:00") throw new RangeError(`${time} is no time of day.`);
  if (minute === "00" && Number(hour) % 12 === 0) return hour === "12" ? "midday" : "midnight";
  const minutes = minute === "00" ? "" : `.${minute}`;
  return `${Number(hour) % 12 || 12}${minutes}${hour < "12" ? "am" : "pm"}`;
}

/**
 * "10am to 11.30am"; "10pm to 2am the next day" where the end is not after the start; "8pm to midnight"; "all day" from midnight to midnight.
 * Throws a RangeError where `timeInWords` does.
 */
export function timeRangeInWords(startTime: string, endTime: string): string {
  const [start, end] = [timeInWords(startTime), timeInWords(endTime)];
  if (end === "midnight") return start === end ? "all day" : `${start} to ${end}`;
  return endTime > startTime ? `${start} to ${end}` : `${start} to ${end} the next day`;
}

/** "Tuesday 24 November 2026", of a local date such as "2026-11-24". Throws a RangeError for what is no date. */
export function dateInWords(date: string): string {
  return `${dayOfWeekInWords(dayOfWeekOf(date))} ${dateWithoutDayInWords(date)}`;
}

/** "24 November 2026", of a local date such as "2026-11-24". Throws a RangeError for what is no date. */
export function dateWithoutDayInWords(date: string): string {
  const { day, month, year } = Temporal.PlainDate.from(date);
  return `${day} ${monthInWords(month)} ${year}`;
}

/**
 * The days from one local date to another, both among them, with no month or year said twice: "21 December 2026 to 3 January 2027",
 * "1 April to 30 September 2027", "21 to 24 December 2026", "25 December 2026". Throws a RangeError for what is no date.
 */
export function dateRangeInWords(from: string, through: string): string {
  const [first, last] = [Temporal.PlainDate.from(from), Temporal.PlainDate.from(through)];
  const end = dateWithoutDayInWords(through);
  if (first.equals(last)) return end;
  if (first.year !== last.year) return `${dateWithoutDayInWords(from)} to ${end}`;
  if (first.month !== last.month) return `${first.day} ${monthInWords(first.month)} to ${end}`;
  return `${first.day} to ${end}`;
}

/**
 * When something is that begins and ends once, on the clock of Europe/London: "Tuesday 24 November 2026, 10am to 11.30am", or with
 * "all day" in place of the times. One that lasts all day may end at the midnight after its last day, as calendars have it. What lasts no
 * time at all is said by its start. Throws a RangeError for a Date that is none.
 */
export function momentInWords(start: Date, end: Date, isAllDay: boolean): string {
  const [from, to] = [localOf(start), localOf(end)];
  if (isAllDay) {
    const last = localOf(new Date(Math.max(start.getTime(), end.getTime() - 1)));
    return from.date === last.date
      ? `${dateInWords(from.date)}, all day`
      : `${dateInWords(from.date)} to ${dateInWords(last.date)}, all day`;
  }
  const startInWords = `${dateInWords(from.date)}, ${timeInWords(from.time)}`;
  if (start.getTime() === end.getTime()) return startInWords;
  // The dates say which day it ends on, and the times do not: when clocks go back, 1.30am can be followed by 1.15am.
  if (from.date === to.date) return `${startInWords} to ${timeInWords(to.time)}`;
  if (to.date !== Temporal.PlainDate.from(from.date).add({ days: 1 }).toString())
    return `${startInWords} to ${dateInWords(to.date)}, ${timeInWords(to.time)}`;
  if (to.isMidnight)
    return from.isMidnight ? `${dateInWords(from.date)}, all day` : `${startInWords} to ${timeInWords(to.time)}`;
  return to.time <= from.time
    ? `${startInWords} to ${timeInWords(to.time)} the next day`
    : `${startInWords} to ${dateInWords(to.date)}, ${timeInWords(to.time)}`;
}

interface LocalMoment {
  readonly date: string;
  readonly time: string;
  readonly isMidnight: boolean;
}

function localOf(moment: Date): LocalMoment {
  const local = Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone);
  const time = local.toPlainTime().toString({ smallestUnit: "minute" });
  return { date: local.toPlainDate().toString(), time, isMidnight: time === "00:00" };
}
