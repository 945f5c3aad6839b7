import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { namesIn } from "../seed/names.ts";
import { readSeed } from "../seed/readSeed.ts";

/** `tuning`: to look at and to tune on. `heldOut`: kept, to report on. */
export const setNames = ["tuning", "heldOut"] as const;
export type SetName = (typeof setNames)[number];

const slug = z.string();
const placeName = z.string().nullable();

/** What a reading may say beside conditions and place. `span`: both `from` and `to`. */
export const details = ["age", "days", "partOfDay", "span", "free", "stepFree", "reach", "crisis"] as const;

const Expected = z.strictObject({
  /** Slugs that must be understood. */
  conditions: z.array(slug).default([]),
  /** Slugs that do no harm. */
  alsoAcceptable: z.array(slug).default([]),
  /** The name of the place that must be understood. Null: none. */
  near: placeName.default(null),
  /** Names that are as right. */
  alsoNear: z.array(placeName).default([]),
  age: z.number().optional(),
  days: z.array(z.enum(["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"])).optional(),
  partOfDay: z.enum(["MORNING", "AFTERNOON", "EVENING"]).optional(),
  /** True: a time that begins and ends, such as this weekend. */
  span: z.literal(true).optional(),
  free: z.literal(true).optional(),
  stepFree: z.literal(true).optional(),
  reach: z.array(z.enum(["AT_A_PLACE", "COMES_TO_YOU", "ONLINE", "PHONE"])).optional(),
  crisis: z.literal(true).optional(),
  /** The code of the error that is the right answer. */
  error: z.string().optional(),
  /** What the words may or may not be taken to say. All else that is not expected must not be understood. */
  open: z.array(z.enum(details)).default([]),
});

const JudgedQuery = z.strictObject({
  id: z.string(),
  kind: z.string(),
  text: z.string(),
  /** The argument `near` of the search. */
  near: z.string().optional(),
  /** The argument `filter` of the search. */
  filter: z.record(z.string(), z.unknown()).optional(),
  expected: Expected,
  /** Grades by the keys of seed records: 3 is what this person needs, 2 helps, 1 is worth knowing. Left out: only the reading is judged. */
  relevant: z.record(z.string(), z.union([z.literal(1), z.literal(2), z.literal(3)])).optional(),
});

export type Expected = z.output<typeof Expected>;
export type JudgedQuery = z.output<typeof JudgedQuery>;

/** The queries of a set, and what the seed calls the assets that they are judged by. */
export interface JudgedSet {
  readonly queries: readonly JudgedQuery[];
  /** The key of an asset's seed record, by its id in the directory. */
  readonly keyById: ReadonlyMap<string, string>;
}

/** Reads the queries of these sets. Throws when a file is not as it should be, or names an asset or a condition that the seed has not. */
export async function readQueries(sets: readonly SetName[]): Promise<JudgedSet> {
  const { asset, condition } = namesIn(await readSeed(), () => undefined);
  const texts = await Promise.all(
    sets.map((name) => readFile(join(import.meta.dirname, "queries", `${name}.json`), "utf8")),
  );
  const queries = texts.flatMap((text) => z.array(JudgedQuery).parse(JSON.parse(text)));
  const unknown = queries.flatMap(({ id, expected, relevant = {} }) => [
    ...Object.keys(relevant)
      .filter((key) => !asset.has(key))
      .map((key) => `${id}: no asset "${key}"`),
    ...[...expected.conditions, ...expected.alsoAcceptable]
      .filter((name) => !condition.has(name))
      .map((name) => `${id}: no condition "${name}"`),
  ]);
  if (unknown.length > 0) throw new Error(`These are judged and not in the seed:\n${unknown.join("\n")}`);
  return { queries, keyById: new Map(Array.from(asset, ([key, { id }]) => [id, key])) };
}
