import { z } from "zod";
import { daysOfWeek, frequencyOf } from "../../calendar/schedule.ts";
import { relationships } from "../../core/linkIds.ts";

/**
 * The directory's own seed format: one JSON file, `{ sources, records }`, where each record says what it is (`type`), which of the
 * file's `sources` it comes from, the id it has there, and the date it was true. Records point at each other by `key`; areas by ONS code
 * or slug; conditions by slug. Every key is unique over all files.
 */

const key = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "is lower-case words with hyphens between");
const sentence = z.string().trim().min(1).max(300);
const reference = z.union([key, z.string().regex(/^[EWSNK]\d{8}$/)]);

/** A whole or partial ISO 8601 date: what is known of when a fact was true. */
const asOf = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/);

const provenance = {
  key,
  /** One of the file's `sources`. */
  source: key,
  /** The record's id in that source; its key where the source has none. */
  sourceId: z.string().min(1).optional(),
  asOf,
  /** True: invented to make the demonstration useful. Shown as such everywhere. */
  sample: z.boolean().default(false),
};

const coordinates = z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) });

const supports = z
  .array(
    z.strictObject({
      condition: key,
      /** 1: what it is for; 0.6: a good part of what it does; 0.3: it helps along the way. */
      strength: z.number().gt(0).max(1),
      /** On what ground this is said, in words. */
      evidence: sentence,
      /** True: it helps by finding others who do, so that a route goes on from it. */
      byReferral: z.boolean().default(false),
      sample: z.boolean().default(false),
    }),
  )
  .default([]);

const agesInOrder = {
  isSo: ({
    minimumAge = 0,
    maximumAge = Infinity,
  }: {
    minimumAge?: number | undefined;
    maximumAge?: number | undefined;
  }) => minimumAge <= maximumAge,
  otherwise: { path: ["maximumAge"], message: "is less than the minimumAge" },
};

/**
 * Who it is for, as statements that stand each for itself: whom an admitting one describes, or everybody when there is none such, less whom
 * an excluding one describes. A statement describes who is of that age and has any of those conditions. Empty: not stated.
 */
const eligibility = z
  .array(
    z
      .strictObject({
        /** In years; 0.5 is six months. */
        minimumAge: z.number().min(0).max(130).optional(),
        /** In years, up to the next birthday where it is whole: under 3 is 2. */
        maximumAge: z.number().min(0).max(130).optional(),
        /** Who is meant, in words that can be read alone, as the source says it. */
        description: sentence.optional(),
        /** True: it keeps out whom it describes. */
        excludes: z.boolean().default(false),
        conditions: z.array(key).default([]),
      })
      .refine(agesInOrder.isSo, agesInOrder.otherwise)
      .refine(
        ({ minimumAge, maximumAge, description, conditions }) =>
          conditions.length > 0 || (minimumAge ?? maximumAge ?? description) !== undefined,
        "states neither ages nor conditions nor anything in words",
      ),
  )
  .default([]);

const date = z.iso.date();

/** From asking to being seen, in days, as a rule. */
const waitDays = z.number().int().min(0).max(3650);

/** How people are handed on from one to the next, and whom the next one takes. What is left out is not stated. */
const step = {
  /** What the person, or whoever sends them, has to do: go there, ring, fill in a form, write, or be taken there and introduced. */
  method: z.enum(["WALK_IN", "PHONE", "FORM", "EMAIL", "LETTER", "WARM_INTRODUCTION"]),
  /** Where to: a number, an address or a page of an organisation. */
  contact: sentence.optional(),
  /** Whom it takes, in words that can be read alone. */
  criteria: sentence.optional(),
  /** In years; 0.5 is six months. */
  minimumAge: z.number().min(0).max(130).optional(),
  /** In years, up to the next birthday where it is whole. */
  maximumAge: z.number().min(0).max(130).optional(),
  /** Residents of which areas it takes, by code or slug. Empty: of those that the asset serves. */
  serves: z.array(reference).max(50).default([]),
  /** It takes only people with one of these conditions. Empty: with any or none. */
  accepts: z.array(key).max(50).default([]),
  /** It takes nobody with one of these. */
  excludes: z.array(key).max(50).default([]),
  waitDays: waitDays.optional(),
  /** What the wait was before, and when that was so. */
  formerWait: z.strictObject({ waitDays, asOf: date }).optional(),
  /** Whether it takes anybody at present. Left out: not stated, and taken to. */
  capacity: z.enum(["OPEN", "FULL", "PAUSED", "CLOSED"]).optional(),
  /** On what ground this is said, in words. */
  evidence: sentence.optional(),
  sample: z.boolean().default(false),
};

/** Where it sends people on to who need something else, by key, and how. */
const refersTo = z
  .array(z.strictObject({ to: key, ...step }).refine(agesInOrder.isSo, agesInOrder.otherwise))
  .default([]);

/** Which kinds of referrer may send people to it, by key, and how. */
const acceptsReferralFrom = z
  .array(z.strictObject({ from: key, ...step }).refine(agesInOrder.isSo, agesInOrder.otherwise))
  .default([]);

const day = z.enum(daysOfWeek);
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "is a time of a 24-hour clock, as in 14:00");

/** Days it is closed on, and why, in words that residents read: "Closed for repairs". */
const closures = z
  .array(
    z
      .strictObject({ validFrom: date, validThrough: date, reason: sentence })
      .refine(({ validFrom, validThrough }) => validFrom <= validThrough, {
        path: ["validThrough"],
        message: "is before validFrom",
      }),
  )
  .max(100)
  .default([]);

const unique = (items: readonly unknown[]) => new Set(items).size === items.length;

function list<Value extends string | number>(item: z.ZodType<Value>, most: number) {
  return z.array(item).max(most).refine(unique, "names something twice").default([]);
}

/**
 * A rule of when an activity happens, in OpenActive's words; local time, Europe/London. What each part means is said in calendar/schedule.ts.
 * Without startTime and endTime it lasts all day; an endTime that is not after the startTime is on the next day.
 */
const schedule = z
  .strictObject({
    startDate: date.optional(),
    endDate: date.optional(),
    startTime: time.optional(),
    endTime: time.optional(),
    /** Left out, with a startDate: once. */
    repeatFrequency: z
      .string()
      .refine((text) => frequencyOf(text) !== null, "is how often it comes round, as in P1D, P1W, P2W, P1M, P1Y")
      .optional(),
    byDay: list(day, 7),
    byWeekOfMonth: list(
      z
        .number()
        .int()
        .min(-5)
        .max(5)
        .refine((week) => week !== 0, "counts from 1, or from -1 backwards"),
      10,
    ),
    byMonthDay: list(
      z
        .number()
        .int()
        .min(-31)
        .max(31)
        .refine((dayOfMonth) => dayOfMonth !== 0, "counts from 1, or from -1 backwards"),
      31,
    ),
    byMonth: list(z.number().int().min(1).max(12), 12),
    repeatCount: z.number().int().min(1).max(10_000).optional(),
    exceptDate: list(date, 400),
    extraDate: list(date, 400),
    /** Keys of periods: only in these. */
    during: list(key, 10),
    /** Keys of periods: not in these. */
    exceptDuring: list(key, 10),
    sample: z.boolean().default(false),
  })
  .check(({ value, issues }) => {
    const wrong = (field: string, message: string) =>
      issues.push({ code: "custom", path: [field], message, input: value });
    const { startDate, endDate, startTime, endTime, repeatFrequency, byDay, byWeekOfMonth, byMonthDay, byMonth } =
      value;
    const unit = repeatFrequency === undefined ? null : (frequencyOf(repeatFrequency)?.unit ?? null);
    if (startTime === undefined && endTime !== undefined) wrong("startTime", "is missing, and there is an endTime");
    if (startTime !== undefined && endTime === undefined) wrong("endTime", "is missing, and there is a startTime");
    if (startDate !== undefined && endDate !== undefined && endDate < startDate)
      wrong("endDate", "is before startDate");
    if (repeatFrequency === undefined && startDate === undefined) {
      wrong("startDate", "is missing: what has no repeatFrequency happens once, on that day");
    }
    if (unit === "W" && byDay.length === 0 && startDate === undefined)
      wrong("byDay", "is missing: on which day of the week?");
    if (unit !== "M" && byWeekOfMonth.length > 0) wrong("byWeekOfMonth", "is for what comes round by months, as P1M");
    if (byWeekOfMonth.length > 0 && byDay.length === 0) wrong("byDay", "is missing: which day of those weeks?");
    if (unit !== "M" && unit !== "Y" && byMonthDay.length > 0) {
      wrong("byMonthDay", "is for what comes round by months or years, as P1M");
    }
    if (value.repeatCount !== undefined && startDate === undefined)
      wrong("startDate", "is missing: repeatCount counts from it");
    if (
      byMonthDay.length > 0 &&
      byMonth.length > 0 &&
      !byMonthDay.some((dayOfMonth) => byMonth.some((month) => Math.abs(dayOfMonth) <= longestMonth(month)))
    ) {
      wrong("byMonthDay", "is a day that none of its months has");
    }
  });

/** How many days a month has in a leap year. */
function longestMonth(month: number): number {
  return month === 2 ? 29 : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** What happened to single sessions: each is named by the day it would be on, and where there are several that day by the time too. */
const sessionChange = z
  .strictObject({
    date,
    /** When it would begin; needed where there are several that day. */
    time: time.optional(),
    /** SCHEDULED: it is on as ever, with a `note`. */
    status: z.enum(["SCHEDULED", "CANCELLED", "MOVED", "FULL"]),
    /** Where it was moved to in time. */
    startDate: date.optional(),
    startTime: time.optional(),
    endTime: time.optional(),
    /** Key of the place it was moved to. */
    place: key.optional(),
    /** What people should know, in words. */
    note: sentence.optional(),
  })
  .refine(
    ({ status, startDate, startTime, place }) =>
      status === "MOVED"
        ? (startDate ?? startTime ?? place) !== undefined
        : (startDate ?? startTime ?? place) === undefined,
    { path: ["status"], message: "MOVED goes with startDate, startTime or place, and they with it" },
  )
  .refine(({ startTime, endTime }) => (startTime === undefined) === (endTime === undefined), {
    path: ["endTime"],
    message: "goes with startTime",
  });

const yesNoUnknown = z.enum(["YES", "NO", "UNKNOWN"]).default("UNKNOWN");

const asset = {
  ...provenance,
  name: z.string().trim().min(1).max(200),
  alternateName: z.array(z.string().min(1)).default([]),
  /** One plain-English sentence. */
  summary: sentence,
  description: z.string().max(5000).optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  contact: z
    .strictObject({ email: z.email().optional(), telephone: z.string().optional(), url: z.url().optional() })
    .optional(),
  eligibility,
  accessibility: z
    .strictObject({ stepFree: yesNoUnknown, accessibleToilet: yesNoUnknown, hearingLoop: yesNoUnknown })
    .default({ stepFree: "UNKNOWN", accessibleToilet: "UNKNOWN", hearingLoop: "UNKNOWN" }),
  /** Left out: not stated. */
  cost: z
    .strictObject({ isFree: z.boolean(), amount: z.number().min(0).optional(), description: sentence.optional() })
    .optional(),
  reach: z
    .array(z.enum(["AT_A_PLACE", "COMES_TO_YOU", "ONLINE", "PHONE"]))
    .min(1)
    .default(["AT_A_PLACE"]),
  /** Areas it serves, by ONS code or slug; empty: anyone. */
  serves: z.array(reference).default([]),
  supports,
  refersTo,
  acceptsReferralFrom,
  closures,
  /** Keys of periods it is closed during, such as bank holidays. */
  closedDuring: list(key, 10),
};

const areaKinds = [
  "LSOA",
  "NEIGHBOURHOOD",
  "WARD",
  "MSOA",
  "CLUSTER",
  "DISTRICT",
  "LOCAL_AUTHORITY",
  "NATION",
] as const;

export const Area = z.strictObject({
  type: z.literal("area"),
  ...provenance,
  kind: z.enum(areaKinds),
  name: z.string().min(1),
  alternateName: z.array(z.string().min(1)).default([]),
  /** ONS code; left out for an area that has none, such as a named neighbourhood. */
  code: z
    .string()
    .regex(/^[EWSNK]\d{8}$/)
    .optional(),
  slug: key.optional(),
  centre: coordinates,
  /** Usual residents, Census 2021. */
  population: z.number().int().min(0).optional(),
  /** The areas it lies in, by code or slug: an LSOA names its MSOA, ward and neighbourhood; those name the local authority; and so on up. */
  within: z.array(reference).default([]),
  /** True: nobody has agreed this extent yet; an editor may change it. */
  proposed: z.boolean().default(false),
});

export const Border = z.strictObject({
  type: z.literal("border"),
  source: key,
  asOf,
  a: z.string(),
  b: z.string(),
  /** Length of the edge the two areas share, in metres. */
  metres: z.number().positive(),
});

/** Longitude and latitude, closed: the last is the first again. */
const ring = z
  .array(z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]))
  .min(4)
  .refine((positions) => String(positions[0]) === String(positions.at(-1)), "does not end where it begins");

/** The outline of an area, for drawing. `npm run boundaries` makes these. */
export const Boundary = z.strictObject({
  type: z.literal("boundary"),
  ...provenance,
  /** Code or slug of the area. */
  area: reference,
  /** As GeoJSON has the coordinates of a MultiPolygon. */
  coordinates: z.array(z.array(ring).min(1)).min(1),
});

export const Condition = z.strictObject({
  type: z.literal("condition"),
  ...provenance,
  /** The key is the slug. */
  name: z.string().min(1),
  description: sentence,
  broader: z.array(key).default([]),
  oftenWith: z.array(z.strictObject({ condition: key, weight: z.number().gt(0).max(1) })).default([]),
  /** Everyday words for it, as people say them; weight 1 for a plain synonym, less for a word that may mean something else. */
  terms: z.array(z.strictObject({ text: z.string().min(1), weight: z.number().gt(0).max(1).default(1) })).default([]),
  /** What people say who mean it without a word for it: what the sentence model learns it by. Invented, and of nobody. */
  examples: z.array(sentence).default([]),
});

export const Place = z.strictObject({
  type: z.literal("place"),
  ...asset,
  /** What sort of place, in the source's words made plain: "Community centre", "Library". */
  category: z.string().min(1),
  address: z.strictObject({
    streetAddress: z.string().optional(),
    addressLocality: z.string().optional(),
    postalCode: z.string().optional(),
  }),
  /** Left out: we do not know where it is. */
  location: coordinates.optional(),
  /** ONS code of the LSOA it stands in. */
  area: z
    .string()
    .regex(/^[EW]\d{8}$/)
    .optional(),
  /** Weekly opening hours, local time. Empty: not stated. */
  openingHours: z
    .array(
      z.strictObject({
        byDay: z.array(day).min(1),
        opens: z.string().regex(/^\d{2}:\d{2}$/),
        closes: z.string().regex(/^\d{2}:\d{2}$/),
      }),
    )
    .default([]),
});

export const Organisation = z.strictObject({
  type: z.literal("organisation"),
  ...asset,
  charityNumber: z
    .string()
    .regex(/^\d{6,8}(-\d+)?$/)
    .optional(),
  basedAt: z.array(key).default([]),
  /** Keys of the groups and activities it runs. */
  runs: z.array(key).default([]),
});

export const Group = z.strictObject({
  type: z.literal("group"),
  ...asset,
  meetsAt: z.array(key).default([]),
  /** Keys of the activities it puts on. */
  hosts: z.array(key).default([]),
});

export const Activity = z.strictObject({
  type: z.literal("activity"),
  ...asset,
  heldAt: z.array(key).default([]),
  /** Keys of the groups that put it on, where it is this record that says so, and not the group's. */
  hostedBy: z.array(key).default([]),
  /** Keys of the organisations that run it, likewise. */
  runBy: z.array(key).default([]),
  /** When it happens. At most ten rules, so that it has at most ten sessions a day. Empty: not stated. */
  schedule: z.array(schedule).max(10).default([]),
  sessions: z.array(sessionChange).max(400).default([]),
});

/** Days that have a name together: school holidays of a county, bank holidays. What follows it changes when it does. */
export const Period = z.strictObject({
  type: z.literal("period"),
  ...provenance,
  /** In words that follow "in" and "except": "school holidays". */
  name: z.string().trim().min(1).max(100),
  ranges: z
    .array(
      z
        .strictObject({
          validFrom: date,
          validThrough: date,
          /** What these days are, where they have a name of their own: "Christmas Day". */
          name: sentence.optional(),
        })
        .refine(({ validFrom, validThrough }) => validFrom <= validThrough, {
          path: ["validThrough"],
          message: "is before validFrom",
        }),
    )
    .min(1)
    .max(1000),
});

/** A kind of referrer: a sort of person or office that sends people on, never somebody in particular. The key is the slug. */
export const Referrer = z.strictObject({
  type: z.literal("referrer"),
  ...provenance,
  name: z.string().trim().min(1).max(100),
  description: sentence,
  /** The kinds it is part of: what takes referrals from those takes its own. */
  broader: z.array(key).default([]),
});

/** A published, named set of steps. The key is the slug. */
export const Pathway = z.strictObject({
  type: z.literal("pathway"),
  ...provenance,
  name: z.string().trim().min(1).max(200),
  /** One plain-English sentence. */
  summary: sentence,
  description: z.string().max(5000).optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  /** Key of the organisation that answers for it. */
  owner: key.optional(),
  /** What it is for. */
  conditions: z.array(key).min(1).max(50),
  /** From a kind of referrer or from an asset, in the order that they are read in. */
  steps: z
    .array(
      z
        .strictObject({ referrer: key.optional(), from: key.optional(), to: key, ...step })
        .refine(agesInOrder.isSo, agesInOrder.otherwise)
        .refine(({ referrer, from }) => (referrer === undefined) !== (from === undefined), {
          path: ["from"],
          message: "is an asset, or else `referrer` is a kind of referrer: one of the two",
        }),
    )
    .min(1)
    .max(200),
});

/** What somebody proposes to say, by the names that the API's Create inputs have; areas and conditions by code or slug. Null: it is no longer stated. */
const said = z.record(z.string(), z.json());

const newAsset = z.strictObject({
  /** The key that the rest of the workshop calls it by. */
  asset: key,
  adds: z.enum(["group", "activity", "organisation", "place"]),
  after: said,
});

const changedAsset = z.strictObject({
  /** Key of an asset. */
  asset: key,
  /** What the map, or an earlier proposal of the workshop, said of it, as far as it is to be changed. */
  before: said,
  after: said,
});

const newLink = z.strictObject({
  relationship: z.enum(relationships).exclude(["REFERS_TO"]),
  /** Key of an asset. */
  from: key,
  /** Key of an asset; of a condition or an area, its slug or code. */
  to: reference,
  after: said,
});

/** What somebody proposes in a workshop: the command they gave, and what it would do. */
const proposal = z.strictObject({
  /** What it is called in its workshop. */
  key,
  /** The name of the mutation. */
  kind: z.string().regex(/^[a-z]+[A-Za-z]*$/, "is the name of a mutation, as in createGroup"),
  /** Who, by a name that stands for nobody in particular: "Table 2". */
  by: z.string().trim().min(1).max(50),
  at: z.iso.datetime(),
  /** What it does, in a sentence. */
  summary: sentence,
  effects: z
    .array(z.union([newAsset, changedAsset, newLink]))
    .min(1)
    .max(50),
});

/** A workshop that goes on, and what is proposed in it, in the order in which it was. Always a sample: a real one is nobody's to load. It has no code until its facilitator asks for one. */
export const Workshop = z.strictObject({
  type: z.literal("workshop"),
  ...provenance,
  sample: z.literal(true),
  name: z.string().trim().min(1).max(200),
  /** The area it maps. Who may edit there may review it. */
  area: reference,
  startedAt: z.iso.datetime(),
  proposals: z.array(proposal).max(200),
});

/** The middle of many postcodes, for those that are not known one by one. Whole postcodes come with the places that have them. */
export const Postcode = z.strictObject({
  type: z.literal("postcode"),
  ...provenance,
  code: z.string().regex(/^[A-Z]{1,2}\d[A-Z\d]?( \d)?$/, 'is a district, "OX4", or a sector, "OX4 4"'),
  centre: coordinates,
  /** ONS code of the LSOA that holds the centre. */
  area: z.string().regex(/^[EW]\d{8}$/),
});

export const Source = z.strictObject({
  name: z.string().min(1),
  publisher: z.string().min(1),
  url: z.url().optional(),
  /** SPDX identifier where there is one, else the licence's own name. */
  licence: z.string().min(1),
});

export const SeedRecord = z.discriminatedUnion("type", [
  Area,
  Border,
  Boundary,
  Condition,
  Period,
  Postcode,
  Place,
  Organisation,
  Group,
  Activity,
  Referrer,
  Pathway,
  Workshop,
]);
export type SeedRecord = z.output<typeof SeedRecord>;

export const SeedFile = z.strictObject({ sources: z.record(key, Source), records: z.array(SeedRecord) });
export type SeedFile = z.output<typeof SeedFile>;
