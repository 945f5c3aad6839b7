import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import ICAL from "ical.js";
import { expect, test } from "vitest";
import { firstDateOf, occurrencesOf, recurrenceRuleOf } from "../calendar/occurrences.ts";
import {
  type DateRange,
  type DayOfWeek,
  daysOfWeek,
  frequencyOf,
  type Schedule,
  timeZone,
} from "../calendar/schedule.ts";
import { emptySchedule, randomSchedules } from "./fixtures/randomSchedules.ts";

const autumn: DateRange = { from: "2026-10-01", through: "2026-12-31" };

function datesOf(schedule: Partial<Schedule>, span: DateRange = autumn): string {
  return occurrencesOf({ ...emptySchedule, ...schedule }, span)
    .map(({ date }) => date)
    .join(" ");
}

/** Start and end of each, in UTC to the minute. */
function momentsOf(schedule: Partial<Schedule>, span: DateRange): readonly string[] {
  const minute = (moment: Date) => moment.toISOString().replace(":00.000Z", "Z");
  return occurrencesOf({ ...emptySchedule, ...schedule }, span).map(
    ({ start, end }) => `${minute(start)} ${minute(end)}`,
  );
}

const tuesdays: Partial<Schedule> = {
  repeatFrequency: "P1W",
  byDay: ["TUESDAY"],
  startTime: "14:00",
  endTime: "15:30",
};
const november: DateRange = { from: "2026-11-01", through: "2026-11-30" };

test.for([
  ["a day of the week needs no start", tuesdays, "2026-11-03 2026-11-10 2026-11-17 2026-11-24"],
  ["neither does every day", { repeatFrequency: "P1D", endDate: "2026-11-03" }, "2026-11-01 2026-11-02 2026-11-03"],
  ["every second week does", { ...tuesdays, repeatFrequency: "P2W" }, ""],
  ["and a first Tuesday is not any Tuesday of the month", { ...tuesdays, repeatFrequency: "P1M" }, ""],
  [
    "every second week from its start",
    { ...tuesdays, repeatFrequency: "P2W", startDate: "2026-10-27" },
    "2026-11-10 2026-11-24",
  ],
  [
    "a week begins on Monday: after a Wednesday its second week has the Tuesday before",
    { repeatFrequency: "P2W", startDate: "2026-11-04", byDay: ["TUESDAY", "SUNDAY"] },
    "2026-11-08 2026-11-17 2026-11-22",
  ],
  [
    "every third day from its start",
    { repeatFrequency: "P3D", startDate: "2026-11-20" },
    "2026-11-20 2026-11-23 2026-11-26 2026-11-29",
  ],
  ["the day of the week of its start", { repeatFrequency: "P1W", startDate: "2026-11-20" }, "2026-11-20 2026-11-27"],
  ["the last Friday", { repeatFrequency: "P1M", byDay: ["FRIDAY"], byWeekOfMonth: [-1] }, "2026-11-27"],
  [
    "the first and third Tuesday",
    { repeatFrequency: "P1M", byDay: ["TUESDAY"], byWeekOfMonth: [1, 3] },
    "2026-11-03 2026-11-17",
  ],
  [
    "the last that is the fourth too, once",
    { repeatFrequency: "P1M", byDay: ["FRIDAY"], byWeekOfMonth: [4, -1] },
    "2026-11-27",
  ],
  [
    "the second Friday where it is the 13th",
    { repeatFrequency: "P1M", byDay: ["FRIDAY"], byWeekOfMonth: [2], byMonthDay: [13] },
    "2026-11-13",
  ],
  [
    "Friday the 13th, of a yearly rule",
    { repeatFrequency: "P1Y", startDate: "2020-01-01", byDay: ["FRIDAY"], byMonthDay: [13] },
    "2026-11-13",
  ],
  ["the last day", { repeatFrequency: "P1M", byMonthDay: [-1] }, "2026-11-30"],
  ["only in its months", { ...tuesdays, byMonth: [10, 12] }, ""],
  ["a start that the rule does not hold on is none", { ...tuesdays, startDate: "2026-11-20" }, "2026-11-24"],
  ["it ends on its last day, which is one of it", { ...tuesdays, endDate: "2026-11-10" }, "2026-11-03 2026-11-10"],
  ["it ends before it begins", { ...tuesdays, startDate: "2026-11-20", endDate: "2026-11-10" }, ""],
  ["so many times from its start", { ...tuesdays, startDate: "2026-10-27", repeatCount: 3 }, "2026-11-03 2026-11-10"],
  [
    "months do not count where it is not on",
    { ...tuesdays, startDate: "2026-09-22", byMonth: [9, 11], repeatCount: 3 },
    "2026-11-03",
  ],
  [
    "an exception is counted",
    { ...tuesdays, startDate: "2026-10-27", repeatCount: 3, exceptDate: ["2026-11-03"] },
    "2026-11-10",
  ],
  ["no times at all", { ...tuesdays, startDate: "2026-10-27", repeatCount: 0 }, ""],
  [
    "a day besides, and one that is among them anyhow",
    { ...tuesdays, endDate: "2026-11-10", extraDate: ["2026-11-19", "2026-11-03"] },
    "2026-11-03 2026-11-10 2026-11-19",
  ],
  [
    "an exception is stronger than a day besides",
    { ...tuesdays, endDate: "2026-11-10", extraDate: ["2026-11-19"], exceptDate: ["2026-11-19"] },
    "2026-11-03 2026-11-10",
  ],
  [
    "days besides are all there is of what is not dated",
    { extraDate: ["2026-11-19", "2026-11-05", "2026-12-03"] },
    "2026-11-05 2026-11-19",
  ],
  ["once", { startDate: "2026-11-20", byDay: ["MONDAY"] }, "2026-11-20"],
  ["once, but not then", { startDate: "2026-11-20", exceptDate: ["2026-11-20"] }, ""],
  ["nothing is said", {}, ""],
  ["a day of the month has no meaning in a weekly rule", { ...tuesdays, byMonthDay: [10] }, ""],
  ["nor has a week without its day", { repeatFrequency: "P1M", byWeekOfMonth: [1] }, ""],
] as const)("dates: %s", ([, schedule, dates]) => {
  expect(datesOf(schedule, november)).toBe(dates);
});

const halfTerm = { name: "half term", ranges: [{ from: "2026-10-26", through: "2026-10-30" }] };
const term = {
  name: "term",
  ranges: [
    { from: "2026-09-01", through: "2026-10-23" },
    { from: "2026-11-02", through: "2026-12-18" },
  ],
};

test("only in a period, in each of two, and in none that it is not on in", () => {
  const octoberOn = { from: "2026-10-13", through: "2026-11-10" };
  expect(datesOf({ ...tuesdays, during: [term] }, octoberOn)).toBe("2026-10-13 2026-10-20 2026-11-03 2026-11-10");
  expect(datesOf({ ...tuesdays, during: [halfTerm] }, octoberOn)).toBe("2026-10-27");
  expect(datesOf({ ...tuesdays, during: [term, halfTerm] }, octoberOn)).toBe("");
  expect(datesOf({ ...tuesdays, exceptDuring: [halfTerm] }, octoberOn)).toBe(
    "2026-10-13 2026-10-20 2026-11-03 2026-11-10",
  );
  expect(datesOf({ ...tuesdays, exceptDuring: [halfTerm, term] }, octoberOn)).toBe("");
  expect(datesOf({ during: [term], endDate: "2026-09-30", extraDate: ["2026-10-28"] }, octoberOn)).toBe("2026-10-28");
});

test("short months have no 31st, and three years of four no 29 February", () => {
  const years = { from: "2026-01-01", through: "2032-12-31" };
  expect(
    datesOf({ repeatFrequency: "P1M", startDate: "2026-10-31" }, { from: "2026-10-01", through: "2027-06-30" }),
  ).toBe("2026-10-31 2026-12-31 2027-01-31 2027-03-31 2027-05-31");
  expect(datesOf({ repeatFrequency: "P1Y", startDate: "2024-02-29" }, years)).toBe("2028-02-29 2032-02-29");
  expect(datesOf({ repeatFrequency: "P1Y", startDate: "2024-01-29", byMonth: [2] }, years)).toBe(
    "2028-02-29 2032-02-29",
  );
});

test("a day that no month has ends the search, and is no first day", () => {
  const impossible = [
    { repeatFrequency: "P1M", byMonth: [2], byMonthDay: [30] },
    { repeatFrequency: "P1D", byMonth: [2], byMonthDay: [30] },
    { repeatFrequency: "P1Y", startDate: "1990-01-01", byMonth: [2], byMonthDay: [30], repeatCount: 1000 },
    { repeatFrequency: "P12M", startDate: "2026-02-01", byMonthDay: [31] },
    { repeatFrequency: "P4Y", startDate: "2026-01-01", byMonth: [2], byMonthDay: [29] },
  ];
  for (const parts of impossible) {
    expect(datesOf(parts, { from: "2026-01-01", through: "2046-01-01" })).toBe("");
    expect(firstDateOf({ ...emptySchedule, ...parts }, "2026-01-01")).toBeNull();
  }
});

const daily = (startTime: string | null, endTime: string | null) => ({ repeatFrequency: "P1D", startTime, endTime });

test("what does not end after its start ends on the next day", () => {
  const day = { from: "2026-11-24", through: "2026-11-24" };
  expect(momentsOf(daily("22:00", "02:00"), day)).toEqual(["2026-11-24T22:00Z 2026-11-25T02:00Z"]);
  expect(momentsOf(daily("09:00", "09:00"), day)).toEqual(["2026-11-24T09:00Z 2026-11-25T09:00Z"]);
});

// On the last Sundays of March and October, at 01:00 UTC.
test.for(["2026-03-29", "2027-03-28", "2028-03-26"])("on %s clocks go forward from one to two", (date) => {
  const on = (from: string | null, to: string | null) =>
    momentsOf(daily(from, to), { from: date, through: date }).map((moments) => moments.replaceAll(`${date}T`, ""));
  expect(on("14:00", "15:30")).toEqual(["13:00Z 14:30Z"]);
  expect(on("00:30", "03:00")).toEqual(["00:30Z 02:00Z"]);
  // Half past one is not shown: an hour later it is half past two.
  expect(on("01:15", "01:45")).toEqual(["01:15Z 01:45Z"]);
  expect(on("01:30", "02:00")).toEqual(["01:30Z 02:00Z"]);
  expect(on("01:00", "02:00")).toEqual(["01:00Z 02:00Z"]);
  expect(on("01:30", "02:30")).toEqual(["01:30Z 02:30Z"]);
  const [whole] = occurrencesOf({ ...emptySchedule, repeatFrequency: "P1D" }, { from: date, through: date });
  expect((Number(whole?.end) - Number(whole?.start)) / 3_600_000).toBe(23);
});

test.for(["2026-10-25", "2027-10-31", "2028-10-29"])("on %s clocks go back from two to one", (date) => {
  const on = (from: string | null, to: string | null) =>
    momentsOf(daily(from, to), { from: date, through: date }).map((moments) => moments.replaceAll(`${date}T`, ""));
  expect(on("14:00", "15:30")).toEqual(["14:00Z 15:30Z"]);
  expect(on("00:45", "03:00")).toEqual([expect.stringMatching(/T23:45Z 03:00Z$/)]);
  // Half past one is shown twice, and the first is meant.
  expect(on("01:30", "01:45")).toEqual(["00:30Z 00:45Z"]);
  expect(on("01:30", "02:00")).toEqual(["00:30Z 02:00Z"]);
  const [whole] = occurrencesOf({ ...emptySchedule, repeatFrequency: "P1D" }, { from: date, through: date });
  expect((Number(whole?.end) - Number(whole?.start)) / 3_600_000).toBe(25);
});

test.for([
  [tuesdays, "FREQ=WEEKLY;BYDAY=TU", "2026-11-24"],
  [{ ...tuesdays, repeatFrequency: "P2W", startDate: "2026-10-28" }, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-11-10"],
  [
    { repeatFrequency: "P2W", startDate: "2026-11-04", byDay: ["SUNDAY", "TUESDAY"] },
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO",
    "2026-11-08",
  ],
  [{ repeatFrequency: "P1M", byDay: ["TUESDAY"], byWeekOfMonth: [3, 1] }, "FREQ=MONTHLY;BYDAY=1TU,3TU", "2026-12-01"],
  [{ repeatFrequency: "P1D", endDate: "2027-03-31" }, "FREQ=DAILY;UNTIL=20270331", "2026-11-22"],
  [{ ...tuesdays, endDate: "2027-03-31" }, "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270331T130000Z", "2026-11-24"],
  [{ ...tuesdays, startDate: "2026-01-01", repeatCount: 3 }, "FREQ=WEEKLY;BYDAY=TU;COUNT=3", "2026-01-06"],
  [
    { ...tuesdays, startDate: "2026-01-01", repeatCount: 3, endDate: "2026-01-14" },
    "FREQ=WEEKLY;BYDAY=TU;COUNT=2",
    "2026-01-06",
  ],
  [{ startDate: "2026-11-20" }, null, "2026-11-20"],
  [{ ...tuesdays, repeatFrequency: "P2W" }, null, null],
] as const)("iCalendar: %j is %s from %s", ([parts, rule, first]) => {
  expect(recurrenceRuleOf({ ...emptySchedule, ...parts })).toBe(rule);
  expect(firstDateOf({ ...emptySchedule, ...parts }, "2026-11-22")).toBe(first);
});

// From here on everything is worked out a second time, with nothing of what occurrences.ts is made of.

const dayMs = 86_400_000;
const dayNumber = (date: string) => Date.parse(date) / dayMs;
const textOf = (day: number) => new Date(day * dayMs).toISOString().slice(0, 10);

interface CalendarDay {
  readonly text: string;
  readonly year: number;
  readonly month: number;
  readonly monthDay: number;
  readonly length: number;
  readonly weekday: DayOfWeek;
  readonly week: number;
}

const calendar = new Map<number, CalendarDay>();

/** A day of the calendar; each is worked out but once. */
function calendarDay(day: number): CalendarDay {
  const known = calendar.get(day);
  if (known !== undefined) return known;
  const date = new Date(day * dayMs);
  const [year, month, monthDay] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  // 1 January 1970 was a Thursday: three days after a Monday.
  const weekday = daysOfWeek[(day + 3) % 7] ?? "MONDAY";
  const made = { text: textOf(day), year, month, monthDay, length, weekday, week: Math.floor((day + 3) / 7) };
  calendar.set(day, made);
  return made;
}

/** Whether a rule holds on a day, counted from 1970: RFC 5545's table in 3.3.10, asked of one day at a time. */
function holdsOn(schedule: Schedule, startDay: number, day: number): boolean {
  const frequency = frequencyOf(schedule.repeatFrequency ?? "");
  if (frequency === null) return day === startDay;
  const { unit, count } = frequency;
  const [date, start] = [calendarDay(day), calendarDay(startDay)];
  const { year, month, monthDay, length, weekday } = date;
  const apart = {
    D: day - startDay,
    W: date.week - start.week,
    M: (year - start.year) * 12 + month - start.month,
    Y: year - start.year,
  }[unit];
  if (apart % count !== 0) return false;
  const { byDay, byWeekOfMonth, byMonthDay, byMonth } = schedule;
  if (byMonth.length > 0 && !byMonth.includes(month)) return false;
  if (byMonthDay.length > 0 && !byMonthDay.includes(monthDay) && !byMonthDay.includes(monthDay - length - 1))
    return false;
  if (byDay.length > 0 && !byDay.includes(weekday)) return false;
  const nth = [Math.ceil(monthDay / 7), -Math.ceil((length - monthDay + 1) / 7)];
  if (byWeekOfMonth.length > 0 && !nth.some((which) => byWeekOfMonth.includes(which))) return false;
  if (byDay.length > 0 || byMonthDay.length > 0 || unit === "D") return true;
  if (unit === "W") return (day - startDay) % 7 === 0;
  return monthDay === start.monthDay && (unit === "M" || byMonth.length > 0 || month === start.month);
}

/** The dates of a rule in a span, before exceptions, extra days and periods. */
function ruleDatesOf(schedule: Schedule, span: DateRange): readonly string[] {
  const { startDate, endDate, repeatCount } = schedule;
  const startDay = dayNumber(startDate ?? span.from);
  const dates: string[] = [];
  const last = dayNumber(span.through);
  for (let day = repeatCount === null ? Math.max(startDay, dayNumber(span.from)) : startDay; day <= last; day += 1) {
    const date = calendarDay(day).text;
    if ((endDate !== null && date > endDate) || (repeatCount !== null && dates.length === repeatCount)) break;
    if (holdsOn(schedule, startDay, day)) dates.push(date);
  }
  return dates.filter((date) => date >= span.from);
}

const clock = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
const read = new Map<string, number>();

/** The moment at which clocks in London show this: the first such, and half past two where half past one is left out. */
function momentAt(date: string, time: string): number {
  const asUtc = Date.parse(`${date}T${time}Z`);
  const known = read.get(`${date} ${time}`);
  if (known !== undefined) return known;
  const summer = asUtc - 3_600_000;
  // Winter's reading is also right for an hour left out: that is the offset from before clocks go forward.
  const moment = clock.format(summer) === `${date} ${time}` ? summer : asUtc;
  read.set(`${date} ${time}`, moment);
  return moment;
}

function expectedOf(schedule: Schedule, span: DateRange): readonly string[] {
  const { startTime, endTime, exceptDate, extraDate, during, exceptDuring } = schedule;
  const inside = (date: string) => (period: { readonly ranges: readonly DateRange[] }) =>
    period.ranges.some(({ from, through }) => from <= date && date <= through);
  const ruled = new Set(ruleDatesOf(schedule, span));
  const expected: string[] = [];
  const last = dayNumber(span.through);
  for (let day = dayNumber(span.from); day <= last; day += 1) {
    const date = calendarDay(day).text;
    const on = ruled.has(date) && during.every(inside(date)) && !exceptDuring.some(inside(date));
    if (exceptDate.includes(date) || !(on || extraDate.includes(date))) continue;
    const [from, to] = [startTime ?? "00:00", endTime ?? "00:00"];
    const start = momentAt(date, from);
    const end = momentAt(to > from ? date : textOf(day + 1), to);
    const nominal = Date.parse(`1970-01-01T${to}Z`) - Date.parse(`1970-01-01T${from}Z`);
    expected.push(`${date} ${start} ${end > start ? end : start + nominal}`);
  }
  return expected;
}

const manyCount = 10_000;
const seed = "occurrences";
const many = randomSchedules(manyCount, seed);

test("ten thousand schedules have the occurrences that going through every day finds", () => {
  let found = 0;
  for (const { schedule, span } of many) {
    const occurrences = occurrencesOf(schedule, span);
    const written = occurrences.map(({ date, start, end }) => `${date} ${Number(start)} ${Number(end)}`);
    const expected = expectedOf(schedule, span);
    // Slow as expect is, it is asked only about what differs.
    if (written.join() !== expected.join())
      expect({ schedule, span, written }).toEqual({ schedule, span, written: expected });
    found += occurrences.length;
  }
  expect(found).toBeGreaterThan(30_000);
});

// Europe/London as iCalendar says it, for the UNTIL of a rule: no table of zones is shared with Temporal.
const london = new ICAL.Timezone(
  new ICAL.Component(
    ICAL.parse(
      [
        ...["BEGIN:VTIMEZONE", "TZID:Europe/London"],
        ...["BEGIN:DAYLIGHT", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0100", "DTSTART:19810329T010000"],
        ...["RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT"],
        ...["BEGIN:STANDARD", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0000", "DTSTART:19961027T020000"],
        ...["RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD", "END:VTIMEZONE"],
      ].join("\r\n"),
    ),
  ),
);

/**
 * What ical.js 2 refuses, or reads otherwise than RFC 5545: it throws for BYDAY with BYMONTHDAY in a month, loses days or the interval's phase
 * where a monthly rule has BYMONTH, and loses days of the month in a yearly rule, such as the last ones. Of FREQ=MONTHLY;BYDAY=5TU,5TH it
 * loses the Thursday it begins on when that month has no fifth Tuesday.
 */
function isMisread({ repeatFrequency, byDay, byWeekOfMonth, byMonthDay, byMonth }: Schedule): boolean {
  const unit = repeatFrequency?.at(-1);
  const fifths = byWeekOfMonth.some((week) => Math.abs(week) === 5) && (byDay.length > 1 || byWeekOfMonth.length > 1);
  if (unit === "M") return fifths || byMonth.length > 0 || (byDay.length > 0 && byMonthDay.length > 0);
  return unit === "Y" && byMonthDay.length > 0;
}

test("the recurrence rule from its first date is, to ical.js, the same days", () => {
  let compared = 0;
  for (const { schedule, span } of many.slice(0, 4_000)) {
    const text = recurrenceRuleOf(schedule);
    const first = firstDateOf(schedule, span.from);
    if (text === null || first === null || isMisread(schedule)) continue;
    const [year, month, day] = first.split("-").map(Number);
    const [hour, minute] = (schedule.startTime ?? "00:00").split(":").map(Number);
    const isDate = schedule.startTime === null;
    // A zone takes ical.js many times as long, and only UNTIL, which is in UTC, asks for it.
    const zone = !isDate && text.includes("UNTIL") ? london : ICAL.Timezone.localTimezone;
    const start = new ICAL.Time({ year, month, day, hour, minute, isDate }, zone);
    const iterator = ICAL.Recur.fromString(text).iterator(start);
    const dates: string[] = [];
    for (let time = iterator.next() as ICAL.Time | null; time !== null; time = iterator.next()) {
      const date = time.toString().slice(0, 10);
      if (date > span.through) break;
      if (date >= span.from) dates.push(date);
    }
    const expected = ruleDatesOf(schedule, span);
    const asked = { text, first, schedule, span };
    if (dates.join() !== expected.join()) expect({ ...asked, dates }).toEqual({ ...asked, dates: expected });
    compared += 1;
  }
  expect(compared).toBeGreaterThan(2_000);
});

test("a process in New York or London makes the same of them as one in UTC", async () => {
  const file = join(import.meta.dirname, "processes", "occurrences.ts");
  const said = await Promise.all(
    ["UTC", "Europe/London", "America/New_York"].map(async (zone) => {
      const command = ["--import", "tsx", file, "10000", seed];
      const { stdout } = await promisify(execFile)(process.execPath, command, { env: { TZ: zone } });
      return JSON.parse(stdout) as readonly [number, string];
    }),
  );
  // Each is where it was told to be: so many minutes behind UTC in July.
  expect(said.map(([behind]) => behind)).toEqual([0, -60, 240]);
  expect(new Set(said.map(([, digest]) => digest)).size).toBe(1);
});
