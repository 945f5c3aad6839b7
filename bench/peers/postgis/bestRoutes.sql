-- The same as bestRoutes.cypher. Takes $1 the asset's id, $2 the area's id, $3 the conditions.
WITH RECURSIVE
  nearby AS MATERIALIZED (
    SELECT near.lsoa FROM area JOIN ring_around ON ring_around.home = area.no AND ring <= 3, unnest(lsoas) AS near (lsoa)
    WHERE area.id = $2
  ),
  route (last, passed, hand_offs, wait_days) AS (
    SELECT no, ARRAY[no], 0, 0 FROM asset WHERE id = $1
    UNION ALL
    SELECT refers_to.target, passed || refers_to.target, hand_offs + 1, route.wait_days + refers_to.wait_days
    FROM route JOIN refers_to ON refers_to.source = route.last
    WHERE hand_offs < 5 AND refers_to.target <> ALL (passed)
  ),
  fitting AS (
    SELECT passed, hand_offs, wait_days FROM route
    WHERE hand_offs > 0
      AND EXISTS (SELECT FROM asset WHERE asset.no = last AND is_published)
      AND EXISTS (SELECT FROM supports WHERE supports.asset = last AND condition = ANY ($3::int[]))
      AND EXISTS (SELECT FROM presence JOIN nearby ON nearby.lsoa = presence.lsoa WHERE presence.asset = last)
  )
SELECT array(SELECT asset.id FROM unnest(passed) WITH ORDINALITY AS step (no, at) JOIN asset ON asset.no = step.no ORDER BY at) AS ids,
  hand_offs AS "handOffs", wait_days AS "waitDays"
FROM fitting
ORDER BY hand_offs, wait_days, ids
LIMIT 5
