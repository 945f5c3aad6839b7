import { type Cypher, cypher } from "../../../graph/cypher.ts";
import { filters, foundPage, type Order, orders, supportOf, unknowns, type Wanted, wantedAreas } from "./found.ts";

/** Where a list starts when no place was asked about, but something else was. */
const startOf = {
  /** From the conditions: its cost is the number of assets that support them. Takes conditionIds. */
  condition: cypher`
      MATCH (start:Condition) WHERE start.id IN $asked.conditionIds
      MATCH (start)<-[:SUPPORTS]-(asset:Asset)
      WITH DISTINCT asset`,
  /** From the assets whose text matches. */
  text: cypher`MATCH (asset:Asset) WHERE asset.id IN keys($asked.scores)`,
  /** From several areas: what stands there or serves them. What stands there and serves others only is left out, as on a walk. Takes areaIds. */
  areas: cypher`
      ${wantedAreas}
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
      }
      WITH asset`,
} as const;

/** Takes what its start and what `supportOf`, `filters` and the order take; limit. */
function everywhereText(start: Cypher, wanted: Wanted, order: Order): Cypher {
  return cypher`
    CALL () {
      ${start}
      WITH asset WHERE asset.status = 'PUBLISHED' AND ${filters}
      ${supportOf[wanted]}
      WITH asset, conditionId, support ORDER BY support DESC, conditionId
      WITH asset, head(collect({
        tier: 0, conditionId: conditionId, support: support, score: support, unknowns: ${unknowns}
      })) AS best
      RETURN collect({asset: asset, best: best}) AS found
    }
    RETURN size(found) AS total, COLLECT {
      UNWIND found AS one
      WITH one.asset AS asset, one.best AS best
      WHERE ${order.after}
      WITH asset, best ORDER BY ${order.by} LIMIT $asked.limit
      RETURN {
        id: asset.id, kind: head([label IN labels(asset) WHERE label <> 'Asset']), name: asset.name,
        tier: best.tier, unknowns: best.unknowns, score: best.score, support: best.support, closeness: 1.0,
        neighbourhoodsAway: null, conditionId: best.conditionId, distanceMetres: null, site: null, siteRelationship: null,
        via: null, way: []
      }
    } AS rows`;
}

function everywhereStatement(start: keyof typeof startOf, wanted: Wanted, order: keyof typeof orders) {
  return {
    name: `everywhere from ${start} by ${wanted} in order of ${order}`,
    access: "READ",
    text: everywhereText(startOf[start], wanted, orders[order]),
    row: foundPage,
  } as const;
}

/**
 * All assets by name, read in the order of the index on it, so that a page costs a page. Where facts are asked about, those that state them
 * all come first: one reading of the index for each number of facts not stated, from afterUnknowns to mostUnknowns, which is 0 where that
 * is not to be told apart. Takes isTotalWanted, since counting reads them all; `filters`; afterName and afterId; limit.
 */
const everythingStatement = {
  name: "everything in order of name",
  access: "READ",
  text: cypher`
    CALL () {
      UNWIND range(coalesce($asked.afterUnknowns, 0), $asked.mostUnknowns) AS missing
      CALL (missing) {
        WITH CASE missing WHEN $asked.afterUnknowns THEN $asked.afterName ELSE '' END AS afterName,
          CASE missing WHEN $asked.afterUnknowns THEN $asked.afterId ELSE '' END AS afterId
        MATCH (asset:Asset)
        WHERE asset.name >= afterName AND asset.id IS NOT NULL
          AND (asset.name > afterName OR asset.id > afterId)
          AND asset.status = 'PUBLISHED' AND ${filters}
          AND ($asked.mostUnknowns = 0 OR ${unknowns} = missing)
        RETURN asset ORDER BY asset.name, asset.id LIMIT $asked.limit
      }
      WITH asset, missing ORDER BY missing, asset.name, asset.id LIMIT $asked.limit
      RETURN collect({
        id: asset.id, kind: head([label IN labels(asset) WHERE label <> 'Asset']), name: asset.name,
        tier: 0, unknowns: missing, score: 1.0, support: 1.0, closeness: 1.0,
        neighbourhoodsAway: null, conditionId: null, distanceMetres: null, site: null, siteRelationship: null,
        via: null, way: []
      }) AS rows
    }
    RETURN rows, CASE WHEN $asked.isTotalWanted
      THEN COUNT { MATCH (asset:Asset) WHERE asset.status = 'PUBLISHED' AND ${filters} } ELSE size(rows) END AS total`,
  row: foundPage,
} as const;

function inAreas(order: keyof typeof orders) {
  return {
    condition: everywhereStatement("areas", "condition", order),
    text: everywhereStatement("areas", "text", order),
    anything: everywhereStatement("areas", "anything", order),
  } as const;
}

/** The lists without a place, by order and by what is asked of an asset. Without any wish they are in order of name. */
export const everywhereStatements = {
  relevance: {
    condition: everywhereStatement("condition", "condition", "relevance"),
    text: everywhereStatement("text", "text", "relevance"),
    anything: everythingStatement,
  },
  name: {
    condition: everywhereStatement("condition", "condition", "name"),
    text: everywhereStatement("text", "text", "name"),
    anything: everythingStatement,
  },
} as const;

/** The lists of what is in or serves areas, likewise. */
export const inAreasStatements = { relevance: inAreas("relevance"), name: inAreas("name") } as const;
