import { limitRule } from "./limitRule.ts";

/** Each field at the root is a search or a list of its own, and they all run at the same time. */
const limit = 20;

/** Refuses an operation with more than 20 fields at its root. */
export const maximumRootFields = limitRule({
  measure: "rootFields",
  limit,
  code: "QUERY_TOO_COSTLY",
  sentence: (actual) => `This query asks for ${actual} things at once; at most ${limit} are allowed.`,
});
