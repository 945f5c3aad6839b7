import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import { anywhere, relevant, type Start } from "./candidates.ts";
import { holds, unstated } from "./filters.ts";
import { fittingAnywhere, foundFields, foundPage, gathered, one } from "./found.ts";
import { orders } from "./ranking.ts";

const stepFreeAnywhere = cypher`($asked.stepFree IS NULL OR $asked.stepFree = false OR asset.stepFree <> 'NO')`;

const nowhere = cypher`distanceMetres: null, site: null, siteRelationship: null, via: null, way: []`;

/** A page of what is found without a place. Takes what `anywhere`, `relevant`, `fittingAnywhere` and `gathered` take, and the order; limit. */
function everywhereStatement(start: Exclude<Start, "everything">, order: "relevance" | "name") {
  return {
    name: `everywhere from ${start} in order of ${order}`,
    access: "READ",
    text: cypher`
    CALL () {
      ${anywhere(start, relevant)}
      ${fittingAnywhere}
      ${gathered("whole")}
      RETURN collect(${one("whole")}) AS found
    }
    RETURN size(found) AS total, COLLECT {
      UNWIND found AS one
      WITH one, one.asset AS asset
      WHERE ${orders[order].after}
      WITH one, asset ORDER BY ${orders[order].by} LIMIT $asked.limit
      RETURN { ${foundFields}, ${nowhere} }
    } AS rows`,
    row: foundPage,
  } as const;
}

/**
 * All assets by name, read in the order of the index on it, so that a page costs a page. Where facts are asked about, those that state them
 * all come first: one reading of the index for each number of facts not stated, from afterUnknowns to mostUnknowns, which is 0 where that
 * is not to be told apart. Takes isTotalWanted, since counting reads them all; what `holds` takes; stepFree; afterName and afterId; limit.
 */
const everythingStatement = {
  name: "everything in order of name",
  access: "READ",
  text: cypher`
    CALL () {
      UNWIND range(coalesce($asked.afterUnknowns, 0), $asked.mostUnknowns) AS missing
      CALL (missing) {
        WITH missing, CASE missing WHEN $asked.afterUnknowns THEN $asked.afterName ELSE '' END AS afterName,
          CASE missing WHEN $asked.afterUnknowns THEN $asked.afterId ELSE '' END AS afterId
        MATCH (asset:Asset)
        WHERE asset.name >= afterName AND asset.id IS NOT NULL
          AND NOT (asset.name = afterName AND asset.id <= afterId)
          AND asset.status = 'PUBLISHED' AND ${holds} AND ${stepFreeAnywhere}
        WITH missing, asset, {stepFree: asset.stepFree} AS best
        WITH missing, asset, ${unstated} AS unstated
        WHERE $asked.mostUnknowns = 0 OR size(unstated) = missing
        RETURN asset, unstated ORDER BY asset.name, asset.id LIMIT $asked.limit
      }
      WITH asset, unstated, missing ORDER BY missing, asset.name, asset.id LIMIT $asked.limit
      RETURN collect({
        id: asset.id, kind: head([label IN labels(asset) WHERE label <> 'Asset']), name: asset.name,
        tier: 0, unknowns: missing, unstated: unstated, score: 1.0, relevance: 1.0, support: 0.0, text: 0.0, freshness: 1.0, closeness: 1.0,
        neighbourhoodsAway: null, supports: [], ${nowhere}
      }) AS rows
    }
    RETURN rows, CASE WHEN $asked.isTotalWanted
      THEN COUNT { MATCH (asset:Asset) WHERE asset.status = 'PUBLISHED' AND ${holds} AND ${stepFreeAnywhere} } ELSE size(rows) END AS total`,
  row: foundPage,
} as const;

/**
 * How many there are without a place, of the first `mostLooked` that are what was asked for: its cost is theirs, however many there are in
 * the country. Takes what its start, `relevant` and `fittingAnywhere` take.
 */
function countStatement(start: Exclude<Start, "everything">) {
  return {
    name: `count from ${start}`,
    access: "READ",
    text: cypher`
    CALL () {
      ${anywhere(start, relevant)}
      WITH * LIMIT $asked.mostLooked
      ${fittingAnywhere}
      RETURN count(DISTINCT asset) AS count
    }
    RETURN count`,
    row: z.object({ count: z.number().int() }),
  } as const;
}

export const countStatements = { wish: countStatement("wish"), areas: countStatement("areas") } as const;

/** The lists without a place, by order and by where they start. Without any wish they are in order of name. */
export const everywhereStatements = {
  relevance: {
    wish: everywhereStatement("wish", "relevance"),
    areas: everywhereStatement("areas", "relevance"),
    everything: everythingStatement,
  },
  name: {
    wish: everywhereStatement("wish", "name"),
    areas: everywhereStatement("areas", "name"),
    everything: everythingStatement,
  },
} as const;
