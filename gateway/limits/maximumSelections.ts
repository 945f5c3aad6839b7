import { limitRule } from "./limitRule.ts";

/**
 * A page with everything we know of four kinds of assets is about 300. Fragments count wherever they are used: 1 KB of fragments in
 * fragments can stand for millions of fields, and takes a planner seconds.
 */
const limit = 1000;

/** Refuses an operation that, with its fragments put in where they are used, has more than 1,000 fields and fragments. */
export const maximumSelections = limitRule({
  measure: "selections",
  limit,
  code: "QUERY_TOO_COSTLY",
  sentence: (actual) =>
    `This query selects ${actual} fields, each counted wherever its fragment is used; at most ${limit} are allowed.`,
});
