import type { Change, ChangeStatus, EndKind, LinkState, Relationship } from "./answers.ts";

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
  location: "On the map",
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

/** What is said in a field, as text on one line; "not stated" for nothing. */
export function valueInWords(value: unknown): string {
  if (value === null || value === undefined || value === "") return "not stated";
  if (value === true) return "yes";
  if (value === false) return "no";
  if (Array.isArray(value)) return value.length === 0 ? "nothing" : value.map(valueInWords).join("; ");
  if (typeof value === "object") {
    return Object.entries(value)
      .map(([name, one]) => `${fieldInWords(name)}: ${valueInWords(one)}`)
      .join(", ");
  }
  return String(value as string | number).replaceAll(/^[A-Z]+(?:_[A-Z]+)*$/g, (word) =>
    word.replaceAll("_", " ").toLowerCase(),
  );
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
