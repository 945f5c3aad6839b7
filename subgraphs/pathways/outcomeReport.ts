import type { KnownReferrer } from "../../knowledge/referrers.ts";

/** A report of outcomes, of which pages of rows may be asked for. */
export interface OutcomeReport {
  /** What is counted, by what, when: a cursor of another report's is refused. */
  readonly order: string;
  /** All rows in their order, each with its place in it. */
  readonly lines: readonly { readonly position: readonly [string, string]; readonly row: OutcomeRow }[];
  readonly totals: OutcomeCounts;
  readonly asOf: string;
}

/** A row of a report of outcomes as the schema tells it. */
export interface OutcomeRow {
  readonly label: string;
  readonly referrer: KnownReferrer | null;
  readonly pathway: { readonly id: string } | null;
  readonly conditions: readonly { readonly id: string }[];
  readonly area: { readonly id: string } | null;
  readonly month: string | null;
  readonly counts: OutcomeCounts;
}

export interface OutcomeCounts {
  readonly attended: OutcomeCount;
  readonly declined: OutcomeCount;
  readonly notSuitable: OutcomeCount;
  readonly noAnswer: OutcomeCount;
  readonly improved: OutcomeCount;
  readonly total: OutcomeCount;
}

export interface OutcomeCount {
  /** Null: hidden. */
  readonly count: number | null;
  readonly isSuppressed: boolean;
}
