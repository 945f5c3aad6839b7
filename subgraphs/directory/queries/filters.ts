import { isOff } from "../../../calendar/laidOut.ts";
import { cypher } from "../../../graph/cypher.ts";
import { admitsAge, holdsForAge, isAboutAge, isForThoseConcerned, meansThoseConcerned } from "../../admission.ts";
import { homesAskedFor } from "../../homes.ts";

/** Whether bound `times` (a schedule, opening hours or a session) overlap a bound `window`. What ends no later than it begins goes on past midnight. */
export const happensIn = cypher`window.day IN coalesce(times.usualDays, times.byDay)
        AND coalesce(times.startTime, times.opens, '00:00') < window.to
        AND (coalesce(times.endTime, times.closes, '24:00') > window.from
          OR coalesce(times.endTime, times.closes) <= coalesce(times.startTime, times.opens))`;

/**
 * What tells when a bound `asset` is on, as times: its opening hours; and its sessions from $asked.spanFrom to $asked.spanTo, or where those are null
 * its usual times, unless they are over on $asked.today. A session is reached from its activity, and has no label here: by the index of what is on the planner
 * would begin with all that is on in the country.
 */
const opening = cypher`(asset)-[:OPENS]->(times)`;
const usual = cypher`(asset)-[:FOLLOWS]->(times) WHERE $asked.spanFrom IS NULL AND coalesce(times.lastDate >= $asked.today, true)`;
const laidOut = cypher`(times)-[:OF]->(asset)
          WHERE $asked.spanFrom IS NOT NULL AND times.end > datetime($asked.spanFrom) AND times.start < datetime($asked.spanTo)
            AND NOT ${isOff(cypher`times`)}`;

/** The same, each of them a row, as times. Comprehensions begin at the asset, whatever the planner thinks of how many there are. */
export const timesOfAsset = cypher`
      UNWIND [${opening} | times] + [${usual} | times] + [${laidOut} | times] AS times`;

const isInWindow = cypher`any(window IN $asked.windows WHERE ${happensIn})`;

/**
 * The constraints of a search on a bound `asset`, each by its name in the schema: true where it holds. One that is null, or was not asked
 * for, always holds. Takes kinds, reach, free and isUnpricedWanted, age, concernedIds, windows, spanFrom, spanTo, today and isUntimedWanted, alsoConditionIds, referrerIds.
 */
export const assetConstraints = {
  KINDS: cypher`($asked.kinds IS NULL OR any(label IN labels(asset) WHERE label IN $asked.kinds))`,
  REACH: cypher`($asked.reach IS NULL OR any(kind IN asset.reach WHERE kind IN $asked.reach))`,
  FREE: cypher`($asked.free IS NULL OR coalesce(asset.isFree = $asked.free, $asked.isUnpricedWanted))`,
  AGE: cypher`(${isForThoseConcerned} AND ${admitsAge})`,
  WHEN: cypher`($asked.windows IS NULL
          OR EXISTS { MATCH ${opening} WHERE ${isInWindow} }
          OR EXISTS { MATCH ${usual} AND ${isInWindow} }
          OR EXISTS { MATCH ${laidOut} AND ${isInWindow} }
          OR ($asked.isUntimedWanted AND NOT EXISTS { (asset)-[:FOLLOWS|OPENS]->() }))`,
  CONDITIONS: cypher`($asked.alsoConditionIds IS NULL
          OR any(id IN coalesce(asset.supportedIds, []) WHERE id IN $asked.alsoConditionIds))`,
  REFERRAL: cypher`($asked.referrerIds IS NULL OR EXISTS {
          MATCH (asset)<-[step:REFERS_TO]-(referrer) WHERE referrer.id IN $asked.referrerIds AND coalesce(step.capacity, 'OPEN') = 'OPEN' })`,
} as const;

/** All of `assetConstraints` at once but WHEN. */
export const holdsButWhen = cypher`${assetConstraints.KINDS}
        AND ${assetConstraints.REACH}
        AND ${assetConstraints.FREE}
        AND ${assetConstraints.AGE}
        AND ${assetConstraints.CONDITIONS}
        AND ${assetConstraints.REFERRAL}`;

/** All of `assetConstraints` at once. */
export const holds = cypher`${holdsButWhen} AND ${assetConstraints.WHEN}`;

/** Whether one can get in without a step where a bound asset is met: what it says itself, else what its `site` says. */
export const stepFreeAt = cypher`CASE asset.stepFree WHEN 'UNKNOWN' THEN coalesce(site.stepFree, 'UNKNOWN') ELSE asset.stepFree END`;

/** The constraints on where a bound `asset` is met: its `site` (or null), `metres` away. Takes withinMetres, areaIds, stepFree, and what `wantedAreas` binds. */
export const siteConstraints = {
  STEP_FREE: cypher`($asked.stepFree IS NULL OR $asked.stepFree = false OR ${stepFreeAt} <> 'NO')`,
  WITHIN_METRES: cypher`($asked.withinMetres IS NULL OR coalesce(metres <= $asked.withinMetres, false))`,
  AREAS: cypher`($asked.areaIds IS NULL
          OR EXISTS { MATCH (site)-[:IN]->(home:Area) WHERE home IN wantedHomes }
          OR EXISTS { MATCH (asset)-[:SERVES]->(served:Area) WHERE served IN wantedCovers })`,
} as const;

/** How many of the facts asked about nobody has stated of a bound `asset` met at its `best` site: what states them comes first. */
export const unstated = cypher`([fact IN [
          CASE WHEN $asked.stepFree AND best.stepFree = 'UNKNOWN' THEN 'STEP_FREE' END,
          CASE WHEN $asked.isUnpricedWanted AND asset.isFree IS NULL THEN 'COST' END,
          CASE WHEN $asked.isUntimedWanted AND NOT EXISTS { (asset)-[:FOLLOWS|OPENS]->() } THEN 'TIMES' END,
          CASE WHEN $asked.age IS NOT NULL AND NOT EXISTS {
            MATCH (asset)-[:STATES]->(statement:Eligibility {excludes: false})
            WHERE ${isAboutAge} AND ${holdsForAge} AND ${meansThoseConcerned}
          } THEN 'AGE' END] WHERE fact IS NOT NULL])`;

/**
 * Binds, for the areas of $asked.areaIds, the LSOAs in them as wantedHomes, and every area that those lie in as wantedCovers: what stands in
 * one of the first, or serves one of the second, is in or serves the areas. A nation counts only when it is asked for itself: what serves
 * all of it says nothing of them. Both are empty when $asked.areaIds is null.
 */
export const wantedAreas = cypher`
${homesAskedFor(cypher`wantedHomes`)}
    CALL (wantedHomes) {
      UNWIND wantedHomes AS home
      MATCH (home)-[:WITHIN*0..6]->(cover)
      WITH DISTINCT cover WHERE cover.kind <> 'NATION' OR cover.id IN $asked.areaIds
      RETURN collect(cover) AS wantedCovers
    }`;
