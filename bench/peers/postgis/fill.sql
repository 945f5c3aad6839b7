-- From what arrived, with ids, to the tables with numbers; then the indexes, clustered where a walk reads.

INSERT INTO area
SELECT row_number() OVER (ORDER BY kind, code, id), id, name, kind,
  CASE WHEN latitude IS NOT NULL THEN ST_SetSRID(ST_MakePoint(longitude, latitude), 4326) END
FROM area_in;
ALTER TABLE area ADD PRIMARY KEY (no);
CREATE UNIQUE INDEX area_id ON area (id) INCLUDE (no);

INSERT INTO condition SELECT row_number() OVER (ORDER BY slug), id, slug, name FROM condition_in;
ALTER TABLE condition ADD PRIMARY KEY (no);
INSERT INTO condition_broader
SELECT narrower.no, broader.no FROM broader_in
JOIN condition AS narrower ON narrower.id = narrower JOIN condition AS broader ON broader.id = broader;

INSERT INTO asset
SELECT row_number() OVER (ORDER BY coalesce(home.no, first_site.area), asset_in.id), asset_in.id, asset_in.kind, asset_in.name,
  asset_in.status = 'PUBLISHED', asset_in.is_at_a_place, asset_in.is_coming_to_you, asset_in.confirmed_on, home.no,
  CASE WHEN asset_in.latitude IS NOT NULL THEN ST_SetSRID(ST_MakePoint(asset_in.longitude, asset_in.latitude), 4326) END
FROM asset_in
LEFT JOIN area AS home ON home.id = asset_in.lsoa
LEFT JOIN (
  SELECT presence_in.asset, min(area.no) AS area
  FROM presence_in JOIN asset_in AS site ON site.id = presence_in.site JOIN area ON area.id = site.lsoa
  GROUP BY presence_in.asset
) AS first_site ON first_site.asset = asset_in.id;
ALTER TABLE asset ADD PRIMARY KEY (no);
CREATE UNIQUE INDEX asset_id ON asset (id) INCLUDE (no);
CREATE INDEX asset_location ON asset USING gist (location);
ANALYZE asset;

INSERT INTO presence
SELECT lsoa, no, no FROM asset WHERE kind = 'Place'
UNION ALL
SELECT site.lsoa, site.no, asset.no FROM presence_in
JOIN asset AS site ON site.id = presence_in.site JOIN asset ON asset.id = presence_in.asset
ORDER BY 1, 2, 3;
CREATE INDEX presence_lsoa ON presence (lsoa) INCLUDE (site, asset);
CREATE INDEX presence_asset ON presence (asset) INCLUDE (site);

INSERT INTO serves
SELECT asset.no, area.no FROM serves_in JOIN asset ON asset.id = serves_in.asset JOIN area ON area.id = serves_in.area ORDER BY 2, 1;
CREATE INDEX serves_area ON serves (area) INCLUDE (asset);
CREATE INDEX serves_asset ON serves (asset) INCLUDE (area);

INSERT INTO supports
SELECT asset.no, condition.no, strength, is_by_referral FROM supports_in
JOIN asset ON asset.id = supports_in.asset JOIN condition ON condition.id = supports_in.condition ORDER BY 1, 2;
CREATE INDEX supports_asset ON supports (asset, condition) INCLUDE (strength, is_by_referral);
CREATE INDEX supports_condition ON supports (condition) INCLUDE (asset, strength);

-- The numbers of what some ids mean; null where none are given.
CREATE FUNCTION area_nos (ids text[]) RETURNS int[] LANGUAGE sql STABLE AS
  'SELECT array_agg(no ORDER BY no) FROM area WHERE id = ANY (ids)';
CREATE FUNCTION condition_nos (ids text[]) RETURNS int[] LANGUAGE sql STABLE AS
  'SELECT array_agg(no ORDER BY no) FROM condition WHERE id = ANY (ids)';

INSERT INTO eligibility
SELECT asset.no, position, excludes, minimum_age, maximum_age, condition_nos(concerns), description
FROM eligibility_in JOIN asset ON asset.id = eligibility_in.asset ORDER BY 1, 2;
CREATE INDEX eligibility_asset ON eligibility (asset) INCLUDE (excludes, minimum_age, maximum_age, concerns);

INSERT INTO referrer SELECT row_number() OVER (ORDER BY slug), id, slug, name FROM referrer_in;
ALTER TABLE referrer ADD PRIMARY KEY (no);
INSERT INTO referrer_broader
SELECT narrower.no, broader.no FROM referrer_broader_in
JOIN referrer AS narrower ON narrower.id = narrower JOIN referrer AS broader ON broader.id = broader;

INSERT INTO refers_to
SELECT row_number() OVER (ORDER BY target.no, source.no, referrer.no), refers_to_in.id, source.no, referrer.no, target.no, wait_days,
  refers_to_in.confirmed_on, minimum_age, maximum_age, area_nos(areas), condition_nos(accepted), condition_nos(excluded), capacity, method, criteria, evidence, is_sample
FROM refers_to_in
JOIN asset AS target ON target.id = refers_to_in.target
LEFT JOIN asset AS source ON source.id = refers_to_in.source
LEFT JOIN referrer ON referrer.id = refers_to_in.source
ORDER BY 1;
ALTER TABLE refers_to ADD PRIMARY KEY (no);
CREATE INDEX refers_to_target ON refers_to (target, source);
CREATE INDEX refers_to_referrer ON refers_to (target, referrer) WHERE referrer IS NOT NULL;
CREATE INDEX refers_to_source ON refers_to (source) WHERE source IS NOT NULL;

INSERT INTO ring_around
SELECT home.no, ring, array_agg(lsoa.no ORDER BY lsoa.no) FROM ring_in
JOIN area AS home ON home.id = ring_in.home, unnest(lsoas) AS lsoa_id JOIN area AS lsoa ON lsoa.id = lsoa_id
GROUP BY home.no, ring ORDER BY 1, 2;
ALTER TABLE ring_around ADD PRIMARY KEY (home, ring);

WITH RECURSIVE above (lsoa, cover) AS (
  SELECT no, no FROM area WHERE kind = 'LSOA'
  UNION
  SELECT above.lsoa, parent.no FROM above
  JOIN area AS child ON child.no = above.cover JOIN within_in ON within_in.area = child.id JOIN area AS parent ON parent.id = within_in.parent
)
INSERT INTO area_cover
SELECT DISTINCT inside.cover, above.cover FROM above AS inside JOIN above ON above.lsoa = inside.lsoa ORDER BY 1, 2;
ALTER TABLE area_cover ADD PRIMARY KEY (area, cover);

DROP TABLE area_in, within_in, condition_in, broader_in, asset_in, presence_in, serves_in, supports_in, eligibility_in,
  referrer_in, referrer_broader_in, refers_to_in, ring_in;
