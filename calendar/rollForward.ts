import { z } from "zod";
import { cypher } from "../graph/cypher.ts";
import { type Graph, int } from "../graph/graph.ts";
import { stillHeld, withLock } from "../graph/withLock.ts";
import { laidOut } from "./laidOut.ts";
import { scheduleFields, scheduleOrder, scheduleRow } from "./scheduleRow.ts";
import { layingOutAt, sessionsOf } from "./sessionsOf.ts";

/** Activities at a time: a transaction of a second at most, which others hardly wait for. */
const batchSize = 200;

const lock = "sessions";

/** Activities that are not laid out as far as they should be, those that never were first, with their schedules. */
export const activitiesToLayOut = {
  name: "activitiesToLayOut",
  access: "READ",
  text: cypher`
    MATCH (activity:Activity)
    WHERE activity.laidOutThrough < date($through)
    WITH activity ORDER BY activity.laidOutThrough LIMIT $limit
    RETURN activity.id AS id, activity.version AS version, COLLECT {
      MATCH (activity)-[:FOLLOWS]->(schedule:Schedule)
      RETURN schedule {${scheduleFields}} ORDER BY ${scheduleOrder}
    } AS schedules`,
  row: z.object({ id: z.string(), version: z.number(), schedules: z.array(scheduleRow) }),
} as const;

/** Those of some activities, and of what is held at some places, that are to be laid out anew. */
export const activitiesUnsettled = {
  name: "activitiesUnsettled",
  access: "READ",
  text: cypher`
    MATCH (asset:Asset)
    WHERE asset.id IN $asked.ids
    CALL (asset) {
      WITH asset WHERE asset:Activity
      RETURN asset AS activity
      UNION
      MATCH (asset)<-[:HELD_AT]-(activity:Activity)
      WHERE asset:Place
      RETURN activity
    }
    WITH DISTINCT activity
    WHERE activity.laidOutThrough < date($asked.through)
    RETURN activity.id AS id, activity.version AS version, COLLECT {
      MATCH (activity)-[:FOLLOWS]->(schedule:Schedule)
      RETURN schedule {${scheduleFields}} ORDER BY ${scheduleOrder}
    } AS schedules`,
  row: z.object({ id: z.string(), version: z.number(), schedules: z.array(scheduleRow) }),
} as const;

/** Lays out the sessions of some activities at once, whoever else is laying out others; but for those that were changed since their schedules were read. */
export const layOutAtOnce = {
  name: "layOutAtOnce",
  access: "WRITE",
  text: cypher`
    UNWIND $rows AS row
    MATCH (activity:Asset {id: row.id})
    // Of two at once the second waits here, and finds it done.
    SET activity.askedBy = row.id
    WITH row, activity
    REMOVE activity.askedBy
    WITH row, activity
    WHERE activity:Activity AND activity.version = row.version
    WITH activity, row.occurrences AS occurrences
    ${laidOut}
    RETURN count(*) AS activities`,
  row: z.object({ activities: z.number() }),
} as const;

/**
 * Lays out the sessions of some activities, and of what is held at some places, as far as they are to be laid out anew. Throws as \`Graph.write\` does: then whoever rolls forward does it.
 */
export async function layOut(graph: Graph, ids: readonly string[], now: Date): Promise<void> {
  const layingOut = layingOutAt(now);
  const unsettled = await graph.run(activitiesUnsettled, { asked: { ids: [...ids], through: layingOut.through } });
  if (unsettled.length === 0) return;
  const rows = unsettled.map(({ id, version, schedules }) => ({
    id,
    version: int(version),
    occurrences: sessionsOf(id, schedules, layingOut),
  }));
  await graph.write(layOutAtOnce, { layingOut, rows });
}

/** Lays out the sessions of some activities, but for those that were changed since their schedules were read: they come again. */
export const layOutSessions = {
  name: "layOutSessions",
  access: "WRITE",
  text: cypher`
    ${stillHeld}
    UNWIND $rows AS row
    MATCH (activity:Asset {id: row.id})
    WHERE activity:Activity AND activity.version = row.version
    WITH activity, row.occurrences AS occurrences
    ${laidOut}
    RETURN count(*) AS activities`,
  row: z.object({ activities: z.number() }),
} as const;

/**
 * Lays out the sessions of all activities as far ahead as they should be at a moment; what is laid out so far already costs nothing. One process does it at a time,
 * and others wait for it. `report` hears how many activities are done so far. Returns how many there were.
 * Throws as `Graph.write` does, and an Error when another process has been at it for a minute.
 */
export async function rollForward(
  graph: Graph,
  { now, report = () => undefined }: { readonly now: Date; readonly report?: (activities: number) => void },
): Promise<number> {
  const layingOut = layingOutAt(now);
  const toDo = () => graph.run(activitiesToLayOut, { through: layingOut.through, limit: int(batchSize) });
  if ((await toDo()).length === 0) return 0;
  return withLock(graph, { id: lock, waitMs: 60_000, onWait: () => undefined }, async (owner) => {
    let done = 0;
    for (let batch = await toDo(); batch.length > 0; batch = await toDo()) {
      const rows = batch.map(({ id, version, schedules }) => ({
        id,
        version: int(version),
        occurrences: sessionsOf(id, schedules, layingOut),
      }));
      const [{ activities } = { activities: 0 }] = await graph.write(layOutSessions, { lock, owner, layingOut, rows });
      done += activities;
      report(done);
      // All were changed meanwhile, or somebody else has the lock: whoever changes or holds it goes on.
      if (activities === 0) break;
    }
    return done;
  });
}
