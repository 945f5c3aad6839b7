import type { Change, ChangeStatus, Conflict, EndKind, LinkState, Relationship, Said, Viewer } from "./answers.ts";

/** How each relationship is said between its two ends, and what those may be. */
export const relationships: Readonly<
  Record<
    Relationship,
    { readonly says: string; readonly from: readonly EndKind[]; readonly to: readonly EndKind[]; readonly hint: string }
  >
> = {
  HELD_AT: { says: "is held at", from: ["Activity"], to: ["Place"], hint: "an activity, at a place" },
  MEETS_AT: { says: "meets at", from: ["Group"], to: ["Place"], hint: "a group, at a place" },
  BASED_AT: { says: "is based at", from: ["Organisation"], to: ["Place"], hint: "an organisation, at a place" },
  RUNS: {
    says: "runs",
    from: ["Organisation"],
    to: ["Group", "Activity"],
    hint: "an organisation, a group or activity",
  },
  HOSTS: { says: "puts on", from: ["Group"], to: ["Activity"], hint: "a group, an activity" },
  SERVES: {
    says: "serves",
    from: ["Group", "Activity", "Organisation", "Place"],
    to: ["Area"],
    hint: "anything, the people of an area",
  },
  SUPPORTS: {
    says: "supports people with",
    from: ["Group", "Activity", "Organisation", "Place"],
    to: ["Condition"],
    hint: "anything, a condition or need",
  },
  REFERS_TO: {
    says: "refers people to",
    from: ["Referrer", "Group", "Activity", "Organisation", "Place"],
    to: ["Group", "Activity", "Organisation", "Place"],
    hint: "somebody who sends people on, to anything",
  },
};

/** A link as a sentence: "Carers Oxfordshire runs Carers' coffee". */
export function linkInWords({ relationship, from, to }: Pick<LinkState, "relationship" | "from" | "to">): string {
  return `${from.name} ${relationships[relationship].says} ${to.name}`;
}

/** What a link stands at beside being on the map; null where nothing is proposed of it. */
export function proposedOf({ isEnding, proposal }: Pick<LinkState, "isEnding" | "proposal">): string | null {
  if (isEnding) return "Proposed to go";
  if (proposal === null) return null;
  return proposal.kind === "updateLink" || proposal.kind === "confirm" ? "Proposed to change" : "Proposed";
}

const statuses: Readonly<Record<ChangeStatus, string>> = {
  PROPOSED: "Proposed",
  APPLIED: "On the map",
  REJECTED: "Rejected",
  UNDONE: "Undone",
};

/** What became of a change, in a word or two. */
export const statusInWords = ({ status }: Pick<Change, "status">): string => statuses[status];

/** What it is, to follow a name: "a condition or need". */
export const kindsInWords: Readonly<Record<EndKind, string>> = {
  Group: "Group",
  Activity: "Activity",
  Organisation: "Organisation",
  Place: "Place",
  Area: "Area",
  Condition: "Condition or need",
  Referrer: "Kind of referrer",
  Unknown: "Something else",
};

const fieldNames: Readonly<Record<string, string>> = {
  name: "Name",
  alternateNames: "Other names",
  summary: "In one sentence",
  description: "More about it",
  url: "Web page",
  contact: "Contact",
  email: "Email",
  telephone: "Telephone",
  eligibility: "Who it is for",
  accessibility: "Access",
  stepFree: "step-free",
  accessibleToilet: "accessible toilet",
  hearingLoop: "hearing loop",
  cost: "Cost",
  isFree: "free",
  amount: "pounds",
  reach: "How it reaches people",
  schedule: "When it is on",
  charityNumber: "Charity number",
  category: "Sort of place",
  address: "Address",
  streetAddress: "street",
  addressLocality: "town",
  postalCode: "postcode",
  location: "Position",
  area: "Area",
  openingHours: "Opening hours",
  sample: "Invented, as an example",
  status: "Whether it is on the map",
  confirmedOn: "Last confirmed",
  mergedInto: "One with",
  strength: "How much it helps",
  byReferral: "By finding others who do",
  evidence: "Why we say so",
  referral: "How people are sent on",
  method: "how",
  criteria: "whom it takes",
  waitDays: "days of waiting",
  capacity: "takes people",
  minimumAge: "from age",
  maximumAge: "to age",
};

/** The name of a field as a reader would say it: that of the API where nothing better is known. */
export const fieldInWords = (name: string): string => fieldNames[name] ?? name;

const frequencies: Readonly<Record<string, string>> = {
  P1D: "every day",
  P1W: "every week",
  P2W: "every two weeks",
  P1M: "every month",
  P1Y: "every year",
};

const weeks: Readonly<Record<number, string>> = { 1: "first", 2: "second", 3: "third", 4: "fourth", [-1]: "last" };

/** "Friday, 10:00 to 12:00, every week", of hours of opening or a rule of when something is on. */
function timesInWords({
  byDay,
  opens,
  closes,
  startTime,
  endTime,
  repeatFrequency,
  byWeekOfMonth,
  startDate,
  ...rest
}: Said): string {
  const days = ((byDay ?? []) as readonly string[])
    .map((day) => `${day.charAt(0)}${day.slice(1).toLowerCase()}`)
    .join(", ");
  const which = ((byWeekOfMonth ?? []) as readonly number[]).map((week) => weeks[week] ?? String(week)).join(" and ");
  const [begins, ends] = [opens ?? startTime, closes ?? endTime];
  return [
    which === "" ? days : `the ${which} ${days}`,
    typeof begins === "string" && typeof ends === "string" ? `${begins} to ${ends}` : "",
    typeof repeatFrequency === "string" ? (frequencies[repeatFrequency] ?? repeatFrequency) : "",
    typeof startDate === "string" ? `${repeatFrequency === undefined ? "on" : "from"} ${dayInWords(startDate)}` : "",
    ...Object.entries(rest).map(([name, one]) => `${fieldInWords(name)}: ${valueInWords(one)}`),
  ]
    .filter(Boolean)
    .join(", ");
}

/** What is said in a field, as text on one line; "not stated" for nothing. */
export function valueInWords(value: unknown): string {
  if (value === null || value === undefined || value === "") return "not stated";
  if (value === true) return "yes";
  if (value === false) return "no";
  if (Array.isArray(value)) return value.length === 0 ? "nothing" : value.map(valueInWords).join("; ");
  if (typeof value === "object") {
    if ("byDay" in value || "startDate" in value) return timesInWords(value as Said);
    return (
      Object.entries(value)
        // That nobody is kept out goes without saying.
        .filter(([name, one]) => !(name === "excludes" && one === false))
        .map(([name, one]) => `${fieldInWords(name)}: ${valueInWords(one)}`)
        .join(", ")
    );
  }
  return String(value as string | number).replaceAll(/^[A-Z]+(?:_[A-Z]+)*$/g, (word) =>
    word.replaceAll("_", " ").toLowerCase(),
  );
}

/** Why something cannot be done, for who does it by a form: without the names that only who writes operations has to know, and with what stands in the way, unless that is said. */
export function conflictInWords({ message, otherChange }: Conflict, viewer: Viewer | null): string {
  const said = message.replaceAll(/ \(`\w+`\)/g, "");
  return otherChange === null || said.includes(otherChange.summary)
    ? said
    : `${said} In the way: ${otherChange.summary} (${whoInShort(otherChange.by, viewer)})`;
}

/** Longer than what a person is called in a sample ("Table 2"), shorter than what stands for anybody real. */
const longestName = 20;

/** Who did something: "You", or "A mapper (7Q2K)", with the last of what stands for them, so that two can be told apart. `viewer`: who reads it. */
export function whoInShort(by: string, viewer: Viewer | null): string {
  if (viewer !== null && viewer.by === by) return "You";
  const [role = "", ...rest] = by.split(" ");
  const id = rest.join(" ");
  const somebody = `${/^[aeiou]/.test(role) ? "An" : "A"} ${role}`;
  return id === "" ? somebody : `${somebody} (${id.length > longestName ? id.slice(-4).trim() : id})`;
}

/** A moment as people say it, on the clocks of where the reader is. */
export function momentInWords(iso: string): string {
  return new Date(iso).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}

/** A day as people say it: "1 May 2026". */
export function dayInWords(iso: string): string {
  return new Date(iso).toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });
}

/** "1 change", "2 changes". */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
