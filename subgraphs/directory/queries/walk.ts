import { type Cypher, cypher } from "../../../graph/cypher.ts";
import { filters, foundPage, type Order, orders, supportOf, unknowns, type Wanted, wantedAreas } from "./found.ts";

/** How far out a walk goes at most: about 450 LSOAs, which is the size of a large city, or a good part of a county. */
export const furthestRing = 12;

/** How far out a walk goes first: most pages are full by then. */
export const firstRing = 3;

/** How many neighbourhoods away an asset counts as that serves an area of each kind and comes to people there. */
export const servedRings = {
  LSOA: 0,
  NEIGHBOURHOOD: 1,
  WARD: 1,
  MSOA: 1,
  CLUSTER: 2,
  DISTRICT: 3,
  LOCAL_AUTHORITY: 4,
  NATION: furthestRing + 1,
} as const;

/**
 * The walk: from an area's LSOAs outward along BORDERS to the places in each, to what is held, meets or is based there, to what that
 * supports; and from the areas the LSOAs lie in to what SERVES them. It starts at the place, so that its cost is that of the
 * neighbourhood and not of the country.
 *
 * Takes: areaId; latitude, longitude (where distances are measured from); servedRings, furthestRing; isNationalWanted; withinMetres and
 * areaIds, or null; what `supportOf`, `filters` and the order take; limit.
 */
function walkText(rings: Cypher, support: Cypher, order: Order): Cypher {
  return cypher`
    ${wantedAreas}
    MATCH (around:Area {id: $asked.areaId})
    CALL (around) {
      MATCH (around)<-[:WITHIN*0..6]-(home:Area)
      WHERE home.kind = 'LSOA'
      RETURN collect(DISTINCT home) AS homes
    }
    CALL (homes) {
      UNWIND homes AS home
      MATCH (home)-[:WITHIN*0..6]->(cover:Area)
      RETURN collect(DISTINCT cover) AS covers
    }
    WITH wantedHomes, wantedCovers, around, homes, covers, point({latitude: $asked.latitude, longitude: $asked.longitude}) AS here
    CALL (homes, covers, here) {
      CALL (homes) {
        UNWIND homes AS home
        MATCH path = (home)-[:BORDERS*0..${rings}]-(lsoa:Area)
        RETURN lsoa, min(length(path)) AS ring
      }
      MATCH (lsoa)<-[:IN]-(site:Place)
      MATCH (site)<-[:HELD_AT|MEETS_AT|BASED_AT*0..1]-(asset:Asset)
      WHERE site.status = 'PUBLISHED' AND asset.status = 'PUBLISHED'
        AND (NOT EXISTS { (asset)-[:SERVES]->() } OR EXISTS { MATCH (asset)-[:SERVES]->(served) WHERE served IN covers })
      ${support}
      WITH asset, site, lsoa AS via, ring, 0 AS tier, conditionId, support,
        point.distance(coalesce(site.location, lsoa.centre), here) AS metres
      RETURN asset, site, via, ring AS neighbourhoodsAway, tier, conditionId, support, metres,
        1.0 / (1 + ring + metres / (metres + 1000)) AS closeness
      UNION ALL
      UNWIND covers AS cover
      WITH cover, here WHERE cover.kind <> 'NATION' OR $asked.isNationalWanted OR cover.id = $asked.areaId
      MATCH (cover)<-[:SERVES]-(asset:Asset)
      WHERE asset.status = 'PUBLISHED'
      ${support}
      WITH asset, cover, here, conditionId, support,
        any(kind IN asset.reach WHERE kind <> 'AT_A_PLACE') AS isComingToYou,
        head(COLLECT {
          MATCH (asset)-[:HELD_AT|MEETS_AT|BASED_AT*0..1]->(near:Place)
          WHERE 'AT_A_PLACE' IN asset.reach AND near.location IS NOT NULL AND near.status = 'PUBLISHED'
          RETURN near ORDER BY point.distance(near.location, here), near.id
        }) AS site
      WITH asset, cover, site, conditionId, support, point.distance(site.location, here) AS metres,
        CASE WHEN isComingToYou OR $asked.servedRings[cover.kind] < $asked.servedRings['LOCAL_AUTHORITY']
          THEN $asked.servedRings[cover.kind] ELSE $asked.furthestRing END AS ring
      RETURN asset, site, cover AS via, null AS neighbourhoodsAway,
        CASE cover.kind WHEN 'NATION' THEN 1 ELSE 0 END AS tier, conditionId, support, metres,
        1.0 / (1 + ring + coalesce(metres / (metres + 1000), 0)) AS closeness
    }
    WITH wantedHomes, wantedCovers, around, asset, site, via, neighbourhoodsAway, tier, conditionId, support, metres, closeness,
      support * closeness AS score
    WHERE ${filters}
      AND ($asked.withinMetres IS NULL OR metres <= $asked.withinMetres)
      AND ($asked.areaIds IS NULL
        OR EXISTS { MATCH (site)-[:IN]->(home:Area) WHERE home IN wantedHomes }
        OR EXISTS { MATCH (asset)-[:SERVES]->(served:Area) WHERE served IN wantedCovers })
    WITH around, asset, site, via, neighbourhoodsAway, tier, conditionId, support, metres, closeness, score
    ORDER BY tier, score DESC, coalesce(metres, 1e9), conditionId, via.id
    WITH around, asset, head(collect({
      site: site, via: via, neighbourhoodsAway: neighbourhoodsAway, tier: tier, conditionId: conditionId, support: support,
      metres: metres, closeness: closeness, score: score,
      unknowns: ${unknowns}
    })) AS best
    WITH around, collect({asset: asset, best: best}) AS found
    RETURN size(found) AS total, COLLECT {
      UNWIND found AS one
      WITH one.asset AS asset, one.best AS best
      WHERE ${order.after}
      WITH asset, best, best.via AS via, best.site AS site ORDER BY ${order.by} LIMIT $asked.limit
      RETURN {
        id: asset.id, kind: head([label IN labels(asset) WHERE label <> 'Asset']), name: asset.name,
        tier: best.tier, unknowns: best.unknowns, score: best.score, support: best.support, closeness: best.closeness,
        neighbourhoodsAway: best.neighbourhoodsAway, conditionId: best.conditionId,
        distanceMetres: toInteger(round(best.metres)),
        site: CASE WHEN site IS NULL THEN null ELSE site {.id, .name} END,
        siteRelationship: CASE WHEN site IS NULL OR site = asset THEN null ELSE head(COLLECT {
          MATCH (asset)-[at:HELD_AT|MEETS_AT|BASED_AT]->(site) RETURN type(at) AS at ORDER BY at DESC
        }) END,
        via: {
          id: via.id, name: via.name, kind: via.kind, isServed: best.neighbourhoodsAway IS NULL,
          called: head(COLLECT {
            MATCH (via)-[:WITHIN*1..2]->(named:Area) WHERE named.kind IN ['NEIGHBOURHOOD', 'MSOA']
            RETURN named.name ORDER BY named.kind DESC, named.population, named.id
          })
        },
        way: coalesce(CASE WHEN best.neighbourhoodsAway IS NULL THEN head(COLLECT {
          MATCH path = SHORTEST 1 (around)<-[:WITHIN]-{0,6}(:Area)-[:WITHIN]->{0,6}(via)
          RETURN [step IN relationships(path) | {
            from: {id: startNode(step).id, name: startNode(step).name}, relationship: type(step),
            to: {id: endNode(step).id, name: endNode(step).name}
          }]
        }) ELSE head(COLLECT {
          MATCH path = SHORTEST 1 (via)-[:BORDERS]-{0,12}(:Area)-[:WITHIN]->{0,6}(around)
          RETURN [i IN range(0, size(relationships(path)) - 1) | {
            from: {id: nodes(path)[i].id, name: nodes(path)[i].name}, relationship: type(relationships(path)[i]),
            to: {id: nodes(path)[i + 1].id, name: nodes(path)[i + 1].name}
          }]
        }) END, [])
      }
    } AS rows`;
}

const ringsOf = { here: cypher`0`, first: cypher`3`, furthest: cypher`12` } as const;

/** How far a walk goes: over the place itself, over `firstRing` rings around it, over `furthestRing`. */
export type Extent = keyof typeof ringsOf;

function walkStatement(extent: Extent, wanted: Wanted, order: keyof typeof orders) {
  return {
    name: `walk ${extent} by ${wanted} in order of ${order}`,
    access: "READ",
    text: walkText(ringsOf[extent], supportOf[wanted], orders[order]),
    row: foundPage,
  } as const;
}

function walksOf(order: keyof typeof orders) {
  const walks = (wanted: Wanted) => ({
    here: walkStatement("here", wanted, order),
    first: walkStatement("first", wanted, order),
    furthest: walkStatement("furthest", wanted, order),
  });
  return { condition: walks("condition"), text: walks("text"), anything: walks("anything") } as const;
}

/** The walks, by order, by what is asked of an asset, and by how far they go. */
export const walkStatements = { relevance: walksOf("relevance"), name: walksOf("name") } as const;
