import { isUtf8 } from "node:buffer";
import ICAL from "ical.js";
import { InputError } from "../core/errors.ts";
import { calendarDesign } from "./calendarDesign.ts";

/** A property as ical.js reads it: the name in lower case, dates as "2026-11-24" or "2026-11-24T10:00:00", "Z" after them for UTC. */
export interface PropertyIn {
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly type: string;
  readonly values: readonly unknown[];
}

/** A part of a calendar from its BEGIN to its END, such as VEVENT. */
export interface ComponentIn {
  /** In lower case. */
  readonly name: string;
  readonly properties: readonly PropertyIn[];
  readonly components: readonly ComponentIn[];
  /** What could not be read. */
  readonly faults: readonly Fault[];
}

/** A line that is not as RFC 5545 has it. */
export interface Fault {
  /** Of the file, from 1. */
  readonly line: number;
  /** In capitals; null: it cannot be told what the line is about. */
  readonly property: string | null;
}

interface Line {
  readonly number: number;
  readonly text: string;
}

/**
 * What is read, by component. All else is passed over, above all who is meant: ORGANIZER, ATTENDEE and CONTACT are never looked at, nor is
 * what is attached.
 */
const read: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    vcalendar: "name x-wr-calname",
    vtimezone: "tzid x-lic-location",
    vevent:
      "uid summary description location geo url status sequence last-modified dtstamp dtstart dtend duration rrule exrule rdate exdate recurrence-id",
  }).map(([component, names]) => [component, new Set(names.split(" "))]),
);

const mostBytes = 10 * 1024 * 1024;
const mostEvents = 10_000;
/** ical.js looks through all of a line for each of its parameters: a line that is nothing but parameters would hold it for hours. */
const mostOfParameters = 1000;

const unfinished = "The file ends before the calendar does: END:VCALENDAR is missing. Fetch it again.";
const file = { field: ["file"] };

/**
 * The calendars of an iCalendar file (RFC 5545, sections 3.1 to 3.4), mostly one, with what `read` names and nothing else. A line that
 * cannot be read is a fault of its component, and not of the file. Throws InputError for what is no such file, is larger than 10 MB, has more
 * than 10,000 events, is not in UTF-8, or ends before its end.
 */
export function readComponents(bytes: Uint8Array): readonly ComponentIn[] {
  if (bytes.length > mostBytes) throw new InputError("The file is larger than 10 MB.", file);
  const lines = linesOf(bytes);
  if (!/^BEGIN:VCALENDAR\s*$/i.test(lines[0]?.text ?? "")) {
    throw new InputError("This is not a calendar: it does not begin with BEGIN:VCALENDAR.", file);
  }
  if (!lines.some(({ text }) => /^END:VCALENDAR\s*$/i.test(text))) throw new InputError(unfinished, file);
  const calendars: ComponentIn[] = [];
  const open: { name: string; properties: PropertyIn[]; components: ComponentIn[]; faults: Fault[] }[] = [];
  let events = 0;
  for (const { number, text } of lines) {
    const innermost = open.at(-1);
    const [, edge, edgeName = ""] = /^(BEGIN|END):([A-Z0-9-]{1,100})\s*$/i.exec(text) ?? [];
    const name = edgeName.toLowerCase();
    if (edge === undefined) {
      if (innermost === undefined) throw new InputError(`Line ${number} is outside of the calendar.`, file);
      const found = propertyOf(text, read.get(innermost.name));
      if (found === "fault") innermost.faults.push({ line: number, property: nameOf(text)?.toUpperCase() ?? null });
      else if (found !== null) innermost.properties.push(found);
    } else if (edge.toUpperCase() === "BEGIN") {
      if ((name === "vcalendar") !== (innermost === undefined)) {
        throw new InputError(`Line ${number} begins ${edgeName} where none can begin.`, file);
      }
      if (name === "vevent") events += 1;
      if (events > mostEvents) throw new InputError("The file has more than 10,000 events.", file);
      const begun = { name, properties: [], components: [], faults: [] };
      (innermost?.components ?? calendars).push(begun);
      open.push(begun);
    } else if (open.pop()?.name !== name) {
      throw new InputError(`Line ${number} ends ${edgeName}, which is not what began last.`, file);
    }
  }
  if (open.length > 0) throw new InputError(unfinished, file);
  return calendars;
}

/**
 * The lines of a file, those that were folded in one piece. Unfolded before it is read as UTF-8, since some fold within a character: RFC 5545,
 * section 3.1, wants that put together again.
 */
function linesOf(bytes: Uint8Array): readonly Line[] {
  const unfolded = new Uint8Array(bytes.length);
  const numbers = [1];
  let length = 0;
  let number = 1;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte !== 0x0a) {
      unfolded[length] = byte;
      length += 1;
      continue;
    }
    number += 1;
    if (unfolded[length - 1] === 0x0d) length -= 1;
    const next = bytes[index + 1];
    if (next === 0x20 || next === 0x09) {
      index += 1;
      continue;
    }
    unfolded[length] = byte;
    length += 1;
    numbers.push(number);
  }
  const whole = unfolded.subarray(0, length);
  if (!isUtf8(whole)) throw new InputError(`The file is not in UTF-8: see line ${lineNotUtf8(whole, numbers)}.`, file);
  // Strips the mark that some begin UTF-8 with.
  return new TextDecoder()
    .decode(whole)
    .split("\n")
    .map((text, index) => ({ number: numbers[index] ?? 0, text }))
    .filter(({ text }) => text.trim() !== "");
}

function lineNotUtf8(bytes: Uint8Array, numbers: readonly number[]): number {
  let begin = 0;
  for (const number of numbers) {
    const end = bytes.indexOf(0x0a, begin);
    if (end === -1 || !isUtf8(bytes.subarray(begin, end))) return number;
    begin = end + 1;
  }
  return numbers.at(-1) ?? 1;
}

function nameOf(line: string): string | null {
  return /^([A-Z0-9-]{1,100})[;:]/i.exec(line)?.[1]?.toLowerCase() ?? null;
}

/** Null: one that is not read. */
function propertyOf(line: string, names: ReadonlySet<string> | undefined): PropertyIn | "fault" | null {
  if (names === undefined) return null;
  const written = nameOf(line);
  if (written === null) return "fault";
  if (!names.has(written)) return null;
  const value = valueIndexOf(line);
  if (value === null) return "fault";
  // Rules are read whatever their case (section 2), which ical.js does not.
  const text = written === "rrule" ? line.slice(0, value) + line.slice(value).trim().toUpperCase() : line;
  try {
    const [name, parameters, type, ...values] = ICAL.parse.property(text, calendarDesign) as [
      string,
      Readonly<Record<string, unknown>>,
      string,
      ...unknown[],
    ];
    return { name, parameters, type, values };
  } catch {
    // Of any kind: ical.js throws what comes, such as TypeError for a rule without "=".
    return "fault";
  }
}

/** Where the value of a property begins: after the first colon that is not within quotes. Null where none is near enough. */
function valueIndexOf(line: string): number | null {
  let isQuoted = false;
  for (let index = 0; index < Math.min(line.length, mostOfParameters); index += 1) {
    if (line[index] === '"') isQuoted = !isQuoted;
    else if (line[index] === ":" && !isQuoted) return index + 1;
  }
  return null;
}
