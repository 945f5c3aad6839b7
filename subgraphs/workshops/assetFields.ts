import { parse as parsePostcode } from "postcode";
import { z } from "zod";
import { daysOfWeek, frequencyOf, isDated } from "../../calendar/schedule.ts";
import type { AssetKind } from "../../core/ids.ts";

/** Neither what a reader cannot see nor what turns the text around it: a name is what it looks like. */
// eslint-disable-next-line no-control-regex -- these are what is refused
const unseen = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/;

const visible = (text: string) => !unseen.test(text);
const hidden = "has characters that cannot be seen, or that turn text around";

/** Text of one line, from 1 to `most` characters. */
export function line(most: number) {
  return z
    .string()
    .transform((text) => text.normalize("NFC").trim())
    .pipe(
      z
        .string()
        .min(1, "is empty")
        .max(most, `has more than ${most} characters`)
        .refine((text) => !text.includes("\n"), "goes over several lines")
        .refine(visible, hidden),
    );
}

const sentence = line(300);
const text = z
  .string()
  .transform((given) => given.normalize("NFC").trim())
  .pipe(z.string().max(5000, "has more than 5,000 characters").refine(visible, hidden));
const web = z
  .union([z.string(), z.instanceof(URL)])
  .transform(String)
  .pipe(z.url({ protocol: /^https?$/, error: "is not an address on the web, as in https://example.org" }).max(2000));
const age = z.number().min(0, "is less than 0").max(130, "is more than 130");
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "is not a time of a 24-hour clock, as in 14:00");
const date = z.iso.date("is not a day of the calendar, as in 2026-11-22");
const day = z.enum(daysOfWeek);

function list<Item extends z.ZodType>(item: Item, most: number) {
  return z
    .array(item)
    .max(most, `has more than ${most} items`)
    .refine((items) => new Set(items.map((one) => JSON.stringify(one))).size === items.length, "names something twice");
}

/** The value, or nothing where null stands for it. */
function optional<Value extends z.ZodType>(value: Value) {
  return z.preprocess((given) => given ?? undefined, value.optional());
}

const contact = z.object({
  email: optional(z.email("is not an e-mail address")),
  telephone: optional(
    line(50).pipe(z.string().regex(/^[\d ()+./-]*(?:(?:ext|x)\.? ?\d+)?$/i, "is not a telephone number")),
  ),
  url: optional(web),
});

const eligibilityStatement = z
  .object({
    excludes: z.preprocess((given) => given ?? false, z.boolean()),
    minimumAge: optional(age),
    maximumAge: optional(age),
    description: optional(sentence),
    conditions: z.preprocess((given) => given ?? [], list(z.string(), 20)),
  })
  .refine(({ minimumAge = 0, maximumAge = 130 }) => minimumAge <= maximumAge, {
    path: ["maximumAge"],
    message: "is less than the youngest age",
  })
  .refine(
    ({ minimumAge, maximumAge, description, conditions }) =>
      conditions.length > 0 || (minimumAge ?? maximumAge ?? description) !== undefined,
    "states neither ages nor conditions nor anything in words",
  );

const yesNoUnknown = z.preprocess((given) => given ?? "UNKNOWN", z.enum(["YES", "NO", "UNKNOWN"]));

const schedule = z
  .object({
    startDate: optional(date),
    endDate: optional(date),
    startTime: optional(time),
    endTime: optional(time),
    repeatFrequency: optional(
      z.string().refine((given) => frequencyOf(given) !== null, "is not how often it comes round, as in P1W or P1M"),
    ),
    byDay: z.preprocess((given) => given ?? [], list(day, 7)),
    byWeekOfMonth: z.preprocess((given) => given ?? [], list(z.number().int().min(-5).max(5), 10)),
    byMonthDay: z.preprocess((given) => given ?? [], list(z.number().int().min(-31).max(31), 31)),
    byMonth: z.preprocess((given) => given ?? [], list(z.number().int().min(1).max(12), 12)),
    repeatCount: optional(z.number().int().min(1).max(10_000)),
    exceptDate: z.preprocess((given) => given ?? [], list(date, 400)),
    extraDate: z.preprocess((given) => given ?? [], list(date, 400)),
    during: z.preprocess((given) => given ?? [], list(z.string(), 10)),
    exceptDuring: z.preprocess((given) => given ?? [], list(z.string(), 10)),
  })
  .check(({ value, issues }) => {
    const wrong = (field: string, message: string) =>
      issues.push({ code: "custom", path: [field], message, input: value });
    const { startDate, endDate, startTime, endTime, repeatFrequency, byWeekOfMonth, byMonthDay } = value;
    if (startTime === undefined && endTime !== undefined) wrong("startTime", "is missing, and there is an end");
    if (startTime !== undefined && endTime === undefined) wrong("endTime", "is missing, and there is a beginning");
    if (startDate !== undefined && endDate !== undefined && endDate < startDate)
      wrong("endDate", "is before the first day");
    if (byWeekOfMonth.includes(0)) wrong("byWeekOfMonth", "counts from 1, or from -1 backwards");
    if (byMonthDay.includes(0)) wrong("byMonthDay", "counts from 1, or from -1 backwards");
    const dated = {
      ...value,
      startDate: startDate ?? null,
      endDate: endDate ?? null,
      startTime: startTime ?? null,
      endTime: endTime ?? null,
      repeatFrequency: repeatFrequency ?? null,
      repeatCount: value.repeatCount ?? null,
      during: [],
      exceptDuring: [],
    };
    if (!isDated(dated)) wrong("byDay", "does not say on which days it is: give days, or a first day");
  });

const openingHours = z.object({
  byDay: list(day, 7).refine((days) => days.length > 0, "names no day"),
  opens: time,
  closes: z.union([time, z.literal("24:00")], { error: "is not a time of a 24-hour clock, as in 17:30" }),
});

const postcode = z.string().transform((given, context) => {
  const parsed = parsePostcode(given);
  if (parsed.valid) return parsed.postcode;
  context.addIssue({ code: "custom", message: "is not a whole UK postcode, as in OX4 4HF" });
  return z.NEVER;
});

const shapes = {
  name: line(200),
  alternateNames: list(line(200), 20),
  summary: sentence,
  description: text,
  url: web,
  contact,
  eligibility: list(eligibilityStatement, 20),
  accessibility: z.object({ stepFree: yesNoUnknown, accessibleToilet: yesNoUnknown, hearingLoop: yesNoUnknown }),
  cost: z.object({
    isFree: z.boolean(),
    amount: optional(z.number().min(0, "is less than nothing").max(100_000, "is more than £100,000")),
    description: optional(sentence),
  }),
  reach: list(z.enum(["AT_A_PLACE", "COMES_TO_YOU", "ONLINE", "PHONE"]), 4),
} as const;

const ownShapes = {
  Group: {},
  Activity: { schedule: list(schedule, 10) },
  Organisation: {
    charityNumber: z
      .string()
      .regex(/^\d{6,8}(-\d+)?$/, "is not a number of the Charity Commission: it has 6 to 8 digits"),
  },
  Place: {
    category: line(100),
    address: z.object({
      streetAddress: optional(line(200)),
      addressLocality: optional(line(100)),
      postalCode: optional(postcode),
    }),
    location: z.object({
      latitude: z.number().min(-90, "is nowhere on earth").max(90, "is nowhere on earth"),
      longitude: z.number().min(-180, "is nowhere on earth").max(180, "is nowhere on earth"),
    }),
    area: z.string(),
    openingHours: list(openingHours, 21),
  },
} as const satisfies Record<AssetKind, Readonly<Record<string, z.ZodType>>>;

/** What may be said of an asset of a kind, by name, each with its check. */
export function shapesOf(kind: AssetKind): Readonly<Record<string, z.ZodType>> {
  return { ...shapes, ...ownShapes[kind] };
}

/** What may not be taken back. */
export const needed: readonly string[] = ["name", "category", "reach"];

/** Something that is wrong with what was given: the path to it, and what it is, in words that follow the name. */
export interface Problem {
  readonly path: readonly string[];
  readonly message: string;
}

/**
 * The fields that were given of an asset, each checked and put in its one form: null for what is taken back, and no entry for what was left out. `problems` hears of everything
 * that is wrong.
 */
export function checkedFields(
  kind: AssetKind,
  given: Readonly<Record<string, unknown>>,
  problems: Problem[],
): Readonly<Record<string, unknown>> {
  const fields: Record<string, unknown> = {};
  for (const [name, shape] of Object.entries(shapesOf(kind))) {
    const value = given[name];
    if (value === undefined) continue;
    const isNothing = value === null || (Array.isArray(value) && value.length === 0);
    if (isNothing) {
      if (needed.includes(name)) problems.push({ path: [name], message: "cannot be taken back, only changed" });
      fields[name] = null;
      continue;
    }
    const parsed = shape.safeParse(value);
    if (parsed.success) fields[name] = withoutNothing(parsed.data);
    else {
      for (const issue of parsed.error.issues) {
        problems.push({ path: [name, ...issue.path.map(String)], message: issue.message });
      }
    }
  }
  return fields;
}

/** A JSON value without what states nothing: no empty lists, nor objects with nothing in them; null where nothing is left. */
export function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(withoutNothing);
  if (typeof value !== "object" || value === null) return value ?? null;
  const entries = Object.entries(value)
    .map(([name, one]) => [name, withoutNothing(one)] as const)
    .filter(([, one]) => one !== null);
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

/** A field's name in words. */
export function fieldInWords(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
