import { Temporal } from "temporal-polyfill";
import { dayOfWeekInWords, timeRangeInWords } from "./dateInWords.ts";
import { listInWords } from "./listInWords.ts";
import { type DayOfWeek, daysOfWeek, timeZone } from "./schedule.ts";

/** Hours that come every week, by the clock in local time: "09:00". What closes at or before it opens runs past midnight. */
export interface OpeningHours {
  readonly byDay: readonly DayOfWeek[];
  readonly opens: string;
  /** The first minute at which it is closed; "24:00" is the midnight that ends the day, as is "00:00". */
  readonly closes: string;
}

/** Days on which it does not open, whatever its hours: local dates, the first and the last among them. */
export interface Closure {
  readonly from: string;
  readonly through: string;
  /** Such as "Christmas"; null: not stated. */
  readonly reason: string | null;
}

/** How far ahead an opening is looked for: what is closed for longer than that is closed for good, as far as anybody can plan. */
const daysAhead = 366;
/** After the last closure, every week is like the next, but for the one in which the clocks change, where a short opening can fall out. */
const daysUntilWeeksRepeat = 14;
const minutesInDay = 24 * 60;
/** More days than that are not told one by one. */
const closedDaysListed = 3;

/**
 * Whether it is open at a moment, on the clock of Europe/London, from the minute it opens and until the minute it closes. Null when no hours
 * are stated. Hours past midnight are those of the day they began on, for closures too: the night before a closure runs to its end. A time
 * that the clock passes over or shows twice is taken as calendars do (RFC 5545): an hour later, and at its first showing.
 *
 * Throws a RangeError for a Date or a time that is none.
 */
export function isOpenAt(
  openingHours: readonly OpeningHours[],
  closures: readonly Closure[],
  at: Date,
): boolean | null {
  if (openingHours.length === 0) return null;
  const today = dateAt(at);
  return [today.subtract({ days: 1 }), today]
    .flatMap((date) => openingsOn(date, openingHours, closures))
    .some(({ opens, closes }) => opens <= at.getTime() && at.getTime() < closes);
}

/**
 * The next moment after `at` at which it opens, having been closed before: hours that adjoin or overlap are one opening. While it is open,
 * that is when it opens again. Null when no hours are stated, when it never closes, and when it opens on none of the next 366 days.
 *
 * Throws a RangeError for a Date or a time that is none.
 */
export function opensNext(openingHours: readonly OpeningHours[], closures: readonly Closure[], at: Date): Date | null {
  if (openingHours.length === 0) return null;
  const today = dateAt(at);
  const horizon = today.add({ days: daysAhead });
  const closedThrough = closures.map(({ through }) => Temporal.PlainDate.from(through));
  const settled = latest([today, ...closedThrough]).add({ days: daysUntilWeeksRepeat });
  const end = Temporal.PlainDate.compare(settled, horizon) < 0 ? settled : horizon;
  let openUntil = -Infinity;
  for (
    let date = today.subtract({ days: 1 });
    Temporal.PlainDate.compare(date, end) <= 0;
    date = date.add({ days: 1 })
  ) {
    for (const { opens, closes } of openingsOn(date, openingHours, closures)) {
      if (opens > at.getTime() && opens > openUntil) return new Date(opens);
      openUntil = Math.max(openUntil, closes);
    }
  }
  return null;
}

/**
 * The weekly hours in plain English for residents: "Monday to Friday, 9am to 5pm; Saturday, 10am to 1pm. Closed on Sunday". Null when none
 * are stated. Throws a RangeError for a time that is none.
 */
export function openingHoursInWords(openingHours: readonly OpeningHours[]): string | null {
  const daysByHours = new Map<string, readonly DayOfWeek[]>();
  const closed: DayOfWeek[] = [];
  for (const day of daysOfWeek) {
    const hours = hoursInWords(openingHours.filter(({ byDay }) => byDay.includes(day)));
    if (hours === "") closed.push(day);
    else daysByHours.set(hours, [...(daysByHours.get(hours) ?? []), day]);
  }
  if (daysByHours.size === 0) return null;
  const open = [...daysByHours].map(([hours, days]) => `${daysInWords(days)}, ${hours}`).join("; ");
  if (closed.length === 0) return open;
  return closed.length > closedDaysListed
    ? `${open}. Closed on all other days`
    : `${open}. Closed on ${listInWords(closed.map(dayOfWeekInWords))}`;
}

/** A time it is open without a break, in milliseconds since 1970. */
interface Opening {
  readonly opens: number;
  readonly closes: number;
}

/** Those that begin on a day, by when they open. */
function openingsOn(
  date: Temporal.PlainDate,
  openingHours: readonly OpeningHours[],
  closures: readonly Closure[],
): readonly Opening[] {
  const day = daysOfWeek[date.dayOfWeek - 1];
  const isoDate = date.toString();
  if (day === undefined || closures.some(({ from, through }) => from <= isoDate && isoDate <= through)) return [];
  return (
    openingHours
      .filter(({ byDay }) => byDay.includes(day))
      .map(({ opens, closes }) => ({
        opens: momentOf(date, opens),
        closes: momentOf(closes > opens ? date : date.add({ days: 1 }), closes),
      }))
      // What opens in the hour that the clocks pass over, and closes soon after it, does not open on that night.
      .filter(({ opens, closes }) => opens < closes)
      .sort((one, other) => one.opens - other.opens)
  );
}

function momentOf(date: Temporal.PlainDate, time: string): number {
  const minute = minuteOf(time);
  const { start, isOrdinary } = localDay(date);
  if (isOrdinary) return start + minute * 60_000;
  return minute === minutesInDay
    ? localDay(date.add({ days: 1 })).start
    : date.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds;
}

interface LocalDay {
  readonly start: number;
  /** Whether it has 24 hours, as all have but the two on which clocks change. */
  readonly isOrdinary: boolean;
}

// More than half of an answer's time went into finding where its days begin, and a page of a hundred places asks for the same two.
const localDays = new Map<string, LocalDay>();
const localDaysKept = 1000;

function localDay(date: Temporal.PlainDate): LocalDay {
  const key = date.toString();
  const known = localDays.get(key);
  if (known !== undefined) return known;
  const start = date.toZonedDateTime(timeZone).epochMilliseconds;
  const next = date.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
  const day = { start, isOrdinary: next - start === minutesInDay * 60_000 };
  // Callers choose the moments they ask of, and so would how much is kept.
  if (localDays.size >= localDaysKept) localDays.clear();
  localDays.set(key, day);
  return day;
}

function dateAt(at: Date): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
}

function latest(dates: readonly Temporal.PlainDate[]): Temporal.PlainDate {
  return dates.reduce((one, other) => (Temporal.PlainDate.compare(one, other) < 0 ? other : one));
}

/** The hours of one day, those that adjoin as one; nothing for none. */
function hoursInWords(openingHours: readonly OpeningHours[]): string {
  const spans = openingHours
    .map(({ opens, closes }) => {
      const [from, to] = [minuteOf(opens), minuteOf(closes)];
      return { from, to: to > from ? to : to + minutesInDay };
    })
    .sort((one, other) => one.from - other.from);
  const merged: { from: number; to: number }[] = [];
  for (const span of spans) {
    const before = merged.at(-1);
    const to = Math.max(before?.to ?? 0, span.to);
    // Of more than a day, the end would be taken for one a day earlier.
    if (before !== undefined && span.from <= before.to && to - before.from <= minutesInDay) before.to = to;
    else merged.push(span);
  }
  return listInWords(merged.map(({ from, to }) => timeRangeInWords(clockOf(from), clockOf(to))));
}

function minuteOf(time: string): number {
  if (!/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(time)) throw new RangeError(`${time} is no time of day.`);
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function clockOf(minute: number): string {
  const ofDay = minute % minutesInDay;
  return `${String(Math.floor(ofDay / 60)).padStart(2, "0")}:${String(ofDay % 60).padStart(2, "0")}`;
}

/** "Monday to Friday", "Saturday and Sunday", "Monday to Wednesday and Friday", "Every day". */
function daysInWords(days: readonly DayOfWeek[]): string {
  if (days.length === daysOfWeek.length) return "Every day";
  const runs: DayOfWeek[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run !== undefined && before !== undefined && daysOfWeek.indexOf(before) === daysOfWeek.indexOf(day) - 1)
      run.push(day);
    else runs.push([day]);
  }
  const items = runs.flatMap((run) => {
    const names = run.map(dayOfWeekInWords);
    return names.length < 3 ? names : [`${names.at(0) ?? ""} to ${names.at(-1) ?? ""}`];
  });
  return listInWords(items);
}
