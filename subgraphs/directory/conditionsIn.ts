import { singular } from "../../knowledge/contentOf.ts";
import type { Span } from "./said.ts";
import { passedOver } from "../../knowledge/stopWords.ts";
import type { Meaning, Vocabulary } from "../../knowledge/vocabulary.ts";
import type { Word } from "../../knowledge/words.ts";

/** Words that mean conditions. */
export interface Understood extends Span {
  readonly meanings: readonly Meaning[];
  readonly isCorrected: boolean;
}

/** A word as it was meant, where it is spelt as nothing we know. */
export type Corrected = (word: string) => string | null;

/**
 * The phrases of the vocabulary in a text, from left to right: at each word the longest, and of two as long the one that is written so. What may
 * stand between a phrase's words: words that say nothing, and those of `between` (an age: "lost my 80 year old husband"). No phrase has
 * words of the place in it, and each word is read once. Throws nothing.
 */
export function conditionsIn(
  words: readonly Word[],
  vocabulary: Vocabulary,
  corrected: Corrected,
  { place, between }: { readonly place: Span | null; readonly between: readonly Span[] },
): readonly Understood[] {
  const plain = words.map((word) => corrected(word.plain) ?? word.plain);
  const isBetween = words.map((word, index) => passedOver.has(word.plain) || between.some((span) => isIn(index, span)));
  const found: Understood[] = [];
  let index = 0;
  while (index < words.length) {
    if (place !== null && isIn(index, place)) {
      index = place.end;
      continue;
    }
    const limit = place !== null && index < place.start ? place.start : words.length;
    const exact = exactAt(plain, index, limit, vocabulary);
    const loose = looseAt(plain, isBetween, index, limit, vocabulary);
    const best = loose !== null && (exact === null || loose.end > exact.end) ? loose : exact;
    if (best === null) {
      index += 1;
      continue;
    }
    const isCorrected = words.slice(index, best.end).some((word, at) => plain[index + at] !== word.plain);
    found.push({ start: index, ...best, isCorrected });
    index = best.end;
  }
  return found;
}

interface Phrase {
  readonly end: number;
  readonly meanings: readonly Meaning[];
}

/** The longest phrase at a word that is written as the vocabulary has it. */
function exactAt(plain: readonly string[], start: number, limit: number, vocabulary: Vocabulary): Phrase | null {
  for (let end = Math.min(limit, start + vocabulary.longestPhrase); end > start; end -= 1) {
    const meanings = vocabulary.meanings.get(plain.slice(start, end).join(" "));
    if (meanings !== undefined) return { end, meanings };
  }
  return null;
}

/** How far apart the words of a phrase may stand. */
const longestLoose = 12;

/** The longest phrase at a word by its content alone. */
function looseAt(
  plain: readonly string[],
  isBetween: readonly boolean[],
  start: number,
  limit: number,
  vocabulary: Vocabulary,
): Phrase | null {
  if (isBetween[start] === true && vocabulary.meanings.get(plain[start] ?? "") === undefined) return null;
  let content = "";
  let best: Phrase | null = null;
  for (let end = start + 1; end <= Math.min(limit, start + longestLoose); end += 1) {
    if (end > start + 1 && isBetween[end - 1] === true) continue;
    content = `${content} ${singular(plain[end - 1] ?? "")}`.trimStart();
    const meanings = vocabulary.meaningsByContent.get(content);
    if (meanings !== undefined) best = { end, meanings };
  }
  return best;
}

function isIn(index: number, { start, end }: Span): boolean {
  return index >= start && index < end;
}
