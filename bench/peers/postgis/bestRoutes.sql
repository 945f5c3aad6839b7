-- The best ways from kinds of referrer to what supports some conditions near an area, in the order of `referralRoutes`, of at most five. Takes
-- $1 the area's id; $2 the conditions, $3 what each counts; $4 the kinds of referrer, broader ones among them; $5 the age, or null; $6 the conditions the
-- person is known to have, with broader ones; $7 whether these are all; $8 the most hand-offs.
WITH RECURSIVE
  around AS MATERIALIZED (
    SELECT area.no, area.centre AS here, array(SELECT cover FROM area_cover WHERE area_cover.area = area.no) AS covers
    FROM area WHERE area.id = $1
  ),
  nearby AS MATERIALIZED (
    SELECT near.lsoa FROM around
    JOIN ring_around ON ring_around.home = around.no AND ring_around.ring <= 6
    CROSS JOIN LATERAL unnest(ring_around.lsoas) AS near (lsoa)
  ),
  -- What helps there by itself: few, so that ways are walked from there back.
  helping AS MATERIALIZED (
    SELECT presence.asset FROM nearby JOIN presence ON presence.lsoa = nearby.lsoa
    WHERE EXISTS (SELECT FROM supports WHERE supports.asset = presence.asset AND condition = ANY ($2::int[]) AND NOT is_by_referral)
      AND NOT EXISTS (SELECT FROM serves WHERE serves.asset = presence.asset)
    UNION
    SELECT serves.asset FROM around CROSS JOIN LATERAL unnest(around.covers) AS covered (area) JOIN serves ON serves.area = covered.area
    WHERE EXISTS (SELECT FROM supports WHERE supports.asset = serves.asset AND condition = ANY ($2::int[]) AND NOT is_by_referral)
  ),
  ends AS MATERIALIZED (
    SELECT helping.asset,
      (
        SELECT min(ST_DistanceSphere(site.location, around.here, 6378140))
        FROM presence JOIN asset AS site ON site.no = presence.site
        WHERE presence.asset = helping.asset AND site.is_published AND site.location IS NOT NULL
      ) AS metres
    FROM around, helping JOIN asset ON asset.no = helping.asset
    WHERE asset.is_published AND /* open to the person */
      ($5::float8 IS NULL OR (
        NOT EXISTS (
          SELECT FROM eligibility AS said WHERE said.asset = helping.asset AND said.excludes
            AND coalesce(minimum_age, maximum_age) IS NOT NULL AND coalesce(minimum_age, 0) <= $5
            AND coalesce(maximum_age, 1000) >= CASE maximum_age WHEN floor(maximum_age) THEN floor($5) ELSE $5 END
            AND (concerns IS NULL OR concerns && $6::int[]))
        AND coalesce((
          SELECT bool_or(coalesce(minimum_age, 0) <= $5
            AND coalesce(maximum_age, 1000) >= CASE maximum_age WHEN floor(maximum_age) THEN floor($5) ELSE $5 END)
          FROM eligibility AS said WHERE said.asset = helping.asset AND NOT said.excludes), true)))
      AND NOT EXISTS (
        SELECT FROM eligibility AS said WHERE said.asset = helping.asset AND said.excludes
          AND coalesce(minimum_age, maximum_age) IS NULL AND concerns && $6::int[])
  ),
  -- Every way back to an asset that may begin it: loops are left out by what was passed.
  way (first, finish, metres, passed, steps, hand_offs, unknown_waits, wait_days, confirmed_on, is_unconfirmed) AS (
    SELECT asset, asset, metres, ARRAY[asset], ARRAY[]::int[], 1, 0, 0, NULL::date, false FROM ends
    UNION ALL
    SELECT step.source, finish, metres, step.source || passed, step.no || steps, hand_offs + 1,
      unknown_waits + CASE WHEN step.wait_days IS NULL THEN 1 ELSE 0 END, way.wait_days + coalesce(step.wait_days, 0),
      least(way.confirmed_on, step.confirmed_on), is_unconfirmed OR step.confirmed_on IS NULL
    FROM around CROSS JOIN way
    JOIN refers_to AS step ON step.target = way.first
    JOIN asset AS source ON source.no = step.source
    WHERE hand_offs < $8::int AND step.source <> ALL (passed) AND source.is_published
      AND (step.capacity IS NULL OR step.capacity = 'OPEN')
      AND ($5 IS NULL OR (coalesce(step.minimum_age, 0) <= $5
        AND coalesce(step.maximum_age, 1000) >= CASE step.maximum_age WHEN floor(step.maximum_age) THEN floor($5) ELSE $5 END))
      AND (step.areas IS NULL OR step.areas && around.covers)
      AND (step.excluded IS NULL OR NOT step.excluded && $6)
      AND (NOT $7::boolean OR step.accepted IS NULL OR step.accepted && $6)
      -- It serves the area, or nowhere in particular and has a site near by, or none.
      AND CASE
        WHEN EXISTS (SELECT FROM serves WHERE serves.asset = step.source)
          THEN EXISTS (SELECT FROM serves WHERE serves.asset = step.source AND serves.area = ANY (around.covers))
        ELSE coalesce((SELECT bool_or(presence.lsoa IN (SELECT lsoa FROM nearby)) FROM presence WHERE presence.asset = step.source), true)
      END
      AND /* open to the person */
      ($5 IS NULL OR (
        NOT EXISTS (
          SELECT FROM eligibility AS said WHERE said.asset = step.source AND said.excludes
            AND coalesce(minimum_age, maximum_age) IS NOT NULL AND coalesce(minimum_age, 0) <= $5
            AND coalesce(maximum_age, 1000) >= CASE maximum_age WHEN floor(maximum_age) THEN floor($5) ELSE $5 END
            AND (concerns IS NULL OR concerns && $6))
        AND coalesce((
          SELECT bool_or(coalesce(minimum_age, 0) <= $5
            AND coalesce(maximum_age, 1000) >= CASE maximum_age WHEN floor(maximum_age) THEN floor($5) ELSE $5 END)
          FROM eligibility AS said WHERE said.asset = step.source AND NOT said.excludes), true)))
      AND NOT EXISTS (
        SELECT FROM eligibility AS said WHERE said.asset = step.source AND said.excludes
          AND coalesce(minimum_age, maximum_age) IS NULL AND concerns && $6)
  ),
  -- Of several first steps to the same asset the best counts.
  entrance AS MATERIALIZED (
    SELECT DISTINCT ON (step.target) step.target, step.no, step.wait_days, step.confirmed_on
    FROM around CROSS JOIN (SELECT DISTINCT first FROM way) AS begun
    JOIN refers_to AS step ON step.target = begun.first AND step.referrer = ANY ($4::int[])
    WHERE (step.capacity IS NULL OR step.capacity = 'OPEN')
      AND ($5 IS NULL OR (coalesce(step.minimum_age, 0) <= $5
        AND coalesce(step.maximum_age, 1000) >= CASE step.maximum_age WHEN floor(step.maximum_age) THEN floor($5) ELSE $5 END))
      AND (step.areas IS NULL OR step.areas && around.covers)
      AND (step.excluded IS NULL OR NOT step.excluded && $6)
      AND (NOT $7 OR step.accepted IS NULL OR step.accepted && $6)
    ORDER BY step.target, step.wait_days NULLS LAST, step.confirmed_on DESC NULLS LAST, step.id
  ),
  begun AS (
    SELECT finish, metres, passed, entrance.no || steps AS steps, hand_offs,
      unknown_waits + CASE WHEN entrance.wait_days IS NULL THEN 1 ELSE 0 END AS unknown_waits, way.wait_days + coalesce(entrance.wait_days, 0) AS wait_days,
      CASE WHEN is_unconfirmed OR entrance.confirmed_on IS NULL THEN NULL ELSE least(way.confirmed_on, entrance.confirmed_on) END AS confirmed_on
    FROM way JOIN entrance ON entrance.target = way.first
  ),
  best AS (
    SELECT *, array(SELECT asset.id FROM unnest(passed) WITH ORDINALITY AS one (no, at) JOIN asset ON asset.no = one.no ORDER BY at) AS ids
    FROM (
      -- With all that are as good as the fifth, of which the ids of what they pass decide: few ids are looked up.
      SELECT * FROM begun
      ORDER BY hand_offs, unknown_waits, wait_days, metres NULLS LAST, confirmed_on DESC NULLS LAST
      FETCH FIRST 5 ROWS WITH TIES
    ) AS first
    ORDER BY hand_offs, unknown_waits, wait_days, metres NULLS LAST, confirmed_on DESC NULLS LAST, ids
    LIMIT 5
  )
SELECT (
    SELECT condition.id FROM supports JOIN condition ON condition.no = supports.condition
    WHERE supports.asset = best.finish AND condition = ANY ($2) AND NOT is_by_referral
    ORDER BY strength * ($3::float8[])[array_position($2, condition)] DESC, condition.id LIMIT 1
  ) AS "conditionId",
  CASE WHEN unknown_waits = 0 THEN wait_days END AS "totalWaitDays",
  floor(metres + 0.5)::int AS "distanceMetres",
  confirmed_on::text AS "lastConfirmedOn",
  (
    SELECT json_agg(json_build_object(
      'id', step.id, 'fromId', coalesce(source.id, referrer.id), 'fromName', coalesce(source.name, referrer.name),
      'toId', target.id, 'toName', target.name, 'method', step.method, 'ownCriteria', step.criteria,
      'minimumAge', step.minimum_age, 'maximumAge', step.maximum_age, 'waitDays', step.wait_days, 'capacity', step.capacity,
      'evidence', step.evidence, 'lastConfirmedOn', step.confirmed_on, 'sample', step.is_sample,
      'serves', array(SELECT name FROM area WHERE area.no = ANY (step.areas) ORDER BY name, id),
      'accepts', array(SELECT name FROM condition WHERE condition.no = ANY (step.accepted) ORDER BY name),
      'excludes', array(SELECT name FROM condition WHERE condition.no = ANY (step.excluded) ORDER BY name),
      'forWhom', array(
        SELECT json_build_object('minimumAge', minimum_age, 'maximumAge', maximum_age, 'description', description)
        FROM eligibility WHERE eligibility.asset = step.target AND NOT excludes ORDER BY position),
      'servedByAsset', array(SELECT area.name FROM serves JOIN area ON area.no = serves.area WHERE serves.asset = step.target ORDER BY area.name, area.id)
    ) ORDER BY passing.at)
    FROM unnest(best.steps) WITH ORDINALITY AS passing (no, at)
    JOIN refers_to AS step ON step.no = passing.no
    JOIN asset AS target ON target.no = step.target
    LEFT JOIN asset AS source ON source.no = step.source
    LEFT JOIN referrer ON referrer.no = step.referrer
  ) AS steps
FROM best
ORDER BY hand_offs, unknown_waits, wait_days, metres NULLS LAST, best.confirmed_on DESC NULLS LAST, ids
