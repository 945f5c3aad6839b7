import { Temporal } from "temporal-polyfill";
import { timeZone } from "./schedule.ts";
import type { PropertyIn } from "./readComponents.ts";
import { Unreadable } from "./unreadable.ts";

/** A date, or a date and time, as an event of a calendar says it. */
export interface EventTimeIn {
  /** In its own zone. */
  readonly local: Temporal.PlainDateTime;
  /** Whose clocks `local` is by; those with British time are all `timeZone`. */
  readonly zone: string;
  readonly isDate: boolean;
}

/** A date, and to the minute a time, in Europe/London. */
export interface LondonTime {
  readonly date: string;
  /** Null: all day. */
  readonly time: string | null;
}

/**
 * What British time is called by those who write calendars: the IANA names of its zone, and Windows' and Exchange's, which are one with
 * Dublin and Lisbon. Ireland's and Portugal's clocks have been the same since 1996.
 */
const british =
  /(^|\/)(Europe\/(London|Belfast|Dublin|Jersey|Guernsey|Isle_of_Man|Lisbon)|GB|GB-Eire|Eire)$|^GMT Standard Time$|\bDublin\b.*\bLondon\b/i;

/**
 * The zone that a TZID means, as an IANA name or an offset such as "+01:00": itself, or what the file says of it, or how Thunderbird
 * ("/mozilla.org/20050126_1/Europe/Paris"), Outlook and WordPress ("UTC+1") put it. Null for one that is not known.
 */
export function zoneOf(tzid: string, locations: ReadonlyMap<string, string>): string | null {
  if (tzid.length > 100) return null;
  if (british.test(tzid)) return timeZone;
  const [, sign, hours = "", minutes = "00"] = /^(?:UTC|GMT)([+-])(\d{1,2})(?::?(\d\d))?$/.exec(tzid) ?? [];
  const [global] = /(?<=^\/.*\/)[A-Z]\w+\/\w+$/.exec(tzid) ?? [];
  const candidates = [sign === undefined ? tzid : `${sign}${hours.padStart(2, "0")}:${minutes}`, global];
  const known = candidates.find((candidate) => candidate !== undefined && isZone(candidate));
  if (known !== undefined) return known;
  const location = locations.get(tzid);
  return location === undefined || location === tzid ? null : zoneOf(location, new Map());
}

/**
 * The dates and times of a property such as DTSTART or EXDATE (RFC 5545, sections 3.3.4 and 3.3.5). One that says no zone is British.
 * Throws Unreadable for a zone that is not known, and for what is no date.
 */
export function readEventTimes(
  { name, parameters, values }: PropertyIn,
  locations: ReadonlyMap<string, string>,
): readonly EventTimeIn[] {
  const field = name.toUpperCase();
  const { tzid } = parameters;
  return values.map((value) => {
    const text = typeof value === "string" ? value : "";
    if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ?)?$/.test(text)) throw new Unreadable(field, "It is no date or time.");
    const isDate = text.length === 10;
    const isUtc = text.endsWith("Z");
    // A date is the same day wherever it is said.
    const zone = isDate || (!isUtc && tzid === undefined) ? timeZone : isUtc ? "UTC" : zoneOf(String(tzid), locations);
    if (zone === null) {
      throw new Unreadable(field, `Its zone "${String(tzid).slice(0, 100)}" is not known. Give it in Europe/London.`);
    }
    try {
      return { local: Temporal.PlainDateTime.from(text.replace("Z", ""), { overflow: "reject" }), zone, isDate };
    } catch {
      throw new Unreadable(field, `There is no ${text}.`);
    }
  });
}

/** The time in Europe/London, less its seconds. */
export function inLondon({ local, zone, isDate }: EventTimeIn): LondonTime {
  const london = zone === timeZone ? local : local.toZonedDateTime(zone).withTimeZone(timeZone).toPlainDateTime();
  return {
    date: london.toPlainDate().toString(),
    time: isDate ? null : london.toString({ smallestUnit: "minute" }).slice(11),
  };
}

/**
 * Whether what recurs by another zone's clocks is at one time in Europe/London as well, from a first occurrence until a last: always, for
 * Paris; never for long, for UTC. `until` null: without an end.
 */
export function keepsLondonTime({ local, zone }: EventTimeIn, until: Temporal.PlainDateTime | null): boolean {
  if (zone === timeZone) return true;
  // What two years hold of changing clocks comes round again.
  const horizon = local.add({ years: 2 });
  const end = until === null || Temporal.PlainDateTime.compare(horizon, until) < 0 ? horizon : until;
  const first = local.toZonedDateTime(zone);
  const last = end.toZonedDateTime(zone);
  const differenceAt = (moment: Temporal.ZonedDateTime) =>
    moment.withTimeZone(timeZone).offsetNanoseconds - moment.withTimeZone(zone).offsetNanoseconds;
  const difference = differenceAt(first);
  return [zone, timeZone].every((clocks) => {
    let change = first.withTimeZone(clocks).getTimeZoneTransition("next");
    while (change !== null && Temporal.ZonedDateTime.compare(change, last) <= 0) {
      if (differenceAt(change) !== difference) return false;
      change = change.getTimeZoneTransition("next");
    }
    return true;
  });
}

function isZone(name: string): boolean {
  try {
    Temporal.PlainDateTime.from("2026-01-01").toZonedDateTime(name);
    return true;
  } catch {
    return false;
  }
}
