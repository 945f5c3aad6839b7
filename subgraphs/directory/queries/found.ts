import { z } from "zod";
import { type Cypher, cypher } from "../../../graph/cypher.ts";

const named = z.object({ id: z.string(), name: z.string() });

/** An asset found, with how it was found. */
export const foundRow = z.object({
  id: z.string(),
  kind: z.enum(["Group", "Activity", "Organisation", "Place"]),
  name: z.string(),
  /** 0: local, or no place was asked about. 1: found only because it serves a nation. */
  tier: z.number().int(),
  /** How many of the facts asked about (step-free access, age) are not stated. */
  unknowns: z.number().int(),
  score: z.number(),
  support: z.number(),
  closeness: z.number(),
  neighbourhoodsAway: z.number().int().nullable(),
  /** The condition that it was found by; null when none was asked for. */
  conditionId: z.string().nullable(),
  distanceMetres: z.number().int().nullable(),
  site: named.nullable(),
  /** What ties the asset to its site; null when it is the site itself, or has none. */
  siteRelationship: z.string().nullable(),
  /** The LSOA of the site, or the area served, that it was reached through; null when no place was asked about. */
  via: named.extend({ kind: z.string(), called: z.string().nullable(), isServed: z.boolean() }).nullable(),
  /** The areas' relationships between `via` and the place asked about, in the order walked. */
  way: z.array(z.object({ from: named, relationship: z.string(), to: named })),
});

export type FoundRow = z.output<typeof foundRow>;

/** One row: how many there are, and a page of them with one more than asked for. */
export const foundPage = z.object({ total: z.number().int(), rows: z.array(foundRow) });

/** What is asked of an asset, and how well it does it: binds conditionId and support (0 to 1) for a bound asset. */
export const supportOf = {
  /** Takes `shares`: how much each condition counts, by id. */
  condition: cypher`
      MATCH (asset)-[supports:SUPPORTS]->(condition:Condition)
      WHERE $asked.shares[condition.id] IS NOT NULL
      WITH *, condition.id AS conditionId, supports.strength * $asked.shares[condition.id] AS support`,
  /** Takes `scores`: how well each asset's text matches, by id. */
  text: cypher`
      WITH * WHERE $asked.scores[asset.id] IS NOT NULL
      WITH *, null AS conditionId, $asked.scores[asset.id] AS support`,
  anything: cypher`
      WITH *, null AS conditionId, 1.0 AS support`,
} as const;

export type Wanted = keyof typeof supportOf;

/**
 * The filters of AssetFilter on a bound asset, but for those about where it is. A filter that is null asks for nothing.
 * Who is four and a half is four years old: an oldest age in whole years is compared with whole years.
 */
export const filters = cypher`($asked.kinds IS NULL OR any(label IN labels(asset) WHERE label IN $asked.kinds))
      AND ($asked.reach IS NULL OR any(kind IN asset.reach WHERE kind IN $asked.reach))
      AND ($asked.free IS NULL OR asset.isFree = $asked.free)
      AND ($asked.alsoConditionIds IS NULL
        OR EXISTS { MATCH (asset)-[:SUPPORTS]->(also:Condition) WHERE also.id IN $asked.alsoConditionIds })
      AND ($asked.stepFree IS NULL OR $asked.stepFree = false OR asset.stepFree <> 'NO')
      AND ($asked.age IS NULL OR coalesce(asset.minimumAge, 0) <= $asked.age AND coalesce(asset.maximumAge, 1000) >=
        CASE asset.maximumAge WHEN floor(asset.maximumAge) THEN floor($asked.age) ELSE $asked.age END)`;

/** How many of the facts asked about a bound asset does not state: what does comes first. */
export const unknowns = cypher`CASE WHEN $asked.stepFree AND asset.stepFree = 'UNKNOWN' THEN 1 ELSE 0 END +
          CASE WHEN $asked.age IS NOT NULL AND asset.minimumAge IS NULL AND asset.maximumAge IS NULL THEN 1 ELSE 0 END`;

/**
 * Binds, for the areas of $asked.areaIds, the LSOAs in them as wantedHomes, and every area that those lie in as wantedCovers: what stands in
 * one of the first, or serves one of the second, is in or serves the areas. A nation counts only when it is asked for itself: what serves
 * all of it says nothing of them. Both are empty when $asked.areaIds is null.
 */
export const wantedAreas = cypher`
    CALL () {
      MATCH (wanted:Area)<-[:WITHIN*0..6]-(home:Area)
      WHERE wanted.id IN $asked.areaIds AND home.kind = 'LSOA'
      RETURN collect(DISTINCT home) AS wantedHomes
    }
    CALL (wantedHomes) {
      UNWIND wantedHomes AS home
      MATCH (home)-[:WITHIN*0..6]->(cover:Area)
      WHERE cover.kind <> 'NATION' OR cover.id IN $asked.areaIds
      RETURN collect(DISTINCT cover) AS wantedCovers
    }`;

/** An order of what is found, over `asset` and `best`, with ties broken by id; `after` keeps what comes after a cursor. */
export interface Order {
  readonly after: Cypher;
  readonly by: Cypher;
}

export const orders = {
  /** Takes afterTier, afterUnknowns, afterScore and afterId: null from the start. Where step-free access is asked for, YES comes before UNKNOWN. */
  relevance: {
    after: cypher`$asked.afterTier IS NULL
          OR best.tier > $asked.afterTier
          OR (best.tier = $asked.afterTier AND best.unknowns > $asked.afterUnknowns)
          OR (best.tier = $asked.afterTier AND best.unknowns = $asked.afterUnknowns AND best.score < $asked.afterScore)
          OR (best.tier = $asked.afterTier AND best.unknowns = $asked.afterUnknowns AND best.score = $asked.afterScore AND asset.id > $asked.afterId)`,
    by: cypher`best.tier, best.unknowns, best.score DESC, asset.id`,
  },
  /** Takes afterName and afterId. */
  name: {
    after: cypher`$asked.afterName IS NULL OR asset.name > $asked.afterName OR (asset.name = $asked.afterName AND asset.id > $asked.afterId)`,
    by: cypher`asset.name, asset.id`,
  },
} as const satisfies Record<string, Order>;
