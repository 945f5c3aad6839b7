import { limitRule } from "./limitRule.ts";

/**
 * A page with every field there is comes to about 1,000; 1,500 take the planner a quarter of a second at most, and ten times as
 * many a hundred times as long. Fragments count wherever they are used, and what is asked of an interface counts for each of its types,
 * because the planner writes both out: 1 KB of fragments in fragments can stand for millions of fields.
 */
const limit = 1500;

/** Refuses an operation that, written out, has more than 1,500 fields and fragments. */
export const maximumSelections = limitRule({
  measure: "selections",
  limit,
  code: "QUERY_TOO_COSTLY",
  sentence: (actual) =>
    `This query selects ${actual} fields, counted wherever a fragment is used and for each type of an interface; at most ${limit} are allowed.`,
});
