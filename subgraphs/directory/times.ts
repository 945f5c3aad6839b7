import { Temporal } from "temporal-polyfill";
import { type Said, type Span, spansOf } from "./said.ts";
import type { PartOfDay } from "./schema.generated.ts";
import { timeZone } from "../../calendar/schedule.ts";

/** Words that say a day, a part of the day, or a time. */
export interface TimeSaid extends Span {
  /** Days of the week; Monday is 0. */
  readonly days: readonly number[];
  readonly partOfDay: PartOfDay | null;
  /** [from, to). Null when the words say none. */
  readonly time: { readonly from: Date; readonly to: Date } | null;
}

/** How many dates of a text are worked out: who says more asks for none of them. */
const mostDates = 8;
/** How each day is written, Monday first. Of "mon", "wed", "sat" and "sun" each is a word or part of one as well, see `days`. */
const dayNames = [
  "mondays?|mon",
  "tuesdays?|tues?",
  "wednesdays?|weds?",
  "thursdays?|thurs?|thu",
  "fridays?|fri",
  "saturdays?|sats?",
  "sundays?|sun",
];
const dayName = `(?:${dayNames.join("|")})`;
const surelyDay = /^(?:[a-z]+days?|tues?|weds|thurs?|thu|fri)$/;
const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const monthName =
  "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

const parts: readonly (readonly [RegExp, PartOfDay])[] = [
  [/(?<!\b(?:coffee|good) )\b(?:(?:in|during) the |this )?mornings?\b(?! (?:sickness|after)\b)/g, "MORNING"],
  [
    /(?<!\bgood )\b(?:(?:in|during) the |this )?afternoons?\b|\b(?:at |over )?(?:lunch ?times?|lunch hour|midday)\b/g,
    "AFTERNOON",
  ],
  [
    new RegExp(
      String.raw`(?<!\bgood )\b(?:(?:in|during) the |this )?evenings?\b|\bafter (?:i finish )?work\b(?! (?:experience|injury)\b)|\btonight\b|(?<=\b${dayName} )nights?\b`,
      "g",
    ),
    "EVENING",
  ],
];

/**
 * The times, days and parts of the day that a text says, in British time whatever the process's zone. `now`: the moment that "tomorrow" is
 * counted from. Days are whole, and what is over of this week or weekend is left out. Throws nothing.
 */
export function timesIn(said: Said, now: Date): readonly TimeSaid[] {
  const dates = datesIn(said, now);
  const isDate = ({ start, end }: Span) => dates.some((date) => date.start < end && start < date.end);
  const partsSaid = parts.flatMap(([pattern, partOfDay]) =>
    Array.from(spansOf(said, pattern), ({ start, end }) => ({ start, end, days: [], partOfDay, time: null })),
  );
  return [...dates, ...daysIn(said).filter((day) => !isDate(day)), ...partsSaid];
}

/** Days of the week: "Tuesdays", "mon to fri", "weekends". A short name that is also a word counts after "on", or beside another day. */
function daysIn(said: Said): readonly TimeSaid[] {
  const found: TimeSaid[] = [];
  const range = new RegExp(String.raw`\b(${dayName}) (?:to|till|until|through) (${dayName})\b`, "g");
  for (const { start, end, groups } of spansOf(said, range)) {
    const [from, to] = [dayOf(groups[0]), dayOf(groups[1])];
    const count = ((to - from + 7) % 7) + 1;
    found.push({ start, end, ...onDays(Array.from({ length: count }, (_, step) => (from + step) % 7)) });
  }
  const single = new RegExp(
    String.raw`\b(?:(on|every|each|by) (?:an? )?)?(${dayName})\b(?= (?:(?:and|or) )?(\w+)|)`,
    "g",
  );
  let isAfterDay = false;
  let lastEnd = -1;
  for (const { start, end, groups } of spansOf(said, single)) {
    const [before, name = "", next = ""] = groups;
    const isBesideDay: boolean =
      (isAfterDay && start - lastEnd <= 1) ||
      new RegExp(`^(?:${dayName}|mornings?|afternoons?|evenings?|nights?)$`).test(next);
    const isDay: boolean = surelyDay.test(name) || before !== undefined || isBesideDay;
    if (isDay) found.push({ start, end, ...onDays([dayOf(name)]) });
    isAfterDay = isDay;
    lastEnd = end;
  }
  for (const { start, end } of spansOf(said, /\b(?:(?:on|during|in) (?:the )?)?week ?days?\b/g)) {
    found.push({ start, end, ...onDays([0, 1, 2, 3, 4]) });
  }
  for (const { start, end } of spansOf(said, /\b(?:(?:at|on|over|during) (?:the )?)?week ?ends?\b/g)) {
    found.push({ start, end, ...onDays([5, 6]) });
  }
  return found;
}

function dayOf(name: string | undefined): number {
  return dayNames.findIndex((names) => new RegExp(`^(?:${names})$`).test(name ?? ""));
}

function onDays(days: readonly number[]) {
  return { days, partOfDay: null, time: null };
}

/** Times counted from now, and dates. */
function datesIn(said: Said, now: Date): readonly TimeSaid[] {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  const found: TimeSaid[] = [];
  const add = (
    pattern: RegExp,
    span: (groups: readonly (string | undefined)[]) => readonly [Temporal.PlainDate, number, number?] | null,
  ) => {
    for (const { start, end, groups } of spansOf(said, pattern)) {
      if (found.length >= mostDates) return;
      const dates = span(groups);
      if (dates === null) continue;
      const [date, days, hour = 0] = dates;
      const time = { from: moment(date, hour), to: moment(date.add({ days }), 0) };
      found.push({ start, end, days: [], partOfDay: null, time });
    }
  };
  /** From a date, or from today where that is later, up to so many days after it. */
  const rest = (date: Temporal.PlainDate, days: number): readonly [Temporal.PlainDate, number] => {
    const over = Math.max(0, date.until(today, { largestUnit: "days" }).days);
    return [date.add({ days: over }), days - over];
  };
  add(/\btonight\b|\bthis evening\b/g, () => [today, 1, 17]);
  add(/\btoday\b|\bthis (?:morning|afternoon)\b/g, () => [today, 1]);
  add(/\b(?:tomorrow|tomorow|tommorow|tommorrow|tmrw)\b/g, () => [today.add({ days: 1 }), 1]);
  add(/\b(?:this|the coming) week ?end\b/g, () => rest(monday.add({ days: 5 }), 2));
  add(/\bnext week ?end\b/g, () => [monday.add({ days: 12 }), 2]);
  add(/\bthis week\b/g, () => rest(monday, 7));
  add(/\bnext week\b/g, () => [monday.add({ days: 7 }), 7]);
  add(new RegExp(String.raw`\b(this|next|this coming) (${dayName})\b`, "g"), ([which, name]) => {
    const ahead = (dayOf(name) + 1 - today.dayOfWeek + 7) % 7;
    // "Next" is never today.
    return [today.add({ days: ahead === 0 && which === "next" ? 7 : ahead }), 1];
  });
  const day = String.raw`(\d{1,2})(?:st|nd|rd|th)?`;
  add(
    new RegExp(
      String.raw`\b(?:on )?(?:the )?(?:${dayName} )?(?:the )?${day} (?:of )?${monthName}\b(?: (20\d\d)\b)?`,
      "g",
    ),
    ([date, month, year]) => dated(today, date, month, year),
  );
  add(
    new RegExp(String.raw`\b(?:on )?(?:${dayName} )?${monthName} (?:the )?${day}\b(?: (20\d\d)\b)?`, "g"),
    ([month, date, year]) => dated(today, date, month, year),
  );
  return found;
}

/** The next time a date comes, today among them; null for one that no calendar has. */
function dated(
  today: Temporal.PlainDate,
  day: string | undefined,
  month: string | undefined,
  year: string | undefined,
): readonly [Temporal.PlainDate, number] | null {
  const monthNumber = months.indexOf((month ?? "").slice(0, 3)) + 1;
  const years = year === undefined ? [today.year, today.year + 1] : [Number(year)];
  for (const one of years) {
    const { daysInMonth } = Temporal.PlainYearMonth.from({ year: one, month: monthNumber });
    if (Number(day) < 1 || Number(day) > daysInMonth) continue;
    const date = Temporal.PlainDate.from({ year: one, month: monthNumber, day: Number(day) });
    if (year !== undefined || Temporal.PlainDate.compare(date, today) >= 0) return [date, 1];
  }
  return null;
}

/** A British hour of a date. When clocks go forward at that hour, the first moment after. */
function moment(date: Temporal.PlainDate, hour: number): Date {
  const { epochMilliseconds } = date.toZonedDateTime({ timeZone, plainTime: new Temporal.PlainTime(hour) });
  return new Date(epochMilliseconds);
}
