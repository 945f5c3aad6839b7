import { RRuleTemporal } from "rrule-temporal";
import { Temporal } from "temporal-polyfill";
import {
  daysOfWeek,
  type DateRange,
  type Frequency,
  frequencyOf,
  isDated,
  type Period,
  type Schedule,
  timeZone,
} from "./schedule.ts";

/** One time that something happens. */
export interface Occurrence {
  /** The local date it begins on: "2026-11-24". */
  readonly date: string;
  readonly start: Date;
  /** The first moment it is over: always after `start`. */
  readonly end: Date;
}

const frequencies: Readonly<Record<Frequency["unit"], string>> = {
  D: "DAILY",
  W: "WEEKLY",
  M: "MONTHLY",
  Y: "YEARLY",
};

/** A rule without a date in so many years has none for anybody who looks now: it may be one of 30 February. */
const yearsLookedAhead = 100;

/** More than there are days up to the year 9999: the library gives up, and throws, at a count of its own that a daily rule reaches in 27 years. */
const maxIterations = 4_000_000;

/**
 * All times a schedule has that begin on a local date in `span`, both its ends included: in order, each once. Exceptions, extra days and
 * periods are applied. Throws a RangeError for a date or time that there is not.
 *
 * What it costs depends on how long `span` is, and not on how long ago the schedule began; but `repeatCount` has to be counted from there.
 */
export function occurrencesOf(schedule: Schedule, span: DateRange): readonly Occurrence[] {
  const { exceptDate, extraDate, during, exceptDuring } = schedule;
  const ruled = ruleDates(schedule, span).filter(
    (date) => during.every((period) => isIn(period, date)) && !exceptDuring.some((period) => isIn(period, date)),
  );
  // Whoever named the very day knew of the holidays, and of the end: only an exception, as exact as itself, takes it out again.
  const extra = extraDate.filter((date) => date >= span.from && date <= span.through);
  const dates = new Set([...ruled, ...extra]);
  for (const date of exceptDate) dates.delete(date);
  return [...dates].sort().map((date) => occurrenceOn(date, schedule));
}

/**
 * The recurrence rule of a schedule in RFC 5545's words, without "RRULE:", for a DTSTART on `firstDateOf`: "FREQ=WEEKLY;BYDAY=TU". Its
 * exceptions, extra days and periods are not in it. Null for what happens once, what is not dated, and what never happens for its
 * `repeatCount`. Throws a RangeError for a date or time that there is not.
 */
export function recurrenceRuleOf(schedule: Schedule): string | null {
  const text = ruleText(schedule);
  if (text === null) return null;
  const { startDate, endDate, startTime, repeatCount } = schedule;
  if (startDate !== null && repeatCount !== null) {
    // A rule may have COUNT or UNTIL, and not both: where an end date comes first, fewer are counted.
    const count = endDate === null ? repeatCount : ruleDates(schedule, { from: startDate, through: endDate }).length;
    return count === 0 ? null : `${text};COUNT=${count}`;
  }
  if (endDate === null) return text;
  // UNTIL is as DTSTART is: a date for a date, and for a time with a zone a moment in UTC, which is that of the last start there can be.
  const until = startTime === null ? endDate : new Date(momentOf(endDate, startTime)).toISOString().replace(".000", "");
  return `${text};UNTIL=${until.replaceAll(/[-:]/g, "")}`;
}

/**
 * The local date on which a schedule's rule first holds, before exceptions, extra days and periods: "2026-11-24". Where nothing states a
 * start date it is the first one from `notBefore` on, a local date; otherwise `notBefore` is not looked at, as `repeatCount` and "every
 * second week" go from the very first. Null when it is not dated or has no date within a hundred years. Throws a RangeError for a date
 * that there is not.
 */
export function firstDateOf(schedule: Schedule, notBefore: string): string | null {
  const { startDate, endDate } = schedule;
  const from = startDate ?? notBefore;
  const horizon = Temporal.PlainDate.from(from).add({ years: yearsLookedAhead }).toString();
  const through = earlier(endDate ?? horizon, horizon);
  if (!saysWhichDays(schedule) || from > through) return null;
  const text = ruleText(schedule);
  if (text === null) return startDate;
  const first = hasAnyDay(schedule) ? recurrence(text, from, through, null).next(utcMidnight(from), true) : null;
  return first === null ? null : dateOf(first);
}

/** The dates of a schedule's rule in a span, in order, before exceptions, extra days and periods. */
function ruleDates(schedule: Schedule, span: DateRange): readonly string[] {
  if (!saysWhichDays(schedule)) return [];
  const { startDate, endDate, repeatCount } = schedule;
  const from = later(startDate ?? span.from, span.from);
  const through = earlier(endDate ?? span.through, span.through);
  if (from > through) return [];
  const text = ruleText(schedule);
  if (text === null) return startDate === from ? [from] : [];
  if (!hasAnyDay(schedule)) return [];
  if (schedule.byMonth.length > 0 && /DAILY|WEEKLY/.test(text)) {
    // From a daily or weekly rule months only take days away. The library needs milliseconds for such a rule, and a fiftieth of that without.
    const counted = repeatCount !== null && startDate !== null;
    const all = ruleDates(
      { ...schedule, byMonth: [], repeatCount: null },
      { from: counted ? startDate : from, through },
    ).filter((date) => schedule.byMonth.includes(Number(date.slice(5, 7))));
    return counted ? all.slice(0, repeatCount).filter((date) => date >= from) : all;
  }
  // Whatever comes round every day, week or month may be counted from anywhere.
  return recurrence(text, startDate ?? from, through, repeatCount)
    .between(utcMidnight(from), utcMidnight(through), true)
    .map(dateOf);
}

/**
 * A rule over dates, as midnights of UTC: there every day has 24 hours, so that no clock change moves or drops one.
 *
 * `between` first moves the start of a rule ahead by whole intervals, which keeps its phase, to just before what is asked for: a weekly
 * rule of 2010 costs what one of last week does. It cannot where `count` is given. `through` ends what would look for ever.
 */
function recurrence(text: string, from: string, through: string, count: number | null): RRuleTemporal {
  return new RRuleTemporal({
    rruleString: text,
    dtstart: Temporal.ZonedDateTime.from(`${from}T00:00[UTC]`),
    until: Temporal.ZonedDateTime.from(`${through}T00:00[UTC]`),
    ...(count === null ? {} : { count }),
    maxIterations,
    cache: false,
  });
}

/** A rule without its end; null for what happens once. In one order, whatever the schedule's: equal rules are equal texts. */
function ruleText(schedule: Schedule): string | null {
  const frequency = frequencyIn(schedule);
  if (frequency === null || !saysWhichDays(schedule)) return null;
  const { unit, count } = frequency;
  const days = daysOfWeek.filter((day) => schedule.byDay.includes(day)).map((day) => day.slice(0, 2));
  const weeks = ascending(schedule.byWeekOfMonth);
  const byDay = weeks.length === 0 ? days : weeks.flatMap((week) => days.map((day) => `${week}${day}`));
  return [
    `FREQ=${frequencies[unit]}`,
    ...(count === 1 ? [] : [`INTERVAL=${count}`]),
    ...part("BYMONTH", ascending(schedule.byMonth)),
    ...part("BYMONTHDAY", ascending(schedule.byMonthDay)),
    ...part("BYDAY", byDay),
    // Monday is what RFC 5545 takes for granted, and not every calendar does: said where two days of one week could be parted by it.
    ...(unit === "W" && count > 1 && days.length > 1 ? ["WKST=MO"] : []),
  ].join(";");
}

function part(name: string, values: readonly (string | number)[]): readonly string[] {
  return values.length === 0 ? [] : [`${name}=${values.join(",")}`];
}

function ascending(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

function frequencyIn({ repeatFrequency }: Schedule): Frequency | null {
  return repeatFrequency === null ? null : frequencyOf(repeatFrequency);
}

/**
 * Whether a rule is dated, and has a meaning in RFC 5545: that has none for days of the month of a weekly rule, nor for weeks of the month
 * of any but a monthly one, or without their days. To leave such a part out would send people there on days nobody named.
 */
function saysWhichDays(schedule: Schedule): boolean {
  const { byDay, byWeekOfMonth, byMonthDay, repeatCount } = schedule;
  if (!isDated(schedule) || (repeatCount !== null && repeatCount < 1)) return false;
  const unit = frequencyIn(schedule)?.unit ?? null;
  if (unit === null) return true;
  if (unit === "W" && byMonthDay.length > 0) return false;
  return byWeekOfMonth.length === 0 || (unit === "M" && byDay.length > 0);
}

/** False for 30 February and 31 April: there, the library would go through every day up to its horizon. */
function hasAnyDay({ byMonth, byMonthDay }: Schedule): boolean {
  if (byMonth.length === 0 || byMonthDay.length === 0) return true;
  // Of a year that has a 29 February.
  const longest = Math.max(...byMonth.map((month) => Temporal.PlainYearMonth.from({ year: 2028, month }).daysInMonth));
  return byMonthDay.some((day) => Math.abs(day) <= longest);
}

function isIn({ ranges }: Period, date: string): boolean {
  return ranges.some(({ from, through }) => date >= from && date <= through);
}

function occurrenceOn(date: string, { startTime, endTime }: Schedule): Occurrence {
  // All day is from midnight to midnight, on the two days a year that have 23 and 25 hours too.
  const [from, to] = startTime === null || endTime === null ? ["00:00", "00:00"] : [startTime, endTime];
  const daysLater = to > from ? 0 : 1;
  const start = momentOf(date, from);
  const end = momentOf(date, to, daysLater);
  // When clocks go forward, what begins in the hour that is left out begins an hour later: by a clock that reads two it might be over before
  // it began. It then lasts as long as on any other day. All else ends by the clock, an hour shorter or longer over a change.
  return { date, start: new Date(start), end: new Date(end > start ? end : start + minutesBetween(from, to) * 60_000) };
}

function minutesBetween(from: string, to: string): number {
  return Temporal.PlainTime.from(from).until(Temporal.PlainTime.from(to)).total("minutes");
}

// A job lays out the same ninety days for each of very many schedules, which begin at the same few times: it asks for a moment thousands of
// times over, and each answer costs about as much as all else there is to do for an occurrence.
const momentsKept = 50_000;
const moments = new Map<string, number>();

/**
 * The moment of a local date and time, in milliseconds since 1970. As RFC 5545 (3.3.5) has it, a time that clocks going forward leave out is
 * read by the offset from before, and of one that comes twice the first is meant.
 */
function momentOf(date: string, time: string, daysLater: 0 | 1 = 0): number {
  const key = `${date}T${time}+${daysLater}`;
  const known = moments.get(key);
  if (known !== undefined) return known;
  const moment = Temporal.PlainDate.from(date)
    .add({ days: daysLater })
    .toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds;
  if (moments.size >= momentsKept) moments.clear();
  moments.set(key, moment);
  return moment;
}

function utcMidnight(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}

function dateOf({ epochMilliseconds }: { readonly epochMilliseconds: number }): string {
  return new Date(epochMilliseconds).toISOString().slice(0, 10);
}

function earlier(one: string, other: string): string {
  return one < other ? one : other;
}

function later(one: string, other: string): string {
  return one > other ? one : other;
}
