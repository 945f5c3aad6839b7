import { limitRule } from "./limitRule.ts";

/** Each alias is one more time that something is asked for within one request. */
const limit = 30;

/** Refuses an operation with more than 30 aliases. */
export const maximumAliases = limitRule({
  measure: "aliases",
  limit,
  code: "QUERY_TOO_COSTLY",
  sentence: (actual) => `This query has ${actual} aliases; at most ${limit} are allowed.`,
});
