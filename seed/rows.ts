import { createHash } from "node:crypto";
import { parse } from "postcode";
import { z } from "zod";
import type { Period as NamedPeriod } from "../calendar/schedule.ts";
import type { ScheduleRow } from "../calendar/scheduleRow.ts";
import { usualDaysOf } from "../calendar/usualDaysOf.ts";
import { contactKeysOf } from "../graph/contactKeys.ts";
import { int, type Parameter } from "../graph/graph.ts";
import type { SeedRecord } from "./formats/directory.ts";
import { idOf } from "../core/ids.ts";
import { kinds, nodeIdOf, sourceIdOf, type Named, type NamedThing, type Subject } from "./names.ts";
import type { NamedSeedFile } from "./readSeed.ts";
import { workshopRow } from "./workshopRow.ts";

type Border = Extract<SeedRecord, { type: "border" }>;
type Area = Extract<Subject, { type: "area" }>;
type Boundary = Extract<Subject, { type: "boundary" }>;
type Condition = Extract<Subject, { type: "condition" }>;
type Period = Extract<Subject, { type: "period" }>;
type Postcode = Extract<Subject, { type: "postcode" }>;
type Referrer = Extract<Subject, { type: "referrer" }>;
type Pathway = Extract<Subject, { type: "pathway" }>;
type Asset = Exclude<
  Subject,
  Area | Boundary | Condition | Period | Postcode | Referrer | Pathway | Extract<Subject, { type: "workshop" }>
>;
type Step = Pathway["steps"][number];
type Activity = Extract<Subject, { type: "activity" }>;

/** What a statement gets of a record. Its `record` part becomes the SourceRecord. */
export type Row = {
  readonly id: string;
  readonly record: { readonly id: string } & Readonly<Record<string, Parameter>>;
} & Readonly<Record<string, Parameter>>;

/** A row with its hash in its `record`. */
export type HashedRow = Row & { readonly record: { readonly hash: string } };

/** How a record being made into a row asks about others and complains. `field` is the path within the record. */
export interface Surroundings {
  readonly file: NamedSeedFile;
  /** What a name stands for; null when nothing has it. */
  readonly find: (what: NamedThing, name: string) => Named | null;
  readonly problem: (field: string | null, message: string) => void;
}

/** Which relationships a record's lists of keys become, and what may stand at the other end. */
const links = {
  basedAt: { type: "BASED_AT", to: ["Place"] },
  runs: { type: "RUNS", to: ["Group", "Activity"] },
  meetsAt: { type: "MEETS_AT", to: ["Place"] },
  hosts: { type: "HOSTS", to: ["Activity"] },
  heldAt: { type: "HELD_AT", to: ["Place"] },
} as const;

/** Likewise of those lists that name who stands at the beginning of the relationship. */
const linksTo = {
  hostedBy: { type: "HOSTS", from: ["Group"] },
  runBy: { type: "RUNS", from: ["Organisation"] },
} as const;

/**
 * The row of a record: what its statement writes, with every name resolved to an id. Complains to `problem` of whatever the format
 * alone cannot see to be wrong; the row is then of no use.
 */
export function rowOf(record: Subject, surroundings: Surroundings): Row {
  return {
    id: nodeIdOf(record),
    ...(record.type === "area"
      ? areaRow(record, surroundings)
      : record.type === "boundary"
        ? boundaryRow(record, surroundings)
        : record.type === "condition"
          ? conditionRow(record, surroundings)
          : record.type === "postcode"
            ? partialPostcodeRow(record, surroundings)
            : record.type === "period"
              ? periodRow(record)
              : record.type === "referrer"
                ? referrerRow(record, surroundings)
                : record.type === "pathway"
                  ? pathwayRow(record, surroundings)
                  : record.type === "workshop"
                    ? workshopRow(record, {
                        resolve: (what, name, to, field) => resolve(what, name, to, field, surroundings),
                        problem: surroundings.problem,
                      })
                    : assetRow(record, surroundings)),
    record: sourceRecordOf(record, surroundings),
  };
}

/**
 * A row with its hash. It is of the row rather than of the file's text: it changes when a name comes to stand for something else, and when
 * this code comes to write something else, and a record that reads differently but says the same is left alone.
 */
export function hashed({ record, ...row }: Row): HashedRow {
  const hash = createHash("sha256")
    .update(JSON.stringify([row, record]))
    .digest("hex");
  return { ...row, record: { ...record, hash } };
}

/** The ids of the assets at the other end of a row's relationships; none for a row that is no asset's. */
export function assetsPointedAt({ id: itself, links, linksTo, referrals }: Row): readonly string[] {
  return [
    ...((links ?? []) as readonly { readonly to: string }[]).map(({ to }) => to),
    ...((linksTo ?? []) as readonly { readonly from: string }[]).map(({ from }) => from),
    ...((referrals ?? []) as readonly { readonly to: string }[]).map(({ to }) => to).filter((id) => id !== itself),
  ];
}

/** The schedules of an activity's row, with the periods that they name by id; none of another row. */
export function schedulesOf({ schedules }: Row, periods: ReadonlyMap<string, NamedPeriod>): readonly ScheduleRow[] {
  const named = (ids: readonly string[]) => ids.map((id) => periods.get(id)).filter((period) => period !== undefined);
  return ((schedules ?? []) as readonly ReturnType<typeof scheduleRow>[]).map((schedule) => ({
    ...schedule,
    byDay: [...schedule.byDay],
    byWeekOfMonth: schedule.byWeekOfMonth ?? [],
    byMonthDay: schedule.byMonthDay ?? [],
    byMonth: schedule.byMonth ?? [],
    exceptDate: schedule.exceptDate ?? [],
    extraDate: schedule.extraDate ?? [],
    during: named(schedule.during),
    exceptDuring: named(schedule.exceptDuring),
  }));
}

/** The row of a border, from the smaller code to the larger. */
export function borderRow(border: Border, { find, problem }: Surroundings) {
  const [a, b] = [border.a, border.b].sort().map((code) => resolve("area", code, ["LSOA"], null, { find, problem }));
  if (a !== undefined && a === b) problem(null, "an area has no border with itself");
  return { a: a ?? "", b: b ?? "", metres: border.metres, source: border.source, asOf: border.asOf };
}

/** Where a place's postcode is, as far as the place knows; null when it has none or does not know its area. */
export function postcodeRow(row: Row) {
  const { properties, area, latitude, longitude } = row;
  const code = (properties as Readonly<Record<string, Parameter>>)["postalCode"];
  if (typeof code !== "string" || typeof area !== "string") return null;
  return { code, area, latitude: latitude ?? null, longitude: longitude ?? null, source: row.record.id };
}

function sourceRecordOf(record: Subject, { file, problem }: Surroundings) {
  const source = file.sources[record.source];
  if (source === undefined) problem("source", `the file has no source "${record.source}"`);
  checkDay(record.asOf, problem);
  return {
    id: `${record.source}/${sourceIdOf(record)}`,
    key: record.key,
    source: record.source,
    sourceId: sourceIdOf(record),
    name: source?.name ?? "",
    publisher: source?.publisher ?? "",
    url: source?.url ?? null,
    licence: source?.licence ?? "",
    asOf: record.asOf,
    sample: record.sample,
  };
}

/** Complains of a date that fits the pattern and is in no calendar, such as 2019-02-30. */
export function checkDay(asOf: string, problem: Surroundings["problem"]): void {
  const day = `${asOf}-01-01`.slice(0, "2019-01-01".length);
  if (!z.iso.date().safeParse(day).success) problem("asOf", `${asOf} is no date`);
}

function areaRow(area: Area, surroundings: Surroundings) {
  return {
    properties: {
      kind: area.kind,
      name: area.name,
      alternateNames: area.alternateName,
      code: area.code ?? null,
      slug: area.slug ?? null,
      population: area.population === undefined ? null : int(area.population),
      proposed: area.proposed,
    },
    latitude: area.centre.latitude,
    longitude: area.centre.longitude,
    within: resolveAll("area", area.within, null, "within", surroundings),
  };
}

/** Coordinates are nothing that Neo4j is asked about: they are kept as the text of their JSON. */
function boundaryRow({ area, coordinates }: Boundary, surroundings: Surroundings) {
  return {
    area: resolve("area", area, null, "area", surroundings),
    boundary: JSON.stringify({ type: "MultiPolygon", coordinates }),
  };
}

function conditionRow(condition: Condition, surroundings: Surroundings) {
  const others = condition.oftenWith.map(({ condition: slug }) => slug);
  const oftenWith = resolveAll("condition", others, null, "oftenWith", surroundings);
  const terms = condition.terms.map(({ text, weight }) => ({ text: termText(text), weight }));
  const texts = terms.map(({ text }) => text);
  for (const [index, text] of texts.entries()) {
    if (texts.indexOf(text) < index) surroundings.problem(`terms[${index}]`, `"${text}" is named twice`);
  }
  return {
    properties: {
      slug: condition.key,
      name: condition.name,
      description: condition.description,
      examples: condition.examples,
    },
    broader: resolveAll("condition", condition.broader, null, "broader", surroundings),
    oftenWith: oftenWith.map((id, index) => ({ condition: id, weight: condition.oftenWith[index]?.weight ?? 0 })),
    terms,
  };
}

function partialPostcodeRow({ centre, area }: Postcode, surroundings: Surroundings) {
  return {
    latitude: centre.latitude,
    longitude: centre.longitude,
    area: resolve("area", area, ["LSOA"], "area", surroundings),
  };
}

/** How a term is stored and looked up: lower case, single spaces. */
function termText(text: string): string {
  return text.normalize("NFC").trim().replace(/\s+/g, " ").toLowerCase();
}

function assetRow(asset: Asset, surroundings: Surroundings) {
  const supported = asset.supports.map(({ condition }) => condition);
  const conditions = resolveAll("condition", supported, null, "supports", surroundings);
  return {
    kind: kinds[asset.type],
    properties: {
      name: asset.name,
      alternateNames: asset.alternateName,
      summary: asset.summary,
      description: asset.description ?? null,
      url: asset.url ?? null,
      email: asset.contact?.email ?? null,
      telephone: asset.contact?.telephone ?? null,
      contactUrl: asset.contact?.url ?? null,
      ...contactKeysOf({ telephone: asset.contact?.telephone ?? null, url: asset.url ?? null }),
      // Where nobody has to go anywhere there is no step on the way.
      stepFree: asset.reach.includes("AT_A_PLACE") ? asset.accessibility.stepFree : "YES",
      accessibleToilet: asset.accessibility.accessibleToilet,
      hearingLoop: asset.accessibility.hearingLoop,
      isFree: asset.cost?.isFree ?? null,
      costAmount: asset.cost?.amount ?? null,
      costDescription: asset.cost?.description ?? null,
      reach: asset.reach,
      sample: asset.sample,
      ...(asset.type === "place" ? placeProperties(asset, surroundings) : {}),
      ...(asset.type === "organisation" ? { charityNumber: asset.charityNumber ?? null } : {}),
    },
    latitude: asset.type === "place" ? (asset.location?.latitude ?? null) : null,
    longitude: asset.type === "place" ? (asset.location?.longitude ?? null) : null,
    area:
      asset.type === "place" && asset.area !== undefined
        ? resolve("area", asset.area, ["LSOA"], "area", surroundings)
        : null,
    links: [
      ...Object.entries(links).flatMap(([field, { type, to }]) => {
        const keys = (asset as Readonly<Record<string, unknown>>)[field] as readonly string[] | undefined;
        return resolveAll("asset", keys ?? [], to, field, surroundings).map((id) => ({ type, to: id }));
      }),
    ],
    ...hostLinks(asset, surroundings),
    ...referrals(asset, surroundings),
    serves: resolveAll("area", asset.serves, null, "serves", surroundings),
    supports: asset.supports.map(({ strength, evidence, sample, byReferral }, index) => ({
      condition: conditions[index] ?? "",
      strength,
      evidence,
      sample,
      ...(byReferral ? { byReferral } : {}),
    })),
    eligibility: asset.eligibility.map((statement, index) => ({
      properties: {
        excludes: statement.excludes,
        minimumAge: statement.minimumAge ?? null,
        maximumAge: statement.maximumAge ?? null,
        description: statement.description ?? null,
        position: int(index),
      },
      conditions: resolveAll("condition", statement.conditions, null, `eligibility[${index}].conditions`, surroundings),
    })),
    closures: asset.closures,
    closedDuring: resolveAll("period", asset.closedDuring, null, "closedDuring", surroundings),
    openingHours: asset.type === "place" ? asset.openingHours : [],
    schedules:
      asset.type === "activity" ? asset.schedule.map((rule, index) => scheduleRow(rule, index, surroundings)) : [],
    sessionChanges: asset.type === "activity" ? sessionChanges(asset, surroundings) : [],
  };
}

/** A schedule as `scheduleOf` reads it back and the statements write it; what is empty is no property. */
function scheduleRow(rule: Activity["schedule"][number], index: number, surroundings: Surroundings) {
  const { during, exceptDuring, startDate = null, endDate = null, startTime = null, endTime = null, ...rest } = rule;
  const { repeatFrequency = null, repeatCount = null, sample, byDay } = rest;
  const listed = <Value>(values: readonly Value[]) => (values.length === 0 ? null : [...values]);
  return {
    startDate,
    endDate,
    startTime,
    endTime,
    repeatFrequency,
    repeatCount,
    byDay,
    byWeekOfMonth: listed(rest.byWeekOfMonth),
    byMonthDay: listed(rest.byMonthDay),
    byMonth: listed(rest.byMonth),
    exceptDate: listed(rest.exceptDate),
    extraDate: listed(rest.extraDate),
    usualDays: usualDaysOf(rule),
    lastDate: repeatFrequency === null ? startDate : endDate,
    sample,
    during: resolveAll("period", during, null, `schedule[${index}].during`, surroundings),
    exceptDuring: resolveAll("period", exceptDuring, null, `schedule[${index}].exceptDuring`, surroundings),
  };
}

function sessionChanges({ sessions }: Activity, surroundings: Surroundings) {
  const named = new Set<string>();
  return sessions.map((change, index) => {
    const {
      date,
      time = null,
      status,
      startDate = null,
      startTime = null,
      endTime = null,
      place,
      note = null,
    } = change;
    if (named.has(`${date} ${time}`)) surroundings.problem(`sessions[${index}]`, "is said already");
    named.add(`${date} ${time}`);
    return {
      properties: { date, time, status, startDate, startTime, endTime, note },
      place: place === undefined ? null : resolve("asset", place, ["Place"], `sessions[${index}].place`, surroundings),
    };
  });
}

function periodRow({ key, name, ranges }: Period) {
  return {
    properties: {
      slug: key,
      name,
      validFrom: ranges.map(({ validFrom }) => validFrom),
      validThrough: ranges.map(({ validThrough }) => validThrough),
      reasons: ranges.map((range) => range.name ?? name),
    },
  };
}

/** The steps that an asset tells of, out from it and in to it. Left out where there are none, as `hostLinks` is. */
function referrals(asset: Asset, surroundings: Surroundings) {
  const onward = asset.refersTo.map(({ to }) => to);
  if (onward.includes(asset.key)) surroundings.problem("refersTo", "an asset does not refer people to itself");
  const accepted = asset.acceptsReferralFrom.map(({ from }) => from);
  const [to, from] = [
    resolveAll("asset", onward, null, "refersTo", surroundings),
    resolveAll("referrer", accepted, null, "acceptsReferralFrom", surroundings),
  ];
  const steps = [
    ...asset.refersTo.map((step, index) =>
      stepRow(step, { from: nodeIdOf(asset), to: to[index] ?? "" }, asset, `refersTo[${index}]`, surroundings),
    ),
    ...asset.acceptsReferralFrom.map((step, index) =>
      stepRow(
        step,
        { from: from[index] ?? "", to: nodeIdOf(asset) },
        asset,
        `acceptsReferralFrom[${index}]`,
        surroundings,
      ),
    ),
  ];
  return steps.length === 0 ? {} : { referrals: steps };
}

/** One step, whoever tells of it. Its id is made of who tells of it, and of where it leads from and to: loading it again makes the same. */
function stepRow(
  step: Omit<Step, "referrer" | "from" | "to">,
  ends: { readonly from: string; readonly to: string },
  record: Subject,
  field: string,
  surroundings: Surroundings,
) {
  const ids = (what: NamedThing, names: readonly string[], of: string) => {
    const resolved = resolveAll(what, names, null, `${field}.${of}`, surroundings);
    return resolved.length === 0 ? null : [...resolved];
  };
  return {
    ...ends,
    properties: {
      id: idOf("ReferralStep", record.source, JSON.stringify([sourceIdOf(record), ends.from, ends.to])),
      method: step.method,
      contact: step.contact ?? null,
      criteria: step.criteria ?? null,
      minimumAge: step.minimumAge ?? null,
      maximumAge: step.maximumAge ?? null,
      areaIds: ids("area", step.serves, "serves"),
      acceptedConditionIds: ids("condition", step.accepts, "accepts"),
      excludedConditionIds: ids("condition", step.excludes, "excludes"),
      waitDays: step.waitDays === undefined ? null : int(step.waitDays),
      formerWaitDays: step.formerWait === undefined ? null : int(step.formerWait.waitDays),
      formerWaitOn: step.formerWait?.asOf ?? null,
      capacity: step.capacity ?? null,
      evidence: step.evidence ?? null,
      sample: record.sample || step.sample,
    },
  };
}

function referrerRow({ key, name, description, broader, sample }: Referrer, surroundings: Surroundings) {
  return {
    properties: { slug: key, name, description, sample },
    broader: resolveAll("referrer", broader, null, "broader", surroundings),
  };
}

function pathwayRow(pathway: Pathway, surroundings: Surroundings) {
  const { key, name, summary, description = null, url = null, owner, conditions, steps, sample } = pathway;
  const told = new Set<string>();
  return {
    properties: { slug: key, name, summary, description, url, sample },
    owner: owner === undefined ? null : resolve("asset", owner, ["Organisation"], "owner", surroundings),
    conditions: resolveAll("condition", conditions, null, "conditions", surroundings),
    referrals: steps.map(({ referrer, from, to, ...step }, index) => {
      const field = `steps[${index}]`;
      const ends = {
        from:
          referrer === undefined
            ? resolve("asset", from ?? "", null, `${field}.from`, surroundings)
            : resolve("referrer", referrer, null, `${field}.referrer`, surroundings),
        to: resolve("asset", to, null, `${field}.to`, surroundings),
      };
      if (ends.from === ends.to) surroundings.problem(field, "nobody refers people to themselves");
      if (told.has(`${ends.from} ${ends.to}`)) surroundings.problem(field, "leads from and to where another step does");
      told.add(`${ends.from} ${ends.to}`);
      const { properties } = stepRow(step, ends, pathway, field, surroundings);
      return { ...ends, properties: { ...properties, position: int(index) } };
    }),
  };
}

/** Left out where there are none, which most records say nothing of: their hashes stay what they were. */
function hostLinks(asset: Asset, surroundings: Surroundings) {
  if (asset.type !== "activity") return {};
  const hosts = Object.entries(linksTo).flatMap(([field, { type, from }]) =>
    resolveAll("asset", asset[field as keyof typeof linksTo], from, field, surroundings).map((id) => ({
      type,
      from: id,
    })),
  );
  return hosts.length === 0 ? {} : { linksTo: hosts };
}

function placeProperties(place: Extract<Asset, { type: "place" }>, { problem }: Surroundings) {
  const { streetAddress, addressLocality, postalCode } = place.address;
  const { postcode } = parse(postalCode ?? "");
  if (postalCode !== undefined && postcode === null) {
    problem("address.postalCode", `"${postalCode}" is not a whole UK postcode`);
  }
  return {
    category: place.category,
    streetAddress: streetAddress ?? null,
    addressLocality: addressLocality ?? null,
    postalCode: postcode,
  };
}

const article = {
  area: "area has the code or slug",
  condition: "condition has the slug",
  period: "period has the key",
  referrer: "referrer has the key",
  asset: "record has the key",
};

/** The id a name stands for; an empty text, and a complaint, when it stands for nothing or for something else than `to`. */
function resolve(
  what: NamedThing,
  name: string,
  to: readonly string[] | null,
  field: string | null,
  { find, problem }: Pick<Surroundings, "find" | "problem">,
): string {
  const named = find(what, name);
  if (named === null) problem(field, `no ${article[what]} "${name}"`);
  else if (to !== null && !to.includes(named.kind)) {
    problem(field, `"${name}" is of the kind ${named.kind}, and ${to.join(" or ")} is wanted`);
  }
  return named?.id ?? "";
}

/** As `resolve`, of a list; complains of what is in it twice, be it under two names. */
function resolveAll(
  what: NamedThing,
  names: readonly string[],
  to: readonly string[] | null,
  field: string,
  { find, problem }: Pick<Surroundings, "find" | "problem">,
): readonly string[] {
  const ids = names.map((name, index) => resolve(what, name, to, `${field}[${index}]`, { find, problem }));
  for (const [index, id] of ids.entries()) {
    if (id !== "" && ids.indexOf(id) < index) problem(`${field}[${index}]`, `"${names[index]}" is named twice`);
  }
  return ids;
}
