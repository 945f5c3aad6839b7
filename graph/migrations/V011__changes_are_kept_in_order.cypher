// What editors do is written down, one change after another: a change is found by its id, by its place in the order of all that happened to changes, and by the call that made it,
// so that a call sent twice is done once.

CREATE CONSTRAINT change_id_unique IF NOT EXISTS
FOR (change:Change) REQUIRE change.id IS UNIQUE;

CREATE CONSTRAINT change_call_unique IF NOT EXISTS
FOR (change:Change) REQUIRE change.call IS UNIQUE;

CREATE CONSTRAINT change_sequence_unique IF NOT EXISTS
FOR (change:Change) REQUIRE change.sequence IS UNIQUE;

CREATE CONSTRAINT workshop_id_unique IF NOT EXISTS
FOR (workshop:Workshop) REQUIRE workshop.id IS UNIQUE;

CREATE CONSTRAINT workshop_code_unique IF NOT EXISTS
FOR (workshop:Workshop) REQUIRE workshop.code IS UNIQUE;

CREATE CONSTRAINT changeLog_id_unique IF NOT EXISTS
FOR (log:ChangeLog) REQUIRE log.id IS UNIQUE;

// The latest of a status, for everybody and within a workshop.
CREATE INDEX change_status_at_range IF NOT EXISTS
FOR (change:Change) ON (change.status, change.at);

CREATE INDEX change_workshopId_sequence_range IF NOT EXISTS
FOR (change:Change) ON (change.workshopId, change.sequence);

CREATE INDEX workshop_startedAt_range IF NOT EXISTS
FOR (workshop:Workshop) ON (workshop.startedAt);
