import { type Cypher, cypher } from "../graph/cypher.ts";

/** The `laidOutThrough` of an activity whose sessions have to be laid out anew. It is older than anything, and an index has it. */
export const neverLaidOut = cypher`date('2000-01-01')`;

/** Whether a session, bound by this name, is not held: somebody cancelled it, or what it depends on is closed that day. */
export const isOff = (session: Cypher): Cypher =>
  cypher`(${session}.status = 'CANCELLED' OR ${session}.closedFor IS NOT NULL)`;

/**
 * The days on which a bound `closer` is closed, as a list of {from, through, reason}: its own closures, and the periods it is closed during.
 */
const closings = cypher`COLLECT {
          MATCH (closer)-[:CLOSED_DURING]->(closing)
          UNWIND range(0, size(closing.validFrom) - 1) AS i
          RETURN {from: closing.validFrom[i], through: closing.validThrough[i], reason: closing.reasons[i]}
        }`;

/** The first of some closings that has a bound session's day in it. */
const closingOf = (list: Cypher) =>
  cypher`[closed IN ${list} WHERE closed.from <= session.date <= closed.through | closed.reason]`;

/** A bound local date and time of Europe/London as a moment, in the form of all others here. What '24:00' is of a day begins the next. */
const momentAt = (date: Cypher, time: Cypher) => cypher`datetime({epochSeconds: datetime({
          date: date(${date}) + duration({days: CASE ${time} WHEN '24:00' THEN 1 ELSE 0 END}),
          time: localtime(CASE ${time} WHEN '24:00' THEN '00:00' ELSE ${time} END), timezone: 'Europe/London'
        }).epochSeconds})`;

/**
 * Works out, for the sessions to come of a bound `activity`, what others say of them. What happened to single ones (CHANGES) is put to each that is on that
 * day, or at that time of it. Off is what was cancelled, and what is not moved on a day on which something is closed: the activity, its groups and
 * organisations, or every place it is held at. And each is listed in the areas of the places it takes place at, and in those that the activity serves.
 *
 * Takes $layingOut.since. Whoever changes CHANGES, HELD_AT, HOSTS, RUNS, SERVES, CLOSED_DURING or a place's IN puts this, or `laidOut`, at the end of the
 * same statement.
 */
export const settled = cypher`
    CALL (activity) {
      WITH activity,
        COLLECT {
          MATCH (activity)<-[:HOSTS|RUNS*0..1]-(closer:Asset)
          UNWIND ${closings} AS closed
          RETURN closed
        } AS ownClosings,
        COLLECT {
          MATCH (activity)-[:HELD_AT]->(closer:Place)
          WITH DISTINCT closer
          RETURN ${closings}
        } AS closingsOfPlaces,
        COLLECT {
          MATCH (activity)-[:CHANGES]->(change:SessionChange)
          RETURN change ORDER BY change.assertedOn DESC
        } AS changes,
        COLLECT {
          CALL (activity) {
            MATCH (activity)-[:HELD_AT]->(:Place)-[:IN]->(area:Area)
            RETURN area
            UNION
            MATCH (activity)-[:SERVES]->(area:Area)
            RETURN area
          }
          RETURN area
        } AS usualAreas
      MATCH (session:Session)-[:OF]->(activity)
      WHERE session.originalEnd >= datetime($layingOut.since) OR session.end >= datetime($layingOut.since)
      WITH session, ownClosings, closingsOfPlaces, usualAreas, head([change IN changes
          WHERE change.date = session.date AND coalesce(change.time = session.originalTime, true)]) AS change
      WITH session, ownClosings, closingsOfPlaces, usualAreas, change, coalesce(change.status, 'SCHEDULED') AS status,
        coalesce(change.startDate, session.date) AS day,
        coalesce(change.startTime, session.originalTime) AS startTime, coalesce(change.endTime, session.originalEndTime) AS endTime
      SET session.status = status, session.note = change.note,
          session.closedFor = CASE WHEN status <> 'MOVED' THEN coalesce(head(${closingOf(cypher`ownClosings`)}),
            CASE WHEN size(closingsOfPlaces) > 0 AND all(closings IN closingsOfPlaces WHERE size(${closingOf(cypher`closings`)}) > 0)
              THEN head(${closingOf(cypher`closingsOfPlaces[0]`)}) END) END,
          session.start = CASE status WHEN 'MOVED' THEN ${momentAt(cypher`day`, cypher`startTime`)} ELSE session.originalStart END,
          session.end = CASE status
            WHEN 'MOVED' THEN ${momentAt(cypher`day`, cypher`endTime`)} + duration({days: CASE WHEN endTime <= startTime THEN 1 ELSE 0 END})
            ELSE session.originalEnd END,
          session.isAllDay = startTime = '00:00' AND endTime = '24:00',
          session.byDay = [['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'][date(day).dayOfWeek - 1]],
          session.startTime = startTime, session.endTime = endTime
      WITH session, usualAreas, change
      CALL (session) {
        MATCH (session)-[moved:MOVED_TO]->()
        DELETE moved
      }
      CALL (session, change) {
        MATCH (change)-[:MOVED_TO]->(place:Place)
        CREATE (session)-[:MOVED_TO]->(place)
      }
      WITH session, CASE WHEN EXISTS { (change)-[:MOVED_TO]->() }
          THEN COLLECT { MATCH (change)-[:MOVED_TO]->(:Place)-[:IN]->(area:Area) RETURN DISTINCT area }
          ELSE usualAreas END AS areas
      CALL (session, areas) {
        MATCH (session)-[listed:LISTED_IN]->(area)
        WHERE NOT area IN areas
        DELETE listed
      }
      CALL (session, areas) {
        UNWIND areas AS area
        MERGE (session)-[listed:LISTED_IN]->(area)
        SET listed.areaId = area.id, listed.start = session.start
      }
    }`;

/**
 * Lays out the sessions of a bound `activity`: those of `occurrences`, a list as `sessionsOf` makes it, replace what was laid out from $layingOut.since on.
 * One whose time is still in the list keeps its id. So does one whose time has gone, where there is one new time on its day instead: it is the same session, at
 * another hour. What else has gone goes. Nothing is laid out twice: a constraint sees to it that there is one for each time of an activity.
 *
 * Takes $layingOut (see `layingOutAt`).
 */
export const laidOut = cypher`
    CALL (activity, occurrences) {
      OPTIONAL MATCH (session:Session)-[:OF]->(activity)
      WHERE session.originalStart >= datetime($layingOut.since)
      WITH occurrences, collect(session) AS sessions
      WITH sessions, occurrences, [session IN sessions | session.originalStart] AS before,
        [occurrence IN occurrences | datetime(occurrence.start)] AS times
      WITH [session IN sessions WHERE NOT session.originalStart IN times] AS gone,
        [occurrence IN occurrences WHERE NOT datetime(occurrence.start) IN before] AS added
      UNWIND gone AS session
      WITH session,
        [occurrence IN added WHERE occurrence.date = session.date] AS addedThatDay,
        [other IN gone WHERE other.date = session.date] AS goneThatDay
      WITH session, CASE WHEN size(addedThatDay) = 1 AND size(goneThatDay) = 1 THEN addedThatDay[0] END AS instead
      CALL (session, instead) {
        WITH session, instead WHERE instead IS NOT NULL
        SET session.originalStart = datetime(instead.start)
      }
      CALL (session, instead) {
        WITH session, instead WHERE instead IS NULL
        DETACH DELETE session
      }
    }
    CALL (activity, occurrences) {
      UNWIND occurrences AS occurrence
      // The session that has this id may be at another time by now.
      OPTIONAL MATCH (taken:Session {id: occurrence.id})
      WITH activity, occurrence, CASE WHEN taken IS NULL THEN occurrence.id ELSE occurrence.spareId END AS newId
      MERGE (session:Session {activityId: activity.id, originalStart: datetime(occurrence.start)})
      ON CREATE SET session.id = newId
      MERGE (session)-[:OF]->(activity)
      SET session.originalEnd = datetime(occurrence.end), session.date = occurrence.date,
          session.originalTime = occurrence.startTime, session.originalEndTime = occurrence.endTime, session.sample = occurrence.sample
    }
    CALL (activity) {
      MATCH (session:Session)-[:OF]->(activity)
      WHERE session.end < datetime($layingOut.since) - duration({days: 90})
      DETACH DELETE session
    }
    CALL (activity) {
      // What has no times is not looked at again each day.
      SET activity.laidOutThrough = CASE WHEN EXISTS { (activity)-[:FOLLOWS]->() } THEN date($layingOut.through) END
    }
    ${settled}`;
