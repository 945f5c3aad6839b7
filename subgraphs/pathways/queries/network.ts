import { z } from "zod";
import { type Cypher, cypher } from "../../../graph/cypher.ts";
import { homesIn } from "../../homes.ts";
import { admitsAge, holdsForAge, isAboutAge, isForThoseConcerned, meansThoseConcerned } from "../../admission.ts";

/** Why a step or an asset is closed to the person: those of the schema that are told of one step. */
const whyNot = z.array(
  z.enum(["TOO_YOUNG", "TOO_OLD", "OUT_OF_AREA", "EXCLUDED", "NOT_ACCEPTED", "FULL", "PAUSED", "CLOSED"]),
);

/** An asset that ways may pass or end at, and the steps that lead to it. */
export const networkRow = z.object({
  id: z.string(),
  /** What it supports of what was asked for, where a way may end at it: the condition that counts most. */
  conditionId: z.string().nullable(),
  /** From the place asked about to the nearest of its sites, in metres; null when there is no such place or site. */
  metres: z.number().nullable(),
  whyNot,
  /** As lists, since a map is read by its names, over and over: id, fromId, waitDays, confirmedOn, and what it has against the person. */
  steps: z.array(z.tuple([z.string(), z.string(), z.number().int().nullable(), z.string().nullable(), whyNot])),
});

export type NetworkRow = z.output<typeof networkRow>;

/** Where ways may end: at what helps near a place, at what helps anywhere, or at some assets. */
export type Ends = "near" | "anywhere" | "given";

/** The most hand-offs a way may have. */
export const mostHandOffs = 5;

/**
 * Whether what a bound `asset` supports counts, by what it does itself. Told by the asset (see graph/derived.ts) before its relationships are
 * read, since most assets support something else: a CASE, because Neo4j asks what an AND joins in an order of its own. Takes shares.
 */
const helps = cypher`CASE WHEN any(id IN asset.supportedIds WHERE $asked.shares[id] IS NOT NULL)
        THEN EXISTS { (asset)<-[:REFERS_TO]-() } AND asset.status = 'PUBLISHED'
          AND EXISTS { MATCH (asset)-[gives:SUPPORTS]->(condition) WHERE $asked.shares[condition.id] IS NOT NULL AND gives.byReferral IS NULL }
        ELSE false END`;

/** The sites of a bound `asset`. */
export const sites = cypher`(asset)-[:HELD_AT|MEETS_AT|BASED_AT*0..1]->(site:Place)`;

/** Whether a bound `asset` serves the place asked about, or nowhere in particular. */
const isOpenHere = cypher`(NOT EXISTS { (asset)-[:SERVES]->() } OR EXISTS { MATCH (asset)-[:SERVES]->(served) WHERE served IN covers })`;

/**
 * Whether a bound `asset` belongs to the surroundings of the place: it serves it, or serves nowhere in particular and is near, or nowhere; or, where near misses
 * are wanted too, it is near or serves somewhere close, and not this place. What costs least is asked first. Takes covers and assetsNear.
 */
export const belongs = cypher`CASE WHEN $asked.isBlockedWanted AND asset IN assetsNear THEN true
        WHEN EXISTS { (asset)-[:SERVES]->() }
        THEN EXISTS { MATCH (asset)-[:SERVES]->(served) WHERE served IN covers }
          OR ($asked.isBlockedWanted
            AND EXISTS { MATCH (asset)-[:SERVES]->(:Area)-[:WITHIN*1..4]->(around) WHERE around IN covers AND around.kind <> 'NATION' })
        ELSE asset IN assetsNear OR NOT EXISTS { ${sites} } END`;

/**
 * The place asked about: binds covers (every area that its LSOAs lie in), nearby (the LSOAs up to six borders away) and here (its point). Takes
 * areaId, latitude and longitude.
 */
export const place = cypher`
    MATCH (around:Area {id: $asked.areaId})
    ${homesIn(cypher`around`)}
    CALL (homes) {
      UNWIND homes AS home
      MATCH (home)-[:WITHIN]->(part)
      WITH DISTINCT part
      MATCH (part)-[:WITHIN*0..5]->(cover)
      RETURN collect(DISTINCT cover) AS wider
    }
    CALL (around) {
      WITH around, CASE around.kind WHEN 'LSOA' THEN 0 ELSE 1 END AS stepsHome
      MATCH path = (around)-[:LEADS_TO*0..7]->(lsoa:WithPlaces)
      WITH lsoa, stepsHome, min(length(path)) AS steps
      WHERE 0 <= steps - stepsHome <= 6
      RETURN collect(lsoa) AS nearby
    }
    WITH homes + wider AS covers, nearby, point({latitude: $asked.latitude, longitude: $asked.longitude}) AS here`;

/** Binds, as assetsNear, what has a site in the LSOAs of the bound `nearby`. */
export const nearbyAssets = cypher`
    CALL (nearby) {
      UNWIND nearby AS lsoa
      MATCH (lsoa)<-[:IN]-(site:Place)
      MATCH (site)<-[:HELD_AT|MEETS_AT|BASED_AT*0..1]-(asset:Asset)
      RETURN collect(DISTINCT asset) AS assetsNear
    }`;

const nowhere = cypher`
    WITH [] AS covers, [] AS assetsNear, null AS here`;

/** How each binds ends, the assets that ways may end at. */
const ending: Readonly<Record<Ends, Cypher>> = {
  near: cypher`${place}
    ${nearbyAssets}
    CALL (covers, assetsNear) {
      UNWIND covers AS cover
      MATCH (cover)<-[:SERVES]-(asset:Asset)
      WHERE ${helps}
      RETURN asset
      UNION
      UNWIND assetsNear AS asset
      WITH asset WHERE ${helps} AND ($asked.isBlockedWanted OR NOT EXISTS { (asset)-[:SERVES]->() })
      RETURN asset
      UNION
      // What serves a part of where the person lives, and not their own.
      UNWIND covers AS cover
      WITH cover WHERE $asked.isBlockedWanted AND NOT cover.kind IN ['NATION', 'LSOA']
      MATCH (cover)<-[:WITHIN*1..2]-(part:Area)<-[:SERVES]-(asset:Asset)
      WHERE ${helps}
      RETURN asset
    }
    WITH covers, assetsNear, here, collect(asset) AS ends`,
  /** Its cost is that of all that supports the need. Takes conditionIds. */
  anywhere: cypher`${nowhere}
    CALL () {
      MATCH (start:Condition) WHERE start.id IN $asked.conditionIds
      MATCH (start)<-[:SUPPORTS]-(asset:Asset)
      WITH DISTINCT asset
      WHERE ${helps}
      RETURN collect(asset) AS ends
    }`,
  /** Takes endIds. */
  given: cypher`${nowhere}
    CALL () {
      MATCH (asset:Asset)
      WHERE asset.id IN $asked.endIds AND asset.status = 'PUBLISHED' AND asset.supportedIds IS NOT NULL
      RETURN collect(asset) AS ends
    }`,
};

/**
 * Adds to the bound `met` the assets that refer people to any of the bound `latest`, with which a way has so many hand-offs, but for those elsewhere; those
 * that are new are `latest` then. None are added beyond $asked.mostHandOffs.
 */
const referring = (ends: Ends, handOffs: Cypher): Cypher => cypher`
    CALL (covers, assetsNear, met, latest) {
      UNWIND CASE WHEN $asked.mostHandOffs < ${handOffs} THEN [] ELSE latest END AS to
      MATCH (to)<-[:REFERS_TO]-(asset:Asset)
      WITH DISTINCT asset, covers, assetsNear, met
      WHERE NOT asset IN met AND asset.status = 'PUBLISHED' AND ${ends === "near" ? belongs : cypher`true`}
      RETURN collect(asset) AS further
    }
    WITH ends, covers, assetsNear, here, met + further AS met, further AS latest`;

/** What a bound `asset` has against the person. Takes age and concernedIds, and what \`admitsAge\` takes. */
const whyNotAsset = (ends: Ends): Cypher => cypher`[reason IN [
        CASE WHEN ${admitsAge} THEN null
          WHEN EXISTS { MATCH (asset)-[:STATES]->(statement:Eligibility {excludes: false}) WHERE coalesce(statement.minimumAge, 0) > $asked.age }
            OR EXISTS { MATCH (asset)-[:STATES]->(statement:Eligibility {excludes: true})
              WHERE statement.minimumAge IS NULL AND ${isAboutAge} AND ${holdsForAge} AND ${meansThoseConcerned} }
          THEN 'TOO_YOUNG' ELSE 'TOO_OLD' END,
        CASE WHEN ${isForThoseConcerned} THEN null ELSE 'EXCLUDED' END,
        CASE WHEN ${ends === "near" ? isOpenHere : cypher`true`} THEN null ELSE 'OUT_OF_AREA' END
      ] WHERE reason IS NOT NULL]`;

/** Whether a bound `step` takes people who live in the place asked about, going by the areas that it states. Takes coverIds, the ids of covers. */
export const takesFromHere = cypher`(step.areaIds IS NULL OR any(id IN step.areaIds WHERE id IN coverIds))`;

/**
 * What a bound `step` has against the person: an oldest age in whole years is compared with whole years. Takes age, concernedIds, isConditionsStated
 * (whether what the person has is known, so that what is not among it is not so), and coverIds.
 */
const whyNotStep = (ends: Ends): Cypher => cypher`[reason IN [
            CASE WHEN $asked.age IS NOT NULL AND $asked.age < step.minimumAge THEN 'TOO_YOUNG' END,
            CASE WHEN $asked.age IS NOT NULL AND step.maximumAge < CASE step.maximumAge WHEN floor(step.maximumAge) THEN floor($asked.age) ELSE $asked.age END
              THEN 'TOO_OLD' END,
            CASE WHEN ${ends === "near" ? cypher`NOT ${takesFromHere}` : cypher`false`}
              THEN 'OUT_OF_AREA' END,
            CASE WHEN any(id IN step.excludedConditionIds WHERE id IN $asked.concernedIds) THEN 'EXCLUDED' END,
            CASE WHEN $asked.isConditionsStated AND none(id IN step.acceptedConditionIds WHERE id IN $asked.concernedIds)
              THEN 'NOT_ACCEPTED' END,
            CASE WHEN step.capacity <> 'OPEN' THEN step.capacity END
          ] WHERE reason IS NOT NULL]`;

/**
 * The network of referrals around what helps: from there back along REFERS_TO, hand-off by hand-off, to whoever refers people there. It is walked from
 * that end because what helps near a place is few, and what a GP practice may refer to is all there is in the country. One row for each asset met.
 *
 * It is as deep as ways of $asked.mostHandOffs need, and near a place its steps begin within it or at $asked.fromIds. Only what the person may use is in it; where $asked.isBlockedWanted, all with what
 * is against it, and what the person may use from other kinds of referrer, but for what $asked.fromIds may refer to as well: a way of others from there is as long as their own.
 */
function networkStatement(ends: Ends) {
  return {
    name: `network ${ends}`,
    access: "READ",
    text: cypher`
    ${ending[ends]}
    WITH ends, covers, assetsNear, here, ends AS met, ends AS latest
    ${referring(ends, cypher`2`)}
    ${referring(ends, cypher`3`)}
    ${referring(ends, cypher`4`)}
    ${referring(ends, cypher`5`)}
    WITH ends, covers, here, met, [cover IN covers | cover.id] AS coverIds,
      met + COLLECT { MATCH (from:Referrer) WHERE from.id IN $asked.fromIds RETURN from } AS beginning
    UNWIND met AS asset
    WITH asset, beginning, ends, covers, coverIds, here, ${whyNotAsset(ends)} AS whyNot
    WHERE $asked.isBlockedWanted OR size(whyNot) = 0
    WITH asset, ends, covers, coverIds, here, whyNot, COLLECT {
        MATCH (asset)<-[step:REFERS_TO]-(from)
        WHERE ${ends === "near" ? cypher`from IN beginning` : cypher`from:Asset OR from.id IN $asked.fromIds`}
        WITH step, from, ${whyNotStep(ends)} AS against
        WHERE $asked.isBlockedWanted OR size(against) = 0
        RETURN [step.id, from.id, step.waitDays, toString(step.confirmedOn), against]
      } AS ownSteps
    RETURN asset.id AS id, whyNot,
      CASE WHEN asset IN ends THEN head(COLLECT {
        MATCH (asset)-[supports:SUPPORTS]->(condition:Condition)
        WHERE ${ends === "given" ? cypher`true` : cypher`$asked.shares[condition.id] IS NOT NULL AND supports.byReferral IS NULL`}
        RETURN condition.id
        ORDER BY supports.strength * coalesce($asked.shares[condition.id], 1) DESC, condition.id
      }) END AS conditionId,
      CASE WHEN here IS NULL OR NOT asset IN ends THEN null ELSE head(COLLECT {
        MATCH ${sites}
        WHERE site.status = 'PUBLISHED' AND site.location IS NOT NULL
        RETURN point.distance(site.location, here) AS metres ORDER BY metres LIMIT 1
      }) END AS metres,
      ownSteps + CASE
        WHEN $asked.isBlockedWanted AND size(whyNot) = 0 AND none(step IN ownSteps WHERE step[1] IN $asked.fromIds AND step[4] = []) THEN COLLECT {
          MATCH (asset)<-[step:REFERS_TO]-(from:Referrer)
          WHERE NOT from.id IN $asked.fromIds
          WITH step, from, ${whyNotStep(ends)} AS against
          WHERE size(against) = 0
          RETURN [step.id, from.id, step.waitDays, toString(step.confirmedOn), against]
        }
        ELSE [] END AS steps`,
    row: networkRow,
  } as const;
}

export const networkStatements = {
  near: networkStatement("near"),
  anywhere: networkStatement("anywhere"),
  given: networkStatement("given"),
} as const;
