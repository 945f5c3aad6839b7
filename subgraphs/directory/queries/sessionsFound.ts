import { z } from "zod";
import { isOff } from "../../../calendar/laidOut.ts";
import { type Cypher, cypher } from "../../../graph/cypher.ts";
import { homesAskedFor, homesIn } from "../../homes.ts";
import { happensIn, holds, siteConstraints } from "./filters.ts";

const position = z.object({ start: z.string(), id: z.string() });

/** One row: how many sessions were looked at, the last of them, and those of them that fit. */
export const sessionsFound = z.object({
  looked: z.number().int(),
  last: position.nullable(),
  rows: z.array(
    position.extend({
      distanceMetres: z.number().int().nullable(),
      further: z.array(z.object({ id: z.string() })),
    }),
  ),
});

export type SessionsFound = z.output<typeof sessionsFound>;

/** Where a list of sessions is read: in the areas around a place, in those with a place within some metres of it, in some areas, or wherever. */
export type SessionStart = "near" | "within metres" | "areas" | "everywhere";

/** Of the LSOAs that a bound list `homes` holds, every area they lie in, as covers. A nation counts only when it is asked for itself. */
const coversOfHomes = cypher`
      CALL (homes) {
        UNWIND homes AS home
        MATCH (home)-[:WITHIN*0..6]->(cover)
        WITH DISTINCT cover WHERE cover.kind <> 'NATION' OR cover.id = $asked.areaId OR cover.id IN $asked.areaIds
        RETURN collect(cover) AS covers
      }`;

/** How each start binds covers, the areas asked about with all that they lie in, and areas, whose sessions are read; `areas` null: all there are. */
const reading: Readonly<Record<SessionStart, Cypher>> = {
  near: cypher`
      MATCH (around:Area {id: $asked.areaId})
      ${homesIn(cypher`around`)}
      ${coversOfHomes}
      CALL (around) {
        WITH around, CASE around.kind WHEN 'LSOA' THEN 0 ELSE 1 END AS stepsHome
        MATCH path = (around)-[:LEADS_TO*0..4]->(lsoa:WithPlaces)
        WITH lsoa, stepsHome, min(length(path)) AS steps
        WHERE 0 <= steps - stepsHome <= 3
        RETURN collect(lsoa) AS nearby
      }
      WITH covers, covers + [lsoa IN nearby WHERE NOT lsoa IN covers] AS areas`,
  "within metres": cypher`
      MATCH (around:Area {id: $asked.areaId})
      ${homesIn(cypher`around`)}
      ${coversOfHomes}
      CALL () {
        MATCH (site:Place)
        USING POINT INDEX site:Place(location)
        WHERE point.distance(site.location, point({latitude: $asked.latitude, longitude: $asked.longitude})) <= $asked.withinMetres
        MATCH (site)-[:IN]->(lsoa:Area)
        RETURN collect(DISTINCT lsoa) AS areas
      }
      WITH covers, areas`,
  areas: cypher`
      ${homesAskedFor(cypher`homes`)}
      ${coversOfHomes}
      WITH covers, covers AS areas`,
  everywhere: cypher`
      OPTIONAL MATCH (around:Area {id: $asked.areaId})
      ${homesIn(cypher`around`)}
      ${coversOfHomes}
      WITH covers`,
};

/** Whether a bound session is on, or is asked for although it is off. */
const isWanted = (session: Cypher): Cypher => cypher`($asked.isOffWanted OR NOT ${isOff(session)})`;

/** Of the sessions read, those that may be meant: not over, not off, not before the cursor. */
const isMeant = cypher`session.end > datetime($asked.since) AND ${isWanted(cypher`session`)}
          AND ($asked.afterStart IS NULL OR session.start > datetime($asked.afterStart)
            OR (session.start = datetime($asked.afterStart) AND session.id > $asked.afterId))`;

/** The sessions of the time asked about, from the index of each. A session is as long as a day at most, on which clocks may go back. */
const inTime = (start: SessionStart): Cypher =>
  start === "everywhere"
    ? cypher`
      MATCH (session:Session)
      WHERE session.start >= datetime($asked.readFrom) AND session.start < datetime($asked.readTo) AND session.id IS NOT NULL AND ${isMeant}`
    : cypher`
      UNWIND areas AS area
      MATCH (session:Session)-[listed:LISTED_IN]->()
      USING INDEX listed:LISTED_IN(areaId, start)
      WHERE listed.areaId = area.id AND listed.start >= datetime($asked.readFrom) AND listed.start < datetime($asked.readTo)
        AND ${isMeant}
      WITH DISTINCT session, covers`;

/** Whether bound `times`, a session, are at one of the times of day and week asked for. */
const isAtTime = cypher`($asked.sessionWindows IS NULL OR any(window IN $asked.sessionWindows WHERE ${happensIn}))`;

/** Whether a bound `asset` is for who lives in `covers`: where a place was asked about, what serves others alone is left out. */
const isOpenHere = cypher`($asked.areaId IS NULL OR NOT EXISTS { (asset)-[:SERVES]->() }
          OR EXISTS { MATCH (asset)-[:SERVES]->(served:Area) WHERE served IN covers })`;

/** Whether a bound `session` is the first of its activity in the time asked about, where there is to be one row for each. */
const isFirst = cypher`(NOT $asked.isByActivity OR NOT EXISTS {
          MATCH (times)-[:OF]->(asset)
          WHERE times.end > datetime($asked.since) AND ${isWanted(cypher`times`)}
            AND (times.start < session.start OR (times.start = session.start AND times.id < session.id)) AND ${isAtTime}
        })`;

/** Of bound sessions, those whose activity fits, each with the distance to the nearest of its sites that fits (null: it has none). */
const fitting = cypher`
      MATCH (session)-[:OF]->(asset:Activity)
      WITH session, asset, covers
      WHERE asset.status = 'PUBLISHED' AND any(times IN [session] WHERE ${isAtTime}) AND ${holds} AND ${isOpenHere} AND ${isFirst}
      CALL (session, asset) {
        OPTIONAL MATCH (session)-[:MOVED_TO]->(moved:Place)
        WITH session, asset, collect(moved) AS moved
        OPTIONAL MATCH (asset)-[:HELD_AT]->(held:Place)
        WHERE size(moved) = 0 AND held.status = 'PUBLISHED'
        WITH asset, moved, collect(held) AS held
        UNWIND CASE size(moved) + size(held) WHEN 0 THEN [null] ELSE moved + held END AS site
        WITH asset, site, point.distance(site.location, point({latitude: $asked.latitude, longitude: $asked.longitude})) AS metres
        WHERE ${siteConstraints.STEP_FREE} AND ${siteConstraints.WITHIN_METRES}
        RETURN metres ORDER BY metres LIMIT 1
      }`;

/**
 * A page of sessions: of the first `mostLooked` in the order of time, those that fit. Reading them costs little, and looking closer is for no more than
 * that, so that a page costs what is on it, and not what is on in a town. Takes what `reading` takes; since, readFrom, readTo (ISO 8601);
 * afterStart and afterId; what `holds` takes, with windows null; sessionWindows, withinMetres, stepFree, latitude, longitude; isByActivity, isOffWanted, to; mostLooked and limit.
 */
function foundStatement(start: SessionStart) {
  return {
    name: `sessions ${start}`,
    access: "READ",
    text: cypher`
      ${reading[start]}
      CALL (${start === "everywhere" ? cypher`covers` : cypher`covers, areas`}) {
        ${inTime(start)}
        WITH session ORDER BY session.start, session.id LIMIT $asked.mostLooked
        RETURN collect(session) AS sessions
      }
      RETURN size(sessions) AS looked,
        head([session IN sessions[-1..] | {start: toString(session.start), id: session.id}]) AS last,
        COLLECT {
          UNWIND sessions AS session
          WITH session, covers
          ${fitting}
          WITH session, asset, metres ORDER BY session.start, session.id LIMIT $asked.limit
          RETURN {
            id: session.id, start: toString(session.start), distanceMetres: toInteger(round(metres)),
            further: CASE WHEN $asked.isByActivity THEN COLLECT {
              MATCH (times)-[:OF]->(asset)
              WHERE (times.start > session.start OR (times.start = session.start AND times.id > session.id))
                AND times.start < datetime($asked.to) AND ${isWanted(cypher`times`)} AND ${isAtTime}
              WITH times ORDER BY times.start, times.id LIMIT 10
              RETURN {id: times.id}
            } ELSE [] END
          }
        } AS rows`,
    row: sessionsFound,
  } as const;
}

function countStatement(start: SessionStart) {
  return {
    name: `count of sessions ${start}`,
    access: "READ",
    text: cypher`
      ${reading[start]}
      ${inTime(start)}
      WITH session, covers
      ${fitting}
      RETURN count(*) AS count`,
    row: z.object({ count: z.number().int() }),
  } as const;
}

export const sessionsFoundStatements = {
  near: foundStatement("near"),
  "within metres": foundStatement("within metres"),
  areas: foundStatement("areas"),
  everywhere: foundStatement("everywhere"),
} as const;

/** How many there are in all; takes the same, with no cursor. */
export const sessionsCountStatements = {
  near: countStatement("near"),
  "within metres": countStatement("within metres"),
  areas: countStatement("areas"),
  everywhere: countStatement("everywhere"),
} as const;
