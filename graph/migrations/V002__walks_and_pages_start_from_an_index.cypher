// A walk starts from the areas around a point; coordinates alone, or a map, start from the places themselves.

CREATE POINT INDEX area_centre_point IF NOT EXISTS
FOR (area:Area) ON (area.centre);

CREATE POINT INDEX place_location_point IF NOT EXISTS
FOR (place:Place) ON (place.location);

// A page is read in the order of the index and stops when it is full, at any depth of the list, when the query says
//   WHERE group.name >= $afterName AND group.id IS NOT NULL AND (group.name > $afterName OR group.id > $afterId)
//   RETURN … ORDER BY group.name, group.id LIMIT $limit
// ("" and "" for the first page). The condition that reads more naturally, name > $afterName OR (name = $afterName AND …), is planned as
// a union that reads the whole rest of the list and sorts it.

CREATE INDEX asset_name_id_range IF NOT EXISTS
FOR (asset:Asset) ON (asset.name, asset.id);

CREATE INDEX group_name_id_range IF NOT EXISTS
FOR (group:Group) ON (group.name, group.id);

CREATE INDEX activity_name_id_range IF NOT EXISTS
FOR (activity:Activity) ON (activity.name, activity.id);

CREATE INDEX organisation_name_id_range IF NOT EXISTS
FOR (organisation:Organisation) ON (organisation.name, organisation.id);

CREATE INDEX place_name_id_range IF NOT EXISTS
FOR (place:Place) ON (place.name, place.id);

CREATE INDEX condition_name_id_range IF NOT EXISTS
FOR (condition:Condition) ON (condition.name, condition.id);

CREATE INDEX area_kind_name_id_range IF NOT EXISTS
FOR (area:Area) ON (area.kind, area.name, area.id);

// The index above serves only a query that also asks for name and id.
CREATE INDEX area_kind_range IF NOT EXISTS
FOR (area:Area) ON (area.kind);

// What has not been confirmed for a year is listed for editors. The other relationships are few beside SUPPORTS and are reached from
// their asset; so is everything one source record asserted, which is why `source` has no index.
CREATE INDEX supports_confirmedOn_range IF NOT EXISTS
FOR ()-[supports:SUPPORTS]-() ON (supports.confirmedOn);

// Seed files point at records by key, also at those loaded from another file before.
CREATE INDEX sourceRecord_key_range IF NOT EXISTS
FOR (record:SourceRecord) ON (record.key);
