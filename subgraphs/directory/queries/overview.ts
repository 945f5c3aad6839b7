import { z } from "zod";
import { type Cypher, cypher } from "../../../graph/cypher.ts";
import { anywhere, type Extent, relevant, type Start, walked } from "./candidates.ts";
import { happensIn, timesOfAsset } from "./filters.ts";
import { fittingAnywhere, fittingOnWalk } from "./found.ts";
import { scored } from "./ranking.ts";

const counts = z.array(z.object({ value: z.string(), count: z.number().int() }));

/** All that is found, counted by what it can be narrowed by, and the best of what meets each combination of needs. */
export const overviewRow = z.object({
  total: z.number().int(),
  kinds: counts,
  reach: counts,
  conditions: counts,
  areas: counts,
  days: counts,
  free: z.number().int(),
  stepFree: z.number().int(),
  /** The best asset of each combination of needs; `met` are their positions in the needs asked about. */
  coverings: z.array(z.object({ id: z.string(), met: z.array(z.number().int()), score: z.number() })),
});

export type OverviewRow = z.output<typeof overviewRow>;

/**
 * Which sites of an asset make it one of an area: of a walk, those walked to. Elsewhere any, of what serves nowhere in particular: what
 * stands in an area and serves others only is none of it.
 */
const standing = {
  walk: cypher`one.sites AS sites`,
  anywhere: cypher`CASE WHEN EXISTS { (asset)-[:SERVES]->() } THEN [] ELSE COLLECT {
            MATCH (asset)-[:HELD_AT|MEETS_AT|BASED_AT*0..1]->(site:Place) WHERE site.status = 'PUBLISHED' RETURN site
          } END AS sites`,
} as const;

function overviewText(candidates: Cypher, fitting: Cypher, sites: Cypher): Cypher {
  return cypher`
    CALL () {
      ${candidates}
      ${fitting}
      WITH asset, collect(DISTINCT site) AS sites, min(tier) AS tier, max(closeness) AS closeness,
        head(collect(supports)) AS supports,
        any(stepFree IN collect(stepFree) WHERE stepFree <> 'NO') AS isStepFree
      WITH *, {closeness: closeness} AS best
      ${scored("whole")}
      RETURN collect({asset: asset, sites: sites, isStepFree: isStepFree, tier: tier, score: score, met: met}) AS found
    }
    CALL (found) {
      UNWIND found AS one
      WITH head([label IN labels(one.asset) WHERE label <> 'Asset']) AS value, count(*) AS count ORDER BY count DESC, value
      RETURN collect({value: value, count: count}) AS kinds
    }
    CALL (found) {
      UNWIND found AS one
      UNWIND one.asset.reach AS value
      WITH value, count(*) AS count ORDER BY count DESC, value
      RETURN collect({value: value, count: count}) AS reach
    }
    CALL (found) {
      UNWIND found AS one
      WITH one.asset AS asset
      MATCH (asset)-[:SUPPORTS]->(:Condition)-[:BROADER*0..6]->(condition:Condition)
      WITH condition.id AS value, count(DISTINCT asset) AS count ORDER BY count DESC, value
      RETURN collect({value: value, count: count}) AS conditions
    }
    CALL (found) {
      UNWIND found AS one
      WITH one, one.asset AS asset
      WITH asset, ${sites}
      CALL (asset, sites) {
        UNWIND sites AS site
        MATCH (site)-[:IN]->(:Area)-[:WITHIN*1..6]->(area:Area)
        RETURN area
        UNION
        MATCH (asset)-[:SERVES]->(served:Area) WHERE served.kind <> 'NATION'
        MATCH (served)<-[:WITHIN*0..6]-(home:Area) WHERE home.kind = 'LSOA'
        MATCH (home)-[:WITHIN*1..6]->(area:Area)
        RETURN area
      }
      WITH area, count(DISTINCT asset) AS count
      WHERE NOT area.kind IN ['NATION', 'MSOA', 'LSOA']
      WITH area.id AS value, count ORDER BY count DESC, value LIMIT 50
      RETURN collect({value: value, count: count}) AS areas
    }
    CALL (found) {
      UNWIND found AS one
      WITH one.asset AS asset
      ${timesOfAsset}
      UNWIND $asked.dayWindows AS window
      WITH asset, times, window
      WHERE ${happensIn}
      WITH window.day AS value, count(DISTINCT asset) AS count
      RETURN collect({value: value, count: count}) AS days
    }
    CALL (found) {
      UNWIND found AS one
      WITH one, [i IN range(0, size(one.met) - 1) WHERE one.met[i] > 0] AS met
      WHERE size(met) > 0
      WITH one, met ORDER BY one.tier, one.score DESC, one.asset.id
      WITH met, head(collect(one)) AS best
      RETURN collect({id: best.asset.id, met: met, score: best.score}) AS coverings
    }
    RETURN size(found) AS total, kinds, reach, conditions, areas, days, coverings,
      size([one IN found WHERE one.asset.isFree]) AS free, size([one IN found WHERE one.isStepFree]) AS stepFree`;
}

function ofWalk(extent: Extent) {
  return {
    name: `overview of a walk ${extent}`,
    access: "READ",
    text: overviewText(walked(extent, relevant), fittingOnWalk, standing.walk),
    row: overviewRow,
  } as const;
}

function ofAnywhere(start: Start) {
  return {
    name: `overview from ${start}`,
    access: "READ",
    text: overviewText(anywhere(start, relevant), fittingAnywhere, standing.anywhere),
    row: overviewRow,
  } as const;
}

/** The overviews, by where the search they are of starts. Take what `walked` or `anywhere`, `relevant`, `fittingOnWalk` and `scored` take; dayWindows. */
export const overviewStatements = {
  here: ofWalk("here"),
  furthest: ofWalk("furthest"),
  wish: ofAnywhere("wish"),
  areas: ofAnywhere("areas"),
  everything: ofAnywhere("everything"),
} as const;
