import { phraseOf } from "../../knowledge/words.ts";
import { nameLikeness, plainWords } from "./nameLikeness.ts";
import type { DuplicateFacts, DuplicateSite } from "./queries/duplicateFacts.ts";

/**
 * How likely two assets of one kind are the same, all of it in this file. Each fact that both tell speaks for it or against it, with a weight; what one of them does not tell says nothing.
 *
 *   score = 1 ÷ (1 + e^−sum), where sum = start + name + where + telephone + website + charity number + who runs it
 *
 * A name alone makes something likely enough to be shown, and nothing else does but a charity number. Another place outweighs a name, a telephone number and a website together: so are branches of a
 * pharmacy, and coffee mornings in two churches, told apart.
 */
const weights = {
  start: -4,
  /** By likeness: `same` from 0.95 on, `other` up to 0.5, and evenly between. `unknown`: one has no name. */
  name: { same: 4.5, other: -4, unknown: -2 },
  where: {
    samePlace: 3,
    samePostcode: 2.5,
    near: 2,
    /** Two places of which both are known, in one postcode or near each other: two churches in a street. */
    nextDoor: -1,
    /** Further than near, and less than 500 metres: one of the two may be put in the wrong spot. */
    notFar: -1,
    otherPlace: -6,
  },
  telephone: { same: 2, other: -0.5 },
  website: { samePage: 2, sameHost: 1, other: -0.5 },
  /** What the Charity Commission numbers is one, wherever it is and whatever it is called. */
  charityNumber: { same: 20, other: -20 },
  runBy: { same: 1, other: -2 },
} as const;

/** What may be the same: from this score on it is shown. */
export const likelyFrom = 0.6;

/** Up to so many metres two points are taken for one spot; and so many more where one is only the middle of a postcode. */
const near = 100;
const slackOfPostcode = 150;
const notFar = 500;
/** The middles of LSOAs this far apart are not of one place. */
const farForAreas = 3000;
/** Areas served whose middles are this far apart are not of one town; a district's own villages may be nearly so far from its middle. */
const farForServed = 30_000;
/** What is alike only without the words of where both are counts for less: a community choir may not be the Rose Hill choir. */
const withoutWhere = 0.9;

/** How likely two assets are the same, from 0 to 1, and what speaks for it, in words. */
export interface Sameness {
  readonly score: number;
  readonly reasons: readonly string[];
}

interface Evidence {
  readonly weight: number;
  readonly reason?: string | null;
}

const nothing: Evidence = { weight: 0 };

/** How likely an asset that is `there` is the one that is described. */
export function sameness(described: DuplicateFacts, there: DuplicateFacts): Sameness {
  const isNumbered = described.charityNumber !== null && described.charityNumber === there.charityNumber;
  const where = whereOf(described, there);
  const evidence: readonly Evidence[] = [
    nameOf(described, there, where.weight > 0),
    isNumbered && where.weight < 0 ? nothing : where,
    agreeing(described.telephoneKey, there.telephoneKey, weights.telephone, "the same telephone number"),
    websiteOf(described.urlKey, there.urlKey),
    agreeing(described.charityNumber, there.charityNumber, weights.charityNumber, "the same charity number"),
    runByOf(described.runBy, there.runBy),
  ];
  const sum = evidence.reduce<number>((total, { weight }) => total + weight, weights.start);
  return {
    score: 1 / (1 + Math.exp(-sum)),
    // What speaks most for it comes first.
    reasons: evidence
      .toSorted((a, b) => b.weight - a.weight)
      .flatMap(({ weight, reason }) => (weight > 0 && typeof reason === "string" ? [reason] : [])),
  };
}

function nameOf(described: DuplicateFacts, there: DuplicateFacts, isThere: boolean): Evidence {
  const isNamed = ({ names }: DuplicateFacts) => names.some((name) => plainWords(name).length > 0);
  if (!isNamed(described) || !isNamed(there)) return { weight: weights.name.unknown };
  const known =
    isThere && described.kind !== "Place"
      ? new Set([...described.sites, ...there.sites].flatMap(({ words }) => words.flatMap(plainWords)))
      : null;
  let likeness = 0;
  let isVery = false;
  for (const one of described.names) {
    for (const other of there.names) {
      isVery ||= plainWords(one).length > 0 && phraseOr(one) === phraseOr(other);
      likeness = Math.max(
        likeness,
        nameLikeness(one, other),
        known === null ? 0 : withoutWhere * nameLikeness(one, other, known),
      );
    }
  }
  const { same, other } = weights.name;
  const share = Math.min(1, Math.max(0, (likeness - 0.5) / 0.45));
  return {
    weight: isVery ? same : other + (same - other) * share,
    reason: isVery ? "the same name" : likeness >= 0.8 ? "nearly the same name" : "a similar name",
  };
}

/** A name as it is compared whole; its signs where it has no words. */
function phraseOr(name: string): string {
  return phraseOf(name) === "" ? plainWords(name).join("") : phraseOf(name);
}

/** What speaks most for the same place, of each site of one with each of the other. */
function whereOf(described: DuplicateFacts, there: DuplicateFacts): Evidence {
  if (described.sites.length === 0 || there.sites.length === 0) return whomOf(described, there);
  const found = described.sites.flatMap((one) =>
    there.sites.map((other) => siteEvidence(one, other, described.kind === "Place")),
  );
  return found.reduce<Evidence>((best, one) => (one.weight > best.weight ? one : best), found[0] ?? nothing);
}

/** Where one has no site: whether the two are for people of other parts of the country. */
function whomOf(described: DuplicateFacts, there: DuplicateFacts): Evidence {
  const [a, b] = [described, there].map(({ sites, served }) => [
    ...served,
    ...sites.flatMap(({ point }) => point ?? []),
  ]);
  if (a === undefined || b === undefined || a.length === 0 || b.length === 0) return nothing;
  const isFar = a.every((one) => b.every((other) => metresBetween(one, other) > farForServed));
  return isFar ? { weight: weights.where.otherPlace } : nothing;
}

function siteEvidence(one: DuplicateSite, other: DuplicateSite, isItself: boolean): Evidence {
  const { where } = weights;
  if (!isItself && one.id !== null && one.id === other.id) return { weight: where.samePlace, reason: "the same place" };
  const isPostcodeKnown = one.postcode !== null && other.postcode !== null;
  const isSamePostcode = isPostcodeKnown && one.postcode === other.postcode;
  const metres = apart(one, other);
  const isNear = metres === "near" || isSamePostcode;
  // Of two places that both have an id, it is known that they are two.
  if (!isItself && one.id !== null && other.id !== null) return { weight: isNear ? where.nextDoor : where.otherPlace };
  if (isNear) {
    return isSamePostcode
      ? { weight: where.samePostcode, reason: "the same postcode" }
      : { weight: where.near, reason: "close by" };
  }
  if (isPostcodeKnown || metres === "far") return { weight: where.otherPlace };
  return { weight: metres === "not far" ? where.notFar : 0 };
}

/** How far apart two sites are; null when that is not known. */
function apart(one: DuplicateSite, other: DuplicateSite): "near" | "not far" | "far" | null {
  if (one.point === null || other.point === null) return null;
  const metres = metresBetween(one.point, other.point);
  const of = [one.isOf, other.isOf];
  if (of.includes("AREA")) return metres > farForAreas ? "far" : null;
  const slack = of.includes("POSTCODE") ? slackOfPostcode : 0;
  return metres <= near + slack ? "near" : metres <= notFar + slack ? "not far" : "far";
}

interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** As the crow flies, on the sphere that Neo4j takes the earth for. */
function metresBetween(one: Point, other: Point): number {
  const radians = Math.PI / 180;
  const half = (from: number, to: number) => Math.sin(((to - from) * radians) / 2) ** 2;
  const share =
    half(one.latitude, other.latitude) +
    Math.cos(one.latitude * radians) * Math.cos(other.latitude * radians) * half(one.longitude, other.longitude);
  return 2 * 6_378_140 * Math.asin(Math.sqrt(share));
}

function agreeing(
  one: string | null,
  other: string | null,
  { same, other: another }: { readonly same: number; readonly other: number },
  reason: string,
): Evidence {
  if (one === null || other === null) return nothing;
  return one === other ? { weight: same, reason } : { weight: another };
}

function websiteOf(one: string | null, other: string | null): Evidence {
  if (one === null || other === null) return nothing;
  const { samePage, sameHost, other: another } = weights.website;
  const hostOf = (key: string) => key.split(/[/?]/)[0];
  if (hostOf(one) !== hostOf(other)) return { weight: another };
  // A host alone may be that of all its branches; and two pages of one host may be two of its branches, or all that Facebook has.
  if (one !== other) return nothing;
  return { weight: one === hostOf(one) ? sameHost : samePage, reason: "the same website" };
}

function runByOf(one: readonly string[], other: readonly string[]): Evidence {
  const both = one.find((id) => other.includes(id));
  if (both !== undefined) {
    const reason = both.startsWith("grp_") ? "put on by the same group" : "run by the same organisation";
    return { weight: weights.runBy.same, reason };
  }
  // Who runs one, and who puts on the other, may be the same people.
  const isToldOf = (ids: readonly string[]) => ids.some((id) => id.startsWith("org_"));
  return isToldOf(one) && isToldOf(other) ? { weight: weights.runBy.other } : nothing;
}
