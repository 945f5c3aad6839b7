import { distance } from "fastest-levenshtein";
import { stemmer } from "stemmer";
import { wordsOf } from "../../knowledge/words.ts";

/** Words that tell nothing of which one it is. Where a name has no others they count. */
const emptyWords: ReadonlySet<string> = new Set(
  "a an the and or of for in at on by to with from our group club society association project ltd limited cic".split(
    " ",
  ),
);

/** How much two words count that differ in one letter, of five or more. */
const misspeltShare = 0.8;
/** The most that two names can be alike that count differently: Scouts of the 1st and the 2nd, rhymes for under 2s and under 5s. */
const mostOfOtherNumbers = 0.5;

/**
 * How alike two names are, from 0 to 1: the greater of two shares. One is of words, in any order, whatever their endings; a word with one letter wrong counts for most of one. The other
 * is of what there is of three letters in a row, so that "Rosehill" is "Rose Hill". Case, accents, punctuation and words such as "the" and "group" count for nothing; numbers that differ keep names apart. `known` words
 * (of where both are) count where one name has nothing else.
 */
export function nameLikeness(one: string, other: string, known: ReadonlySet<string> = new Set()): number {
  const [a, b] = [tellingWords(one, known), tellingWords(other, known)];
  if (a.length === 0 || b.length === 0) return 0;
  const likeness = Math.max(sharedWords(a, b), sharedLetters(a, b));
  return areNumbersOther(one, other) ? Math.min(likeness, mostOfOtherNumbers) : likeness;
}

/** The words of a name as they are compared: what `wordsOf` finds, or for a name without letters its signs as one word. */
export function plainWords(name: string): readonly string[] {
  const words = wordsOf(name.replaceAll("&", " and ")).map(({ plain }) => plain);
  const signs = name.normalize("NFKC").replace(/\s+/gu, "");
  return words.length > 0 ? words : signs === "" ? [] : [signs];
}

function tellingWords(name: string, known: ReadonlySet<string>): readonly string[] {
  const words = plainWords(name);
  const telling = words.filter((word) => !emptyWords.has(word));
  const apart = telling.filter((word) => !known.has(word));
  const kept = [apart, telling].find(({ length }) => length > 0) ?? words;
  return [...new Set(kept.map(stemmer))];
}

/** Twice the words that both have, by the words of both. */
function sharedWords(a: readonly string[], b: readonly string[]): number {
  const left = new Set(b);
  let shared = 0;
  for (const word of a) if (left.delete(word)) shared += 1;
  for (const word of a.filter((one) => !b.includes(one))) {
    const like = [...left].find((one) => isMisspelt(word, one));
    if (like === undefined) continue;
    left.delete(like);
    shared += misspeltShare;
  }
  return (2 * shared) / (a.length + b.length);
}

function isMisspelt(one: string, other: string): boolean {
  return Math.min(one.length, other.length) >= 5 && distance(one, other) <= 1;
}

/** Likewise of each three letters in a row. */
function sharedLetters(a: readonly string[], b: readonly string[]): number {
  const [ofA, ofB] = [threesOf(a), threesOf(b)];
  const left = new Map<string, number>();
  for (const three of ofB) left.set(three, (left.get(three) ?? 0) + 1);
  let shared = 0;
  for (const three of ofA) {
    const count = left.get(three) ?? 0;
    if (count === 0) continue;
    left.set(three, count - 1);
    shared += 1;
  }
  return (2 * shared) / (ofA.length + ofB.length);
}

function threesOf(words: readonly string[]): readonly string[] {
  const letters = Array.from(words.join(""));
  if (letters.length < 3) return [letters.join("")];
  return letters.slice(2).map((_, index) => letters.slice(index, index + 3).join(""));
}

function areNumbersOther(one: string, other: string): boolean {
  const [a, b] = [one, other].map((name) => (name.normalize("NFKC").match(/\d+/g) ?? []).map(Number).sort().join(" "));
  return a !== "" && b !== "" && a !== b;
}
