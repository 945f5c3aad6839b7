import { createHash } from "node:crypto";
import type { Problem, SeriesIn, SessionChangeIn } from "../../calendar/readCalendar.ts";
import type { Schedule } from "../../calendar/schedule.ts";
import { plainTextOf } from "../plainTextOf.ts";
import { Activity } from "./directory.ts";

type ActivityRecord = ReturnType<typeof Activity.parse>;

/** What is said of everything in a calendar by whoever imports it. */
export interface CalendarSource {
  /** What the calendar is known by: the key of its source. */
  readonly source: string;
  /** What the calendar is called. */
  readonly name: string;
  /** Key of the place where everything is held that says no other place we know; null: none. */
  readonly heldAt: string | null;
  /** Keys of the groups that put it on. */
  readonly hostedBy: readonly string[];
  /** Keys of the organisations that run it. */
  readonly runBy: readonly string[];
  /** Slugs of the conditions that it supports. */
  readonly supports: readonly string[];
  readonly sample: boolean;
  /** The key of the place that a location names; null: it names none that we know. */
  readonly placeOf: (location: string, geo: SeriesIn["geo"]) => string | null;
  /** Since when an event is as it is now, a local date. */
  readonly asOfOf: (uid: string) => string;
  /** The date in Europe/London. */
  readonly today: string;
}

const longestSentence = 300;
const longestDescription = 5000;
/** Of the days that a schedule names one by one, and of changes; the format takes as many. */
const mostDates = 400;

const onlineWord = /^(?:online|virtual|via zoom|zoom|(?:microsoft |ms )?teams|google meet|skype)\b/i;
const meetingHost =
  /(?:^|\.)(?:zoom\.us|zoom\.com|teams\.microsoft\.com|teams\.live\.com|meet\.google\.com|webex\.com)$/;

/**
 * The activities of the seed format that a calendar's series are, in their order. One that the format refuses is left out, with a problem that says why.
 * Where something is held, and what is different about single sessions, is said in words as far as we do not know the place.
 */
export function activitiesOf(
  series: readonly SeriesIn[],
  source: CalendarSource,
): { readonly activities: readonly ActivityRecord[]; readonly problems: readonly Problem[] } {
  const activities: ActivityRecord[] = [];
  const problems: Problem[] = [];
  for (const one of series) {
    const { success, data, error } = Activity.safeParse(activityOf(one, source));
    if (success) {
      activities.push(data);
      continue;
    }
    const [issue] = error.issues;
    const field = issue?.path[0] === "sessions" ? "RECURRENCE-ID" : issue?.path[0] === "schedule" ? "RRULE" : "VEVENT";
    const path = issue?.path.join(".") ?? "";
    problems.push({ uid: one.uid, field, message: `The directory cannot keep it: ${path} ${issue?.message ?? ""}.` });
  }
  return { activities, problems };
}

/** The key of the record of a calendar's event: it says nothing of the event, whose own id is of any length and form. */
export function keyOfEvent(source: string, uid: string): string {
  return `${source}-${createHash("sha256").update(uid).digest("hex").slice(0, 12)}`;
}

/** What the map of a file is to the format before it is checked: what is left out is undefined. */
function activityOf(series: SeriesIn, source: CalendarSource) {
  const { uid, name, schedule, changes } = series;
  const location = locationOf(series.location);
  const known = location?.text === undefined ? null : source.placeOf(location.text, series.geo);
  const isOnline = location?.isOnline ?? (series.url !== null && isMeeting(series.url));
  const heldAt = known ?? (location?.isOnline === true ? null : source.heldAt);
  const text = series.description === null ? "" : plainTextOf(series.description);
  return {
    type: "activity",
    key: keyOfEvent(source.source, uid),
    source: source.source,
    sourceId: uid,
    asOf: source.asOfOf(uid),
    sample: source.sample,
    name: plainTextOf(name),
    summary: summaryOf(text) ?? cut(`From the calendar “${source.name}”.`, longestSentence),
    description: descriptionOf(text, known === null ? (location?.text ?? null) : null),
    url: series.url ?? location?.address ?? undefined,
    // Where it is said only how to join, nobody can go there; where nothing is said, most are somewhere.
    reach: [
      ...(isOnline && location?.isOnline === true ? [] : ["AT_A_PLACE"]),
      ...(isOnline ? ["ONLINE"] : []),
    ] as const,
    supports: source.supports.map((condition) => ({
      condition,
      strength: 0.6,
      evidence: "Said by whoever imported the calendar.",
      sample: source.sample,
    })),
    heldAt: heldAt === null ? [] : [heldAt],
    hostedBy: source.hostedBy,
    runBy: source.runBy,
    schedule: [scheduleRecordOf(schedule, source)],
    sessions: changes.flatMap((change) => sessionOf(change, schedule, heldAt, source)),
  };
}

function scheduleRecordOf(schedule: Schedule, { sample, today }: CalendarSource) {
  const { startDate, endDate, startTime, endTime, repeatFrequency, repeatCount, ...days } = schedule;
  const stated = Object.entries({ startDate, endDate, startTime, endTime, repeatFrequency, repeatCount });
  return {
    ...Object.fromEntries(stated.filter(([, value]) => value !== null)),
    byDay: days.byDay,
    byWeekOfMonth: days.byWeekOfMonth,
    byMonthDay: days.byMonthDay,
    byMonth: days.byMonth,
    exceptDate: datesKept(days.exceptDate, today),
    extraDate: datesKept(days.extraDate, today),
    sample,
  };
}

/** Those that are over go only where they are too many: a record that loses one each week would be changed each week. */
function datesKept(dates: readonly string[], today: string): readonly string[] {
  return dates.length <= mostDates ? dates : dates.filter((date) => date >= today);
}

interface Location {
  readonly text: string;
  readonly isOnline: boolean;
  /** The address to join at. */
  readonly address: string | null;
}

function locationOf(written: string | null): Location | null {
  const text = plainTextOf(written ?? "").replace(/\s+/g, " ");
  if (text === "") return null;
  const address = /^https?:\/\/\S+$/i.test(text) && URL.canParse(text) ? text : null;
  return { text, isOnline: address !== null || onlineWord.test(text), address };
}

function isMeeting(address: string): boolean {
  return URL.canParse(address) && meetingHost.test(new URL(address).hostname);
}

/** The first sentence of a text, where it is one and not too long. */
function summaryOf(text: string): string | null {
  const [line = ""] = text.split("\n");
  const [first] = new Intl.Segmenter("en-GB", { granularity: "sentence" }).segment(line);
  const sentence = first?.segment.trim() ?? "";
  // A word or an address tells nobody what it is.
  if (sentence.length > longestSentence || !sentence.includes(" ") || sentence.includes("://")) return null;
  return sentence;
}

function descriptionOf(text: string, where: string | null): string | undefined {
  const added = where === null ? "" : `Where: ${sentenceOf(where)}`;
  const parts = [cut(text, longestDescription - added.length - 2), added].filter((part) => part !== "");
  return parts.length === 0 ? undefined : parts.join("\n\n");
}

/** Empty: what is different about it can be said neither in the format nor in words. */
function sessionOf(
  change: SessionChangeIn,
  schedule: Schedule,
  usualPlace: string | null,
  source: CalendarSource,
): readonly object[] {
  const { originalDate, originalTime, status, startDate } = change;
  const location = locationOf(change.location)?.text ?? null;
  const known = location === null || status === "CANCELLED" ? null : source.placeOf(location, null);
  const place = known === usualPlace ? null : known;
  const becomesAllDay = status === "MOVED" && change.startTime === null && schedule.startTime !== null;
  // In the format a session that was moved has times or is at those it had: from midnight to midnight is all day.
  const [startTime, endTime] = becomesAllDay ? ["00:00", "00:00"] : [change.startTime, change.endTime];
  const note = [
    change.name === null ? "" : `This time “${plainTextOf(change.name)}”.`,
    becomesAllDay ? "All day." : "",
    location === null || known !== null ? "" : `This time at: ${sentenceOf(location)}`,
    plainTextOf(change.note ?? ""),
  ]
    .filter((part) => part !== "")
    .join(" ");
  const isMoved = status === "MOVED" || place !== null;
  if (!isMoved && status === "SCHEDULED" && note === "") return [];
  return [
    {
      date: originalDate,
      ...(originalTime === null ? {} : { time: originalTime }),
      status: isMoved ? "MOVED" : status,
      ...(status === "MOVED" ? { startDate } : {}),
      ...(status === "MOVED" && startTime !== null && endTime !== null ? { startTime, endTime } : {}),
      ...(place === null ? {} : { place }),
      ...(note === "" ? {} : { note: cut(note.replace(/\s+/g, " "), longestSentence) }),
    },
  ];
}

function sentenceOf(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** Not within a character that takes two. */
function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/\p{Cs}$/u, "")}…`;
}
