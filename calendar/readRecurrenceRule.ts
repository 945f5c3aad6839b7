import type { Temporal } from "temporal-polyfill";
import { type DayOfWeek, daysOfWeek, frequencyOf, type Schedule } from "./schedule.ts";
import { Unreadable } from "./unreadable.ts";

/** How something comes round, as `Schedule` says it; and when it ends, as RFC 5545 does. */
export interface RecurrenceRule extends Pick<
  Schedule,
  "byDay" | "byWeekOfMonth" | "byMonthDay" | "byMonth" | "repeatCount"
> {
  readonly repeatFrequency: string;
  /** A date, or a date and time with "Z" after it for UTC. */
  readonly until: string | null;
}

/** A day of the week, and which of the month's it is: null for every one. */
interface NumberedDay {
  readonly day: DayOfWeek;
  readonly week: number | null;
}

const known = new Set("freq interval count until wkst byday bymonthday bymonth bysetpos".split(" "));
const inWords: Readonly<Record<string, string>> = {
  byhour: "says more than one time of day",
  byminute: "says more than one time of day",
  bysecond: "says more than one time of day",
  byweekno: "goes by the number of the week",
  byyearday: "goes by the number of the day in the year",
  rscale: "goes by another calendar",
};
const everyMonth = Array.from({ length: 12 }, (_, index) => index + 1);
const mostOften = 2 ** 31 - 1;

/**
 * A rule that ical.js has read (RFC 5545, section 3.3.10) as one of ours that means the same days, of something that is first on `start`, by
 * its own clocks. Where RFC 5545 has several ways to say it, ours is the one that people would: a Tuesday in the month's days 8 to 14 is
 * left as no rule of ours, but every Tuesday is of the week, whether it was said of a day, a week, a month or a year. Nothing is worked out
 * day by day. Throws Unreadable for what we cannot hold whole.
 */
export function readRecurrenceRule(value: unknown, start: Temporal.PlainDate): RecurrenceRule {
  if (typeof value !== "object" || value === null) return refuse("is none");
  const parts: Readonly<Record<string, unknown>> = { ...value };
  for (const part of Object.keys(parts)) {
    if (!known.has(part)) refuse(inWords[part] ?? `says ${part.slice(0, 50).toUpperCase()}, which we cannot keep`);
  }
  const { freq, until } = parts;
  const interval = numbersOf(parts["interval"])[0] ?? 1;
  const [count = null] = numbersOf(parts["count"]);
  if (count !== null && until !== undefined) refuse("says both how often (COUNT) and until when (UNTIL)");
  if (count !== null && (count < 1 || count > mostOften)) refuse(`is to happen ${count} times (COUNT)`);

  const rule = { ...daysOf(String(freq), interval, parts, start), repeatCount: count };
  if (frequencyOf(rule.repeatFrequency) === null) refuse(`comes round too seldom (INTERVAL=${interval})`);
  // What happens on such a first day is undefined (section 3.8.5.3), and calendars differ.
  if (!isOn(rule, start)) refuse(`does not say the day the event begins with, ${start.toString()}`);
  return { ...rule, until: typeof until === "string" ? until : null };
}

type Days = Omit<RecurrenceRule, "repeatCount" | "until">;

function daysOf(
  frequency: string,
  interval: number,
  parts: Readonly<Record<string, unknown>>,
  start: Temporal.PlainDate,
): Days {
  const numbered = listOf(parts["byday"]).map(numberedDay);
  const days = sorted(numbered.map(({ day }) => daysOfWeek.indexOf(day))).flatMap((index) => daysOfWeek[index] ?? []);
  const hasWeeks = numbered.some(({ week }) => week !== null);
  const monthDays = sorted(numbersOf(parts["bymonthday"]));
  const months = sorted(numbersOf(parts["bymonth"]));
  const positions = sorted(numbersOf(parts["bysetpos"]));
  if (frequency === "MONTHLY" && days.length === 7 && !hasWeeks && monthDays.length === 0 && positions.length > 0) {
    // How Outlook says the month's last day.
    return daysOf(frequency, interval, { bymonth: months, bymonthday: positions }, start);
  }
  if (monthDays.some((day) => day === 0 || Math.abs(day) > 31)) refuse("says a day that no month has");
  if (days.length > 0 && monthDays.length > 0) refuse("says days of the week and of the month at once");
  if (positions.length > 0 && (days.length !== 1 || hasWeeks || /^(DAI|WEEK)LY$/.test(frequency))) {
    refuse("counts days of different kinds together (BYSETPOS)");
  }

  const nothing = { byDay: [], byWeekOfMonth: [], byMonthDay: [], byMonth: months };
  const every = (unit: string, said: Partial<Days>, times = interval): Days => ({
    ...nothing,
    ...said,
    repeatFrequency: `P${times}${unit}`,
  });
  const weekly = () => every("W", { byDay: days });
  const weeks = positions.length > 0 ? positions : hasWeeks ? weeksOf(numbered) : [];
  if (weeks.some((week) => week === 0 || Math.abs(week) > 5)) refuse("says a week that no month has");

  switch (frequency) {
    case "DAILY":
      if (hasWeeks) return refuse("numbers the days of the week, which only a month's or year's can be");
      if (days.length + monthDays.length === 0) return every("D", {});
      if (interval > 1) return refuse("takes certain days out of every so many");
      return days.length > 0 ? weekly() : every("M", { byMonthDay: monthDays });
    case "WEEKLY":
      if (hasWeeks) return refuse("numbers the days of the week, which only a month's or year's can be");
      if (monthDays.length > 0) return refuse("says days of the month in a rule of the week");
      if (interval > 1 && days.length > 1 && isFromOtherDay(parts["wkst"])) {
        return refuse("begins its weeks on another day than Monday (WKST)");
      }
      return every("W", { byDay: days.length > 0 ? days : [dayOf(start)] });
    case "MONTHLY":
      if (days.length === 0) return every("M", { byMonthDay: monthDays.length > 0 ? monthDays : [start.day] });
      if (weeks.length > 0) return every("M", { byDay: days, byWeekOfMonth: weeks });
      return interval === 1 ? weekly() : every("M", { byDay: days, byWeekOfMonth: [1, 2, 3, 4, 5] });
    case "YEARLY":
      if (days.length === 0) {
        if (months.length > 0 || monthDays.length === 0) {
          return every("Y", {
            byMonthDay: monthDays.length > 0 ? monthDays : [start.day],
            byMonth: months.length > 0 ? months : [start.month],
          });
        }
        return interval === 1
          ? every("M", { byMonthDay: monthDays })
          : every("Y", { byMonthDay: monthDays, byMonth: everyMonth });
      }
      if (weeks.length === 0 && interval === 1) return weekly();
      if (months.length === 0) return refuse("counts days of the week through a year");
      // Positions are of all of the year's days together, numbers of each month's.
      if (months.length > 1 && (positions.length > 0 || interval > 1))
        return refuse("counts days of the week through several months");
      return every(
        "M",
        { byDay: days, byWeekOfMonth: weeks.length > 0 ? weeks : [1, 2, 3, 4, 5] },
        interval === 1 ? 1 : 12 * interval,
      );
    default:
      return refuse("comes round more than once a day");
  }
}

/** Whether a rule says a day, the first of its days aside: which week, month or year that is in, it says itself. */
function isOn({ byDay, byWeekOfMonth, byMonthDay, byMonth }: Days, date: Temporal.PlainDate): boolean {
  const { day, month, daysInMonth } = date;
  return (
    (byMonth.length === 0 || byMonth.includes(month)) &&
    (byDay.length === 0 || byDay.includes(dayOf(date))) &&
    (byMonthDay.length === 0 || byMonthDay.includes(day) || byMonthDay.includes(day - daysInMonth - 1)) &&
    (byWeekOfMonth.length === 0 ||
      byWeekOfMonth.includes(Math.ceil(day / 7)) ||
      byWeekOfMonth.includes(-Math.ceil((daysInMonth - day + 1) / 7)))
  );
}

/** Which weeks a rule's days are of, where all of its days are of the same. */
function weeksOf(numbered: readonly NumberedDay[]): readonly number[] {
  const weeksByDay = new Map<DayOfWeek, Set<number>>();
  for (const { day, week } of numbered) {
    if (week === null) return refuse("numbers some of its days of the week and not others");
    weeksByDay.set(day, (weeksByDay.get(day) ?? new Set()).add(week));
  }
  const [first = "", ...others] = [...weeksByDay.values()].map((weeks) => sorted([...weeks]).join());
  if (others.some((weeks) => weeks !== first))
    return refuse("has different days of the week in different weeks of the month");
  return first.split(",").map(Number);
}

function numberedDay(text: unknown): NumberedDay {
  const [, week, code = ""] = /^([+-]?\d+)?([A-Z]{2})$/.exec(String(text)) ?? [];
  const day = daysOfWeek.find((name) => name.startsWith(code) && code !== "");
  if (day === undefined) return refuse("says a day that is none (BYDAY)");
  return { day, week: week === undefined ? null : Number(week) };
}

function dayOf(date: Temporal.PlainDate): DayOfWeek {
  return daysOfWeek[date.dayOfWeek - 1] ?? "MONDAY";
}

/** ical.js counts from Sunday, 1; Monday, which it takes where nothing is said, is 2. */
function isFromOtherDay(weekStart: unknown): boolean {
  return weekStart !== undefined && weekStart !== 2 && weekStart !== "MO";
}

/** ical.js gives one of a list alone. */
function listOf(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? (value as readonly unknown[]) : [value];
}

function numbersOf(value: unknown): readonly number[] {
  return listOf(value).map(Number);
}

function sorted(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

function refuse(reason: string): never {
  throw new Unreadable("RRULE", `Its rule ${reason}.`);
}
