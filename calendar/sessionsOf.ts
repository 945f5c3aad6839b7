import { randomUUID } from "node:crypto";
import { idOf } from "../core/ids.ts";
import type { Parameter } from "../graph/graph.ts";
import { beginningOf, daysAfter, localDateOf } from "./localDate.ts";
import { occurrencesOf } from "./occurrences.ts";
import type { Schedule } from "./schedule.ts";

/** How many days ahead sessions are laid out, today not counted. */
export const daysAhead = 90;

/** What is laid out at a moment: whole days, from today on. */
export interface LayingOut {
  /** The beginning of the first day, as a moment (ISO 8601). */
  readonly since: string;
  /** The first and the last day, local. */
  readonly from: string;
  readonly through: string;
}

/** The days that are laid out at a moment. */
export function layingOutAt(now: Date): LayingOut & Readonly<Record<string, string>> {
  const from = localDateOf(now);
  return { since: beginningOf(from).toISOString(), from, through: daysAfter(from, daysAhead) };
}

/**
 * The sessions of an activity by all its schedules, as `laidOut` takes them, in the order of time. Where two schedules begin something at the same time it
 * is one session, which ends when the longer does. Ids are made of the activity and the time, so that whoever lays it out gives it the same;
 * `spareId` is for where that one is taken, by a session that was at this time before it was put to another.
 */
export function sessionsOf(
  activityId: string,
  schedules: readonly (Schedule & { readonly sample: boolean })[],
  { from, through }: LayingOut,
): readonly Readonly<Record<string, Parameter>>[] {
  const sessions = schedules.flatMap((schedule) =>
    occurrencesOf(schedule, { from, through }).map(({ date, start, end }) => ({ date, start, end, schedule })),
  );
  const byStart = new Map<number, (typeof sessions)[number]>();
  for (const session of sessions) {
    const before = byStart.get(session.start.getTime());
    if (before === undefined || before.end < session.end) byStart.set(session.start.getTime(), session);
  }
  return [...byStart.values()]
    .sort((a, b) => a.start.getTime() - b.start.getTime())
    .map(({ date, start, end, schedule }) => ({
      id: idOf("Session", activityId, start.toISOString()),
      spareId: idOf("Session", activityId, randomUUID()),
      date,
      start: start.toISOString(),
      end: end.toISOString(),
      startTime: schedule.startTime ?? "00:00",
      endTime: schedule.endTime ?? "24:00",
      sample: schedule.sample,
    }));
}
