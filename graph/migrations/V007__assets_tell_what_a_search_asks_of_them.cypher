// Of every asset that a search comes past it asks what it supports, and of each that counts whom it is not for. To find that out it read all
// relationships of each. Now the asset tells. What writes those relationships keeps it up (graph/derived.ts).

MATCH (asset:Asset)-[supports:SUPPORTS]->(condition:Condition)
WITH asset, condition, max(supports.strength) AS strength ORDER BY condition.id
WITH asset, collect(condition.id) AS ids, collect(strength) AS strengths
SET asset.supportedIds = ids, asset.supportedStrengths = strengths;

MATCH (asset:Asset)-[:STATES]->(statement:Eligibility {excludes: true})-[:CONCERNS]->(concern:Condition)
WHERE coalesce(statement.minimumAge, statement.maximumAge) IS NULL
WITH DISTINCT asset, concern.id AS id ORDER BY id
WITH asset, collect(id) AS excluded
SET asset.excludedIds = excluded;
