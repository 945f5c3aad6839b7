-- The first assets near an area that support some conditions, in the order of docs/model.md. Takes
-- $1 the area's id; $2 the conditions, $3 what each counts; $4 the days since when what was confirmed is fresh: of an activity, a group, an organisation, a place; $5 how many rings; $6 how many.
WITH
  around AS MATERIALIZED (
    SELECT area.no, area.centre AS here, array(SELECT cover FROM area_cover WHERE area_cover.area = area.no) AS covers
    FROM area WHERE area.id = $1
  ),
  -- Who helps comes first, from two narrow indexes: nine in ten of what is near do not.
  standing AS MATERIALIZED (
    SELECT presence.asset, presence.site, near.lsoa AS via, ring_around.ring::float8 AS ring, helps.support
    FROM around
    JOIN ring_around ON ring_around.home = around.no AND ring_around.ring <= $5
    CROSS JOIN LATERAL unnest(ring_around.lsoas) AS near (lsoa)
    JOIN presence ON presence.lsoa = near.lsoa
    CROSS JOIN LATERAL (
      SELECT max(strength * ($3::float8[])[array_position($2::int[], condition)]) AS support
      FROM supports WHERE supports.asset = presence.asset AND condition = ANY ($2::int[])
    ) AS helps
    WHERE helps.support IS NOT NULL
  ),
  serving AS MATERIALIZED (
    SELECT serves.asset, serves.area AS via, helps.support
    FROM around
    CROSS JOIN LATERAL unnest(around.covers) AS covered (area)
    JOIN serves ON serves.area = covered.area
    CROSS JOIN LATERAL (
      SELECT max(strength * ($3::float8[])[array_position($2::int[], condition)]) AS support
      FROM supports WHERE supports.asset = serves.asset AND condition = ANY ($2::int[])
    ) AS helps
    WHERE helps.support IS NOT NULL
  ),
  met AS (
    SELECT asset.no, asset.id, asset.name, asset.kind, asset.confirmed_on, standing.support, site.id AS site_id, site.name AS site_name,
      area.id AS via_id, area.name AS via_name, 0 AS tier, standing.ring, standing.ring AS away,
      ST_DistanceSphere(coalesce(site.location, area.centre), here, 6378140) AS metres
    FROM around, standing
    JOIN asset ON asset.no = standing.asset AND asset.is_published
    JOIN asset AS site ON site.no = standing.site AND site.is_published
    JOIN area ON area.no = standing.via
    -- What serves areas, but none of these, is left out; what serves none is open to all.
    WHERE (SELECT bool_or(serves.area = ANY (around.covers)) FROM serves WHERE serves.asset = standing.asset) IS NOT FALSE
    UNION ALL
    SELECT asset.no, asset.id, asset.name, asset.kind, asset.confirmed_on, serving.support, site.id, site.name,
      area.id, area.name, CASE area.kind WHEN 'NATION' THEN 1 ELSE 0 END,
      CASE WHEN asset.is_coming_to_you OR kinds.ring < 3 THEN kinds.ring ELSE 12 END, NULL,
      ST_DistanceSphere(site.location, here, 6378140)
    FROM around, serving
    JOIN asset ON asset.no = serving.asset AND asset.is_published
    JOIN area ON area.no = serving.via
    CROSS JOIN LATERAL (SELECT CASE area.kind
      WHEN 'LSOA' THEN 0.0::float8 WHEN 'NEIGHBOURHOOD' THEN 0.5 WHEN 'WARD' THEN 0.5 WHEN 'MSOA' THEN 0.5
      WHEN 'CLUSTER' THEN 1 WHEN 'DISTRICT' THEN 2 WHEN 'LOCAL_AUTHORITY' THEN 3 ELSE 13 END AS ring) AS kinds
    LEFT JOIN LATERAL (
      SELECT place.id, place.name, place.location
      FROM presence JOIN asset AS place ON place.no = presence.site
      WHERE presence.asset = asset.no AND asset.is_at_a_place AND place.location IS NOT NULL AND place.is_published
    ) AS site ON true
  ),
  close AS (
    SELECT *, 1 / (1 + ring + coalesce(metres / (metres + 1000), 0)) AS closeness FROM met
  ),
  best AS (
    SELECT DISTINCT ON (no) * FROM close
    ORDER BY no, tier, closeness DESC, coalesce(metres, 1e9), via_id, site_id, away
  ),
  scored AS (
    SELECT *, 1 - (1 - support) AS relevance, CASE
      WHEN confirmed_on >= ($4::date[])[CASE kind WHEN 'Activity' THEN 1 WHEN 'Group' THEN 2 WHEN 'Organisation' THEN 3 ELSE 4 END]
      THEN 1::float8 ELSE 0.9 END AS freshness
    FROM best
  )
SELECT id, name, tier, relevance * closeness * freshness AS score, relevance, support, freshness, closeness,
  away::int AS "neighbourhoodsAway", floor(metres + 0.5)::int AS "distanceMetres", site_id AS "siteId", site_name AS "siteName", via_name AS "viaName"
FROM scored
ORDER BY tier, score DESC, id
LIMIT $6
