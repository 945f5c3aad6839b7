import { createHash } from "node:crypto";
import { daysAfter, localTimeOf } from "../../calendar/localDate.ts";
import { firstDateOf, occurrencesOf, recurrenceRuleOf } from "../../calendar/occurrences.ts";
import type { Schedule } from "../../calendar/schedule.ts";
import type { ChangedEvent, EventOut } from "../../calendar/writeCalendar.ts";
import type { ActivityAsked, PlaceAsked, ScheduleAsked, SessionAsked, SessionsPage } from "./asked.ts";

/** How far back and ahead of today the days are told that a rule leaves out, in days: a subscriber fetches the calendar again long before. */
const told = { back: 31, ahead: 400 } as const;

/** What ids of events end in, since each has to be the only one in the world. */
const domain = "common-ground";

/** An event for each rule of an activity, with what happened to single sessions. What does not say which days it means is in no calendar. `today`: the local date. */
export function eventsOf(activity: ActivityAsked, today: string): readonly EventOut[] {
  const changes = activity.sessions.edges.map(({ node }) => node);
  return activity.schedule.flatMap((schedule) => seriesOf(activity, schedule, changes, today) ?? []);
}

function seriesOf(
  activity: ActivityAsked,
  schedule: ScheduleAsked,
  changes: readonly SessionAsked[],
  today: string,
): EventOut | null {
  // One day of the year for all that year, so that the calendar is the same each time it is fetched.
  const first = firstDateOf(schedule, `${today.slice(0, 4)}-01-01`);
  const [occurrence] = first === null ? [] : occurrencesOf(bare(schedule), { from: first, through: first });
  if (first === null || occurrence === undefined) return null;
  const isAllDay = schedule.startTime === null;
  const [place] = activity.heldAt;
  const ours = changes.filter(({ originalStart }) => isOf(schedule, originalStart));
  const cancelled = ours
    .filter(({ status }) => status === "CANCELLED")
    .map(({ originalStart }) => timeOf(originalStart, isAllDay));
  const recurrenceRule = recurrenceRuleOf(schedule);
  const exceptDates = [...new Set([...exceptions(schedule, today, isAllDay), ...cancelled])].sort();
  const changed = ours.filter(({ status }) => status !== "CANCELLED").map((session) => changedEvent(activity, session));
  const start = timeOf(occurrence.start.toISOString(), isAllDay);
  if (recurrenceRule === null && schedule.extraDate.length === 0 && exceptDates.includes(start)) return null;
  return {
    uid: `${activity.id}-${ruleDigest(schedule)}@${domain}`,
    ...describedOf(activity, schedule.sample, schedule.inWords),
    location: placeInWords(activity.heldAt.length === 1 ? place : undefined),
    geo: activity.heldAt.length === 1 ? (place?.location ?? null) : null,
    start,
    end: timeOf(occurrence.end.toISOString(), isAllDay),
    recurrenceRule,
    extraDates: schedule.extraDate,
    exceptDates,
    changed,
    lastModified: null,
  };
}

/** An event for each session of a list. */
export function eventsOfSessions(page: SessionsPage["edges"]): readonly EventOut[] {
  return page.flatMap(({ node: session }) => {
    const { activity, place, isAllDay } = session;
    if (activity === null) return [];
    const described = describedOf(activity, session.sample, session.note);
    return [
      {
        uid: `${session.id}@${domain}`,
        ...described,
        summary: session.status === "FULL" ? full(described.summary) : described.summary,
        location: placeInWords(place ?? undefined),
        geo: place?.location ?? null,
        start: timeOf(session.start, isAllDay),
        end: timeOf(session.end, isAllDay),
        recurrenceRule: null,
        extraDates: [],
        exceptDates: [],
        changed: [],
        lastModified: null,
      },
    ];
  });
}

function describedOf(
  { name, summary, url, cost, source }: Pick<ActivityAsked, "name" | "summary" | "url" | "cost" | "source">,
  isTimeSample: boolean,
  more: string | null,
) {
  // A time that was made up sends people somewhere as surely as an activity that was.
  const isSample = source.sample || isTimeSample;
  const price = cost === null ? null : (cost.description ?? (cost.isFree ? "Free" : null));
  const said = [
    isSample ? "This is an example made up for the demonstration. Do not rely on it." : null,
    summary,
    more,
    price,
  ];
  return {
    summary: isSample ? `Sample: ${name}` : name,
    description: said.filter((line) => line !== null).join("\n"),
    url,
    categories: [],
  };
}

function changedEvent(activity: ActivityAsked, session: SessionAsked): ChangedEvent {
  const { status, isAllDay, note, place } = session;
  const { summary } = describedOf(activity, session.sample, null);
  return {
    recurrenceId: timeOf(session.originalStart, isAllDay),
    start: timeOf(session.start, isAllDay),
    end: timeOf(session.end, isAllDay),
    status: "CONFIRMED",
    summary: status === "FULL" ? full(summary) : null,
    location: status === "MOVED" ? placeInWords(place ?? undefined) : null,
    note,
  };
}

const full = (summary: string) => `${summary} (full)`;

/** A rule with nothing taken out or added. */
function bare(schedule: Schedule): Schedule {
  return { ...schedule, exceptDate: [], extraDate: [], during: [], exceptDuring: [] };
}

/** When a rule would be on, and is not by its own exceptions and periods. */
function exceptions(schedule: Schedule, today: string, isAllDay: boolean): readonly string[] {
  const span = { from: daysAfter(today, -told.back), through: daysAfter(today, told.ahead) };
  const on = new Set(occurrencesOf(schedule, span).map(({ date }) => date));
  return occurrencesOf(bare(schedule), span)
    .filter(({ date }) => !on.has(date))
    .map(({ start }) => timeOf(start.toISOString(), isAllDay));
}

/** Whether a session that would begin at a moment is one of a schedule. */
function isOf(schedule: Schedule, originalStart: string): boolean {
  const date = localTimeOf(new Date(originalStart)).slice(0, 10);
  return occurrencesOf(schedule, { from: date, through: date }).some(
    ({ start }) => start.getTime() === Date.parse(originalStart),
  );
}

function timeOf(moment: string, isAllDay: boolean): string {
  const time = localTimeOf(new Date(moment));
  return isAllDay ? time.slice(0, 10) : time;
}

/** What makes a rule this one and no other of its activity: a change of its end or its exceptions leaves it the same. */
function ruleDigest({
  startDate,
  startTime,
  endTime,
  repeatFrequency,
  byDay,
  byWeekOfMonth,
  byMonthDay,
  byMonth,
}: Schedule): string {
  return createHash("sha256")
    .update(JSON.stringify([startDate, startTime, endTime, repeatFrequency, byDay, byWeekOfMonth, byMonthDay, byMonth]))
    .digest("hex")
    .slice(0, 16);
}

function placeInWords(place: PlaceAsked | undefined): string | null {
  if (place === undefined) return null;
  const { streetAddress, addressLocality, postalCode } = place.address;
  return [place.name, streetAddress, addressLocality, postalCode].filter((line) => line !== null).join(", ");
}
