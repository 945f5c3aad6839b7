import { z } from "zod";
import { isOff } from "../../../calendar/laidOut.ts";
import type { Edge } from "../../../core/page.ts";
import { cypher } from "../../../graph/cypher.ts";

const moment = z.number().transform((epochMillis) => new Date(epochMillis));

export const sessionRow = z.object({
  id: z.string(),
  activity: z.object({ id: z.string() }),
  start: moment,
  end: moment,
  originalStart: moment,
  isAllDay: z.boolean(),
  status: z.enum(["SCHEDULED", "CANCELLED", "MOVED", "FULL"]),
  note: z.string().nullable(),
  place: z.object({ id: z.string() }).nullable(),
  sample: z.boolean(),
});

export type SessionRow = z.output<typeof sessionRow>;

export type SessionEdgeRow = Edge<SessionRow>;

/** A `session` of a bound `asset`, as the entries of a Cypher map. What it depends on being closed is said where nothing else is. */
export const sessionFields = cypher`id: session.id, activity: {id: asset.id},
        start: session.start.epochMillis, end: session.end.epochMillis, originalStart: session.originalStart.epochMillis,
        isAllDay: session.isAllDay, sample: coalesce(session.sample, false),
        status: CASE WHEN ${isOff(cypher`session`)} THEN 'CANCELLED' ELSE session.status END,
        note: coalesce(session.note, 'Closed: ' + session.closedFor),
        place: CASE WHEN EXISTS { (session)-[:MOVED_TO]->() }
          THEN head(COLLECT { MATCH (session)-[:MOVED_TO]->(place:Place) WHERE place.status = 'PUBLISHED' RETURN {id: place.id} })
          ELSE head([places IN [COLLECT {
            MATCH (asset)-[:HELD_AT]->(place:Place) WHERE place.status = 'PUBLISHED' RETURN DISTINCT {id: place.id} LIMIT 2
          }] WHERE size(places) = 1 | places[0]]) END`;

export const sessionsByIdsStatement = {
  name: "sessionsByIds",
  access: "READ",
  text: cypher`
    MATCH (session:Session)
    WHERE session.id IN $asked.ids
    MATCH (session)-[:OF]->(asset:Activity)
    WHERE asset.status = 'PUBLISHED'
    RETURN {${sessionFields}} AS row`,
  row: z.object({ row: sessionRow }),
} as const;
