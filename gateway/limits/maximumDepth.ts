import { limitRule } from "./limitRule.ts";

/** From the search to the area of the place of an activity of a group is eight; nobody's page goes round the graph twice. */
const limit = 15;

/** Refuses an operation in which fields stand more than 15 deep in each other. */
export const maximumDepth = limitRule({
  measure: "depth",
  limit,
  code: "QUERY_TOO_DEEP",
  sentence: (actual) => `This query goes ${actual} fields deep; at most ${limit} are allowed.`,
});
