import { limitRule } from "./limitRule.ts";

/** Each `@include` and `@skip` may double the number of ways in which a query has to be planned. */
const limit = 30;

/** Refuses an operation with more than 30 directives. */
export const maximumDirectives = limitRule({
  measure: "directives",
  limit,
  code: "QUERY_TOO_COSTLY",
  sentence: (actual) => `This query has ${actual} directives; at most ${limit} are allowed.`,
});
