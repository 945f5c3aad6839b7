import type { Outcome } from "./evaluate.ts";
import { mean, ndcg, reciprocalRank } from "./measures.ts";

/** The measures over some queries, each a share from 0 to 1; null where none of them has what it is about. */
export interface Summary {
  readonly kind: string;
  readonly queries: number;
  /** Of how many conditions and place, or the error, were understood. */
  readonly reading: number | null;
  /** Of how many age, times, cost, access, reach and crisis were. */
  readonly details: number | null;
  /** nDCG@10 over those with judged assets. */
  readonly ndcg: number | null;
  /** Mean reciprocal rank of the first that helps, over those with judged assets. */
  readonly mrr: number | null;
  /** Of those with judged assets, how many found nothing at all. */
  readonly nothingFound: number | null;
}

/** The grade of each result of a query, best first; 0 where it was not judged. */
export function gradesOf({ query: { relevant = {} }, found }: Outcome): readonly number[] {
  return found.map((key) => relevant[key] ?? 0);
}

/** One query's own nDCG@10; null when no asset is judged for it. */
export function ndcgOf(outcome: Outcome): number | null {
  const { relevant } = outcome.query;
  return relevant === undefined ? null : ndcg(gradesOf(outcome), Object.values(relevant));
}

/** What deserves a 3 and was not found at all. */
export function lostOf({ query: { relevant = {} }, found }: Outcome): readonly string[] {
  return Object.keys(relevant).filter((key) => relevant[key] === 3 && !found.includes(key));
}

/** The measures of each kind of query, in the order they first come, and of all. */
export function summarise(outcomes: readonly Outcome[]): readonly Summary[] {
  const kinds = new Set(outcomes.map(({ query }) => query.kind));
  return [
    ...Array.from(kinds, (kind) =>
      summaryOf(
        kind,
        outcomes.filter(({ query }) => query.kind === kind),
      ),
    ),
    summaryOf("all", outcomes),
  ];
}

function summaryOf(kind: string, outcomes: readonly Outcome[]): Summary {
  const judged = outcomes.filter(({ query }) => query.relevant !== undefined);
  return {
    kind,
    queries: outcomes.length,
    reading: mean(outcomes.map(({ isRead }) => Number(isRead))),
    details: mean(outcomes.map(({ wrongDetails }) => Number(wrongDetails.length === 0))),
    ndcg: mean(judged.map((outcome) => ndcgOf(outcome) ?? 0)),
    mrr: mean(judged.map((outcome) => reciprocalRank(gradesOf(outcome)))),
    nothingFound: mean(judged.map(({ found }) => Number(found.length === 0))),
  };
}
