import ICAL from "ical.js";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { randomOf } from "../bench/country/random.ts";
import { readCalendar } from "../calendar/readCalendar.ts";
import { daysOfWeek, type Schedule } from "../calendar/schedule.ts";
import { type CalendarOut, type EventOut, writeCalendar } from "../calendar/writeCalendar.ts";

const event: EventOut = {
  uid: "act_1@commonground.example",
  summary: "Chair yoga",
  description: "Bring water.",
  location: "Sample Community Centre, Exampleton",
  geo: { latitude: 51.5, longitude: -0.0000001 },
  url: "https://commonground.example/activities/act_1",
  categories: ["Yoga"],
  start: "2026-11-24T10:00",
  end: "2026-11-24T11:30",
  recurrenceRule: "FREQ=WEEKLY;BYDAY=TU",
  extraDates: [],
  exceptDates: [],
  changed: [],
  lastModified: null,
};

const calendar: CalendarOut = {
  name: "Sample Community Centre",
  description: null,
  url: "https://commonground.example/calendars/1.ics",
  now: new Date("2026-07-01T09:30:00.123Z"),
  refreshHours: 6,
  events: [event],
};

const once: Schedule = {
  startDate: "2026-11-24",
  endDate: null,
  startTime: "10:00",
  endTime: "11:30",
  repeatFrequency: null,
  byDay: [],
  byWeekOfMonth: [],
  byMonthDay: [],
  byMonth: [],
  repeatCount: null,
  exceptDate: [],
  extraDate: [],
  during: [],
  exceptDuring: [],
};

const today = "2026-11-22";
const bytesOf = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readCalendar(bytesOf(text), { today });

/** A calendar of one event, of which these lines are. */
const withLines = (...lines: readonly string[]) =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:1@example", "SUMMARY:Chess", ...lines, "END:VEVENT"]
    .concat("END:VCALENDAR", "")
    .join("\r\n");

const tenToHalfPast = ["DTSTART;TZID=Europe/London:20261124T100000", "DTEND;TZID=Europe/London:20261124T113000"];

/** When the written events are on, by ical.js, which knows nothing of how they were written. */
function occurrencesOf(text: string, most: number): readonly string[] {
  const events = new ICAL.Component(ICAL.parse(text) as unknown[])
    .getAllSubcomponents("vevent")
    .map((component) => new ICAL.Event(component));
  const master = events.find((said) => !said.isRecurrenceException());
  if (master === undefined) throw new Error("There is no event.");
  for (const change of events.filter((said) => said.isRecurrenceException())) master.relateException(change);
  const iterator = master.iterator();
  const occurrences: string[] = [];
  while (occurrences.length < most) {
    const next = iterator.next() as ICAL.Time | undefined;
    if (next === undefined) break;
    const { item, startDate, endDate } = master.getOccurrenceDetails(next);
    const status = String(item.component.getFirstPropertyValue("status"));
    occurrences.push(`${startDate.toString()} to ${endDate.toString()} ${status}`);
  }
  return occurrences;
}

describe("A written calendar", () => {
  test("says of itself what subscribers need, and each moment in UTC", () => {
    expect(writeCalendar({ ...calendar, events: [{ ...event, lastModified: new Date("2026-06-01T00:00:00Z") }] })).toBe(
      `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Common Ground//Community activities//EN
CALSCALE:GREGORIAN
METHOD:PUBLISH
NAME:Sample Community Centre
X-WR-CALNAME:Sample Community Centre
URL:https://commonground.example/calendars/1.ics
SOURCE;VALUE=URI:https://commonground.example/calendars/1.ics
REFRESH-INTERVAL;VALUE=DURATION:PT6H
X-PUBLISHED-TTL:PT6H
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:act_1@commonground.example
DTSTAMP:20260701T093000Z
DTSTART;TZID=Europe/London:20261124T100000
DTEND;TZID=Europe/London:20261124T113000
RRULE:FREQ=WEEKLY;BYDAY=TU
SUMMARY:Chair yoga
DESCRIPTION:Bring water.
LOCATION:Sample Community Centre\\, Exampleton
GEO:51.5;0
URL:https://commonground.example/activities/act_1
CATEGORIES:Yoga
LAST-MODIFIED:20260601T000000Z
SEQUENCE:0
STATUS:CONFIRMED
TRANSP:TRANSPARENT
END:VEVENT
END:VCALENDAR
`.replaceAll("\n", "\r\n"),
    );
  });

  test("is on when its rule says, and when else, and not when it is not", () => {
    const written = writeCalendar({
      ...calendar,
      events: [
        {
          ...event,
          recurrenceRule: "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261229",
          exceptDates: ["2026-12-22", "2026-12-01T10:00"],
          extraDates: ["2026-12-23"],
          changed: [
            {
              recurrenceId: "2026-12-08",
              start: "2026-12-09T14:00",
              end: "2026-12-09T15:00",
              status: "CONFIRMED",
              summary: null,
              location: null,
              note: "A day later.",
            },
            {
              recurrenceId: "2026-12-15T10:00",
              start: "2026-12-15T10:00",
              end: "2026-12-15T11:30",
              status: "CANCELLED",
              summary: null,
              location: null,
              note: null,
            },
          ],
        },
      ],
    });
    expect(occurrencesOf(written, 100)).toEqual([
      "2026-11-24T10:00:00 to 2026-11-24T11:30:00 CONFIRMED",
      "2026-12-09T14:00:00 to 2026-12-09T15:00:00 CONFIRMED",
      "2026-12-15T10:00:00 to 2026-12-15T11:30:00 CANCELLED",
      "2026-12-23T10:00:00 to 2026-12-23T11:30:00 CONFIRMED",
      "2026-12-29T10:00:00 to 2026-12-29T11:30:00 CONFIRMED",
    ]);
    expect(written).toContain("UNTIL=20261229T235959Z");
    expect(written).toContain("DESCRIPTION:A day later.\\n\\nBring water.");
  });

  test("ends a rule in summer by British time, and dates by dates", () => {
    const until = (said: Partial<EventOut>) =>
      /UNTIL=\w+/.exec(writeCalendar({ ...calendar, events: [{ ...event, ...said }] }))?.[0];
    expect(until({ recurrenceRule: "FREQ=DAILY;UNTIL=20270701" })).toBe("UNTIL=20270701T225959Z");
    expect(until({ recurrenceRule: "FREQ=DAILY;UNTIL=20270701T120000Z" })).toBe("UNTIL=20270701T120000Z");
    expect(until({ start: "2026-11-24", end: "2026-11-25", recurrenceRule: "FREQ=DAILY;UNTIL=20270701T225959Z" })).toBe(
      "UNTIL=20270701",
    );
  });

  test("of all day says dates, throughout", () => {
    const written = writeCalendar({
      ...calendar,
      events: [
        {
          ...event,
          start: "2026-11-24",
          end: "2026-11-24",
          recurrenceRule: "FREQ=MONTHLY;BYMONTHDAY=24;COUNT=3",
          exceptDates: ["2026-12-24"],
          extraDates: ["2026-12-31"],
        },
      ],
    });
    expect(written.slice(written.indexOf("BEGIN:VEVENT")).match(/^(DT(START|END)|RDATE|EXDATE).*/gm)).toEqual([
      "DTSTART;VALUE=DATE:20261124",
      "RDATE;VALUE=DATE:20261231",
      "EXDATE;VALUE=DATE:20261224",
    ]);
    expect(occurrencesOf(written, 9)).toEqual([
      "2026-11-24 to 2026-11-25 CONFIRMED",
      "2026-12-31 to 2027-01-01 CONFIRMED",
      "2027-01-24 to 2027-01-25 CONFIRMED",
    ]);
  });

  test("remains whole whatever its texts are", () => {
    const hostile = [
      "Chess\r\nBEGIN:VEVENT\r\nUID:2",
      'Say "hello"; then, C:\\new\\, go',
      `${"🧘🏽‍♀️é".repeat(2000)}\u0000\u0007 \u202Eright to left\u2028END:VCALENDAR`,
      "\\",
      "half \uD83D of one",
      " ",
    ];
    for (const text of hostile) {
      const written = writeCalendar({
        ...calendar,
        name: text,
        description: text,
        url: text,
        events: [
          {
            ...event,
            summary: text,
            description: text,
            location: text,
            categories: [text, text, ""],
            url: `https://example/${text}`,
          },
        ],
      });
      const lines = written.split("\r\n");
      expect(written.replaceAll("\r\n", "")).not.toMatch(/\p{Cc}|[\u2028\u202E]/u);
      expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
      // A piece that is cut within a character would not be the same again.
      expect(lines.filter((line) => Buffer.from(line).toString() !== line)).toEqual([]);
      expect(lines.filter((line) => /^(BEGIN|END):/.test(line))).toHaveLength(10);
      const meant = text
        .replace(/\r\n|\u2028/g, "\n")
        .replace(/(?!\n)\p{Cc}|\u202E/gu, "")
        .replace(/\uD83D(?= )/, "\uFFFD");
      const parsed = new ICAL.Component(ICAL.parse(written) as unknown[]).getFirstSubcomponent("vevent");
      expect(parsed?.getFirstPropertyValue("summary")).toBe(meant);
      expect(parsed?.getFirstPropertyValue("description")).toBe(meant);
      expect(parsed?.getFirstPropertyValue("location")).toBe(meant);
    }
  });

  test("is not written with a time or a rule that is none", () => {
    const write = (said: Partial<EventOut>) => () => writeCalendar({ ...calendar, events: [{ ...event, ...said }] });
    expect(write({ start: "2026-02-30T10:00" })).toThrow(RangeError);
    expect(write({ end: "2026-11-24" })).toThrow(RangeError);
    expect(write({ recurrenceRule: "FREQ=SOMETIMES" })).toThrow(Error);
  });
});

/** The rule of a schedule, so that what is read can be compared with what was written. */
function ruleOf({ repeatFrequency, ...said }: Schedule): string | null {
  const [, interval = "", unit = ""] = /^P(\d+)(.)$/.exec(repeatFrequency ?? "") ?? [];
  if (unit === "") return null;
  const frequency = { D: "DAILY", W: "WEEKLY", M: "MONTHLY", Y: "YEARLY" }[unit] ?? "";
  const days = said.byDay.map((day) => day.slice(0, 2));
  const numbered = said.byWeekOfMonth.flatMap((week) => days.map((day) => `${week}${day}`));
  const parts: readonly (readonly [string, readonly (string | number)[]])[] = [
    ["BYDAY", numbered.length > 0 ? numbered : days],
    ["BYMONTHDAY", said.byMonthDay],
    ["BYMONTH", said.byMonth],
    ["COUNT", said.repeatCount === null ? [] : [said.repeatCount]],
    ["UNTIL", said.endDate === null ? [] : [said.endDate.replaceAll("-", "")]],
  ];
  return [`FREQ=${frequency}`, `INTERVAL=${interval}`]
    .concat(parts.flatMap(([name, values]) => (values.length === 0 ? [] : [`${name}=${values.join(",")}`])))
    .join(";");
}

/** A schedule that says its first day, as each that comes from a calendar does. */
function someSchedule({ next, chance, below, pick }: ReturnType<typeof randomOf>): Schedule {
  const some = <Item>(items: readonly Item[], always: Item) => items.filter((item) => item === always || next() < 0.2);
  const numbers = (from: number, through: number) => Array.from({ length: through - from + 1 }, (_, at) => from + at);
  const start = Temporal.PlainDate.from("2026-01-01").add({ days: below(1000) });
  const dates = () => [...new Set(numbers(1, below(4)).map(() => start.add({ days: below(400) }).toString()))].sort();
  const unit = pick(["", "D", "W", "M", "M", "Y"]);
  const isByWeek = unit === "M" && chance(0.5);
  const week = chance(0.5) ? Math.ceil(start.day / 7) : -Math.ceil((start.daysInMonth - start.day + 1) / 7);
  const day = chance(0.8) ? start.day : start.day - start.daysInMonth - 1;
  const time = () => `${String(below(24)).padStart(2, "0")}:${pick(["00", "15", "30", "45"])}`;
  const isAllDay = chance(0.2);
  const end = unit === "" ? 0 : below(3);
  const exceptDate = dates();
  return {
    ...once,
    startDate: start.toString(),
    endDate: end === 1 ? start.add({ days: below(700) }).toString() : null,
    startTime: isAllDay ? null : time(),
    endTime: isAllDay ? null : time(),
    repeatFrequency: unit === "" ? null : `P${pick([1, 1, 2, 3, 12])}${unit}`,
    byDay: unit === "W" || isByWeek ? some(daysOfWeek, daysOfWeek[start.dayOfWeek - 1] ?? "MONDAY") : [],
    byWeekOfMonth: isByWeek ? some([-5, -4, -3, -2, -1, 1, 2, 3, 4, 5], week) : [],
    byMonthDay:
      unit === "Y" || (unit === "M" && !isByWeek)
        ? some(
            [-2, -1, ...numbers(1, 31), day].sort((a, b) => a - b),
            day,
          ).filter((value, at, all) => all.indexOf(value) === at)
        : [],
    byMonth: unit === "Y" || (unit !== "" && chance(0.2)) ? some(numbers(1, 12), start.month) : [],
    repeatCount: end === 2 ? 1 + below(50) : null,
    exceptDate,
    extraDate: dates().filter((date) => !exceptDate.includes(date) && date !== start.toString()),
  };
}

function eventOf(schedule: Schedule, uid: string): EventOut {
  const { startDate, startTime, endTime } = schedule;
  if (startDate === null) throw new Error("It has no first day.");
  const dayAfter = Temporal.PlainDate.from(startDate).add({ days: 1 }).toString();
  return {
    ...event,
    uid,
    start: startTime === null ? startDate : `${startDate}T${startTime}`,
    end: startTime === null || endTime === null ? dayAfter : `${endTime > startTime ? startDate : dayAfter}T${endTime}`,
    recurrenceRule: ruleOf(schedule),
    extraDates: schedule.extraDate,
    exceptDates: schedule.exceptDate,
  };
}

test("What is written is read as the same schedule", () => {
  const random = randomOf("calendar files");
  const schedules = Array.from({ length: 500 }, () => someSchedule(random));
  const written = writeCalendar({
    ...calendar,
    events: schedules.map((schedule, at) => eventOf(schedule, `${at}@example`)),
  });
  const { series, problems, past } = readCalendar(bytesOf(written), { today: "2020-01-01" });
  expect({ problems, past }).toEqual({ problems: [], past: 0 });
  expect(series.map(({ schedule }) => schedule)).toEqual(schedules);
});

describe("A calendar as others write it", () => {
  test("is read from Google: moved, cancelled and renamed sessions, a rule that ends at midnight, moments in UTC", () => {
    const google = `BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:PUBLISH
X-WR-CALNAME:Sample Community Centre
X-WR-TIMEZONE:Europe/London
BEGIN:VTIMEZONE
TZID:Europe/London
X-LIC-LOCATION:Europe/London
END:VTIMEZONE
BEGIN:VEVENT
DTSTART;TZID=Europe/London:20260908T100000
DTEND;TZID=Europe/London:20260908T113000
RRULE:FREQ=WEEKLY;WKST=MO;UNTIL=20270629T225959Z;BYDAY=TH,TU
EXDATE;TZID=Europe/London:20261222T100000
EXDATE;TZID=Europe/London:20261224T100000
DTSTAMP:20261101T090000Z
ORGANIZER;CN=Not To Be Read:mailto:not.to.be.read@example
UID:a1@google.com
ATTENDEE;CN=Not To Be Read;X-NUM-GUESTS=0:mailto:not.to.be.read@example
LAST-MODIFIED:20261020T080000Z
LOCATION:Sample Community Centre\\, 1 Sample St
 reet
SEQUENCE:0
STATUS:CONFIRMED
SUMMARY:Chair  yoga
DESCRIPTION:Bring a <b>mat</b>.
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:This is an event reminder
TRIGGER:-P0DT0H30M0S
END:VALARM
END:VEVENT
BEGIN:VEVENT
DTSTART;TZID=Europe/London:20261202T140000
DTEND;TZID=Europe/London:20261202T153000
UID:a1@google.com
RECURRENCE-ID;TZID=Europe/London:20261201T100000
LOCATION:Sample Community Centre\\, 1 Sample Street
SUMMARY:Chair yoga
DESCRIPTION:Bring a <b>mat</b>. A day later.
END:VEVENT
BEGIN:VEVENT
DTSTART:20261208T100000Z
DTEND:20261208T113000Z
UID:a1@google.com
RECURRENCE-ID:20261208T100000Z
STATUS:CANCELLED
SUMMARY:Chair yoga
END:VEVENT
BEGIN:VEVENT
DTSTART;TZID=Europe/London:20261210T100000
DTEND;TZID=Europe/London:20261210T113000
UID:a1@google.com
RECURRENCE-ID;TZID=Europe/London:20261210T100000
SUMMARY:Chair yoga in the hall
END:VEVENT
BEGIN:VEVENT
DTSTART;TZID=Europe/London:20260915T120000
DTEND;TZID=Europe/London:20260915T130000
UID:a1@google.com
RECURRENCE-ID;TZID=Europe/London:20260915T093000
SUMMARY:Long past\\, and from another time of day
END:VEVENT
BEGIN:VEVENT
DTSTART:20270701T180000Z
DTEND:20270701T200000Z
UID:b2@google.com
SUMMARY:Summer meeting
GEO:53.1;-1.2
URL:https://sample.example/summer
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20261226
DTEND;VALUE=DATE:20261229
UID:c3@google.com
SUMMARY:Closed for the holidays
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20250501
UID:d4@google.com
SUMMARY:Over
END:VEVENT
END:VCALENDAR
`;
    const nothing = { description: null, location: null, geo: null, url: null, isCancelled: false, changes: [] };
    const unchanged = { name: null, location: null, note: null };
    expect(read(google)).toEqual({
      name: "Sample Community Centre",
      problems: [],
      past: 1,
      series: [
        {
          ...nothing,
          uid: "a1@google.com",
          name: "Chair yoga",
          description: "Bring a <b>mat</b>.",
          location: "Sample Community Centre, 1 Sample Street",
          lastModified: "2026-10-20T08:00:00.000Z",
          schedule: {
            ...once,
            startDate: "2026-09-08",
            endDate: "2027-06-29",
            repeatFrequency: "P1W",
            byDay: ["TUESDAY", "THURSDAY"],
            exceptDate: ["2026-12-22", "2026-12-24"],
          },
          changes: [
            {
              originalDate: "2026-12-01",
              originalTime: "10:00",
              status: "MOVED",
              startDate: "2026-12-02",
              startTime: "14:00",
              endTime: "15:30",
              ...unchanged,
              note: "A day later.",
            },
            {
              originalDate: "2026-12-08",
              originalTime: "10:00",
              status: "CANCELLED",
              startDate: "2026-12-08",
              startTime: "10:00",
              endTime: "11:30",
              ...unchanged,
            },
            {
              originalDate: "2026-12-10",
              originalTime: "10:00",
              status: "SCHEDULED",
              startDate: "2026-12-10",
              startTime: "10:00",
              endTime: "11:30",
              ...unchanged,
              name: "Chair yoga in the hall",
            },
          ],
        },
        {
          ...nothing,
          uid: "b2@google.com",
          name: "Summer meeting",
          geo: { latitude: 53.1, longitude: -1.2 },
          url: "https://sample.example/summer",
          lastModified: null,
          schedule: { ...once, startDate: "2027-07-01", startTime: "19:00", endTime: "21:00" },
        },
        {
          ...nothing,
          uid: "c3@google.com",
          name: "Closed for the holidays",
          lastModified: null,
          schedule: {
            ...once,
            startDate: "2026-12-26",
            endDate: "2026-12-28",
            startTime: null,
            endTime: null,
            repeatFrequency: "P1D",
          },
        },
      ],
    });
  });

  test("is read from Outlook: Windows' name of the zone, the third Wednesday by position, a midnight that means the day", () => {
    const outlook = `\uFEFFBEGIN:VCALENDAR
PRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN
VERSION:2.0
METHOD:PUBLISH
X-MS-OLK-FORCEINSPECTOROPEN:TRUE
BEGIN:VTIMEZONE
TZID:GMT Standard Time
BEGIN:STANDARD
DTSTART:16011028T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0100
TZOFFSETTO:-0000
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
CLASS:PUBLIC
CATEGORIES:Groups
DESCRIPTION: \\n
DTSTART;TZID="GMT Standard Time":20261118T190000
DURATION:PT2H
RRULE:FREQ=MONTHLY;BYDAY=WE;BYSETPOS=3
EXDATE;TZID="GMT Standard Time":20261216T000000
PRIORITY:5
SUMMARY;LANGUAGE=en-gb:Carers' evening
UID:040000008200E00074C5B7101A82E008
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
END:VEVENT
BEGIN:VEVENT
DTSTART;TZID="GMT Standard Time":20261130T220000
DTEND;TZID="GMT Standard Time":20261201T010000
RRULE:FREQ=MONTHLY;BYDAY=SU,MO,TU,WE,TH,FR,SA;BYSETPOS=-1
SUMMARY:Star gazing
UID:2
END:VEVENT
END:VCALENDAR
`.replaceAll("\n", "\r\n");
    const { series, problems } = read(outlook);
    expect(problems).toEqual([]);
    expect(series.map(({ name, description, schedule }) => ({ name, description, schedule }))).toEqual([
      {
        name: "Carers' evening",
        description: null,
        schedule: {
          ...once,
          startDate: "2026-11-18",
          startTime: "19:00",
          endTime: "21:00",
          repeatFrequency: "P1M",
          byDay: ["WEDNESDAY"],
          byWeekOfMonth: [3],
          exceptDate: ["2026-12-16"],
        },
      },
      {
        name: "Star gazing",
        description: null,
        schedule: {
          ...once,
          startDate: "2026-11-30",
          startTime: "22:00",
          endTime: "01:00",
          repeatFrequency: "P1M",
          byMonthDay: [-1],
        },
      },
    ]);
  });

  test("is read from WordPress: each session an event of its own, and offsets for zones", () => {
    const wordPress = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Sample Community Centre - ECPv6.3.5//NONSGML v1.0//EN
X-WR-CALNAME:Sample Community Centre
X-ORIGINAL-URL:https://sample.example
BEGIN:VEVENT
DTSTART;TZID=UTC+0:20270701T100000
DTEND;TZID=UTC+0:20270701T120000
DTSTAMP:20261120T101500
UID:101-1@sample.example
SUMMARY:Coffee &amp; chat
URL:https://sample.example/event/coffee/
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20261205
DTEND;VALUE=DATE:20261205
UID:102-1@sample.example
SUMMARY:Winter fair
END:VEVENT
END:VCALENDAR`;
    const { series, problems } = read(wordPress);
    expect(problems).toEqual([]);
    expect(series.map(({ schedule }) => schedule)).toEqual([
      { ...once, startDate: "2027-07-01", startTime: "11:00", endTime: "13:00" },
      { ...once, startDate: "2026-12-05", startTime: null, endTime: null },
    ]);
  });

  test("is read though it is folded within a character", () => {
    const text = withLines(...tenToHalfPast, "LOCATION:Café");
    const bytes = bytesOf(text);
    const at = bytes.indexOf(0xc3) + 1;
    const folded = Uint8Array.from([...bytes.slice(0, at), 0x0d, 0x0a, 0x20, ...bytes.slice(at)]);
    expect(readCalendar(folded, { today }).series[0]?.location).toBe("Café");
  });

  test("counts the latest of two that say the same", () => {
    const twice = withLines(
      ...tenToHalfPast,
      "SEQUENCE:2",
      "END:VEVENT",
      "BEGIN:VEVENT",
      "UID:1@example",
      "SUMMARY:Old",
      ...tenToHalfPast,
      "SEQUENCE:1",
    );
    expect(read(twice).series.map(({ name }) => name)).toEqual(["Chess"]);
  });
});

/** On Tuesday, 24 November, at ten. */
test.each<readonly [string, Partial<Schedule>]>([
  ["FREQ=DAILY;COUNT=1000000", { repeatFrequency: "P1D", repeatCount: 1_000_000 }],
  ["FREQ=DAILY;BYDAY=MO,TU", { repeatFrequency: "P1W", byDay: ["MONDAY", "TUESDAY"] }],
  ["FREQ=WEEKLY;INTERVAL=2", { repeatFrequency: "P2W", byDay: ["TUESDAY"] }],
  ["FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU", { repeatFrequency: "P2W", byDay: ["TUESDAY"] }],
  ["freq=weekly;byday=tu", { repeatFrequency: "P1W", byDay: ["TUESDAY"] }],
  ["FREQ=MONTHLY", { repeatFrequency: "P1M", byMonthDay: [24] }],
  ["FREQ=MONTHLY;BYDAY=TU", { repeatFrequency: "P1W", byDay: ["TUESDAY"] }],
  ["FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", { repeatFrequency: "P2M", byDay: ["TUESDAY"], byWeekOfMonth: [1, 2, 3, 4, 5] }],
  [
    "FREQ=MONTHLY;BYDAY=4TH,2TU,4TU,2TH",
    { repeatFrequency: "P1M", byDay: ["TUESDAY", "THURSDAY"], byWeekOfMonth: [2, 4] },
  ],
  ["FREQ=YEARLY", { repeatFrequency: "P1Y", byMonthDay: [24], byMonth: [11] }],
  [
    "FREQ=YEARLY;BYMONTH=11;BYDAY=-1TU",
    { repeatFrequency: "P1M", byDay: ["TUESDAY"], byWeekOfMonth: [-1], byMonth: [11] },
  ],
  [
    "FREQ=YEARLY;INTERVAL=2;BYMONTH=11;BYDAY=TU;BYSETPOS=4",
    { repeatFrequency: "P24M", byDay: ["TUESDAY"], byWeekOfMonth: [4], byMonth: [11] },
  ],
  ["FREQ=DAILY;UNTIL=20261201T095959Z", { repeatFrequency: "P1D", endDate: "2026-11-30" }],
  ["FREQ=DAILY;UNTIL=20261201T100000Z", { repeatFrequency: "P1D", endDate: "2026-12-01" }],
  ["FREQ=DAILY;UNTIL=20261201", { repeatFrequency: "P1D", endDate: "2026-12-01" }],
  ["FREQ=DAILY;UNTIL=20270630T225959Z", { repeatFrequency: "P1D", endDate: "2027-06-30" }],
])("The rule %s is kept as one", (rule, schedule) => {
  expect(read(withLines(...tenToHalfPast, `RRULE:${rule}`))).toMatchObject({
    problems: [],
    series: [{ schedule: { ...once, ...schedule } }],
  });
});

test.each<readonly [string, readonly string[], string]>([
  ["FREQ=HOURLY", ["RRULE:FREQ=HOURLY"], "RRULE"],
  ["two rules", ["RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"], "RRULE"],
  ["a rule of what is left out", ["RRULE:FREQ=DAILY", "EXRULE:FREQ=WEEKLY"], "EXRULE"],
  ["BYHOUR", ["RRULE:FREQ=DAILY;BYHOUR=10,14"], "RRULE"],
  ["BYWEEKNO", ["RRULE:FREQ=YEARLY;BYWEEKNO=20"], "RRULE"],
  ["BYYEARDAY", ["RRULE:FREQ=YEARLY;BYYEARDAY=100"], "RRULE"],
  ["another calendar", ["RRULE:RSCALE=HEBREW;FREQ=YEARLY"], "RRULE"],
  ["the first weekday of a month", ["RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"], "RRULE"],
  ["different days in different weeks", ["RRULE:FREQ=MONTHLY;BYDAY=1MO,4TU"], "RRULE"],
  ["Friday the 13th", ["RRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"], "RRULE"],
  ["every second week from Sunday", ["RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,TU"], "RRULE"],
  ["every thousandth day", ["RRULE:FREQ=DAILY;INTERVAL=1000"], "RRULE"],
  ["COUNT and UNTIL", ["RRULE:FREQ=DAILY;COUNT=3;UNTIL=20261201"], "RRULE"],
  ["COUNT=0", ["RRULE:FREQ=DAILY;COUNT=0"], "RRULE"],
  ["an UNTIL that is none", ["RRULE:FREQ=DAILY;UNTIL=soon"], "RRULE"],
  ["an UNTIL before the start", ["RRULE:FREQ=DAILY;UNTIL=20261123T000000Z", "RDATE:20270101T100000"], "RRULE"],
  ["a rule that does not say the first day", ["RRULE:FREQ=WEEKLY;BYDAY=TH"], "RRULE"],
  ["a rule that is none", ["RRULE:BYDAY"], "RRULE"],
  ["an extra date at another time", ["RDATE;TZID=Europe/London:20261201T110000"], "RDATE"],
  ["a line of nothing", ["DESCRIPTION:Bring water", "and a mat"], "VEVENT"],
  ["a line of parameters", [`LOCATION${";a=b".repeat(100_000)}:x`], "LOCATION"],
])("What has %s is left out, with the reason", (_, lines, field) => {
  const { series, problems } = read(withLines(...tenToHalfPast, ...lines));
  expect(series).toEqual([]);
  expect(problems).toEqual([{ uid: "1@example", field, message: expect.stringMatching(/^[A-Z].*\.$/) }]);
});

test.each<readonly [string, readonly string[], string]>([
  ["no beginning", [], "DTSTART"],
  ["no end", ["DTSTART:20261124T100000"], "DTEND"],
  ["an end before its beginning", ["DTSTART:20261124T100000", "DTEND:20261124T090000"], "DTEND"],
  ["an end at its beginning", ["DTSTART:20261124T100000", "DURATION:PT0S"], "DTEND"],
  ["an end after days", ["DTSTART:20261124T100000", "DURATION:P3D"], "DTEND"],
  ["an end without a time", ["DTSTART:20261124T100000", "DTEND;VALUE=DATE:20261125"], "DTEND"],
  ["a duration that is none", ["DTSTART:20261124T100000", "DURATION:P99999999999999999999D"], "DURATION"],
  ["a date that is none", ["DTSTART;VALUE=DATE:20260230"], "DTSTART"],
  ["a zone that nobody knows", ["DTSTART;TZID=Sample Time:20261124T100000", "DURATION:PT1H"], "DTSTART"],
  ["several days again and again", ["DTSTART;VALUE=DATE:20261124", "DURATION:P2D", "RRULE:FREQ=WEEKLY"], "RRULE"],
  ["a rule in UTC", ["DTSTART:20261124T100000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY"], "DTSTART"],
  [
    "a rule by New York's clocks",
    ["DTSTART;TZID=America/New_York:20261124T100000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY"],
    "DTSTART",
  ],
  ["a session of nothing", ["DTSTART:20261124T100000", "RECURRENCE-ID:20261124T100000"], "RECURRENCE-ID"],
])("What has %s is left out, with the reason", (_, lines, field) => {
  const { series, problems } = read(withLines(...lines));
  expect({ series, problems }).toMatchObject({ series: [], problems: [{ uid: "1@example", field }] });
});

test.each<readonly [string, readonly string[], Partial<Schedule>]>([
  ["by Paris's clocks", ["DTSTART;TZID=Europe/Paris:20261124T110000", "RRULE:FREQ=WEEKLY"], {}],
  [
    "in UTC within one winter",
    ["DTSTART:20261124T100000Z", "RRULE:FREQ=WEEKLY;UNTIL=20270323T100000Z"],
    { endDate: "2027-03-23" },
  ],
  ["by no clocks", ["DTSTART:20261124T100000", "RRULE:FREQ=WEEKLY"], {}],
])("What comes again %s is at one time in London", (_, lines, schedule) => {
  expect(read(withLines(...lines, "DURATION:PT1H30M"))).toMatchObject({
    problems: [],
    series: [{ schedule: { ...once, repeatFrequency: "P1W", byDay: ["TUESDAY"], ...schedule } }],
  });
});

test("A change of a session and all after it leaves the series out", () => {
  const text = withLines(
    ...tenToHalfPast,
    "RRULE:FREQ=WEEKLY",
    "END:VEVENT",
    "BEGIN:VEVENT",
    "UID:1@example",
    "SUMMARY:Chess",
    "RECURRENCE-ID;RANGE=THISANDFUTURE:20261201T100000",
    "DTSTART:20261201T110000",
    "DURATION:PT1H",
  );
  expect(read(text)).toMatchObject({ series: [], problems: [{ uid: "1@example", field: "RECURRENCE-ID" }] });
});

test("What has no name, or one of more than 200 characters, is left out", () => {
  const named = (name: string) => read(withLines(...tenToHalfPast).replace("SUMMARY:Chess", name));
  expect(named(`SUMMARY: ${"x".repeat(200)} `).series).toHaveLength(1);
  for (const name of ["SUMMARY: ", "X-NAME:Chess", `SUMMARY:${"x".repeat(201)}`]) {
    expect(named(name)).toMatchObject({ series: [], problems: [{ uid: "1@example", field: "SUMMARY" }] });
  }
});

test("A description is cut at 5,000 characters, never within one", () => {
  const [series] = read(withLines(...tenToHalfPast, `DESCRIPTION:a${"🧘".repeat(3000)}`)).series;
  expect(series?.description).toBe(`a${"🧘".repeat(2499)}…`);
});

describe("What is no calendar", () => {
  const events = (count: number) => `BEGIN:VCALENDAR\n${"BEGIN:VEVENT\nEND:VEVENT\n".repeat(count)}END:VCALENDAR\n`;

  test.each<readonly [string, Uint8Array, string]>([
    ["nothing", bytesOf(""), "This is not a calendar: it does not begin with BEGIN:VCALENDAR."],
    [
      "a page",
      bytesOf("<!doctype html>\n<title>Not found</title>"),
      "This is not a calendar: it does not begin with BEGIN:VCALENDAR.",
    ],
    [
      "a part",
      bytesOf(withLines(...tenToHalfPast).slice(0, -20)),
      "The file ends before the calendar does: END:VCALENDAR is missing. Fetch it again.",
    ],
    [
      "an event within another's end",
      bytesOf("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n"),
      "Line 3 ends VCALENDAR, which is not what began last.",
    ],
    ["something after it", bytesOf(`${events(0)}x`), "Line 3 is outside of the calendar."],
    ["an event alone after it", bytesOf(`${events(0)}BEGIN:VEVENT\n`), "Line 3 begins VEVENT where none can begin."],
    [
      "Latin-1",
      Uint8Array.from(Buffer.from(withLines(...tenToHalfPast, "LOCATION:Exampleton", " \u00e9"), "latin1")),
      "The file is not in UTF-8: see line 8.",
    ],
    ["more than 10 MB", new Uint8Array(10 * 1024 * 1024 + 1), "The file is larger than 10 MB."],
    ["more than 10,000 events", bytesOf(events(10_001)), "The file has more than 10,000 events."],
  ])("is refused: %s", (_, bytes, message) => {
    expect(() => readCalendar(bytes, { today })).toThrow(
      expect.objectContaining({ name: "InputError", code: "BAD_INPUT", message, details: { field: ["file"] } }),
    );
  });

  test("throws nothing else, however it is damaged", () => {
    const { below, pick } = randomOf("damage");
    const whole = writeCalendar({
      ...calendar,
      events: [
        {
          ...event,
          exceptDates: ["2026-12-01"],
          changed: [
            {
              recurrenceId: "2026-12-08",
              start: "2026-12-09T10:00",
              end: "2026-12-09T11:00",
              status: "CONFIRMED",
              summary: null,
              location: null,
              note: null,
            },
          ],
        },
      ],
    });
    const damage = [":", ";", "=", ",", "\r\n", "Z", "-", "9", "__proto__", "VALUE=constructor", "", "\u0000", "T"];
    for (let round = 0; round < 2000; round += 1) {
      let text = whole;
      for (let times = 0; times < 4; times += 1) {
        const at = whole.indexOf("UID") + below(text.length - whole.indexOf("UID"));
        text = text.slice(0, at) + pick(damage) + text.slice(at + below(3));
      }
      try {
        read(text);
      } catch (error) {
        expect(error).toMatchObject({ name: "InputError" });
      }
    }
  });
});
