import { type Cypher, cypher } from "../../../graph/cypher.ts";
import { filters, foundPage, type Order, orders, supportOf, type Wanted } from "./found.ts";

/** Where a list starts when no place was asked about, but something else was. */
const startOf: Readonly<Record<Exclude<Wanted, "anything">, Cypher>> = {
  /** From the conditions: its cost is the number of assets that support them. Takes conditionIds. */
  condition: cypher`
      MATCH (start:Condition) WHERE start.id IN $conditionIds
      MATCH (start)<-[:SUPPORTS]-(asset:Asset)
      WITH DISTINCT asset`,
  /** From the assets whose text matches. */
  text: cypher`MATCH (asset:Asset) WHERE asset.id IN keys($scores)`,
};

/** Takes conditionIds for conditions, and what `supportOf`, `filters` and the order take; areaIds is null; limit. */
function everywhereText(wanted: keyof typeof startOf, order: Order): Cypher {
  return cypher`
    CALL () {
      ${startOf[wanted]}
      WITH asset WHERE asset.status = 'PUBLISHED' AND ${filters}
      ${supportOf[wanted]}
      WITH asset, conditionId, support ORDER BY support DESC, conditionId
      WITH asset, head(collect({
        tier: 0, conditionId: conditionId, support: support, score: support,
        unknowns:
          CASE WHEN $stepFree AND asset.stepFree = 'UNKNOWN' THEN 1 ELSE 0 END +
          CASE WHEN $age IS NOT NULL AND asset.minimumAge IS NULL AND asset.maximumAge IS NULL THEN 1 ELSE 0 END
      })) AS best
      RETURN collect({asset: asset, best: best}) AS found
    }
    RETURN size(found) AS total, COLLECT {
      UNWIND found AS one
      WITH one.asset AS asset, one.best AS best
      WHERE ${order.after}
      WITH asset, best ORDER BY ${order.by} LIMIT $limit
      RETURN {
        id: asset.id, kind: head([label IN labels(asset) WHERE label <> 'Asset']), name: asset.name,
        tier: best.tier, unknowns: best.unknowns, score: best.score, support: best.support, closeness: 1.0,
        neighbourhoodsAway: null, conditionId: best.conditionId, distanceMetres: null, site: null, siteRelationship: null,
        via: null, way: []
      }
    } AS rows`;
}

function everywhereStatement(wanted: keyof typeof startOf, order: keyof typeof orders) {
  return {
    name: `everywhere by ${wanted} in order of ${order}`,
    access: "READ",
    text: everywhereText(wanted, orders[order]),
    row: foundPage,
  } as const;
}

/**
 * All assets by name, read in the order of the index on it, so that a page costs a page. Takes isTotalWanted, since counting reads them
 * all; `filters`; afterName and afterId; limit.
 */
const everythingStatement = {
  name: "everything in order of name",
  access: "READ",
  text: cypher`
    CALL () {
      MATCH (asset:Asset)
      WHERE asset.name >= coalesce($afterName, '') AND asset.id IS NOT NULL
        AND (asset.name > coalesce($afterName, '') OR asset.id > coalesce($afterId, ''))
        AND asset.status = 'PUBLISHED' AND ${filters}
      WITH asset ORDER BY asset.name, asset.id LIMIT $limit
      RETURN collect({
        id: asset.id, kind: head([label IN labels(asset) WHERE label <> 'Asset']), name: asset.name,
        tier: 0, unknowns: 0, score: 1.0, support: 1.0, closeness: 1.0,
        neighbourhoodsAway: null, conditionId: null, distanceMetres: null, site: null, siteRelationship: null,
        via: null, way: []
      }) AS rows
    }
    RETURN rows, CASE WHEN $isTotalWanted
      THEN COUNT { MATCH (asset:Asset) WHERE asset.status = 'PUBLISHED' AND ${filters} } ELSE size(rows) END AS total`,
  row: foundPage,
} as const;

/** The lists without a place, by order and by what is asked of an asset. Without any wish they are in order of name. */
export const everywhereStatements = {
  relevance: {
    condition: everywhereStatement("condition", "relevance"),
    text: everywhereStatement("text", "relevance"),
    anything: everythingStatement,
  },
  name: {
    condition: everywhereStatement("condition", "name"),
    text: everywhereStatement("text", "name"),
    anything: everythingStatement,
  },
} as const;
