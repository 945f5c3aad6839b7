import { z } from "zod";
import { type Cypher, cypher } from "../../../graph/cypher.ts";
import { anywhere, type Extent, type Start, walked, whatever } from "./candidates.ts";
import { assetConstraints, siteConstraints } from "./filters.ts";
import { isWorded } from "./ranking.ts";

/** What would be found without some constraints. */
export const relaxationsRow = z.object({
  /** For each one or two constraints that keep something out: how many there would be without them. WISH is what was asked for. */
  without: z.array(z.object({ constraints: z.array(z.string()), count: z.number().int() })),
  /** For each wider condition: how many there would be if it were asked for instead. */
  broader: z.array(z.object({ id: z.string(), count: z.number().int() })),
});

const wish = cypher`($asked.isAnything OR ${isWorded}
          OR any(id IN coalesce(asset.supportedIds, []) WHERE $asked.shares[id] IS NOT NULL))`;

/**
 * For all that there is, whatever was asked for: the constraints that each asset fails at each site. Without some of them there is what fails
 * no others, so that one walk tells what each is worth.
 */
function relaxationsText(candidates: Cypher, where: Cypher): Cypher {
  return cypher`
    ${candidates}
    WITH asset, [constraint IN [
      CASE WHEN NOT ${wish} THEN 'WISH' END,
      CASE WHEN NOT ${assetConstraints.CONDITIONS} THEN 'CONDITIONS' END,
      ${where}
      CASE WHEN NOT ${assetConstraints.KINDS} THEN 'KINDS' END,
      CASE WHEN NOT ${assetConstraints.REACH} THEN 'REACH' END,
      CASE WHEN NOT ${assetConstraints.AGE} THEN 'AGE' END,
      CASE WHEN NOT ${assetConstraints.FREE} THEN 'FREE' END,
      CASE WHEN NOT ${assetConstraints.REFERRAL} THEN 'REFERRAL' END,
      CASE WHEN NOT ${siteConstraints.STEP_FREE} THEN 'STEP_FREE' END,
      CASE WHEN NOT ${assetConstraints.WHEN} THEN 'WHEN' END
    ] WHERE constraint IS NOT NULL] AS failing
    WHERE size(failing) <= 2
    WITH asset, collect(DISTINCT failing) AS ways
    WITH collect({asset: asset, ways: ways}) AS met
    CALL (met) {
      UNWIND met AS one
      UNWIND one.ways AS given
      WITH DISTINCT met, given WHERE size(given) > 0
      RETURN collect({
        constraints: given,
        count: size([one IN met WHERE any(way IN one.ways WHERE all(constraint IN way WHERE constraint IN given))])
      }) AS without
    }
    CALL (met) {
      UNWIND met AS one
      WITH one.asset AS asset WHERE [] IN one.ways OR ['WISH'] IN one.ways
      UNWIND $asked.broaderIds AS id
      WITH asset, id
      WHERE EXISTS {
        MATCH (asset)-[:SUPPORTS]->(:Condition)-[:BROADER*0..6]->(broader:Condition) WHERE broader.id = id }
      WITH id, count(asset) AS count
      RETURN collect({id: id, count: count}) AS broader
    }
    RETURN without, broader`;
}

/** Where it is, which a list that starts without a place has seen to already. */
const whereOnWalk = cypher`CASE WHEN NOT ${siteConstraints.WITHIN_METRES} THEN 'WITHIN_METRES' END,
      CASE WHEN NOT ${siteConstraints.AREAS} THEN 'AREAS' END,`;

function ofWalk(extent: Extent) {
  return {
    name: `relaxations of a walk ${extent}`,
    access: "READ",
    text: relaxationsText(walked(extent, whatever), whereOnWalk),
    row: relaxationsRow,
  } as const;
}

function ofAnywhere(start: Start) {
  return {
    name: `relaxations from ${start}`,
    access: "READ",
    text: relaxationsText(anywhere(start, whatever), cypher``),
    row: relaxationsRow,
  } as const;
}

/** By where the search starts. Take what `walked` or `anywhere` and the constraints take; shares, scores, textEnough, isAnything; broaderIds. */
export const relaxationsStatements = {
  here: ofWalk("here"),
  furthest: ofWalk("furthest"),
  wish: ofAnywhere("wish"),
  areas: ofAnywhere("areas"),
  everything: ofAnywhere("everything"),
} as const;
