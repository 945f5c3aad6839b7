import { z } from "zod";
import { type Cypher, cypher } from "../../../graph/cypher.ts";
import { isOpen } from "./referralFacts.ts";

/** Binds, as a list, what open steps lead to from any of a bound list. */
const reachedFrom = (list: Cypher, name: Cypher): Cypher => cypher`
    CALL (${list}) {
      UNWIND ${list} AS from
      MATCH (from)-[step:REFERS_TO]->(asset:Asset)
      WHERE ${isOpen} AND asset.status = 'PUBLISHED'
      RETURN collect(DISTINCT asset) AS ${name}
    }`;

/** The steps to and from any of $asked.ids, assets, but for those that lead from or to what nobody may see. */
export const brokenStepsStatement = {
  name: "brokenSteps",
  access: "READ",
  text: cypher`
    MATCH (asset:Asset) WHERE asset.id IN $asked.ids
    MATCH (asset)-[step:REFERS_TO]-(other)
    WHERE coalesce(other.status, 'PUBLISHED') = 'PUBLISHED'
    RETURN DISTINCT step.id AS id`,
  row: z.object({ id: z.string() }),
} as const;

/** What supports something by itself and is reached from any of $asked.ids, assets, in up to four open hand-offs, those themselves left out. */
export const downstreamStatement = {
  name: "downstream",
  access: "READ",
  text: cypher`
    CALL () {
      MATCH (asset:Asset) WHERE asset.id IN $asked.ids
      RETURN collect(asset) AS starts
    }
    ${reachedFrom(cypher`starts`, cypher`first`)}
    ${reachedFrom(cypher`first`, cypher`second`)}
    ${reachedFrom(cypher`second`, cypher`third`)}
    ${reachedFrom(cypher`third`, cypher`fourth`)}
    UNWIND first + second + third + fourth AS asset
    WITH DISTINCT asset, starts
    WHERE NOT asset IN starts AND asset.supportedIds IS NOT NULL
      AND EXISTS { MATCH (asset)-[supports:SUPPORTS]->() WHERE supports.byReferral IS NULL }
    RETURN asset.id AS id, asset.name AS name`,
  row: z.object({ id: z.string(), name: z.string() }),
} as const;
