import { z } from "zod";
import { type Cypher, cypher } from "../../../graph/cypher.ts";
import { belongs, nearbyAssets, place, takesFromHere } from "./network.ts";
import { isOpen, supportsByItself } from "./referralFacts.ts";

/** An asset that referrals pass, and the steps that lead to it. */
export const surroundingsRow = z.object({
  id: z.string(),
  name: z.string(),
  /** The conditions it supports by itself. */
  supportedIds: z.array(z.string()),
  /** The conditions whose people it takes none of. */
  excludedIds: z.array(z.string()),
  /** Where it sends people on to by an open step, be it here or elsewhere. */
  onwardIds: z.array(z.string()),
  steps: z.array(
    z.object({
      id: z.string(),
      fromId: z.string(),
      isOpen: z.boolean(),
      /** Whether it takes people who live in the place asked about. */
      isForHere: z.boolean(),
      excludedIds: z.array(z.string()),
      waitDays: z.number().int().nullable(),
      formerWaitDays: z.number().int().nullable(),
      confirmedOn: z.string().nullable(),
    }),
  ),
});

export type SurroundingsRow = z.output<typeof surroundingsRow>;

/** What `surroundingsRow` holds of a bound `asset`. */
const told = (isForHere: Cypher): Cypher => cypher`
    RETURN asset.id AS id, asset.name AS name,
      CASE WHEN asset.supportedIds IS NULL THEN [] ELSE COLLECT {
        MATCH (asset)-[supports:SUPPORTS]->(condition:Condition) WHERE supports.byReferral IS NULL RETURN DISTINCT condition.id
      } END AS supportedIds,
      coalesce(asset.excludedIds, []) AS excludedIds,
      COLLECT { MATCH (asset)-[step:REFERS_TO]->(next:Asset) WHERE ${isOpen} AND next.status = 'PUBLISHED' RETURN DISTINCT next.id } AS onwardIds,
      COLLECT {
        MATCH (asset)<-[step:REFERS_TO]-(from)
        WHERE coalesce(from.status, 'PUBLISHED') = 'PUBLISHED'
        RETURN {id: step.id, fromId: from.id, isOpen: ${isOpen}, isForHere: ${isForHere},
          excludedIds: coalesce(step.excludedConditionIds, []), waitDays: step.waitDays, formerWaitDays: step.formerWaitDays,
          confirmedOn: toString(step.confirmedOn)}
      } AS steps`;

/** Whether a bound `asset` has a part in referrals. */
const refers = cypher`asset.status = 'PUBLISHED' AND EXISTS { (asset)-[:REFERS_TO]-() }`;

/** Binds the `asset`s that serve the place asked about or are near, of which something holds. */
const around = (holds: Cypher): Cypher => cypher`
      UNWIND covers AS cover
      MATCH (cover)<-[:SERVES]-(asset:Asset)
      WHERE ${holds}
      RETURN asset
      UNION
      UNWIND assetsNear AS asset
      WITH asset WHERE ${holds} AND NOT EXISTS { (asset)-[:SERVES]->() }
      RETURN asset`;

const back = cypher`<-[:REFERS_TO]-`;
const onward = cypher`-[:REFERS_TO]->`;

/** Binds, as a list, the assets that steps join to any of a bound list, back or onward, but for those elsewhere. */
const joined = (list: Cypher, way: Cypher, name: Cypher): Cypher => cypher`
    CALL (covers, assetsNear, ${list}) {
      UNWIND ${list} AS one
      MATCH (one)${way}(asset:Asset)
      WITH DISTINCT asset, covers, assetsNear
      WHERE asset.status = 'PUBLISHED' AND ${belongs}
      RETURN collect(asset) AS ${name}
    }`;

/**
 * All that has a part in referrals in the surroundings of a place: what serves it, or is near and serves nowhere in particular; and what is nowhere in particular,
 * where hand-offs lead from it to those or from those to it. Its cost is that of what is around the place. Takes what `place` takes, and isBlockedWanted: false.
 */
export const surroundingsStatement = {
  name: "surroundings",
  access: "READ",
  text: cypher`${place}
    ${nearbyAssets}
    CALL (covers, assetsNear) {${around(refers)}
    }
    WITH covers, assetsNear, collect(asset) AS ends
    ${joined(cypher`ends`, back, cypher`second`)}
    ${joined(cypher`second`, back, cypher`third`)}
    ${joined(cypher`third`, back, cypher`fourth`)}
    ${joined(cypher`fourth`, back, cypher`fifth`)}
    ${joined(cypher`ends`, onward, cypher`sixth`)}
    ${joined(cypher`sixth`, onward, cypher`seventh`)}
    ${joined(cypher`seventh`, onward, cypher`eighth`)}
    ${joined(cypher`eighth`, onward, cypher`ninth`)}
    WITH ends + second + third + fourth + fifth + sixth + seventh + eighth + ninth AS all, [cover IN covers | cover.id] AS coverIds
    UNWIND all AS asset
    WITH DISTINCT asset, coverIds
    ${told(takesFromHere)}`,
  row: surroundingsRow,
} as const;

/** The conditions that something near a place supports by itself, and whether something does that no step leads to. Takes what `place` takes. */
export const supportNearStatement = {
  name: "supportNear",
  access: "READ",
  text: cypher`${place}
    ${nearbyAssets}
    CALL (covers, assetsNear) {${around(cypher`asset.supportedIds IS NOT NULL AND asset.status = 'PUBLISHED'`)}
    }
    WITH DISTINCT asset
    WITH asset, NOT EXISTS { (asset)<-[:REFERS_TO]-() } AS isOpenToAll
    MATCH (asset)-[supports:SUPPORTS]->(condition:Condition)
    WHERE supports.byReferral IS NULL
    RETURN condition.id AS conditionId, max(isOpenToAll) AS needsNoReferral`,
  row: z.object({ conditionId: z.string(), needsNoReferral: z.boolean() }),
} as const;

/** Which of $asked.conditionIds, all there are, something in the directory supports by itself; and whether something does that no step leads to. */
export const supportAnywhereStatement = {
  name: "supportAnywhere",
  access: "READ",
  text: cypher`
    MATCH (condition:Condition)
    WHERE condition.id IN $asked.conditionIds AND EXISTS { ${supportsByItself} }
    RETURN condition.id AS conditionId, EXISTS { ${supportsByItself} AND NOT EXISTS { (asset)<-[:REFERS_TO]-() } } AS needsNoReferral`,
  row: z.object({ conditionId: z.string(), needsNoReferral: z.boolean() }),
} as const;

/**
 * Which of $asked.conditions something helps with, by itself, that $asked.fromIds, kinds of referrer, send people to by an open step. Of each condition: conditionId,
 * countingIds (it and what is narrower), and concernedIds (it and what is broader, none of which step or asset may exclude). It stops at the first of each: mostly there are many.
 */
export const reachedDirectlyStatement = {
  name: "reachedDirectly",
  access: "READ",
  text: cypher`
    UNWIND $asked.conditions AS one
    CALL (one) {
      MATCH (condition:Condition) WHERE condition.id IN one.countingIds
      ${supportsByItself} AND none(id IN coalesce(asset.excludedIds, []) WHERE id IN one.concernedIds) AND EXISTS {
        MATCH (asset)<-[step:REFERS_TO]-(from:Referrer)
        WHERE from.id IN $asked.fromIds AND ${isOpen} AND none(id IN coalesce(step.excludedConditionIds, []) WHERE id IN one.concernedIds)
      }
      RETURN one.conditionId AS conditionId LIMIT 1
    }
    RETURN conditionId`,
  row: z.object({ conditionId: z.string() }),
} as const;

/** Binds, as a list, the assets from which open steps lead to any of a bound list. */
const leadingTo = (list: Cypher, name: Cypher): Cypher => cypher`
    CALL (${list}) {
      UNWIND ${list} AS to
      MATCH (to)<-[step:REFERS_TO]-(asset:Asset)
      WHERE ${isOpen} AND asset.status = 'PUBLISHED'
      RETURN collect(DISTINCT asset) AS ${name}
    }`;

/**
 * What supports any of $asked.conditionIds by itself, wherever it is, and all from which people may come there in up to five hand-offs. Its cost is that of those
 * needs.
 */
export const leadingAnywhereStatement = {
  name: "leadingAnywhere",
  access: "READ",
  text: cypher`
    CALL () {
      MATCH (condition:Condition) WHERE condition.id IN $asked.conditionIds
      ${supportsByItself}
      RETURN collect(DISTINCT asset) AS first
    }
    ${leadingTo(cypher`first`, cypher`second`)}
    ${leadingTo(cypher`second`, cypher`third`)}
    ${leadingTo(cypher`third`, cypher`fourth`)}
    ${leadingTo(cypher`fourth`, cypher`fifth`)}
    UNWIND first + second + third + fourth + fifth AS asset
    WITH DISTINCT asset
    ${told(cypher`true`)}`,
  row: surroundingsRow,
} as const;
