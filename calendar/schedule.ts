/** A day of the week, as schema.org and OpenActive call it. */
export type DayOfWeek = (typeof daysOfWeek)[number];

/** Monday first, as ISO 8601 counts them. */
export const daysOfWeek = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"] as const;

/** The zone of every local date and time here, whatever the process's own. */
export const timeZone = "Europe/London";

/** Days from the first to the last, both among them: "2026-12-21". */
export interface DateRange {
  readonly from: string;
  readonly through: string;
}

/** Days that have a name together, such as school holidays or bank holidays. */
export interface Period {
  /** In words that follow "in" and "except": "school holidays". */
  readonly name: string;
  readonly ranges: readonly DateRange[];
}

/**
 * One rule of when something happens, as OpenActive's Schedule says it, and RFC 5545 means it; several of them make up an activity's times.
 * All dates and times are local (`timeZone`): dates as "2026-11-24", times as "14:00", so that both compare as texts.
 */
export interface Schedule {
  /** The first day it may happen on; null: not stated. */
  readonly startDate: string | null;
  /** The last day it may happen on; null: no end is known. */
  readonly endDate: string | null;
  /** Null, with `endTime`: it lasts all day. */
  readonly startTime: string | null;
  /** One that is not after `startTime` is on the next day. */
  readonly endTime: string | null;
  /** How often it comes round: P1D, P1W, P2W, P1M, P1Y and the like (ISO 8601). Null: once, on `startDate`. */
  readonly repeatFrequency: string | null;
  /** Empty: as often as `repeatFrequency` says, from `startDate`. */
  readonly byDay: readonly DayOfWeek[];
  /** Of a monthly rule, which of the month's `byDay` days: 1 to 5 from its beginning, -1 to -5 from its end. Empty for others. */
  readonly byWeekOfMonth: readonly number[];
  /** Of a monthly or yearly rule, the days of the month: 1 to 31, and -1 (the last) to -31. A month that has no such day is passed over. */
  readonly byMonthDay: readonly number[];
  /** The months it happens in, 1 to 12; empty: all. */
  readonly byMonth: readonly number[];
  /** How many times it happens in all, counted from `startDate` before any is taken out; null: no end of that kind. */
  readonly repeatCount: number | null;
  /** Days it is not on though the rule says so. */
  readonly exceptDate: readonly string[];
  /** Days it is on besides those of the rule. */
  readonly extraDate: readonly string[];
  /** It is on only on days of all of these. */
  readonly during: readonly Period[];
  /** It is on no day of any of these. */
  readonly exceptDuring: readonly Period[];
}

/** How often a rule comes round. */
export interface Frequency {
  readonly unit: "D" | "W" | "M" | "Y";
  readonly count: number;
}

/** What `repeatFrequency` says, or null for what is no whole number of days, weeks, months or years. */
export function frequencyOf(repeatFrequency: string): Frequency | null {
  const [, count, unit] = /^P([1-9]\d{0,2})([DWMY])$/.exec(repeatFrequency) ?? [];
  return unit === undefined ? null : { unit: unit as Frequency["unit"], count: Number(count) };
}

/**
 * Whether a rule says which days it means. Every second Thursday does not without a first one, nor does one Thursday a month: nobody is sent
 * there on a guess.
 */
export function isDated({
  startDate,
  repeatFrequency,
  byDay,
  byWeekOfMonth,
  byMonthDay,
  byMonth,
  repeatCount,
}: Schedule): boolean {
  if (startDate === null && repeatCount !== null) return false;
  const frequency = repeatFrequency === null ? null : frequencyOf(repeatFrequency);
  if (frequency === null) return startDate !== null;
  const { unit, count } = frequency;
  const isByWeek = byDay.length > 0 && byWeekOfMonth.length > 0;
  const isByDate = byMonthDay.length > 0;
  if (byWeekOfMonth.length > 0 && !isByWeek) return false;
  if (unit === "M" && byDay.length > 0 && !isByWeek && !isByDate) return false;
  if (startDate !== null) return true;
  if (count > 1) return false;
  if (unit === "D") return true;
  if (unit === "W") return byDay.length > 0;
  return unit === "M" ? isByWeek || isByDate : isByDate && byMonth.length > 0;
}
