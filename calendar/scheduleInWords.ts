import { Temporal } from "temporal-polyfill";
import {
  dateInWords,
  dateWithoutDayInWords,
  dayOfWeekInWords,
  dayOfWeekOf,
  monthInWords,
  timeInWords,
  timeRangeInWords,
} from "./dateInWords.ts";
import { listInWords } from "./listInWords.ts";
import { ordinalInFigures, ordinalInWords } from "./ordinalInWords.ts";
import { type DayOfWeek, daysOfWeek, type Frequency, frequencyOf, type Period, type Schedule } from "./schedule.ts";

/** The day the words are for: of what is over by then, nothing is said. They come from no clock, so that the same question has one answer. */
interface Asked {
  /** A local date. */
  readonly today: string;
}

/** A part of a sentence, in lower case, and what a reader has to ask the organiser since the rule does not say it. */
interface Phrase {
  readonly words: string;
  readonly ask: string | null;
}

/** So many dates are listed; of more, their number is told: a resident reads a sentence, and not a column of dates. */
const datesListed = 3;
/** Yearly dates are said one by one up to this number: "1 April and 1 October". */
const yearlyDatesListed = 4;
const daysInMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * When something is on, in plain English for residents, without a full stop at the end: "Every second Tuesday, 10am to 11.30am, except
 * school holidays". A rule that does not say which days it means ends in what to ask: ". Ask which weeks".
 *
 * A start is said as long as it lies ahead of `today`. Which weeks every second Tuesday means is not: the next session, shown beside it, says so.
 *
 * Throws a RangeError for a date, a time or a month that is none.
 */
export function scheduleInWords(schedule: Schedule, asked: Asked): string {
  const { words, ask } = phraseOf(schedule, asked);
  return capitalised(ask === null ? words : `${words}. Ask ${ask}`);
}

/**
 * Several rules in one sentence, those that sound alike once: "Every Tuesday, 10am to 11.30am; every Thursday, 2pm to 4pm". Null for none.
 * Throws a RangeError where `scheduleInWords` does.
 */
export function schedulesInWords(schedules: readonly Schedule[], asked: Asked): string | null {
  const phrases = schedules.map((schedule) => phraseOf(schedule, asked));
  const [only] = schedules;
  if (only === undefined) return null;
  // A sentence of its own would end what comes before it: within several rules, what to ask stands in brackets.
  const rules = new Set(phrases.map(({ words, ask }) => (ask === null ? words : `${words} (ask ${ask})`)));
  return rules.size === 1 ? scheduleInWords(only, asked) : capitalised([...rules].join("; "));
}

function phraseOf(schedule: Schedule, { today }: Asked): Phrase {
  const frequency = schedule.repeatFrequency === null ? null : frequencyOf(schedule.repeatFrequency);
  const { words, ask } = frequency === null ? once(schedule) : recurring(schedule, frequency);
  const { exceptDate, extraDate } = schedule;
  const parts = [
    words,
    times(schedule),
    ...(frequency === null ? [] : bounds(schedule, today)),
    ...during(schedule),
    ...dates("not on", exceptDate, today),
    // Those are what is said first where nothing else is.
    ...(frequency === null && schedule.startDate === null ? [] : dates("and also on", extraDate, today)),
  ];
  const isUncounted = frequency !== null && schedule.repeatCount !== null && schedule.startDate === null;
  return { words: parts.join(", "), ask: ask ?? (isUncounted ? "when it begins" : null) };
}

function once({ startDate, extraDate, byDay }: Schedule): Phrase {
  if (startDate !== null) return { words: dateInWords(startDate), ask: null };
  if (extraDate.length > 0) return { words: listInWords(ascending(extraDate).map(dateInWords)), ask: null };
  return { words: byDay.length > 0 ? `once on ${anyOf(byDay)}` : "once", ask: "which day" };
}

function recurring(schedule: Schedule, { unit, count }: Frequency): Phrase {
  switch (unit) {
    case "D":
      return daily(schedule, count);
    case "W":
      return weekly(schedule, count);
    case "M":
      return monthly(schedule, count);
    case "Y":
      return yearly(schedule, count);
  }
}

function daily({ byDay, byMonth, startDate }: Schedule, count: number): Phrase {
  if (count === 1) return { words: `${everyOf(byDay)}${inMonths(byMonth)}`, ask: null };
  const onDays = byDay.length > 0 && !isWholeWeek(byDay) ? `, only on ${listOf(byDay)}` : "";
  return {
    words: `every ${ordinalInWords(count)} day${inMonths(byMonth)}${onDays}`,
    ask: startDate === null ? "which days" : null,
  };
}

function weekly({ byDay, byMonth, startDate }: Schedule, count: number): Phrase {
  const days = byDay.length > 0 || startDate === null ? byDay : [dayOfWeekOf(startDate)];
  const isUnphased = count > 1 && startDate === null;
  return {
    words: `${days.length === 0 ? everyWeek(count) : everyWeekOn(days, count)}${inMonths(byMonth)}`,
    ask: days.length === 0 ? "which day" : isUnphased ? "which weeks" : null,
  };
}

// "Every third Tuesday" would be taken for the third Tuesday of the month.
function everyWeek(count: number): string {
  if (count === 1) return "every week";
  return count === 2 ? "every second week" : `every ${count} weeks`;
}

function everyWeekOn(days: readonly DayOfWeek[], count: number): string {
  if (count === 1) return everyOf(days);
  if (isWholeWeek(days)) return `${everyWeek(count)} from Monday to Sunday`;
  if (isWorkingWeek(days)) return `${everyWeek(count)} from Monday to Friday`;
  return count === 2 && new Set(days).size === 1
    ? `every second ${listOf(days)}`
    : `${everyWeek(count)} on ${listOf(days)}`;
}

function monthly(schedule: Schedule, count: number): Phrase {
  const { startDate, byDay, byMonth } = schedule;
  const ofMonths = `${count === 1 ? "of the month" : `of every ${ordinalInWords(count)} month`}${inMonths(byMonth)}`;
  const everyMonth = `every ${count === 1 ? "" : `${ordinalInWords(count)} `}month`;
  const isUnphased = count > 1 && startDate === null;
  const said = (words: string): Phrase => ({ words, ask: isUnphased ? "which months" : null });

  const { byMonthDay, byWeekOfMonth } = schedule;
  if (byDay.length > 0 && byWeekOfMonth.length > 0) {
    const weeks = listInWords(inOrder(byWeekOfMonth).map(positionInWords));
    const mayLack = byWeekOfMonth.some((week) => Math.abs(week) === 5);
    const when = byMonthDay.length > 0 ? ` when it is the ${monthDaysInWords(byMonthDay, "or")}` : "";
    return said(`${weeks} ${listOf(byDay)} ${ofMonths}${when}${mayLack ? ", in months that have one" : ""}`);
  }
  if (byMonthDay.length > 0) {
    const when = byDay.length > 0 ? ` when it is ${anyOf(byDay)}` : "";
    return said(`on the ${monthDaysInWords(byMonthDay)} ${ofMonths}${when}${wherePresent(byMonthDay, byMonth)}`);
  }
  if (byDay.length > 0) {
    const isOnce = count === 1 && byDay.length === 1;
    return {
      words: `${isOnce ? "once a month" : everyMonth} on ${anyOf(byDay, "and")}${inMonths(byMonth)}`,
      ask: byDay.length === 1 ? "which week" : "which weeks",
    };
  }
  if (startDate !== null) {
    const days = [Temporal.PlainDate.from(startDate).day];
    return said(`on the ${monthDaysInWords(days)} ${ofMonths}${wherePresent(days, byMonth)}`);
  }
  return { words: `${count === 1 ? "once a month" : everyMonth}${inMonths(byMonth)}`, ask: "which day" };
}

function yearly(schedule: Schedule, count: number): Phrase {
  const { startDate, byDay, byWeekOfMonth } = schedule;
  const start = startDate === null ? null : Temporal.PlainDate.from(startDate);
  const everyYear = `every ${count === 1 ? "" : `${ordinalInWords(count)} `}year`;
  const said = (words: string): Phrase => ({ words, ask: count > 1 && startDate === null ? "which years" : null });

  if (byDay.length > 0 && byWeekOfMonth.length > 0) {
    const weeks = listInWords(inOrder(byWeekOfMonth).map(positionInWords));
    return said(`${everyYear} on the ${weeks} ${listOf(byDay)} of ${monthsOf(schedule.byMonth)}`);
  }
  if (byDay.length > 0 && schedule.byMonthDay.length === 0) {
    const days = `${everyOf(byDay)}${inMonths(schedule.byMonth)}`;
    return said(count === 1 ? days : `${days}, ${everyYear}`);
  }
  // What the rule leaves out, its first day says (RFC 5545, section 3.3.10).
  const byMonthDay = schedule.byMonthDay.length > 0 || start === null ? schedule.byMonthDay : [start.day];
  const isStartsMonth = schedule.byMonth.length === 0 && schedule.byMonthDay.length === 0 && start !== null;
  const byMonth = isStartsMonth ? [start.month] : schedule.byMonth;
  if (byMonthDay.length === 0) return { words: `${everyYear}${inMonths(byMonth)}`, ask: "which day" };

  const when = byDay.length > 0 ? ` when it is ${anyOf(byDay)}` : "";
  const days = inOrder(byMonth).flatMap((month) =>
    inOrder(byMonthDay)
      .filter((day) => day <= (daysInMonth[month - 1] ?? 0))
      .map((day) => ({ month, day })),
  );
  if (days.length === 0 || days.length > yearlyDatesListed || byMonthDay.some((day) => day < 0))
    return said(`${everyYear} on the ${monthDaysInWords(byMonthDay)} of ${monthsOf(byMonth)}${when}`);
  const isLeapDay = days.some(({ month, day }) => month === 2 && day === 29);
  const dates = listInWords(days.map(({ month, day }) => `${day} ${monthInWords(month)}`));
  return said(`${everyYear} on ${dates}${when}${isLeapDay ? ", in years that have one" : ""}`);
}

function times({ startTime, endTime }: Schedule): string {
  if (startTime === null) return "all day";
  return endTime === null ? timeInWords(startTime) : timeRangeInWords(startTime, endTime);
}

/** From when, how often and until when. */
function bounds({ startDate, endDate, repeatCount }: Schedule, today: string): readonly string[] {
  const isFromSaid = startDate !== null && (startDate > today || repeatCount !== null);
  const bound = [
    repeatCount === null ? null : timesInWords(repeatCount),
    isFromSaid ? `from ${dateWithoutDayInWords(startDate)}` : null,
    endDate === null ? null : `until ${dateWithoutDayInWords(endDate)}`,
  ].filter((part) => part !== null);
  return bound.length === 0 ? [] : [bound.join(" ")];
}

function timesInWords(count: number): string {
  if (count === 1) return "once only";
  return count === 2 ? "twice" : `${count} times`;
}

function during(schedule: Schedule): readonly string[] {
  const within = namesOf(schedule.during).map((name) => `in ${name}`);
  const without = namesOf(schedule.exceptDuring);
  return [
    // It is on when all of them are, which "in school terms and in summer" would not say.
    ...(within.length === 0 ? [] : [`only ${within.length === 1 ? "" : "on days that are "}${listInWords(within)}`]),
    ...(without.length === 0 ? [] : [`except ${listInWords(without)}`]),
  ];
}

function namesOf(periods: readonly Period[]): readonly string[] {
  return [...new Set(periods.map(({ name }) => name))];
}

/** Those of the dates that are not over. */
function dates(lead: string, all: readonly string[], today: string): readonly string[] {
  const ahead = ascending(all).filter((date) => date >= today);
  if (ahead.length === 0) return [];
  const listed = ahead.slice(0, datesListed).map(dateWithoutDayInWords);
  const more = ahead.length - listed.length;
  if (more === 0) return [`${lead} ${listInWords(listed)}`];
  return [`${lead} ${listInWords([...listed, `on ${more} other ${more === 1 ? "day" : "days"}`])}`];
}

/** " from April to September", " in June", or nothing when it is all of the months. */
function inMonths(byMonth: readonly number[]): string {
  const months = inOrder(byMonth);
  if (months.length === 0 || months.length === 12) return "";
  // Round the year, since what is on in winter begins in one year and ends in the next.
  const firsts = months.filter((month) => !months.includes(month === 1 ? 12 : month - 1));
  const [first] = firsts;
  if (first === undefined || firsts.length > 1 || months.length < 3)
    return ` in ${listInWords(months.map(monthInWords))}`;
  return ` from ${monthInWords(first)} to ${monthInWords(((first + months.length - 2) % 12) + 1)}`;
}

function monthsOf(byMonth: readonly number[]): string {
  return byMonth.length === 0 ? "every month" : listInWords(inOrder(byMonth).map(monthInWords));
}

/** "every Monday and Friday"; no days are all of them. */
function everyOf(days: readonly DayOfWeek[]): string {
  if (days.length === 0 || isWholeWeek(days)) return "every day";
  return isWorkingWeek(days) ? "every weekday (Monday to Friday)" : `every ${listOf(days)}`;
}

/** "a Monday or a Friday". */
function anyOf(days: readonly DayOfWeek[], conjunction: "and" | "or" = "or"): string {
  return listInWords(
    inWeekOrder(days).map((day) => `a ${dayOfWeekInWords(day)}`),
    conjunction,
  );
}

function listOf(days: readonly DayOfWeek[]): string {
  return listInWords(inWeekOrder(days).map(dayOfWeekInWords));
}

function isWholeWeek(days: readonly DayOfWeek[]): boolean {
  return new Set(days).size === daysOfWeek.length;
}

function isWorkingWeek(days: readonly DayOfWeek[]): boolean {
  return new Set(days).size === 5 && !days.includes("SATURDAY") && !days.includes("SUNDAY");
}

/** "first"; "last" and "second to last" for those counted from the end. */
function positionInWords(position: number): string {
  if (position > 0) return ordinalInWords(position);
  return position === -1 ? "last" : `${ordinalInWords(-position)} to last`;
}

/** "1st and 15th", "8th to 14th", "1st and last day": to follow "the". */
function monthDaysInWords(days: readonly number[], conjunction: "and" | "or" = "and"): string {
  const runs: { first: number; last: number }[] = [];
  for (const day of inOrder(days)) {
    const run = runs.at(-1);
    if (run !== undefined && day > 1 && run.last === day - 1) run.last = day;
    else runs.push({ first: day, last: day });
  }
  const items = runs.flatMap(({ first, last }) => {
    if (first < 0) return [positionInWords(first)];
    if (last - first < 2) return (first === last ? [first] : [first, last]).map(ordinalInFigures);
    return [`${ordinalInFigures(first)} to ${ordinalInFigures(last)}`];
  });
  return `${listInWords(items, conjunction)}${days.some((day) => day < 0) ? " day" : ""}`;
}

/** That a month without such a day is passed over, where some of the months are: people would look for it on the day after. */
function wherePresent(days: readonly number[], byMonth: readonly number[]): string {
  const months = byMonth.length === 0 ? daysInMonth.map((_, month) => month + 1) : byMonth;
  // Most Februaries end on the 28th.
  const fewest = Math.min(...months.map((month) => (month === 2 ? 28 : (daysInMonth[month - 1] ?? 0))));
  if (days.every((day) => Math.abs(day) <= fewest)) return "";
  return `, in months that have ${days.length === 1 ? "one" : "them"}`;
}

/** Ascending, and those counted from the end last, each once. */
function inOrder(numbers: readonly number[]): readonly number[] {
  const place = (number: number) => (number < 0 ? number + 1000 : number);
  return [...new Set(numbers)].sort((one, other) => place(one) - place(other));
}

function inWeekOrder(days: readonly DayOfWeek[]): readonly DayOfWeek[] {
  return daysOfWeek.filter((day) => days.includes(day));
}

function ascending(dates: readonly string[]): readonly string[] {
  return [...new Set(dates)].sort();
}

function capitalised(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
