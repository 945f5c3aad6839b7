import { dateWithoutDayInWords } from "../../calendar/dateInWords.ts";
import { listInWords } from "../../calendar/listInWords.ts";
import type { StepRow } from "./queries/stepFields.ts";

/** A step, and what was taken to be so where it is part of a route. */
export interface Step extends StepRow {
  readonly assumptions?: readonly string[];
}

/** What is known of the person whom a step is looked at for. */
export interface Person {
  /** In years; null when it was not said. */
  readonly age: number | null;
  /** Whether it was said where the person lives. */
  readonly isPlaced: boolean;
  /** The conditions the person is known to have, with all that are broader; and whether that is all of them. */
  readonly concernedIds: readonly string[];
  readonly isConditionsStated: boolean;
}

/** The day a year before another, in ISO 8601: what was confirmed before it is stale. */
export function yearBefore(today: string): string {
  const day = new Date(`${today}T00:00:00Z`);
  day.setUTCFullYear(day.getUTCFullYear() - 1);
  return day.toISOString().slice(0, today.length);
}

/** A step of a route, with what was taken to be so of the person and of it. `today` is the local date. */
export function stepFor(row: StepRow, person: Person, today: string): Step {
  return { ...row, assumptions: assumptionsOf(row, person, today) };
}

/** Whom a step takes: in its own words, or else in what its ages, areas and conditions come to; null when it states nothing. */
export function criteriaOf(row: StepRow): string | null {
  if (row.ownCriteria !== null) return row.ownCriteria;
  const { serves, accepts, excludes } = row;
  const ages = agesInWords(row.minimumAge, row.maximumAge);
  const sentences = [
    ...(ages === null ? [] : [`For people aged ${ages}.`]),
    ...(serves.length === 0 ? [] : [`For people who live in ${anyOf(serves)}.`]),
    ...(accepts.length === 0 ? [] : [`For people with ${anyOf(accepts)}.`]),
    ...(excludes.length === 0 ? [] : [`Not for people with ${anyOf(excludes)}.`]),
  ];
  return sentences.length === 0 ? null : sentences.join(" ");
}

function assumptionsOf(row: StepRow, person: Person, today: string): readonly string[] {
  const { to, serves, accepts, excludes, forWhom, servedByAsset } = row;
  const isKnown = ({ id }: { readonly id: string }) => person.concernedIds.includes(id);
  const assumed: string[] = [];
  if (person.age === null) {
    const stated = [row, ...(forWhom.length === 1 ? forWhom : [])]
      .map(({ minimumAge, maximumAge }) => agesInWords(minimumAge, maximumAge))
      .filter((ages) => ages !== null);
    for (const ages of new Set(stated)) assumed.push(`The person is aged ${ages}.`);
  }
  if (!person.isPlaced) {
    const areas = serves.length > 0 ? serves : servedByAsset;
    if (areas.length > 0) assumed.push(`The person lives in ${anyOf(areas)}.`);
  }
  if (!person.isConditionsStated) {
    if (accepts.length > 0 && !accepts.some(isKnown)) assumed.push(`The person has ${anyOf(accepts)}.`);
    if (excludes.length > 0) assumed.push(`The person does not have ${anyOf(excludes)}.`);
  }
  for (const { description } of forWhom) {
    if (description !== null)
      assumed.push(`The person is one of those that ${to.name} is for: ${sentence(description)}`);
  }
  if (row.capacity === null) assumed.push(`${to.name} has room: nobody has said whether it has.`);
  if (row.lastConfirmedOn === null) assumed.push(`${to.name} takes people this way: nobody has ever confirmed it.`);
  else if (row.lastConfirmedOn < yearBefore(today)) {
    assumed.push(
      `${to.name} still takes people this way: that was last confirmed on ${dateWithoutDayInWords(row.lastConfirmedOn)}.`,
    );
  }
  return assumed;
}

/** "18 or over", "25 or under", "16 to 25"; null when no age is stated. */
export function agesInWords(minimumAge: number | null, maximumAge: number | null): string | null {
  if (maximumAge === null) return minimumAge === null || minimumAge === 0 ? null : `${minimumAge} or over`;
  return minimumAge === null || minimumAge === 0 ? `${maximumAge} or under` : `${minimumAge} to ${maximumAge}`;
}

/** "Oxford, Oldham or Tameside". */
export function anyOf(things: readonly { readonly name: string }[]): string {
  return listInWords(
    things.map(({ name }) => name),
    "or",
  );
}

function sentence(text: string): string {
  return text.endsWith(".") ? text : `${text}.`;
}
