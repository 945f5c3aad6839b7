import { z } from "zod";
import { type Cypher, cypher } from "../../../graph/cypher.ts";
import { isForThoseConcerned } from "../../admission.ts";
import { assetConstraints, holdsButWhen, siteConstraints, unstated } from "./filters.ts";
import type { Form } from "./form.ts";
import { bySite, scored } from "./ranking.ts";

const named = z.object({ id: z.string(), name: z.string() });

/** An asset found, with how it was found. */
export const foundRow = z.object({
  id: z.string(),
  kind: z.enum(["Group", "Activity", "Organisation", "Place"]),
  name: z.string(),
  /** -1: the words are its whole name. 0: local, or no place was asked about. 1: found only because it serves a nation. */
  tier: z.number().int(),
  /** How many of the facts asked about are not stated. */
  unknowns: z.number().int(),
  /** Which they are. */
  unstated: z.array(z.enum(["AGE", "COST", "STEP_FREE", "TIMES"])),
  score: z.number(),
  relevance: z.number(),
  support: z.number(),
  text: z.number(),
  freshness: z.number(),
  closeness: z.number(),
  neighbourhoodsAway: z.number().int().nullable(),
  /** The conditions that count and that it supports, with the strength stated. */
  supports: z.array(z.object({ id: z.string(), strength: z.number() })),
  distanceMetres: z.number().int().nullable(),
  site: named.nullable(),
  /** What ties the asset to its site; null when it is the site itself, or has none, or nobody asks why. */
  siteRelationship: z.string().nullable(),
  /** The LSOA of the site, or the area served, that it was reached through; null when no place was asked about. */
  via: named.extend({ kind: z.string(), called: z.string().nullable(), isServed: z.boolean() }).nullable(),
  /** The areas' relationships between `via` and the place asked about, in the order walked. */
  way: z.array(z.object({ from: named, relationship: z.string(), to: named })),
});

export type FoundRow = z.output<typeof foundRow>;

/** One row: how many there are, and a page of them with one more than asked for. */
export const foundPage = z.object({ total: z.number().int(), rows: z.array(foundRow) });

const candidate = cypher`asset, site, via, neighbourhoodsAway, tier, metres, closeness, stepFree, supports`;

const filteredCandidate = cypher`
    WITH wantedHomes, wantedCovers, around, ${candidate}`;

/** Last, since it reads all times of an asset. Rows are distinct without it: `WITH DISTINCT` keeps the planner from asking before its turn. */
const fittingInTime = cypher`
    WITH DISTINCT around, ${candidate}
    WHERE ${assetConstraints.WHEN}`;

/** Of the assets that `walked` binds, at each site, those that the filter lets through. */
export const fittingOnWalk = cypher`${filteredCandidate}
    WHERE ${holdsButWhen}
      AND ${siteConstraints.STEP_FREE}
      AND ${siteConstraints.WITHIN_METRES}
      AND ${siteConstraints.AREAS}
    ${fittingInTime}`;

/** What each form lets through of what `walked` binds. */
export const fitting: Readonly<Record<Form, Cypher>> = {
  conditions: cypher`
    WITH around, ${candidate}
    WHERE ${isForThoseConcerned}`,
  anything: cypher``,
  whole: fittingOnWalk,
};

/** Of the assets that `anywhere` binds, those that the filter lets through: the areas were seen to where it started. */
export const fittingAnywhere = cypher`${filteredCandidate}
    WHERE ${holdsButWhen}
      AND ${siteConstraints.STEP_FREE}
    ${fittingInTime}`;

const bestSite = cypher`head(collect({
        site: site, via: via, neighbourhoodsAway: neighbourhoodsAway, tier: tier, metres: metres, closeness: closeness, stepFree: stepFree
      })) AS best`;

/**
 * Of the rows that `fitting` or `fittingAnywhere` binds: each asset once, at its best site, with its score. Binds around, asset, best,
 * supports, unstated, and what `scored` does.
 */
export const gathered = (form: Form): Cypher => cypher`
    WITH * ORDER BY ${bySite(form)}
    WITH around, asset, ${form === "anything" ? cypher`[]` : cypher`head(collect(supports))`} AS supports,
      ${bestSite}
    ${scored(form)}
    WITH *, ${form === "whole" ? unstated : cypher`[]`} AS unstated`;

const tierOf: Readonly<Record<Form, Cypher>> = {
  conditions: cypher`best.tier`,
  anything: cypher`best.tier`,
  whole: cypher`CASE WHEN coalesce($asked.scores[asset.id], 0) >= $asked.textCalled THEN -1 ELSE best.tier END`,
};

/** The entries of a map for an asset that `gathered` binds, as `orders` and a page read them. */
export const one = (form: Form): Cypher => cypher`{
      asset: asset, best: best, supports: supports, unstated: unstated, unknowns: size(unstated), tier: ${tierOf[form]}, score: score,
      relevance: relevance, support: support, text: text, freshness: freshness
    }`;

/** The entries of `foundRow` that an asset has wherever it is, from `one` and its `asset`. */
export const foundFields = cypher`
        id: asset.id, kind: head([label IN labels(asset) WHERE label <> 'Asset']), name: asset.name,
        tier: one.tier, unknowns: one.unknowns, unstated: one.unstated, score: one.score, relevance: one.relevance,
        support: one.support, text: one.text, freshness: one.freshness, closeness: one.best.closeness,
        neighbourhoodsAway: one.best.neighbourhoodsAway, supports: one.supports`;
