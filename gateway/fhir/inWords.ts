import { dateWithoutDayInWords } from "../../calendar/dateInWords.ts";
import { listInWords } from "../../calendar/listInWords.ts";
import type { Named, StepAsked } from "./asked.ts";

/** What is said wherever something invented is shown. */
export const sampleNotice = "Made up to show what the directory can do: never send anybody here.";

/** How a hand-off is made, as something to do. */
export const methodInWords: Readonly<Record<StepAsked["method"], string>> = {
  WALK_IN: "Go there. Nobody has to ask first.",
  PHONE: "By telephone",
  FORM: "By a form, on paper or on the web",
  EMAIL: "By e-mail",
  LETTER: "By letter",
  WARM_INTRODUCTION: "By an introduction: whoever sends goes along, or speaks to both",
};

/** Whether a step takes anybody at present; what is not stated is not known, whatever a search takes it for. */
export function capacityInWords(capacity: StepAsked["capacity"]): string {
  switch (capacity) {
    case null:
      return "Nobody has said: ask first";
    case "OPEN":
      return "Yes";
    case "FULL":
      return "No: it has no room at present";
    case "PAUSED":
      return "No: it takes nobody for a while";
    case "CLOSED":
      return "No: it takes nobody any more";
  }
}

/** "About 14 days"; null is not known, which is not the same as none. */
export function waitInWords(days: number | null): string {
  if (days === null) return "Not known";
  if (days === 0) return "None, as a rule";
  return `About ${days} ${days === 1 ? "day" : "days"}`;
}

/** "26 March 2019"; null: "Never". Throws a RangeError for what is no date. */
export function confirmedInWords(date: string | null): string {
  return date === null ? "Never" : dateWithoutDayInWords(date);
}

/** "18 or over", "25 or under", "16 to 25"; null when no age is stated. */
export function agesInWords(minimumAge: number | null, maximumAge: number | null): string | null {
  if (maximumAge === null) return minimumAge === null || minimumAge === 0 ? null : `${minimumAge} or over`;
  return minimumAge === null || minimumAge === 0 ? `${maximumAge} or under` : `${minimumAge} to ${maximumAge}`;
}

/**
 * What a step states of whom it takes and its words of it leave out, each with what it is about: somebody who reads the words alone would send people in vain.
 */
export function leftUnsaid({
  criteria,
  minimumAge,
  maximumAge,
  serves,
  accepts,
  excludes,
}: Pick<StepAsked, "criteria" | "minimumAge" | "maximumAge" | "serves" | "accepts" | "excludes">): readonly (readonly [
  about: string,
  words: string,
])[] {
  const said = (criteria ?? "").toLowerCase();
  const namesAll = (things: readonly Named[]) => things.every(({ name }) => said.includes(name.toLowerCase()));
  const ages = agesInWords(minimumAge, maximumAge);
  const isAgeSaid = [minimumAge, maximumAge].every(
    (age) => age === null || age === 0 || new RegExp(`(?<!\\d)${age}(?!\\d)`).test(said),
  );
  const names = (things: readonly Named[]) =>
    listInWords(
      things.map(({ name }) => name),
      "or",
    );
  return [
    ...(ages === null || isAgeSaid ? [] : [["Ages", ages] as const]),
    ...(namesAll(serves) ? [] : [["Who live in", names(serves)] as const]),
    ...(namesAll(accepts) ? [] : [["Only people with", names(accepts)] as const]),
    ...(namesAll(excludes) ? [] : [["Not for people with", names(excludes)] as const]),
  ];
}
