import { distanceInWords } from "../../components/inWords.ts";
import type { Content } from "../../html.ts";
import type { StepToldFragment } from "../../operations.generated.ts";
import type { Words } from "../../words/words.ts";

type Named = { readonly name: string };

/** "About 14 days"; null is not known, which is not the same as none. */
export function waitInWords(days: number | null, { say }: Words): string {
  if (days === null) return say("routes.wait.unknown");
  return days === 0 ? say("routes.wait.none") : say("routes.wait", { days });
}

/** "About 1.3 miles away", at the beginning of a sentence. */
export function distanceAsFact(metres: number, words: Words): string {
  const said = distanceInWords(metres, words);
  return `${said.slice(0, 1).toUpperCase()}${said.slice(1)}`;
}

/** "18 or over", "25 or under", "16 to 25"; null when no age is stated. */
export function agesInWords(minimum: number | null, maximum: number | null, { say }: Words): string | null {
  const hasMinimum = minimum !== null && minimum > 0;
  if (maximum === null) return hasMinimum ? say("routes.ages.from", { minimum }) : null;
  return hasMinimum ? say("routes.ages.between", { minimum, maximum }) : say("routes.ages.to", { maximum });
}

/**
 * What a step states of whom it takes and its words of it leave out, each with what it is about: somebody who reads the words alone would send people in vain.
 */
export function leftUnsaid(
  { criteria, minimumAge, maximumAge, serves, accepts, excludes }: StepToldFragment,
  words: Words,
): readonly (readonly [about: string, said: Content])[] {
  const { say, english } = words;
  const said = (criteria ?? "").toLowerCase();
  const namesAll = (things: readonly Named[]) => things.every(({ name }) => said.includes(name.toLowerCase()));
  const ages = agesInWords(minimumAge, maximumAge, words);
  const isAgeSaid = [minimumAge, maximumAge].every(
    (age) => age === null || age === 0 || new RegExp(`(?<!\\d)${age}(?!\\d)`).test(said),
  );
  const names = (things: readonly Named[]) =>
    english(new Intl.ListFormat("en-GB", { type: "disjunction" }).format(things.map(({ name }) => name)));
  return [
    ...(ages === null || isAgeSaid ? [] : [[say("routes.ages"), ages] as const]),
    ...(namesAll(serves) ? [] : [[say("routes.serves"), names(serves)] as const]),
    ...(namesAll(accepts) ? [] : [[say("routes.accepts"), names(accepts)] as const]),
    ...(namesAll(excludes) ? [] : [[say("routes.excludes"), names(excludes)] as const]),
  ];
}
