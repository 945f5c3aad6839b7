import { limitRule } from "./limitRule.ts";

/**
 * A page with everything we know of four kinds of assets is about 300; 1,000 take the planner about a tenth of a second, and ten times as
 * many a hundred times as long. Fragments count wherever they are used, and what is asked of an interface counts for each of its types,
 * because the planner writes both out: 1 KB of fragments in fragments can stand for millions of fields.
 */
const limit = 1000;

/** Refuses an operation that, written out, has more than 1,000 fields and fragments. */
export const maximumSelections = limitRule({
  measure: "selections",
  limit,
  code: "QUERY_TOO_COSTLY",
  sentence: (actual) =>
    `This query selects ${actual} fields, counted wherever a fragment is used and for each type of an interface; at most ${limit} are allowed.`,
});
