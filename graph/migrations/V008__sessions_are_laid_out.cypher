// What is on is found by when and where: each session is listed in the areas it concerns, in the order of its start, so that a page of what
// is on somewhere is read off the index. That a session is laid out once is a constraint, however many processes lay out at a time.

CREATE CONSTRAINT session_id_unique IF NOT EXISTS
FOR (session:Session) REQUIRE session.id IS UNIQUE;

CREATE CONSTRAINT session_activityId_originalStart_unique IF NOT EXISTS
FOR (session:Session) REQUIRE (session.activityId, session.originalStart) IS UNIQUE;

CREATE INDEX listedIn_areaId_start_range IF NOT EXISTS
FOR ()-[listed:LISTED_IN]-() ON (listed.areaId, listed.start);

CREATE INDEX session_start_id_range IF NOT EXISTS
FOR (session:Session) ON (session.start, session.id);

CREATE CONSTRAINT period_slug_unique IF NOT EXISTS
FOR (period:Period) REQUIRE period.slug IS UNIQUE;

// Whose sessions have to be laid out further is found without looking at all activities.
CREATE INDEX activity_laidOutThrough_range IF NOT EXISTS
FOR (activity:Activity) ON (activity.laidOutThrough);

// Never laid out: whoever does it next does these first.
MATCH (activity:Activity)-[:FOLLOWS]->(:Schedule)
SET activity.laidOutThrough = date('2000-01-01');
