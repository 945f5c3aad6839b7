import ICAL from "ical.js";
import { Temporal } from "temporal-polyfill";
import { calendarDesign } from "./calendarDesign.ts";
import { timeZone } from "./schedule.ts";

/** A local date and time in Europe/London, "2026-11-24T10:00", or a date alone for all day, "2026-11-24". */
export type EventTime = string;

/** A calendar to be written. */
export interface CalendarOut {
  readonly name: string;
  readonly description: string | null;
  /** Where the calendar itself is fetched; null, or what is no web address: not said. */
  readonly url: string | null;
  /** When it is written. */
  readonly now: Date;
  /** How many hours a subscriber may wait before fetching it again: a whole number. */
  readonly refreshHours: number;
  readonly events: readonly EventOut[];
}

/** Something that is on once or by a rule. */
export interface EventOut {
  /** The same for the same event each time it is written, and no other's in the world: it contains "@". */
  readonly uid: string;
  readonly summary: string;
  readonly description: string | null;
  readonly location: string | null;
  /** In degrees, WGS 84. */
  readonly geo: { readonly latitude: number; readonly longitude: number } | null;
  /** What is no web address is left out. */
  readonly url: string | null;
  readonly categories: readonly string[];
  /** Of the first occurrence. */
  readonly start: EventTime;
  /** Of the first occurrence. All day: the day after the last; one that is not after `start` is of one day. */
  readonly end: EventTime;
  /** RFC 5545, section 3.3.10: "FREQ=WEEKLY;BYDAY=TU". Null: once. */
  readonly recurrenceRule: string | null;
  /** When it is on besides. A date alone is at the time of `start`. */
  readonly extraDates: readonly EventTime[];
  /** When it is not on though the rule says so. A date alone is at the time of `start`. */
  readonly exceptDates: readonly EventTime[];
  readonly changed: readonly ChangedEvent[];
  readonly lastModified: Date | null;
}

/** One occurrence that differs from what the rule says of it. */
export interface ChangedEvent {
  /** When it would have been by the rule. A date alone is at the time of the event's `start`. */
  readonly recurrenceId: EventTime;
  readonly start: EventTime;
  readonly end: EventTime;
  readonly status: "CONFIRMED" | "CANCELLED";
  /** Null: as the event's. */
  readonly summary: string | null;
  /** Null: as the event's. */
  readonly location: string | null;
  /** Said before the event's description, where a reader looks first. */
  readonly note: string | null;
}

/** A property as jCal has it (RFC 7265, section 3.4): name, parameters, type, values. */
type Property = readonly [string, Readonly<Record<string, string>>, string, ...unknown[]];

/**
 * British time since 1996, when the European rules began. Written by hand, because whoever reads a TZID needs its VTIMEZONE in the same file
 * (RFC 5545, section 3.2.19). Days before are taken to be by the same rules.
 */
const zoneLines = [
  "BEGIN:VTIMEZONE",
  `TZID:${timeZone}`,
  "BEGIN:DAYLIGHT",
  "DTSTART:19960331T010000",
  "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
  "TZOFFSETFROM:+0000",
  "TZOFFSETTO:+0100",
  "TZNAME:BST",
  "END:DAYLIGHT",
  "BEGIN:STANDARD",
  "DTSTART:19961027T020000",
  "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
  "TZOFFSETFROM:+0100",
  "TZOFFSETTO:+0000",
  "TZNAME:GMT",
  "END:STANDARD",
  "END:VTIMEZONE",
];

/**
 * A calendar as iCalendar (RFC 5545, and RFC 7986 for what is said of the calendar itself), for `text/calendar; charset=utf-8`. Texts may be
 * anything: whatever they hold, they remain texts. Throws RangeError for an `EventTime` that is no date or time, and Error for a
 * `recurrenceRule` that is none: those are ours.
 */
export function writeCalendar({ name, description, url, now, refreshHours, events }: CalendarOut): string {
  const properties = [
    textOf("version", "2.0"),
    textOf("prodid", "-//Common Ground//Community activities//EN"),
    textOf("calscale", "GREGORIAN"),
    textOf("method", "PUBLISH"),
    textOf("name", name),
    textOf("x-wr-calname", name),
    ...optional(description, (said) => [textOf("description", said), textOf("x-wr-caldesc", said)]),
    // SOURCE is where to fetch it again (RFC 7986, section 5.8); Apple's and others look at URL.
    ...optional(webAddressOf(url), (address) => [property("url", "uri", address), property("source", "uri", address)]),
    property("refresh-interval", "duration", `PT${refreshHours}H`),
    property("x-published-ttl", "unknown", `PT${refreshHours}H`),
  ];
  const lines = [
    "BEGIN:VCALENDAR",
    ...properties.map(lineOf),
    ...zoneLines,
    ...events.flatMap((event) => eventLines(event, now)),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join("");
}

function eventLines(event: EventOut, now: Date): readonly string[] {
  const { start, recurrenceRule, extraDates, exceptDates, changed, description } = event;
  const asStart = (date: EventTime) => (date.length === 10 ? `${date}${start.slice(10)}` : date);
  return [
    ...occurrenceLines(event, now, [
      ...optional(recurrenceRule, (rule) => [property("rrule", "recur", ruleOf(rule, start))]),
      ...extraDates.map((date) => timeOf("rdate", asStart(date))),
      ...exceptDates.map((date) => timeOf("exdate", asStart(date))),
    ]),
    ...changed.flatMap(({ recurrenceId, note, status, summary, location, ...times }) =>
      occurrenceLines(
        {
          ...event,
          ...times,
          summary: summary ?? event.summary,
          location: location ?? event.location,
          // Where it has moved to is not known.
          geo: location === null ? event.geo : null,
          description: [note, description].filter((said) => said !== null).join("\n\n") || null,
        },
        now,
        [timeOf("recurrence-id", asStart(recurrenceId))],
        status,
      ),
    ),
  ];
}

function occurrenceLines(
  { uid, start, end, summary, description, location, geo, url, categories, lastModified }: EventOut,
  now: Date,
  recurrence: readonly Property[],
  status: ChangedEvent["status"] = "CONFIRMED",
): readonly string[] {
  if ((start.length === 10) !== (end.length === 10)) throw new RangeError(`${start} and ${end} are not of one kind.`);
  const named = [...new Set(categories.map(cleaned))].filter((category) => category !== "");
  const properties = [
    textOf("uid", uid),
    // In UTC, as it has to be (section 3.8.7.2): Outlook refuses a whole file for one that is local.
    property("dtstamp", "date-time", utcOf(now)),
    timeOf("dtstart", start),
    // It has to be later than the start (section 3.8.2.2). Without one an event of all day is of one day, and another takes no time.
    ...(end > start ? [timeOf("dtend", end)] : []),
    ...recurrence,
    textOf("summary", summary),
    ...optional(description, (said) => [textOf("description", said)]),
    ...optional(location, (said) => [textOf("location", said)]),
    ...(geo === null ? [] : [property("geo", "float", [geo.latitude, geo.longitude].map(degrees))]),
    ...optional(webAddressOf(url), (address) => [property("url", "uri", address)]),
    ...(named.length === 0 ? [] : [property("categories", "text", ...named)]),
    ...(lastModified === null ? [] : [property("last-modified", "date-time", utcOf(lastModified))]),
    property("sequence", "integer", 0),
    textOf("status", status),
    // What is on offer takes none of a subscriber's own time: their calendar does not show them as busy.
    textOf("transp", "TRANSPARENT"),
  ];
  return ["BEGIN:VEVENT", ...properties.map(lineOf), "END:VEVENT"];
}

function property(name: string, type: string, ...values: readonly unknown[]): Property {
  return [name, {}, type, ...values];
}

function textOf(name: string, value: string): Property {
  return property(name, "text", cleaned(value));
}

function timeOf(name: string, time: EventTime): Property {
  if (time.length === 10)
    return property(name, "date", Temporal.PlainDate.from(time, { overflow: "reject" }).toString());
  // A time that clocks go through twice, or skip, is written as given: what it means then is RFC 5545's to say (section 3.3.5).
  const value = Temporal.PlainDateTime.from(time, { overflow: "reject" }).toString({ smallestUnit: "second" });
  return [name, { tzid: timeZone }, "date-time", value];
}

function optional(value: string | null, properties: (value: string) => readonly Property[]): readonly Property[] {
  return value === null || value === "" ? [] : properties(value);
}

/** The rule as jCal, its UNTIL of the kind that `start` asks for: a date, or a moment in UTC (section 3.3.10). */
function ruleOf(rule: string, start: EventTime): unknown {
  const recur = ICAL.Recur.fromString(rule);
  const { until, ...parts } = recur.toJSON() as { readonly until?: string };
  if (until === undefined) return parts;
  if (start.length === 10) return { ...parts, until: until.slice(0, 10) };
  if (until.endsWith("Z")) return { ...parts, until };
  const local = until.length === 10 ? `${until}T23:59:59` : until;
  return {
    ...parts,
    until: utcOf(new Date(Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).epochMilliseconds)),
  };
}

/** "2026-11-24T10:00:00Z". */
function utcOf(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`;
}

/** About 10 centimetres, and never in powers of ten, which a FLOAT cannot be (section 3.3.7). */
function degrees(value: number): string {
  return String(Number(value.toFixed(6)));
}

/** An address that a browser opens, percent-encoded throughout: a URI is written as it is, so that a line break in it would be one in the file. */
function webAddressOf(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, href } = new URL(url);
  return /^https?:$/.test(protocol) ? href : null;
}

/**
 * A text without what is no text: control characters, halves of characters, and those that turn the direction of all that comes after them,
 * in the reader's own words too. Each kind of line break is one.
 */
function cleaned(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .replace(/(?![\n\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu, "")
    .replace(/\p{Cs}/gu, "\uFFFD");
}

function lineOf(written: Property): string {
  return ICAL.stringify.property([...written], calendarDesign, true);
}

/**
 * A line in pieces of at most 75 octets, never within a character (section 3.1). Ours, because ical.js does not count the space that a
 * further piece begins with, which makes 76.
 */
function fold(line: string): string {
  if (line.length <= 25) return line;
  const pieces: string[] = [];
  let begin = 0;
  let octets = 0;
  for (let index = 0; index < line.length;) {
    const character = line.codePointAt(index) ?? 0;
    const size = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    if (octets + size > 75) {
      pieces.push(line.slice(begin, index));
      begin = index;
      octets = 1;
    }
    octets += size;
    index += size === 4 ? 2 : 1;
  }
  return [...pieces, line.slice(begin)].join("\r\n ");
}
