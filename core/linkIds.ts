import { idOf } from "./ids.ts";

// Known to whoever edits and to whoever loads: the same link, said by both, has one id.

/** How two things of the map belong together, as editors and sources say it. */
export const relationships = [
  "RUNS",
  "HOSTS",
  "HELD_AT",
  "MEETS_AT",
  "BASED_AT",
  "SERVES",
  "SUPPORTS",
  "REFERS_TO",
] as const;

export type Relationship = (typeof relationships)[number];

/** What edits are asserted by: links made here have this as their source. */
export const ourSource = "common-ground";

const letters: Readonly<Record<Exclude<Relationship, "REFERS_TO">, string>> = {
  RUNS: "R",
  HOSTS: "H",
  HELD_AT: "A",
  MEETS_AT: "M",
  BASED_AT: "B",
  SERVES: "S",
  SUPPORTS: "P",
};

const linkIdPattern = /^lnk_([RHAMBSP])([a-z]{3}_[0-9A-HJKMNP-TV-Z]{26})([a-z]{3}_[0-9A-HJKMNP-TV-Z]{26})$/;

/**
 * The id of a link made here: what it is, so that the same link said twice, by whomever, is one. A step from one to the next may be told of several times (of several pathways),
 * and has an id of its own.
 */
export function linkIdOf(relationship: Relationship, from: string, to: string): string {
  if (relationship === "REFERS_TO") return idOf("ReferralStep", ourSource, JSON.stringify([from, to]));
  return `lnk_${letters[relationship]}${from}${to}`;
}

/** What a link's id says of it; null for the id of a step, which says nothing, and for any other text. */
export function linkOf(
  id: string,
): { readonly relationship: Relationship; readonly from: string; readonly to: string } | null {
  const [, letter, from, to] = linkIdPattern.exec(id) ?? [];
  const relationship = relationships.find((one) => one !== "REFERS_TO" && letters[one] === letter);
  return relationship === undefined || from === undefined || to === undefined ? null : { relationship, from, to };
}
