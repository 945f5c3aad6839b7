import { type Cypher, cypher } from "../../../graph/cypher.ts";
import { isFresh } from "../../../graph/freshness.ts";
import type { Form } from "./form.ts";

/**
 * The order of what is found, all of it in this file; docs/model.md says it in words.
 *
 *   score     = relevance × closeness × freshness
 *   relevance = 1 − (1 − support) × (1 − text); 1 when nothing was asked for
 *   support   = (the need it supports most + the mean over all needs) ÷ 2, each need by the strength stated × the need's share
 *   text      = how well its words match (see matchText.ts)
 *   closeness = 1 ÷ (1 + ring + metres ÷ (metres + 1,000))
 *   freshness = 1 up to the day by which it is to be confirmed, which its kind decides (graph/freshness.ts), else 0.9
 *
 * Before the score comes whether the words are its whole name, whether it reaches people only nationally, and how many of the facts asked
 * about it does not state. Ties are broken by id. Every term depends on the asset and the question alone, so that a page does not shift when other assets come and go.
 */

/** What an asset keeps of its score that was not confirmed in time. */
export const staleShare = 0.9;

/** How near a site is: in neighbourhoods, and in metres within them (both expressions; metres may be null). */
export const closeness = (ring: Cypher, metres: Cypher) =>
  cypher`1.0 / (1 + ${ring} + coalesce(${metres} / (${metres} + 1000), 0))`;

/** The most that anything can score that is so many neighbourhoods away. */
export const mostAtRing = (ring: number) => 1 / (1 + ring);

/** The first of several sites of an asset: the nearest that fits; where step-free access is asked for, one that has it; of a site that it is at in an area it serves, where it is. */
export const bySite = (form: Form): Cypher => cypher`tier,
      ${form === "whole" ? cypher`CASE WHEN $asked.stepFree AND stepFree = 'UNKNOWN' THEN 1 ELSE 0 END,` : cypher``}
      closeness DESC, coalesce(metres, 1e9), via.id, site.id, neighbourhoodsAway`;

/** A text as $asked.localWords are looked for in it: lower case, accents apart, each word after a space. */
const spaced = (text: Cypher) =>
  cypher`' ' + replace(replace(toLower(normalize(coalesce(${text}, ''), NFKD)), '-', ' '), '(', ' ')`;

/** How much a word of $asked.localWords counts for a bound `asset`, by where it is. Takes fieldShares. */
const wordShare = cypher`CASE
        WHEN ${spaced(cypher`asset.name`)} CONTAINS word THEN $asked.fieldShares.names
        WHEN ${spaced(cypher`asset.summary`)} CONTAINS word THEN $asked.fieldShares.summary
        WHEN ${spaced(cypher`asset.description`)} CONTAINS word THEN $asked.fieldShares.description
        ELSE 0.0 END`;

/** Whether a bound `asset` counts for its words alone. Takes scores, textEnough, and localWords, which count where no condition is asked for. */
export const isWorded = cypher`(coalesce($asked.scores[asset.id] >= $asked.textEnough, false)
        OR ($asked.localWords IS NOT NULL AND $asked.textEnough = 0 AND any(word IN $asked.localWords WHERE ${wordShare} > 0)))`;

/** How well a bound `asset` meets each need, by `supports`: binds met and support. Takes needs. */
const supported = cypher`
    WITH *, [need IN $asked.needs | reduce(most = 0.0, one IN supports |
      CASE WHEN coalesce(need[one.id], 0.0) * one.strength > most THEN need[one.id] * one.strength ELSE most END)] AS met
    WITH *, CASE size(met) WHEN 0 THEN 0.0 ELSE
        (reduce(most = 0.0, one IN met | CASE WHEN one > most THEN one ELSE most END)
          + reduce(sum = 0.0, one IN met | sum + one) / size(met)) / 2 END AS support`;

/** Binds support, text and relevance for each form; `whole` takes scores (by asset), localWords with localShare and fieldShares, and isAnything. */
const related: Readonly<Record<Form, Cypher>> = {
  conditions: cypher`${supported}, 0.0 AS text
    WITH *, support AS relevance`,
  anything: cypher`
    WITH *, 0.0 AS support, 0.0 AS text, 1.0 AS relevance`,
  whole: cypher`${supported},
      CASE
        WHEN $asked.scores[asset.id] >= 1 THEN 1.0
        WHEN $asked.localWords IS NULL THEN coalesce($asked.scores[asset.id], 0.0)
        ELSE $asked.localShare * reduce(sum = 0.0, word IN $asked.localWords | sum + ${wordShare}) / size($asked.localWords)
      END AS text
    WITH *, CASE WHEN $asked.isAnything THEN 1.0 ELSE 1 - (1 - support) * (1 - text) END AS relevance`,
};

/**
 * Scores a bound `asset` met at `best`, with `supports` ({id, strength} of each condition it supports that counts). Binds support, text,
 * relevance, freshness and score; and, but for `anything`, met (how well it meets each need). Takes what `related` takes; needs (for each
 * need, the share of every condition that counts for it, by id); freshSince (by kind) and staleShare.
 */
export const scored = (form: Form): Cypher => cypher`${related[form]}
    WITH *, CASE WHEN ${isFresh} THEN 1.0 ELSE $asked.staleShare END AS freshness
    WITH *, relevance * best.closeness * freshness AS score`;

/** Farther than anywhere on earth, in metres: how far away what is at no place counts as. */
export const nowhereMetres = 100_000_000;

/** How far away `one` is, in whole metres, as `distanceMetres` tells it. Takes nowhereMetres. */
const metresAway = cypher`coalesce(toInteger(round(one.best.metres)), $asked.nowhereMetres)`;

/** An order of what is found, over `one`, an asset scored, with ties broken by id; `after` keeps what comes after a cursor. */
export interface Order {
  readonly after: Cypher;
  readonly by: Cypher;
}

export const orders = {
  /** Takes afterTier, afterUnknowns, afterScore and afterId: null from the start. */
  relevance: {
    after: cypher`$asked.afterTier IS NULL
          OR one.tier > $asked.afterTier
          OR (one.tier = $asked.afterTier AND one.unknowns > $asked.afterUnknowns)
          OR (one.tier = $asked.afterTier AND one.unknowns = $asked.afterUnknowns AND one.score < $asked.afterScore)
          OR (one.tier = $asked.afterTier AND one.unknowns = $asked.afterUnknowns AND one.score = $asked.afterScore AND asset.id > $asked.afterId)`,
    by: cypher`one.tier, one.unknowns, one.score DESC, asset.id`,
  },
  /** Takes afterMetres, afterScore and afterId; nowhereMetres. */
  distance: {
    after: cypher`$asked.afterMetres IS NULL OR ${metresAway} > $asked.afterMetres
          OR (${metresAway} = $asked.afterMetres AND one.score < $asked.afterScore)
          OR (${metresAway} = $asked.afterMetres AND one.score = $asked.afterScore AND asset.id > $asked.afterId)`,
    by: cypher`${metresAway}, one.score DESC, asset.id`,
  },
  /** Takes afterName and afterId. */
  name: {
    after: cypher`$asked.afterName IS NULL OR asset.name > $asked.afterName OR (asset.name = $asked.afterName AND asset.id > $asked.afterId)`,
    by: cypher`asset.name, asset.id`,
  },
} as const satisfies Record<string, Order>;
