import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { type Closure, isOpenAt, type OpeningHours, openingHoursInWords, opensNext } from "../calendar/openingTimes.ts";
import { type DayOfWeek, daysOfWeek } from "../calendar/schedule.ts";

// When a place is open: its weekly hours, less the days on which it does not open. No clock and no database.

const weekdays: readonly DayOfWeek[] = daysOfWeek.slice(0, 5);
const pharmacy: readonly OpeningHours[] = [
  { byDay: weekdays, opens: "09:00", closes: "13:00" },
  { byDay: weekdays, opens: "14:00", closes: "18:00" },
];
const bar: readonly OpeningHours[] = [{ byDay: ["FRIDAY", "SATURDAY"], opens: "20:00", closes: "02:00" }];
const always: readonly OpeningHours[] = [{ byDay: daysOfWeek, opens: "00:00", closes: "24:00" }];
const christmas: Closure = { from: "2026-12-24", through: "2027-01-03", reason: "Christmas" };

const on = (...byDay: readonly DayOfWeek[]) => ({
  from: (opens: string, closes: string): OpeningHours => ({ byDay, opens, closes }),
});

test.for<readonly [string, readonly OpeningHours[], string, boolean]>([
  ["the minute it opens", pharmacy, "2026-11-23T09:00:00Z", true],
  ["a second before it opens", pharmacy, "2026-11-23T08:59:59Z", false],
  ["the last second before lunch", pharmacy, "2026-11-23T12:59:59Z", true],
  ["the minute it shuts for lunch", pharmacy, "2026-11-23T13:00:00Z", false],
  ["a Monday in summer, when London is an hour ahead", pharmacy, "2027-07-05T08:00:00Z", true],
  ["six o'clock in London in summer", pharmacy, "2027-07-05T17:00:00Z", false],
  ["a Sunday", pharmacy, "2026-11-22T10:00:00Z", false],
  ["past midnight", bar, "2026-11-28T01:59:00Z", true],
  ["the minute it closes past midnight", bar, "2026-11-28T02:00:00Z", false],
  ["past midnight of a day on which it did not open", bar, "2026-11-27T01:00:00Z", false],
  ["any minute of what is always open", always, "2026-11-22T23:59:59Z", true],
  ["from midnight to midnight is all day", [on("SUNDAY").from("00:00", "00:00")], "2026-11-22T12:00:00Z", true],
  ["from midnight to midnight ends with the day", [on("SUNDAY").from("00:00", "00:00")], "2026-11-23T00:00:00Z", false],
])("a place is open from the minute it opens until the minute it closes: %s", ([, hours, at, isOpen]) => {
  expect(isOpenAt(hours, [], new Date(at))).toBe(isOpen);
});

test.for<readonly [string, readonly OpeningHours[], string, boolean]>([
  ["the day before it begins", pharmacy, "2026-12-23T10:00:00Z", true],
  ["its first day", pharmacy, "2026-12-24T10:00:00Z", false],
  ["its last day", pharmacy, "2026-12-31T10:00:00Z", false],
  ["the day after it", pharmacy, "2027-01-04T10:00:00Z", true],
  ["its first minute, when open all day", always, "2026-12-24T00:00:00Z", false],
  ["the minute after it, when open all day", always, "2027-01-04T00:00:00Z", true],
])("a place does not open on the days of a closure: %s", ([, hours, at, isOpen]) => {
  expect(isOpenAt(hours, [christmas], new Date(at))).toBe(isOpen);
});

test("the night before a closure runs to its end, and the night of its last day does not begin", () => {
  const closures = [{ from: "2026-11-28", through: "2026-11-28", reason: null }];
  expect(isOpenAt(bar, closures, new Date("2026-11-28T01:00Z"))).toBe(true);
  expect(isOpenAt(bar, closures, new Date("2026-11-29T01:00Z"))).toBe(false);
});

test("when a place is open is not known where its hours are not", () => {
  const at = new Date("2026-11-23T10:00Z");
  expect(isOpenAt([], [christmas], at)).toBe(null);
  expect(opensNext([], [christmas], at)).toBe(null);
  expect(openingHoursInWords([])).toBe(null);
});

test.for<readonly [string, readonly OpeningHours[], readonly Closure[], string, string | null]>([
  ["later today", pharmacy, [], "2026-11-23T08:00Z", "2026-11-23T09:00Z"],
  ["after lunch, when it is open now", pharmacy, [], "2026-11-23T09:00Z", "2026-11-23T14:00Z"],
  ["on Monday, over the weekend", pharmacy, [], "2026-11-27T17:00Z", "2026-11-30T09:00Z"],
  ["after a closure", pharmacy, [christmas], "2026-12-23T18:00Z", "2027-01-04T09:00Z"],
  [
    "after a closure that two make together",
    pharmacy,
    [christmas, { from: "2027-01-04", through: "2027-01-05", reason: null }],
    "2026-12-23T18:00Z",
    "2027-01-06T09:00Z",
  ],
  ["never, as it never closes", always, [], "2026-11-23T09:00Z", null],
  ["after its only closure", always, [christmas], "2026-11-23T09:00Z", "2027-01-04T00:00Z"],
  [
    "tomorrow, as hours that adjoin are one opening",
    [on(...daysOfWeek).from("12:00", "17:00"), on(...daysOfWeek).from("09:00", "12:00")],
    [],
    "2026-11-23T10:00Z",
    "2026-11-24T09:00Z",
  ],
  [
    "never, where each day's hours adjoin the next's",
    [on(...daysOfWeek).from("09:00", "09:00")],
    [],
    "2026-11-23T10:00Z",
    null,
  ],
  ["in a week", [on("MONDAY").from("09:00", "10:00")], [], "2026-11-23T09:00Z", "2026-11-30T09:00Z"],
  [
    "not within the year it is closed",
    pharmacy,
    [{ from: "2026-11-01", through: "2028-11-01", reason: null }],
    "2026-11-23T09:00Z",
    null,
  ],
  ["never, where no day is named", [on().from("09:00", "10:00")], [], "2026-11-23T09:00Z", null],
  [
    "at nine in summer, after a night in which the clocks went forward",
    [on("SUNDAY").from("09:00", "10:00")],
    [],
    "2027-03-27T12:00Z",
    "2027-03-28T08:00Z",
  ],
  [
    "at nine in winter, after a night in which they went back",
    [on("SUNDAY").from("09:00", "10:00")],
    [],
    "2027-10-30T12:00Z",
    "2027-10-31T09:00Z",
  ],
  [
    "an hour late, when there is no half past one",
    [on("SUNDAY").from("01:30", "05:00")],
    [],
    "2027-03-27T12:00Z",
    "2027-03-28T01:30Z",
  ],
  [
    "a week late, when there is no such hour at all",
    [on("SUNDAY").from("01:30", "02:00")],
    [],
    "2027-03-21T12:00Z",
    "2027-04-04T00:30Z",
  ],
  [
    "at the first half past one, when there are two",
    [on("SUNDAY").from("01:30", "05:00")],
    [],
    "2027-10-30T12:00Z",
    "2027-10-31T00:30Z",
  ],
])("a place that is closed, or will be, opens next: %s", ([, hours, closures, at, opens]) => {
  expect(opensNext(hours, closures, new Date(at))).toEqual(opens === null ? null : new Date(opens));
});

test("a night on which the clocks go back is open throughout, and an hour longer", () => {
  const night = [on("SATURDAY").from("22:00", "02:00")];
  const hours = ["2027-10-30T21:00Z", "2027-10-31T00:30Z", "2027-10-31T01:30Z", "2027-10-31T02:00Z"];
  expect(hours.map((at) => isOpenAt(night, [], new Date(at)))).toEqual([true, true, true, false]);
});

test.for<readonly [string, readonly OpeningHours[]]>([
  [
    "Monday to Friday, 9am to 5pm; Saturday, 10am to 1pm. Closed on Sunday",
    [on("SATURDAY").from("10:00", "13:00"), on(...weekdays).from("09:00", "17:00")],
  ],
  ["Monday to Friday, 9am to 1pm and 2pm to 6pm. Closed on Saturday and Sunday", pharmacy],
  ["Every day, all day", always],
  ["Every day, all day", [on(...daysOfWeek).from("00:00", "00:00")]],
  ["Friday and Saturday, 8pm to 2am the next day. Closed on all other days", bar],
  [
    "Monday to Wednesday and Friday, 9am to 5pm; Thursday, midday to 8pm. Closed on Saturday and Sunday",
    [on("MONDAY", "TUESDAY", "WEDNESDAY", "FRIDAY").from("09:00", "17:00"), on("THURSDAY").from("12:00", "20:00")],
  ],
  ["Every day, 9am to 5pm", [on(...daysOfWeek).from("12:00", "17:00"), on(...daysOfWeek).from("09:00", "12:00")]],
  [
    "Every day, 6am to 10am and 9am to 8am the next day",
    [on(...daysOfWeek).from("06:00", "10:00"), on(...daysOfWeek).from("09:00", "08:00")],
  ],
])("weekly hours are said by days that have the same: %s", ([words, hours]) => {
  expect(openingHoursInWords(hours)).toBe(words);
});

const local = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  weekday: "long",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

function localOf(at: number) {
  const parts = Object.fromEntries(local.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    date: `${parts["year"]}-${parts["month"]}-${parts["day"]}`,
    day: daysOfWeek.findIndex((day) => day === parts["weekday"]?.toUpperCase()),
    time: `${parts["hour"]}:${parts["minute"]}`,
  };
}

/** What a clock on the wall says, with no knowledge of moments: the same on every night but those in which clocks change. */
function isOpenByTheWall(
  openingHours: readonly OpeningHours[],
  closures: readonly Closure[],
  { today, yesterday }: Readonly<Record<"today" | "yesterday", ReturnType<typeof localOf>>>,
): boolean {
  const isOn = (hours: OpeningHours, { day, date }: typeof today) =>
    hours.byDay.some((name) => name === daysOfWeek[day]) &&
    !closures.some(({ from, through }) => from <= date && date <= through);
  return openingHours.some((hours) => {
    const { opens, closes } = hours;
    if (closes > opens) return isOn(hours, today) && opens <= today.time && today.time < closes;
    return (isOn(hours, today) && opens <= today.time) || (isOn(hours, yesterday) && today.time < closes);
  });
}

test("by every quarter of an hour, a place is open as the clock on the wall has it, and opens next when it first is after it was not", () => {
  let state = 20261122;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  // Whole quarters, so that hours often adjoin, and nothing changes between two of them.
  const step = 15 * 60_000;
  const time = () =>
    `${String(Math.floor(random() * 24)).padStart(2, "0")}:${["00", "15", "30", "45"][Math.floor(random() * 4)] ?? "00"}`;
  const first = Date.parse("2026-11-22T00:00Z");
  const steps = Array.from({ length: (12 * 86_400_000) / step }, (_, index) => first + index * step);
  const walls = steps.map((at) => ({ today: localOf(at), yesterday: localOf(at - 86_400_000) }));
  for (let run = 0; run < 12; run += 1) {
    const hours = Array.from({ length: 1 + Math.floor(random() * 4) }, () => ({
      byDay: daysOfWeek.filter(() => random() < 0.5),
      opens: time(),
      closes: random() < 0.1 ? "24:00" : time(),
    }));
    const closures = random() < 0.5 ? [] : [{ from: "2026-11-25", through: "2026-11-27", reason: null }];
    const isOpen = walls.map((wall) => isOpenByTheWall(hours, closures, wall));
    const told = JSON.stringify({ hours, closures });
    expect(
      steps.map((at) => isOpenAt(hours, closures, new Date(at))),
      told,
    ).toEqual(isOpen);
    for (let index = 0; index < isOpen.length / 2; index += 13) {
      const opens = isOpen.findIndex((open, later) => later > index && open && isOpen[later - 1] === false);
      const next = opensNext(hours, closures, new Date(steps[index] ?? first));
      const walked = next === null || next.getTime() > (steps.at(-1) ?? 0) ? undefined : next.getTime();
      expect(walked, `${told} at ${index}`).toBe(opens === -1 ? undefined : steps[opens]);
    }
  }
});

test("a place is open by the clock of London in a process that is elsewhere", async () => {
  const script = `
    import { isOpenAt, opensNext } from "${join(import.meta.dirname, "../calendar/openingTimes.ts")}";
    const hours = [{ byDay: ["TUESDAY"], opens: "00:30", closes: "02:00" }];
    const at = new Date("2027-07-05T23:30Z");
    console.log(JSON.stringify([at.getDate(), isOpenAt(hours, [], at), opensNext(hours, [], at)]));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", script],
    { env: { TZ: "America/New_York" } },
  );
  expect(JSON.parse(stdout)).toEqual([5, true, "2027-07-12T23:30:00.000Z"]);
});
