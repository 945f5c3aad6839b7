import { type Cypher, cypher } from "../../../graph/cypher.ts";
import { homesIn } from "../../homes.ts";
import { stepFreeAt, wantedAreas } from "./filters.ts";
import type { Form } from "./form.ts";
import { closeness, isWorded } from "./ranking.ts";

/**
 * How many rings around the place itself a walk goes over. The furthest are about 450 LSOAs, which is the size of a large city, or a good
 * part of a county.
 */
export const rings = { here: 0, next: 1, near: 3, further: 6, furthest: 12 } as const;

type Rings = keyof typeof rings;

/** How far out a walk goes at most. */
export const furthestRing = rings.furthest;

/** How many neighbourhoods away an asset counts as that serves an area of each kind and comes to people there. */
export const servedRings = {
  LSOA: 0,
  NEIGHBOURHOOD: 0.5,
  WARD: 0.5,
  MSOA: 0.5,
  CLUSTER: 1,
  DISTRICT: 2,
  LOCAL_AUTHORITY: 3,
  NATION: furthestRing + 1,
} as const;

/** How far a walk goes: over some rings, or to what is within $asked.withinMetres. */
export type Extent = Rings | "within metres";

/** `rings` as Cypher, into which no value can be put. */
const ringsOf: Readonly<Record<Rings, Cypher>> = {
  here: cypher`0`,
  next: cypher`1`,
  near: cypher`3`,
  further: cypher`6`,
  furthest: cypher`12`,
};

/** How many steps along LEADS_TO the outermost ring is from a named area: from the area to its LSOAs is one, which is ring 0. */
const stepsOf: Readonly<Record<Rings, Cypher>> = {
  here: cypher`1`,
  next: cypher`2`,
  near: cypher`4`,
  further: cypher`7`,
  furthest: cypher`13`,
};

/** Whether a bound `asset` supports a condition that counts: told by the asset itself (see graph/derived.ts). Takes shares. */
const isSupporting = cypher`any(id IN asset.supportedIds WHERE $asked.shares[id] IS NOT NULL)`;

/** The conditions that a bound `asset` supports and that count, {id, strength} of each. Takes shares. */
const supports = cypher`[i IN range(0, size(coalesce(asset.supportedIds, [])) - 1) WHERE $asked.shares[asset.supportedIds[i]] IS NOT NULL |
        {id: asset.supportedIds[i], strength: asset.supportedStrengths[i]}]`;

/** What is asked of an asset: whether a bound one is wanted, and what it counts for, as a list like `supports`. */
interface Asking {
  readonly isWanted: Cypher;
  readonly supports: Cypher;
}

/** It supports a condition that counts, or counts for its words, or nothing is asked. Takes shares (of every condition that counts, by id), isAnything, and what `isWorded` takes. */
export const relevant: Asking = { isWanted: cypher`(${isSupporting} OR $asked.isAnything OR ${isWorded})`, supports };

/** Nothing is asked of an asset. */
export const whatever: Asking = { isWanted: cypher`true`, supports: cypher`[]` };

/** What each form asks of an asset. */
export const asking: Readonly<Record<Form, Asking>> = {
  conditions: { isWanted: isSupporting, supports },
  anything: whatever,
  whole: relevant,
};

/** How many steps lead from a bound area to the LSOAs in it. */
const stepsHome = cypher`CASE around.kind WHEN 'LSOA' THEN 0 ELSE 1 END`;

/**
 * Binds lsoa, ring and site for the places in the rings around a bound area. Of the LSOAs those that have any tell it by a label: in a thin
 * country they are few. What is the same for all is worked out once. A site may be a postcode: that has no status, and so is never published.
 */
const sitesInRings = (extent: Rings) => cypher`
      CALL (around) {
        WITH around, ${stepsHome} AS stepsHome
        MATCH path = (around)-[:LEADS_TO*0..${stepsOf[extent]}]->(lsoa:WithPlaces)
        WITH lsoa, stepsHome, min(length(path)) AS steps
        WITH lsoa, steps - stepsHome AS ring
        WHERE 0 <= ring <= ${ringsOf[extent]}
        RETURN lsoa, ring
      }
      MATCH (lsoa)<-[:IN]-(site)`;

/** Of so many LSOAs, by how far away they may be, the way to each is searched for by itself; else all rings are walked. Of ways to one there are as many as the square of how far it is. */
const areFew = cypher`size(lsoas) * (1 + ($asked.withinMetres / 2000.0) ^ 2) <= 180`;

/**
 * Binds the same for the places within $asked.withinMetres of `here`, and in no ring but those: what is asked for is near, and so is found by
 * where it is. Then the walk is to the LSOAs that have any.
 */
const sitesWithinMetres = cypher`
      CALL (here) {
        MATCH (site:Place)
        USING POINT INDEX site:Place(location)
        WHERE point.distance(site.location, here) <= $asked.withinMetres
        MATCH (site)-[:IN]->(lsoa:Area)
        RETURN lsoa
        UNION
        MATCH (lsoa:Area)
        USING POINT INDEX lsoa:Area(centre)
        WHERE point.distance(lsoa.centre, here) <= $asked.withinMetres AND lsoa:WithPlaces
        RETURN lsoa
      }
      WITH around, covers, here, collect(lsoa) AS lsoas
      CALL (around, lsoas) {
        WITH lsoas WHERE ${areFew}
        UNWIND lsoas AS lsoa
        MATCH path = SHORTEST 1 (around)-[:LEADS_TO]->{0,${stepsOf.furthest}}(lsoa)
        RETURN lsoa, length(path) AS steps
        UNION ALL
        WITH lsoas WHERE NOT (${areFew})
        MATCH path = (around)-[:LEADS_TO*0..${stepsOf.furthest}]->(lsoa:WithPlaces)
        WHERE lsoa IN lsoas
        RETURN lsoa, min(length(path)) AS steps
      }
      WITH covers, here, lsoa, steps - ${stepsHome} AS ring
      WHERE 0 <= ring <= ${ringsOf.furthest}
      MATCH (lsoa)<-[:IN]-(site)
      WHERE point.distance(coalesce(site.location, lsoa.centre), here) <= $asked.withinMetres`;

/** Whether a bound `asset` is open to `covers`: it serves one of them, or no area at all. To know it, Neo4j reads all relationships of the asset. */
const isOpenHere = cypher`(NOT EXISTS { (asset)-[:SERVES]->() } OR EXISTS { MATCH (asset)-[:SERVES]->(served) WHERE served IN covers })`;

/**
 * The walk: along LEADS_TO from an area to its LSOAs and outward over those they border, to the places in each, and to what is held, meets or
 * is based there; and from the areas the LSOAs lie in to what SERVES them. It starts at the place, so that its cost is that of the
 * neighbourhood and not of the country.
 * What serves areas, but none of these, is left out, however near.
 *
 * Binds around (the area), and for each asset at each site: asset, site (or null), via (the LSOA, or the area served), neighbourhoodsAway
 * (null by what it serves), tier (1 when it reaches people only nationally), metres (or null), closeness, stepFree, and supports (see `Asking`).
 *
 * Most of what is near is not what is asked for. So that is asked first, of the asset alone, and all else of what is left. Rows are distinct
 * without it: `WITH DISTINCT` keeps the planner from asking in another order.
 *
 * Takes areaId; latitude, longitude (where distances are measured from); servedRings, furthestRing; isNationalWanted; areaIds or null.
 */
export function walked(extent: Extent, { isWanted, supports }: Asking, form: Form = "whole"): Cypher {
  const isFiltered = form === "whole";
  return cypher`
    ${isFiltered ? wantedAreas : cypher``}
    MATCH (around:Area {id: $asked.areaId})
    ${homesIn(cypher`around`)}
    CALL (homes) {
      UNWIND homes AS home
      MATCH (home)-[:WITHIN*0..6]->(cover)
      RETURN collect(DISTINCT cover) AS covers
    }
    WITH ${isFiltered ? cypher`wantedHomes, wantedCovers,` : cypher``} around, homes, covers,
      point({latitude: $asked.latitude, longitude: $asked.longitude}) AS here
    CALL (around, covers, here) {
      ${extent === "within metres" ? sitesWithinMetres : sitesInRings(extent)}
      MATCH (site)<-[:HELD_AT|MEETS_AT|BASED_AT*0..1]-(asset)
      WHERE ${isWanted}
      WITH DISTINCT asset, site, lsoa, ring
      WHERE all(one IN [asset, site] WHERE one.status = 'PUBLISHED') AND ${isOpenHere}
      WITH asset, site, lsoa AS via, ring, ${supports} AS supports,
        point.distance(coalesce(site.location, lsoa.centre), here) AS metres
      RETURN asset, site, via, ring AS neighbourhoodsAway, 0 AS tier, metres, ${closeness(cypher`ring`, cypher`metres`)} AS closeness,
        ${isFiltered ? stepFreeAt : cypher`null`} AS stepFree, supports
      UNION ALL
      UNWIND covers AS cover
      WITH cover, here WHERE cover.kind <> 'NATION' OR $asked.isNationalWanted OR cover.id = $asked.areaId
      MATCH (cover)<-[:SERVES]-(asset)
      WHERE ${isWanted}
      WITH DISTINCT asset, cover
      WHERE asset.status = 'PUBLISHED'
      WITH asset, cover, here, ${supports} AS supports,
        any(kind IN asset.reach WHERE kind <> 'AT_A_PLACE') AS isComingToYou
      OPTIONAL MATCH (asset)-[:HELD_AT|MEETS_AT|BASED_AT*0..1]->(site:Place)
      WHERE 'AT_A_PLACE' IN asset.reach AND point.distance(site.location, here) IS NOT NULL AND site.status = 'PUBLISHED'
      WITH asset, cover, site, supports, point.distance(site.location, here) AS metres,
        CASE WHEN isComingToYou OR $asked.servedRings[cover.kind] < $asked.servedRings['LOCAL_AUTHORITY']
          THEN $asked.servedRings[cover.kind] ELSE $asked.furthestRing END AS ring
      RETURN asset, site, cover AS via, null AS neighbourhoodsAway, CASE cover.kind WHEN 'NATION' THEN 1 ELSE 0 END AS tier, metres,
        ${closeness(cypher`ring`, cypher`metres`)} AS closeness, ${isFiltered ? stepFreeAt : cypher`null`} AS stepFree, supports
    }`;
}

/** Where a list starts when no place was asked about. */
export type Start = "wish" | "areas" | "everything";

const starts: Readonly<Record<Start, Cypher>> = {
  /** From the conditions, and from the assets whose words match: its cost is the number of those. Takes conditionIds, scores, textEnough. */
  wish: cypher`
    CALL () {
      MATCH (start:Condition) WHERE start.id IN $asked.conditionIds
      MATCH (start)<-[:SUPPORTS]-(asset:Asset)
      RETURN asset
      UNION
      MATCH (asset:Asset) WHERE asset.id IN keys($asked.scores)
      RETURN asset
    }`,
  /** From several areas: what stands there or serves them. What stands there and serves others only is left out, as on a walk. Takes areaIds. */
  areas: cypher`
    CALL (wantedHomes, wantedCovers) {
      UNWIND wantedHomes AS home
      MATCH (home)<-[:IN]-(site:Place)
      WHERE site.status = 'PUBLISHED'
      MATCH (site)<-[:HELD_AT|MEETS_AT|BASED_AT*0..1]-(asset:Asset)
      WHERE NOT EXISTS { (asset)-[:SERVES]->() } OR EXISTS { (asset)-[:SERVES]->(:Area)<-[:WITHIN*0..6]-(home) }
      RETURN asset
      UNION
      UNWIND wantedCovers AS cover
      MATCH (cover)<-[:SERVES]-(asset:Asset)
      RETURN asset
    }`,
  /** All there is: its cost is that of the whole directory. */
  everything: cypher`
    MATCH (asset:Asset)`,
};

/** Assets wherever they are: binds what `walked` does, with no area, no site and no distance. Takes areaIds, and what its start takes. */
export function anywhere(start: Start, { isWanted, supports }: Asking): Cypher {
  return cypher`
    ${wantedAreas}
    ${starts[start]}
    WITH wantedHomes, wantedCovers, asset
    WHERE asset.status = 'PUBLISHED' AND ${isWanted}
    WITH wantedHomes, wantedCovers, null AS around, asset, null AS site, null AS via, null AS neighbourhoodsAway, 0 AS tier, null AS metres, 1.0 AS closeness,
      asset.stepFree AS stepFree, ${supports} AS supports`;
}
