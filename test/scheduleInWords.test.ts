import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import {
  dateInWords,
  dateRangeInWords,
  dateWithoutDayInWords,
  momentInWords,
  timeInWords,
  timeRangeInWords,
} from "../calendar/dateInWords.ts";
import { type DayOfWeek, daysOfWeek, isDated, type Period, type Schedule } from "../calendar/schedule.ts";
import { scheduleInWords, schedulesInWords } from "../calendar/scheduleInWords.ts";

// What residents read of when something is on. No clock and no database: words are made of a rule and a day.

const asked = { today: "2026-11-22" };

const weekly: Schedule = {
  startDate: null,
  endDate: null,
  startTime: "10:00",
  endTime: "11:30",
  repeatFrequency: "P1W",
  byDay: ["TUESDAY"],
  byWeekOfMonth: [],
  byMonthDay: [],
  byMonth: [],
  repeatCount: null,
  exceptDate: [],
  extraDate: [],
  during: [],
  exceptDuring: [],
};
const monthly: Schedule = { ...weekly, repeatFrequency: "P1M" };
const yearly: Schedule = { ...weekly, repeatFrequency: "P1Y", byDay: [], startTime: null, endTime: null };
const once: Schedule = { ...weekly, repeatFrequency: null, byDay: [], startDate: "2026-12-05" };
const fortnightly: Schedule = { ...weekly, repeatFrequency: "P2W", startDate: "2026-09-08" };

const period = (name: string): Period => ({ name, ranges: [] });
const weekdays: readonly DayOfWeek[] = daysOfWeek.slice(0, 5);
const everyThird = { ...weekly, repeatFrequency: "P3W", startDate: "2026-09-08" };

test.for<readonly [string, Schedule]>([
  ["Every Tuesday, 10am to 11.30am", weekly],
  [
    "Every Monday, Wednesday and Friday, 2pm to 4pm",
    { ...weekly, byDay: ["FRIDAY", "MONDAY", "WEDNESDAY"], startTime: "14:00", endTime: "16:00" },
  ],
  [
    "Every weekday (Monday to Friday), 9am to 5pm",
    { ...weekly, byDay: weekdays, startTime: "09:00", endTime: "17:00" },
  ],
  ["Every day, 10am to 11.30am", { ...weekly, byDay: daysOfWeek }],
  ["Every day, 10am to 11.30am", { ...weekly, repeatFrequency: "P1D", byDay: [] }],
  ["Every Saturday and Sunday, all day", { ...weekly, byDay: ["SATURDAY", "SUNDAY"], startTime: null, endTime: null }],
  ["Every Friday, 10pm to 2am the next day", { ...weekly, byDay: ["FRIDAY"], startTime: "22:00", endTime: "02:00" }],
  ["Every Tuesday, 10am", { ...weekly, endTime: null }],
  ["Every Tuesday, 10am to 11.30am", { ...weekly, byDay: [], startDate: "2026-09-08" }],
  ["Every second day, 10am to 11.30am", { ...weekly, repeatFrequency: "P2D", byDay: [], startDate: "2026-09-08" }],
  [
    "Every second day, only on Monday, 10am to 11.30am. Ask which days",
    { ...weekly, repeatFrequency: "P2D", byDay: ["MONDAY"] },
  ],
])("what comes every day or week is said by its days: %s", ([words, schedule]) => {
  expect(scheduleInWords(schedule, asked)).toBe(words);
});

test.for<readonly [string, Schedule]>([
  [
    "Every second Tuesday, 10am to 11.30am, except school holidays",
    { ...fortnightly, exceptDuring: [period("school holidays")] },
  ],
  ["Every second week on Tuesday and Thursday, 10am to 11.30am", { ...fortnightly, byDay: ["THURSDAY", "TUESDAY"] }],
  ["Every second week from Monday to Friday, 10am to 11.30am", { ...fortnightly, byDay: weekdays }],
  ["Every second week from Monday to Sunday, 10am to 11.30am", { ...fortnightly, byDay: daysOfWeek }],
  ["Every 3 weeks on Tuesday, 10am to 11.30am", everyThird],
  [
    "Every second Thursday, 9pm to 10pm. Ask which weeks",
    { ...weekly, repeatFrequency: "P2W", byDay: ["THURSDAY"], startTime: "21:00", endTime: "22:00" },
  ],
  ["Every week, 10am to 11.30am. Ask which day", { ...weekly, byDay: [] }],
  [
    "Every second Tuesday, 10am to 11.30am, except school holidays. Ask which weeks",
    { ...weekly, repeatFrequency: "P2W", exceptDuring: [period("school holidays")] },
  ],
])("what does not come every week is not taken for what does, nor for a week of the month: %s", ([words, schedule]) => {
  expect(scheduleInWords(schedule, asked)).toBe(words);
});

test.for<readonly [string, Schedule]>([
  ["First Tuesday of the month, 10am to 11.30am", { ...monthly, byWeekOfMonth: [1] }],
  ["First and third Tuesday of the month, 10am to 11.30am", { ...monthly, byWeekOfMonth: [3, 1] }],
  ["Last Friday of the month, 10am to 11.30am", { ...monthly, byDay: ["FRIDAY"], byWeekOfMonth: [-1] }],
  ["Second to last Friday of the month, 10am to 11.30am", { ...monthly, byDay: ["FRIDAY"], byWeekOfMonth: [-2] }],
  ["First and last Tuesday of the month, 10am to 11.30am", { ...monthly, byWeekOfMonth: [-1, 1] }],
  ["Fifth Tuesday of the month, in months that have one, 10am to 11.30am", { ...monthly, byWeekOfMonth: [5] }],
  [
    "First Tuesday of every second month, 10am to 11.30am",
    { ...monthly, repeatFrequency: "P2M", byWeekOfMonth: [1], startDate: "2026-09-01" },
  ],
  [
    "First Tuesday of every third month, 10am to 11.30am. Ask which months",
    { ...monthly, repeatFrequency: "P3M", byWeekOfMonth: [1] },
  ],
  ["Once a month on a Tuesday, 1.30pm to 3.30pm. Ask which week", { ...monthly, startTime: "13:30", endTime: "15:30" }],
  [
    "Every month on a Tuesday and a Thursday, 10am to 11.30am. Ask which weeks",
    { ...monthly, byDay: ["TUESDAY", "THURSDAY"] },
  ],
  ["Once a month, 10am to 11.30am. Ask which day", { ...monthly, byDay: [] }],
  ["On the 8th of the month, 10am to 11.30am", { ...monthly, byDay: [], startDate: "2026-09-08" }],
  ["On the 1st of the month, 10am to 11.30am", { ...monthly, byDay: [], byMonthDay: [1] }],
  ["On the 1st and 15th of the month, 10am to 11.30am", { ...monthly, byDay: [], byMonthDay: [15, 1] }],
  ["On the 31st of the month, in months that have one, 10am to 11.30am", { ...monthly, byDay: [], byMonthDay: [31] }],
  [
    "On the 29th and 30th of the month, in months that have them, 10am to 11.30am",
    { ...monthly, byDay: [], byMonthDay: [29, 30] },
  ],
  [
    "On the 31st of the month in January and March, 10am to 11.30am",
    { ...monthly, byDay: [], byMonthDay: [31], byMonth: [1, 3] },
  ],
  ["On the last day of the month, 10am to 11.30am", { ...monthly, byDay: [], byMonthDay: [-1] }],
  ["On the 1st and last day of the month, 10am to 11.30am", { ...monthly, byDay: [], byMonthDay: [-1, 1] }],
  [
    "On the 8th to 14th of the month when it is a Tuesday, 10am to 11.30am",
    { ...monthly, byMonthDay: [8, 9, 10, 11, 12, 13, 14] },
  ],
])("what comes every month is said by its weeks or its days: %s", ([words, schedule]) => {
  expect(scheduleInWords(schedule, asked)).toBe(words);
});

test.for<readonly [string, Schedule]>([
  ["Every year on 25 December, all day", { ...yearly, byMonth: [12], byMonthDay: [25] }],
  ["Every year on 25 December, all day", { ...yearly, startDate: "2025-12-25" }],
  ["Every year on 1 April and 1 October, all day", { ...yearly, byMonth: [10, 4], byMonthDay: [1] }],
  ["Every year on 29 February, in years that have one, all day", { ...yearly, byMonth: [2], byMonthDay: [29] }],
  ["Every year on the last day of February, all day", { ...yearly, byMonth: [2], byMonthDay: [-1] }],
  ["Every year on the 1st of every month, all day", { ...yearly, byMonthDay: [1] }],
  [
    "Every year on the first Sunday of May, all day",
    { ...yearly, byMonth: [5], byDay: ["SUNDAY"], byWeekOfMonth: [1] },
  ],
  ["Every Sunday in December, all day", { ...yearly, byMonth: [12], byDay: ["SUNDAY"] }],
  ["Every year in April, all day. Ask which day", { ...yearly, byMonth: [4] }],
  [
    "Every second year on 1 May, all day. Ask which years",
    { ...yearly, repeatFrequency: "P2Y", byMonth: [5], byMonthDay: [1] },
  ],
])("what comes every year is said by its dates: %s", ([words, schedule]) => {
  expect(scheduleInWords(schedule, asked)).toBe(words);
});

test.for<readonly [readonly number[], string]>([
  [[4, 5, 6, 7, 8, 9], "Every Tuesday from April to September, 10am to 11.30am"],
  [[12, 4, 6], "Every Tuesday in April, June and December, 10am to 11.30am"],
  [[1, 2, 11, 12], "Every Tuesday from November to February, 10am to 11.30am"],
  [[12, 1], "Every Tuesday in January and December, 10am to 11.30am"],
  [[8], "Every Tuesday in August, 10am to 11.30am"],
  [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], "Every Tuesday, 10am to 11.30am"],
])("months that follow each other are a season, round the year too: %j", ([byMonth, words]) => {
  expect(scheduleInWords({ ...weekly, byMonth }, asked)).toBe(words);
});

test.for<readonly [string, Partial<Schedule>]>([
  ["Every Tuesday, 10am to 11.30am, only in school terms", { during: [period("school terms")] }],
  [
    "Every Tuesday, 10am to 11.30am, only on days that are in school terms and in the cricket season",
    { during: [period("school terms"), period("the cricket season")] },
  ],
  [
    "Every Tuesday, 10am to 11.30am, except school holidays and bank holidays",
    { exceptDuring: [period("school holidays"), period("bank holidays")] },
  ],
  [
    "Every Tuesday, 10am to 11.30am, not on 24 December 2026 and 31 December 2026",
    { exceptDate: ["2026-12-31", "2026-12-24", "2026-11-21"] },
  ],
  ["Every Tuesday, 10am to 11.30am, not on 22 November 2026", { exceptDate: ["2026-11-22"] }],
  [
    "Every Tuesday, 10am to 11.30am, not on 1 December 2026, 8 December 2026, 15 December 2026 and on 4 other days",
    {
      exceptDate: [
        ...["2026-12-01", "2026-12-08", "2026-12-15", "2026-12-22"],
        ...["2026-12-29", "2027-01-05", "2027-01-12"],
      ],
    },
  ],
  ["Every Tuesday, 10am to 11.30am, and also on 3 January 2027", { extraDate: ["2027-01-03"] }],
])("what is left out and what is added is said, unless it is over: %s", ([words, parts]) => {
  expect(scheduleInWords({ ...weekly, ...parts }, asked)).toBe(words);
});

test.for<readonly [string, Partial<Schedule>]>([
  ["Every Tuesday, 10am to 11.30am", { startDate: "2026-11-22" }],
  ["Every Tuesday, 10am to 11.30am, from 24 November 2026", { startDate: "2026-11-24" }],
  ["Every Tuesday, 10am to 11.30am, until 31 March 2027", { startDate: "2026-09-08", endDate: "2027-03-31" }],
  [
    "Every Tuesday, 10am to 11.30am, from 5 January 2027 until 31 March 2027",
    { startDate: "2027-01-05", endDate: "2027-03-31" },
  ],
  ["Every Tuesday, 10am to 11.30am, 12 times from 8 September 2026", { startDate: "2026-09-08", repeatCount: 12 }],
  ["Every Tuesday, 10am to 11.30am, 12 times. Ask when it begins", { repeatCount: 12 }],
])("a start is said when it lies ahead or is counted from, and an end always: %s", ([words, parts]) => {
  expect(scheduleInWords({ ...weekly, ...parts }, asked)).toBe(words);
});

test.for<readonly [string, Schedule]>([
  ["Saturday 5 December 2026, 2pm to 5pm", { ...once, startTime: "14:00", endTime: "17:00" }],
  ["Saturday 5 December 2026, all day", { ...once, startTime: null, endTime: null }],
  ["Saturday 5 December 2026, 10am to 11.30am, and also on 12 December 2026", { ...once, extraDate: ["2026-12-12"] }],
  [
    "Saturday 5 December 2026 and Saturday 12 December 2026, 10am to 11.30am",
    { ...once, startDate: null, extraDate: ["2026-12-12", "2026-12-05"] },
  ],
  ["Once on a Tuesday, 10am to 11.30am. Ask which day", { ...once, startDate: null, byDay: ["TUESDAY"] }],
])("what is on once is said by its date: %s", ([words, schedule]) => {
  expect(scheduleInWords(schedule, asked)).toBe(words);
});

test.for<readonly [string | null, readonly Schedule[]]>([
  [null, []],
  ["Every Tuesday, 10am to 11.30am", [weekly, weekly]],
  [
    "Every Tuesday, 10am to 11.30am; every Thursday, 2pm to 4pm; Saturday 5 December 2026, 10am to 11.30am",
    [weekly, { ...weekly, byDay: ["THURSDAY"], startTime: "14:00", endTime: "16:00" }, once],
  ],
  [
    "Saturday 5 December 2026, 10am to 11.30am; first Tuesday of the month, 10am to 11.30am",
    [once, { ...monthly, byWeekOfMonth: [1] }],
  ],
  [
    "Every second Tuesday, 10am to 11.30am (ask which weeks); every Tuesday, 10am to 11.30am",
    [{ ...fortnightly, startDate: null }, weekly],
  ],
  ["Every second Tuesday, 10am to 11.30am. Ask which weeks", [{ ...fortnightly, startDate: null }]],
])("several rules are one sentence: %s", ([words, schedules]) => {
  expect(schedulesInWords(schedules, asked)).toBe(words);
});

/** Numbers from 0 to 1 that look random and are the same in every run (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function scheduleFrom(random: () => number): Schedule {
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  const digits = (number: number) => String(number).padStart(2, "0");
  const date = () => `${whole(2025, 2028)}-${digits(whole(1, 12))}-${digits(whole(1, 28))}`;
  const time = () => `${digits(whole(0, 23))}:${random() < 0.5 ? "00" : digits(whole(0, 59))}`;
  const some = <Value>(one: () => Value, most: number): readonly Value[] =>
    random() < 0.5 ? [] : Array.from({ length: whole(1, most) }, one);
  const maybe = <Value>(one: () => Value): Value | null => (random() < 0.5 ? null : one());
  const fromEitherEnd = (most: number) => whole(1, most) * (random() < 0.3 ? -1 : 1);

  const unit = random() < 0.1 ? null : ["D", "W", "M", "Y"][whole(0, 3)];
  const byDay = daysOfWeek.filter(() => random() < 0.3);
  const isAllDay = random() < 0.2;
  return {
    startDate: maybe(date),
    endDate: maybe(date),
    startTime: isAllDay ? null : time(),
    endTime: isAllDay ? null : time(),
    repeatFrequency: unit === undefined || unit === null ? null : `P${random() < 0.6 ? 1 : whole(2, 20)}${unit}`,
    byDay,
    byWeekOfMonth: unit === "M" && byDay.length > 0 ? some(() => fromEitherEnd(5), 3) : [],
    byMonthDay: unit === "M" || unit === "Y" ? some(() => fromEitherEnd(31), 6) : [],
    byMonth: some(() => whole(1, 12), 8),
    repeatCount: random() < 0.8 ? null : whole(1, 30),
    exceptDate: some(date, 7),
    extraDate: some(date, 7),
    during: some(() => period(["school terms", "summer"][whole(0, 1)] ?? ""), 2),
    exceptDuring: some(() => period(["school holidays", "bank holidays"][whole(0, 1)] ?? ""), 2),
  };
}

test("whatever a rule says, its words are a clean sentence, and ask nothing where it says which days it means", () => {
  const random = numbersFrom(20261122);
  for (let run = 0; run < 2000; run += 1) {
    const schedule = scheduleFrom(random);
    const words = scheduleInWords(schedule, asked);
    const told = JSON.stringify(schedule);
    expect(words, told).toMatch(/^[A-Z][a-z]+,? .*[a-z0-9)]$/);
    expect(words, told).not.toMatch(/undefined|null|NaN|Infinity| {2}|,,| ,|\.\.|,$|\[|\ba [AEIOU]/);
    if (isDated(schedule)) expect(words, told).not.toContain("Ask");
    expect(schedulesInWords([schedule, weekly], asked), told).toMatch(
      /^[A-Z].*; every Tuesday, 10am to 11\.30am$|^Every Tuesday, 10am to 11\.30am$/,
    );
  }
});

test.for([
  ["14:00", "2pm"],
  ["14:30", "2.30pm"],
  ["09:05", "9.05am"],
  ["00:00", "midnight"],
  ["24:00", "midnight"],
  ["12:00", "midday"],
  ["12:15", "12.15pm"],
  ["00:30", "12.30am"],
] as const)("a time is said as people say it: %s is %s", ([time, words]) => {
  expect(timeInWords(time)).toBe(words);
});

test.for(["", "9:00", "24:01", "25:00", "10:60", "10:00:00", "ten"])("what is no time is refused: %j", (time) => {
  expect(() => timeInWords(time)).toThrow(RangeError);
});

test.for([
  ["10:00", "11:30", "10am to 11.30am"],
  ["22:00", "02:00", "10pm to 2am the next day"],
  ["10:00", "10:00", "10am to 10am the next day"],
  ["20:00", "00:00", "8pm to midnight"],
  ["20:00", "24:00", "8pm to midnight"],
  ["00:00", "06:00", "midnight to 6am"],
  ["00:00", "00:00", "all day"],
  ["00:00", "24:00", "all day"],
] as const)(
  "a time that ends on the next day says so, unless it ends with the day: %s to %s",
  ([start, end, words]) => {
    expect(timeRangeInWords(start, end)).toBe(words);
  },
);

test("a date is said with its day of the week or without", () => {
  expect(dateInWords("2026-11-24")).toBe("Tuesday 24 November 2026");
  expect(dateWithoutDayInWords("2026-11-24")).toBe("24 November 2026");
  expect(() => dateInWords("2026-02-30")).toThrow(RangeError);
});

test.for([
  ["2026-12-21", "2027-01-03", "21 December 2026 to 3 January 2027"],
  ["2027-04-01", "2027-09-30", "1 April to 30 September 2027"],
  ["2026-12-21", "2026-12-24", "21 to 24 December 2026"],
  ["2026-12-25", "2026-12-25", "25 December 2026"],
] as const)("days from one to another say no month or year twice: %s to %s", ([from, through, words]) => {
  expect(dateRangeInWords(from, through)).toBe(words);
});

test.for<readonly [string, string, boolean, string]>([
  ["2026-11-24T10:00Z", "2026-11-24T11:30Z", false, "Tuesday 24 November 2026, 10am to 11.30am"],
  ["2027-07-06T09:00Z", "2027-07-06T10:30Z", false, "Tuesday 6 July 2027, 10am to 11.30am"],
  ["2026-11-24T00:00Z", "2026-11-25T00:00Z", true, "Tuesday 24 November 2026, all day"],
  ["2026-11-24T00:00Z", "2026-11-24T23:59Z", true, "Tuesday 24 November 2026, all day"],
  ["2026-11-24T00:00Z", "2026-11-24T00:00Z", true, "Tuesday 24 November 2026, all day"],
  ["2026-12-05T00:00Z", "2026-12-07T00:00Z", true, "Saturday 5 December 2026 to Sunday 6 December 2026, all day"],
  ["2026-11-24T00:00Z", "2026-11-25T00:00Z", false, "Tuesday 24 November 2026, all day"],
  ["2026-11-24T22:00Z", "2026-11-25T02:00Z", false, "Tuesday 24 November 2026, 10pm to 2am the next day"],
  ["2026-11-24T20:00Z", "2026-11-25T00:00Z", false, "Tuesday 24 November 2026, 8pm to midnight"],
  ["2026-11-24T10:00Z", "2026-11-24T10:00Z", false, "Tuesday 24 November 2026, 10am"],
  [
    "2026-11-24T10:00Z",
    "2026-11-25T16:00Z",
    false,
    "Tuesday 24 November 2026, 10am to Wednesday 25 November 2026, 4pm",
  ],
  ["2026-10-25T00:30Z", "2026-10-25T01:15Z", false, "Sunday 25 October 2026, 1.30am to 1.15am"],
])("a session is said by the clock of London: %s to %s, all day: %s", ([start, end, isAllDay, words]) => {
  expect(momentInWords(new Date(start), new Date(end), isAllDay)).toBe(words);
});

test("a session is said by the clock of London in a process that is elsewhere", async () => {
  const script = `
    import { momentInWords } from "${join(import.meta.dirname, "../calendar/dateInWords.ts")}";
    const start = new Date("2027-07-06T23:30Z");
    console.log(JSON.stringify([start.getDate(), momentInWords(start, new Date("2027-07-07T00:30Z"), false)]));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", script],
    { env: { TZ: "America/New_York" } },
  );
  expect(JSON.parse(stdout)).toEqual([6, "Wednesday 7 July 2027, 12.30am to 1.30am"]);
});
