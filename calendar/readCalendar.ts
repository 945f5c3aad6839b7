import ICAL from "ical.js";
import { Temporal } from "temporal-polyfill";
import { daysAfter } from "./localDate.ts";
import { type ComponentIn, type PropertyIn, readComponents } from "./readComponents.ts";
import { type EventTimeIn, inLondon, keepsLondonTime, type LondonTime, readEventTimes } from "./readEventTime.ts";
import { readRecurrenceRule } from "./readRecurrenceRule.ts";
import type { Schedule } from "./schedule.ts";
import { Unreadable } from "./unreadable.ts";

/** What a calendar says. */
export interface CalendarIn {
  /** Null: it says none. */
  readonly name: string | null;
  readonly series: readonly SeriesIn[];
  /** Why each of the others was left out. */
  readonly problems: readonly Problem[];
  /** How many were left out because they are over. */
  readonly past: number;
}

/** Something that is on once or by a rule, and what is different about some of its sessions. */
export interface SeriesIn {
  /** What the calendar knows it by. */
  readonly uid: string;
  /** At most 200 characters. */
  readonly name: string;
  /** At most 5,000 characters; longer ones are cut, and end in "…". As it was written: Google's may be HTML, and whoever shows it escapes it. */
  readonly description: string | null;
  /** At most 500 characters, cut likewise. */
  readonly location: string | null;
  /** In degrees, WGS 84; null where none is said, or one that is nowhere, or 0 and 0, which some write for none. */
  readonly geo: { readonly latitude: number; readonly longitude: number } | null;
  /** A web address; null where none is said, or something else. */
  readonly url: string | null;
  readonly isCancelled: boolean;
  readonly schedule: Schedule;
  /** In the order of their original dates; those that are over are left out. */
  readonly changes: readonly SessionChangeIn[];
  /** A moment (ISO 8601); null: not said. */
  readonly lastModified: string | null;
}

/** What is different about one session. */
export interface SessionChangeIn {
  /** When it would have been by the rule. */
  readonly originalDate: string;
  /** Null: all day. */
  readonly originalTime: string | null;
  /** "SCHEDULED": it is on when it would have been, and something else is different. */
  readonly status: "CANCELLED" | "MOVED" | "SCHEDULED";
  /** When it is on now; of one that is cancelled, when it would have been. */
  readonly startDate: string;
  /** Null, with `endTime`: it lasts all day. */
  readonly startTime: string | null;
  /** One that is not after `startTime` is on the next day. */
  readonly endTime: string | null;
  /** Null: as the series'. */
  readonly name: string | null;
  /** Null: as the series'. */
  readonly location: string | null;
  /** What its description says that the series' does not. */
  readonly note: string | null;
}

/** Why a series was left out. */
export interface Problem {
  /** Null: it says none, or it is about the calendar. */
  readonly uid: string | null;
  /** What is at fault, as iCalendar calls it: "RRULE". */
  readonly field: string;
  /** For whoever gave the file. */
  readonly message: string;
}

/** An event's properties by name: most can be there once. */
interface EventIn {
  readonly uid: string;
  readonly component: ComponentIn;
  readonly all: (name: string) => readonly PropertyIn[];
}

type Locations = ReadonlyMap<string, string>;

const longestName = 200;
/** Of one event, that it is on besides, or not on: 13 years of every day. */
const mostDates = 5000;
const longestDescription = 5000;
const longestLocation = 500;

/**
 * What an iCalendar file (RFC 5545) says is on, as `writeCalendar`, Google, Outlook and WordPress write it. Of people it reads nothing: not
 * who organises and not who comes. A rule is kept as a rule, and never worked out day by day. What we could only keep a part of is left out whole, with
 * a problem that says why; and so is what was over before yesterday, without one. `today`: the date in Europe/London.
 *
 * All times are made Europe/London's. What is on once is on at that moment. What comes again by another zone's clocks is taken where it
 * is at one time in London all the same, and is a problem otherwise; in UTC, that is where it begins and ends within one summer or winter.
 *
 * Throws InputError, with the field "file", for what is no calendar, not whole, not in UTF-8, larger than 10 MB, or of more than 10,000 events.
 */
export function readCalendar(bytes: Uint8Array, { today }: { readonly today: string }): CalendarIn {
  const calendars = readComponents(bytes);
  const components = calendars.flatMap((calendar) => calendar.components);
  const locations = locationsOf(components.filter(({ name }) => name === "vtimezone"));
  const problems: Problem[] = calendars
    .flatMap(({ faults }) => faults)
    .map(({ line, property }) => ({
      uid: null,
      field: property ?? "VCALENDAR",
      message: `Line ${line} cannot be read.`,
    }));
  const since = daysAfter(today, -1);
  const series: SeriesIn[] = [];
  let past = 0;

  for (const [uid, events] of eventsByUid(components, problems)) {
    try {
      const read = seriesOf(uid, events, locations, since);
      if (read === null) past += 1;
      else series.push(read);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      problems.push({ uid, field: error.field, message: error.message });
    }
  }
  return { name: calendarName(calendars), series, problems, past };
}

function calendarName(calendars: readonly ComponentIn[]): string | null {
  const properties = calendars.flatMap(({ properties }) => properties);
  const names = ["name", "x-wr-calname"].flatMap((wanted) => properties.filter(({ name }) => name === wanted));
  return names.map((property) => textOf(property, longestName)).find((name) => name !== null) ?? null;
}

/** Where the file's zones are, by what it calls them: X-LIC-LOCATION is what libical and those made with it say. */
function locationsOf(zones: readonly ComponentIn[]): Locations {
  const said = zones.flatMap(({ properties }) => {
    const valueOf = (wanted: string) => properties.find(({ name }) => name === wanted)?.values[0];
    const tzid = valueOf("tzid");
    const location = valueOf("x-lic-location");
    return typeof tzid === "string" && typeof location === "string" ? [[tzid, location] as const] : [];
  });
  return new Map(said);
}

function eventsByUid(components: readonly ComponentIn[], problems: Problem[]): ReadonlyMap<string, readonly EventIn[]> {
  const events = new Map<string, EventIn[]>();
  for (const component of components) {
    if (component.name !== "vevent") continue;
    const all = (wanted: string) => component.properties.filter(({ name }) => name === wanted);
    const uid = textOf(all("uid")[0], 1000);
    if (uid === null) {
      problems.push({ uid, field: "UID", message: "An event has no UID, by which it would be known again." });
      continue;
    }
    const same = events.get(uid);
    if (same === undefined) events.set(uid, [{ uid, component, all }]);
    else same.push({ uid, component, all });
  }
  return events;
}

/** Null: it is over. Throws Unreadable. */
function seriesOf(uid: string, events: readonly EventIn[], locations: Locations, since: string): SeriesIn | null {
  const isChange = ({ all }: EventIn) => all("recurrence-id").length > 0;
  const event = events.filter((said) => !isChange(said)).reduce(later, undefined);
  if (event === undefined) {
    throw new Unreadable("RECURRENCE-ID", "It changes a session of something that the calendar does not say.");
  }
  refuseFaults(event);
  const times = timesOf(event, locations);
  const schedule = scheduleOf(event, times, locations);
  const changed = new Map<string, EventIn>();
  for (const change of events.filter(isChange)) {
    const original = originalOf(change, locations);
    const isOnNow = timeOf(change.all("dtstart"), "DTSTART", locations) ?? original;
    if ([original, isOnNow].every((time) => inLondon(time).date < since)) continue;
    const { date, time } = inLondon(original);
    if (time !== schedule.startTime && !original.isDate && !times.start.isDate) {
      throw new Unreadable(
        "RECURRENCE-ID",
        `It changes a session on ${date} at ${time ?? ""}, and its sessions begin at ${schedule.startTime ?? ""}.`,
      );
    }
    changed.set(date, later(changed.get(date), change));
  }
  const changes = [...changed]
    .flatMap(([originalDate, change]) => changeOf(originalDate, change, event, schedule, locations))
    .sort((a, b) => (a.originalDate < b.originalDate ? -1 : 1));
  if (changes.length === 0 && isOver(schedule, since)) return null;
  return {
    uid,
    name: nameOf(event),
    description: textOf(event.all("description")[0], longestDescription),
    location: textOf(event.all("location")[0], longestLocation),
    geo: geoOf(event.all("geo")[0]),
    url: webAddressOf(event.all("url")[0]),
    isCancelled: isCancelled(event),
    schedule,
    changes,
    lastModified: momentOf(event.all("last-modified")[0]),
  };
}

/** A line that cannot be read may be the one that says it is off. */
function refuseFaults({ component: { faults } }: EventIn): void {
  const [fault] = faults;
  if (fault === undefined) return;
  const { line, property } = fault;
  throw new Unreadable(
    property ?? "VEVENT",
    property === null
      ? `Line ${line} says nothing by itself. Where it belongs to the text before it, the line break has to be written as \\n.`
      : `Line ${line} cannot be read.`,
  );
}

/** Of two that say the same, the one that counts (RFC 5546, section 2.1.5); where nothing tells, the one further down. */
function later(a: EventIn | undefined, b: EventIn): EventIn {
  const ageOf = ({ all }: EventIn) => {
    const [sequence] = all("sequence")[0]?.values ?? [];
    return [
      String(typeof sequence === "number" ? sequence : 0).padStart(16, "0"),
      momentOf(all("last-modified")[0]) ?? "",
      momentOf(all("dtstamp")[0]) ?? "",
    ].join();
  };
  return a !== undefined && ageOf(a) > ageOf(b) ? a : b;
}

interface Times {
  readonly start: EventTimeIn;
  readonly from: LondonTime;
  readonly endTime: string | null;
  /** 1 for what has a time. */
  readonly days: number;
}

/** When an event begins, and when it ends: by DTEND, by DURATION, or for all day by neither (RFC 5545, section 3.6.1). */
function timesOf({ all }: EventIn, locations: Locations): Times {
  const start = timeOf(all("dtstart"), "DTSTART", locations);
  if (start === null) throw new Unreadable("DTSTART", "It does not say when it begins.");
  const stated = timeOf(all("dtend"), "DTEND", locations);
  const [duration] = all("duration");
  if (stated !== null && stated.isDate !== start.isDate) {
    throw new Unreadable("DTEND", "Of its beginning and its end one has a time and the other none.");
  }
  const end = stated ?? (duration === undefined ? null : endAfter(start, duration));
  const from = inLondon(start);
  if (start.isDate) {
    const days = end === null ? 1 : start.local.until(end.local, { largestUnit: "days" }).days;
    if (days < 0) throw new Unreadable("DTEND", "It ends before it begins.");
    // Some write the day itself for the end, which RFC 5545 has as the day after.
    return { start, from, endTime: null, days: Math.max(days, 1) };
  }
  if (end === null) throw new Unreadable("DTEND", "It does not say when it ends.");
  const until = inLondon(end);
  const minutes = Temporal.PlainDateTime.from(`${from.date}T${from.time ?? "00:00"}`)
    .until(`${until.date}T${until.time ?? "00:00"}`)
    .total({ unit: "minutes" });
  if (minutes < 0) throw new Unreadable("DTEND", "It ends before it begins.");
  if (minutes === 0) throw new Unreadable("DTEND", "It ends as it begins.");
  if (minutes > 24 * 60) {
    throw new Unreadable("DTEND", "It lasts longer than a day. Give each of its days, or its dates without times.");
  }
  return { start, from, endTime: until.time, days: 1 };
}

function endAfter(start: EventTimeIn, { values: [value] }: PropertyIn): EventTimeIn {
  try {
    const { weeks, days, hours, minutes, seconds, isNegative } = ICAL.Duration.fromString(String(value));
    const duration = Temporal.Duration.from({ weeks, days, hours, minutes, seconds });
    const after = start.local.toZonedDateTime(start.zone).add(isNegative ? duration.negated() : duration);
    return { ...start, local: after.toPlainDateTime() };
  } catch {
    throw new Unreadable("DURATION", "It is no duration, such as PT1H30M.");
  }
}

/** Null: not said. */
function timeOf(properties: readonly PropertyIn[], field: string, locations: Locations): EventTimeIn | null {
  const times = properties.flatMap((property) => readEventTimes(property, locations));
  if (times.length > 1) throw new Unreadable(field, "It is said more than once.");
  return times[0] ?? null;
}

function scheduleOf({ all }: EventIn, { start, from, endTime, days }: Times, locations: Locations): Schedule {
  const [rule, ...others] = all("rrule");
  if (others.length > 0) throw new Unreadable("RRULE", "It has more than one rule. Give each as an event of its own.");
  if (all("exrule").length > 0) {
    throw new Unreadable("EXRULE", "It has a rule of when it is not on. Give those days, as EXDATE.");
  }
  const exceptDate = datesOf(
    all("exdate"),
    from,
    locations,
    (time) => time === null || time === "00:00" || start.isDate,
  );
  const excepted = new Set(exceptDate);
  const extraDate = datesOf(all("rdate"), from, locations, () => false).filter((date) => !excepted.has(date));
  const once: Schedule = {
    startDate: from.date,
    endDate: null,
    startTime: from.time,
    endTime,
    repeatFrequency: null,
    byDay: [],
    byWeekOfMonth: [],
    byMonthDay: [],
    byMonth: [],
    repeatCount: null,
    exceptDate,
    extraDate: extraDate.filter((date) => date !== from.date || rule !== undefined),
    during: [],
    exceptDuring: [],
  };
  if (rule === undefined) {
    if (days === 1) return once;
    if (extraDate.length > 0) throw new Unreadable("RDATE", "It comes again, and lasts for several days.");
    return { ...once, repeatFrequency: "P1D", endDate: daysAfter(from.date, days - 1) };
  }
  if (days > 1) throw new Unreadable("RRULE", "It comes again, and lasts for several days.");
  const { until, ...recurrence } = readRecurrenceRule(rule.values[0], start.local.toPlainDate());
  const last = until === null ? null : lastOf(until, start);
  if (!keepsLondonTime(start, last) || from.date !== start.local.toPlainDate().toString()) {
    throw new Unreadable(
      "DTSTART",
      `It comes again by the clocks of ${start.zone}, which is not always at one time in Europe/London. Give its times in Europe/London.`,
    );
  }
  const endDate = last === null ? null : lastDateOf(last, start);
  if (endDate !== null && endDate < from.date) throw new Unreadable("RRULE", "Its rule ends before it begins (UNTIL).");
  return { ...once, ...recurrence, endDate };
}

/** When a rule ends, by the clocks that it goes by; a date is all of it. */
function lastOf(until: string, { zone, isDate }: EventTimeIn): Temporal.PlainDateTime {
  try {
    const local = Temporal.PlainDateTime.from(until.replace("Z", ""), { overflow: "reject" });
    // What is on all day ends on a date: where a time is said all the same, it is that date's, and not a moment.
    if (isDate || until.length === 10) return local.withPlainTime("23:59:59");
    return until.endsWith("Z") ? local.toZonedDateTime("UTC").withTimeZone(zone).toPlainDateTime() : local;
  } catch {
    throw new Unreadable("RRULE", "Its rule ends on a day that is none (UNTIL).");
  }
}

/** UNTIL is a moment, and what begins after it on that day is no longer of the rule. */
function lastDateOf(last: Temporal.PlainDateTime, { local }: EventTimeIn): string {
  const date = last.toPlainDate();
  const isBefore = Temporal.PlainTime.compare(last.toPlainTime(), local.toPlainTime()) < 0;
  return (isBefore ? date.subtract({ days: 1 }) : date).toString();
}

/**
 * The dates of EXDATE or RDATE, each once and in order. One at another time of day than the event is no session of it, and `isWholeDay` says which of
 * those mean the day all the same.
 */
function datesOf(
  properties: readonly PropertyIn[],
  from: LondonTime,
  locations: Locations,
  isWholeDay: (time: string | null) => boolean,
): readonly string[] {
  const [first] = properties;
  if (first !== undefined && properties.flatMap(({ values }) => values).length > mostDates) {
    throw new Unreadable(first.name.toUpperCase(), `It names more than ${mostDates} dates.`);
  }
  const dates = properties.flatMap((property) =>
    readEventTimes(property, locations).map((said) => {
      const { date, time } = inLondon(said);
      if (time === from.time) return date;
      // Outlook has midnight, and WordPress the date alone, for a session that is off.
      if (isWholeDay(said.isDate ? null : said.local.toPlainTime().toString({ smallestUnit: "minute" }))) {
        return said.local.toPlainDate().toString();
      }
      throw new Unreadable(
        property.name.toUpperCase(),
        `It names ${date}${time === null ? "" : ` at ${time}`}, and the event begins at ${from.time ?? "no time"}.`,
      );
    }),
  );
  return [...new Set(dates)].sort();
}

/** When the session that a change is of would have been. */
function originalOf({ all }: EventIn, locations: Locations): EventTimeIn {
  if (all("recurrence-id").some(({ parameters }) => parameters["range"] !== undefined)) {
    throw new Unreadable(
      "RECURRENCE-ID",
      "It changes a session and all after it (RANGE). Give those as an event of their own.",
    );
  }
  const original = timeOf(all("recurrence-id"), "RECURRENCE-ID", locations);
  if (original === null) throw new Unreadable("RECURRENCE-ID", "It does not say which session it changes.");
  return original;
}

/** Empty: nothing that we keep is different. */
function changeOf(
  originalDate: string,
  change: EventIn,
  event: EventIn,
  schedule: Schedule,
  locations: Locations,
): readonly SessionChangeIn[] {
  refuseFaults(change);
  const originalTime = schedule.startTime;
  const asPlanned = { startDate: originalDate, startTime: schedule.startTime, endTime: schedule.endTime };
  const differing = (textOfEvent: (said: EventIn) => string | null) => {
    const said = textOfEvent(change);
    return said === textOfEvent(event) ? null : said;
  };
  const otherwise = {
    name: differing(titleOf),
    location: differing(({ all }) => textOf(all("location")[0], longestLocation)),
    note: noteOf(
      textOf(change.all("description")[0], longestDescription),
      textOf(event.all("description")[0], longestDescription),
    ),
  };
  if (isCancelled(change)) {
    return [{ originalDate, originalTime, status: "CANCELLED", ...asPlanned, ...otherwise }];
  }
  const { from, endTime, days } = timesOf(change, locations);
  if (days > 1) throw new Unreadable("RECURRENCE-ID", `Its session on ${originalDate} lasts for several days.`);
  const now = { startDate: from.date, startTime: from.time, endTime };
  const isMoved =
    now.startDate !== asPlanned.startDate || now.startTime !== asPlanned.startTime || endTime !== asPlanned.endTime;
  if (!isMoved && Object.values(otherwise).every((said) => said === null)) return [];
  return [{ originalDate, originalTime, status: isMoved ? "MOVED" : "SCHEDULED", ...now, ...otherwise }];
}

/** What is said before or after the series' description, or instead of it. */
function noteOf(description: string | null, usual: string | null): string | null {
  if (description === null || description === usual) return null;
  if (usual === null) return description;
  const added = description.startsWith(usual)
    ? description.slice(usual.length)
    : description.endsWith(usual)
      ? description.slice(0, -usual.length)
      : description;
  return added.trim() || null;
}

/** What has no end is never over, nor is what ends after a number of times: when that is would have to be worked out day by day. */
function isOver({ startDate, endDate, repeatFrequency, repeatCount, extraDate }: Schedule, since: string): boolean {
  const last = repeatFrequency === null ? startDate : endDate;
  return last !== null && repeatCount === null && [last, ...extraDate].every((date) => date < since);
}

function isCancelled({ all }: EventIn): boolean {
  return textOf(all("status")[0], 100)?.toUpperCase() === "CANCELLED";
}

function nameOf(event: EventIn): string {
  const name = titleOf(event);
  if (name === null) throw new Unreadable("SUMMARY", "It has no name.");
  if (name.length > longestName) throw new Unreadable("SUMMARY", `Its name is longer than ${longestName} characters.`);
  return name;
}

/** In one line, however long; null: there is none. */
function titleOf({ all }: EventIn): string | null {
  return textOf(all("summary")[0], Infinity)?.replace(/\s+/g, " ") ?? null;
}

/** Without control characters and the space around it, and cut to a length in characters. Null: there is none. */
function textOf(property: PropertyIn | undefined, longest: number): string | null {
  const [value] = property?.values ?? [];
  if (typeof value !== "string") return null;
  const text = value
    .replace(/\r\n?/g, "\n")
    .replace(/(?![\n\t])\p{Cc}/gu, "")
    .trim();
  if (text.length <= longest) return text === "" ? null : text;
  // Not within a character that takes two.
  return `${text.slice(0, longest - 1).replace(/\p{Cs}$/u, "")}…`;
}

function geoOf(property: PropertyIn | undefined): SeriesIn["geo"] {
  const [value] = property?.values ?? [];
  const [latitude, longitude] = Array.isArray(value) ? (value as readonly unknown[]) : [];
  if (typeof latitude !== "number" || typeof longitude !== "number") return null;
  const isSomewhere = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && (latitude !== 0 || longitude !== 0);
  return isSomewhere ? { latitude, longitude } : null;
}

function webAddressOf(property: PropertyIn | undefined): string | null {
  const address = textOf(property, 2000);
  if (address === null || !URL.canParse(address)) return null;
  const { protocol, href } = new URL(address);
  return /^https?:$/.test(protocol) ? href : null;
}

/** A moment in UTC, as DTSTAMP and LAST-MODIFIED are (RFC 5545, section 3.8.7). */
function momentOf(property: PropertyIn | undefined): string | null {
  const [value] = property?.values ?? [];
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?$/.test(value)) return null;
  const moment = new Date(value.endsWith("Z") ? value : `${value}Z`);
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}
