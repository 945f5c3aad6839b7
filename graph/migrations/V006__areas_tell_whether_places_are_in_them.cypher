// Most LSOAs that a walk comes past have no place in them, and to find that out it read a score of relationships at each. Now a label tells.
// The loader keeps it up.

MATCH (:Place)-[:IN]->(area:Area)
WITH DISTINCT area
SET area:WithPlaces;
