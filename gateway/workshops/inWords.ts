import { dayOfWeekInWords, momentInWords, timeRangeInWords } from "../../calendar/dateInWords.ts";
import { listInWords } from "../../calendar/listInWords.ts";
import { type DayOfWeek, daysOfWeek } from "../../calendar/schedule.ts";
import { asOfInWords } from "../asOfInWords.ts";

/** The kinds of asset, as the API and as addresses have them, and what people call them. */
export const kinds = {
  group: { type: "Group", kind: "GROUP", aOne: "a group", hint: "People who meet, such as a choir" },
  activity: {
    type: "Activity",
    kind: "ACTIVITY",
    aOne: "an activity",
    hint: "Something that is on, such as a tea dance",
  },
  organisation: {
    type: "Organisation",
    kind: "ORGANISATION",
    aOne: "an organisation",
    hint: "Who runs things, such as a charity",
  },
  place: { type: "Place", kind: "PLACE", aOne: "a place", hint: "Where things are, such as a hall" },
} as const;

export type KindSlug = keyof typeof kinds;

export type Type = (typeof kinds)[KindSlug]["type"];

export type Relationship = "RUNS" | "HOSTS" | "HELD_AT" | "MEETS_AT" | "BASED_AT" | "SERVES" | "SUPPORTS" | "REFERS_TO";

/** How each relationship reads from either end. */
export const relationships: Readonly<Record<Relationship, { readonly from: string; readonly to: string }>> = {
  RUNS: { from: "runs", to: "is run by" },
  HOSTS: { from: "puts on", to: "is put on by" },
  HELD_AT: { from: "is held at", to: "is where this is held:" },
  MEETS_AT: { from: "meets at", to: "is where this meets:" },
  BASED_AT: { from: "is based at", to: "is home to" },
  SERVES: { from: "is for people in", to: "is served by" },
  SUPPORTS: { from: "helps with", to: "is helped with by" },
  REFERS_TO: { from: "refers people to", to: "takes people referred by" },
};

/** What has become of a change. */
export const statuses: Readonly<Record<string, string>> = {
  PROPOSED: "Proposed",
  APPLIED: "On the map",
  REJECTED: "Not taken",
  UNDONE: "Undone",
};

const labels: Readonly<Record<string, string>> = {
  name: "Name",
  alternateNames: "Other names",
  summary: "What it is",
  description: "More about it",
  url: "Website",
  contact: "Contact",
  eligibility: "Who it is for",
  accessibility: "Access",
  cost: "Cost",
  reach: "How it reaches people",
  schedule: "When",
  category: "What kind of place",
  address: "Address",
  location: "Position",
  area: "Area",
  openingHours: "Open",
  charityNumber: "Charity number",
  status: "On the map",
  mergedInto: "Now part of",
  strength: "How much it helps",
  byReferral: "Only if referred",
  evidence: "How we know",
  email: "Email",
  telephone: "Telephone",
  stepFree: "Step-free",
  accessibleToilet: "Accessible toilet",
  hearingLoop: "Hearing loop",
  confirmedOn: "Last confirmed",
  lastConfirmedOn: "Last confirmed",
  sample: "Sample, made up",
  criteria: "Who it takes",
  waitDays: "Wait in days",
  minimumAge: "Youngest age",
  maximumAge: "Oldest age",
};

/** What a field is called: "What it is" for `summary`. One that has no name of its own is told by that of the API, in words. */
export function labelOf(field: string): string {
  const known = labels[field];
  if (known !== undefined) return known;
  const words = field.replaceAll(/([A-Z])/g, " $1").toLowerCase();
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

const words: Readonly<Record<string, string>> = {
  YES: "yes",
  NO: "no",
  UNKNOWN: "not known",
  AT_A_PLACE: "at a place",
  COMES_TO_YOU: "comes to you",
  ONLINE: "online",
  PHONE: "by telephone",
  PUBLISHED: "yes",
  ARCHIVED: "no: taken off",
  WITHDRAWN: "no: its source no longer has it",
  MERGED: "as part of something else",
  UNDONE: "no: adding it was undone",
};

/** "Tuesday and Friday, 2pm to 4pm", of a weekly rule or of opening hours. */
export function timesInWords(rule: Readonly<Record<string, unknown>>): string {
  const days = ((rule["byDay"] ?? []) as readonly DayOfWeek[]).filter((day) => daysOfWeek.includes(day));
  const [begins, ends] = [rule["startTime"] ?? rule["opens"], rule["endTime"] ?? rule["closes"]];
  const times = typeof begins === "string" && typeof ends === "string" ? timeRangeInWords(begins, ends) : null;
  const more = Object.entries(rule)
    .filter(
      ([name, value]) =>
        !["byDay", "startTime", "endTime", "opens", "closes"].includes(name) &&
        !(name === "repeatFrequency" && value === "P1W"),
    )
    .map(([name, value]) => `${labelOf(name).toLowerCase()}: ${inWords(value)}`);
  return [listInWords(days.map(dayOfWeekInWords)), times, ...more].filter(Boolean).join(", ");
}

function costInWords({ isFree, amount, description }: Readonly<Record<string, unknown>>): string {
  const price = isFree === true ? "Free" : typeof amount === "number" ? `£${amount.toFixed(2)}` : "Costs something";
  return typeof description === "string" ? `${price}: ${description}` : price;
}

function whoInWords(statement: Readonly<Record<string, unknown>>): string {
  const { minimumAge: least, maximumAge: most, excludes, description, conditions } = statement;
  const ages =
    typeof least === "number"
      ? typeof most === "number"
        ? `aged ${least} to ${most}`
        : `aged ${least} or over`
      : typeof most === "number"
        ? `aged ${most} or under`
        : null;
  const said = [ages, Array.isArray(conditions) ? `with ${inWords(conditions)}` : null, description]
    .filter((one) => typeof one === "string")
    .join(", ");
  return excludes === true ? `Not for people ${said}` : `People ${said}`;
}

/** Any value that the map keeps, for somebody to read; "nothing" for null. `names`: what ids in it stand for. */
export function inWords(value: unknown, field = "", names: ReadonlyMap<string, string> = new Map()): string {
  if (value === null || value === undefined) return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") {
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return asOfInWords(value);
    return names.get(value) ?? words[value] ?? value;
  }
  if (Array.isArray(value)) {
    if (value.length === 0) return "nothing";
    const items = (value as readonly unknown[]).map((one) => inWords(one, field, names));
    return field === "schedule" || field === "openingHours" || field === "eligibility"
      ? items.join("; ")
      : listInWords(items);
  }
  const object = value as Readonly<Record<string, unknown>>;
  if (field === "schedule" || field === "openingHours") return timesInWords(object);
  if (field === "cost") return costInWords(object);
  if (field === "eligibility") {
    const known = object["conditions"];
    return whoInWords(
      Array.isArray(known) ? { ...object, conditions: known.map((id: string) => names.get(id) ?? id) } : object,
    );
  }
  if (field === "address") return Object.values(object).join(", ");
  return Object.entries(object)
    .map(([name, one]) => `${labelOf(name)}: ${inWords(one, name, names)}`)
    .join("; ");
}

/** "Sunday 22 November 2026, 12pm": when something was done, by the clock in London. */
export function whenInWords(moment: string): string {
  const at = new Date(moment);
  return momentInWords(at, at, false);
}

/** Longer than what a person is called in a sample ("Table 2"), shorter than what stands for anybody real. */
const longestName = 20;

/** Who did something: "You", or "A mapper (7Q2K)", with the last of what stands for them, so that two can be told apart. `actorId`: who reads it. */
export function whoInShort(by: string, actorId: string): string {
  const [role = "", ...rest] = by.split(" ");
  const id = rest.join(" ");
  if (id === actorId) return "You";
  const article = /^[aeiou]/.test(role) ? "An" : "A";
  return id === "" ? `${article} ${role}` : `${article} ${role} (${id.length > longestName ? id.slice(-4) : id})`;
}
