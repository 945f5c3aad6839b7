import { parse as parsePostcode } from "postcode";
import { areasCalled, type Gazetteer } from "./gazetteer.ts";
import type { Meaning, Vocabulary } from "./vocabulary.ts";
import { type Word, wordsOf } from "./words.ts";

/** A reading of what somebody typed. */
export interface Reading {
  readonly conditions: readonly {
    readonly conditionId: string;
    readonly matched: string;
    readonly by: Meaning["by"];
  }[];
  /** The words that name a place, for `locate`. Null when none do. */
  readonly place: string | null;
  /** The place's words and those after it: a place in the directory may have a longer name. Null when no longer name can be. */
  readonly placeOnward: string | null;
  /** The words that say something and that nothing understood. Null when there are none. */
  readonly text: string | null;
}

/** The word that demands a place after it: "near Narnia" names one, known or not. So does "close to". */
const near = "near";
/** Words that may stand before a place: "in Barton", but also "in debt"; "around Barton", but also "getting around". */
const allowsPlace = new Set([near, "nearby", "around", "in", "at", "within", "to", "for", "from", "of", "by"]);
/** Words after which a name that is written as one is a place, known or not: "in Narnia". */
const beforeNames = new Set(["in", "at", "around", "nearby"]);

/** Words that carry no meaning here. Ours, and for English; a vocabulary term wins over them. */
const saysNothing = new Set(
  `a about after all an and any anyone anything are as at be because been but by can cant come could do does doing for from get
  getting go going good had has have having he her here him his how i id im in is it its ive just like local looking lot me mum dad
  my near need needs no not of on one or other our out over people person places please really she should so some somebody someone
  something somewhere support supports supporting that the their them then there they things this to too up us very want was we what
  when where which who will with without would you your group groups activity activities club clubs service services help helping
  find nearby around close within session sessions`.split(/\s+/),
);

/** The place of a text that says "near me": only the caller can know where that is. */
export const nearMe = "me";

/** How people say where they are, the longest first. */
const heres = [
  "where i live",
  "where i am",
  "near to me",
  "close to me",
  "local to me",
  "near me",
  "near here",
  "near by",
  "nearby",
  "around me",
  "around here",
  "round here",
  "close by",
  "my area",
  "my neighbourhood",
  "near",
].map((text) => text.split(" "));

const longestPlace = 8;

/**
 * Reads a text: which conditions its words name, which words name a place, and what is left over. The longest phrase wins; each word is
 * read once; nothing is guessed. `placeWords`: how many words the place's name has, when the caller found more of them to be part of it.
 */
export function understand(text: string, vocabulary: Vocabulary, gazetteer: Gazetteer, placeWords?: number): Reading {
  const words = wordsOf(text);
  const read = placeIn(text, words, gazetteer, vocabulary);
  const place =
    read === null || placeWords === undefined ? read : ofWords(words, read.start, read.name, read.name + placeWords);
  const conditions: Reading["conditions"][number][] = [];
  const left: string[] = [];
  let index = 0;
  while (index < words.length) {
    if (place !== null && index >= place.start && index < place.end) {
      index = place.end;
      continue;
    }
    const phrase = phraseAt(words, index, vocabulary, place?.start);
    if (phrase === null) {
      const word = words[index];
      if (word !== undefined && !saysNothing.has(word.plain)) left.push(word.written);
      index += 1;
      continue;
    }
    for (const { conditionId, by } of phrase.meanings) {
      if (!conditions.some((one) => one.conditionId === conditionId)) {
        conditions.push({ conditionId, matched: phrase.matched, by });
      }
    }
    index += phrase.length;
  }
  return {
    conditions,
    place: place?.text ?? null,
    placeOnward: place === null || place.isWhole ? null : written(words, place.name, place.name + longestPlace),
    text: left.length === 0 ? null : left.join(" "),
  };
}

/** The longest phrase of the vocabulary that begins at a word and ends before `end`; also in the singular. */
function phraseAt(words: readonly Word[], start: number, vocabulary: Vocabulary, end?: number) {
  const limit = end !== undefined && start < end ? end - start : words.length - start;
  for (let length = Math.min(vocabulary.longestPhrase, limit); length > 0; length -= 1) {
    const taken = words.slice(start, start + length);
    const phrase = taken.map(({ plain }) => plain).join(" ");
    const meanings = vocabulary.meanings.get(phrase) ?? vocabulary.meanings.get(phrase.replace(/s$/, ""));
    if (meanings !== undefined) return { length, meanings, matched: taken.map(({ written }) => written).join(" ") };
  }
  return null;
}

interface PlaceWords {
  readonly text: string;
  /** Where the words begin that belong to the place, "close to" among them; where its name begins; and where it ends. */
  readonly start: number;
  readonly name: number;
  readonly end: number;
  /** Whether no more words can be part of it. */
  readonly isWhole: boolean;
}

/** The words that name a place: coordinates, a postcode, what follows "near", an area's name, another name after "in", or the caller's own place. */
function placeIn(
  text: string,
  words: readonly Word[],
  gazetteer: Gazetteer,
  vocabulary: Vocabulary,
): PlaceWords | null {
  return (
    coordinatesIn(text) ??
    postcodeIn(words) ??
    demandedPlaceIn(words, gazetteer) ??
    areaIn(words, gazetteer, vocabulary) ??
    capitalisedPlaceIn(words, vocabulary) ??
    hereIn(words)
  );
}

function coordinatesIn(text: string): PlaceWords | null {
  const coordinates = /[+-]?\d{1,3}\.\d+\s*,\s*[+-]?\d{1,3}\.\d+/.exec(text);
  if (coordinates === null) return null;
  const start = wordsOf(text.slice(0, coordinates.index)).length;
  return { text: coordinates[0], start, name: start, end: start + wordsOf(coordinates[0]).length, isWhole: true };
}

/** What follows "near" or "close to": the longest area name, or all of it. */
function demandedPlaceIn(words: readonly Word[], gazetteer: Gazetteer): PlaceWords | null {
  const at = words.findIndex(
    ({ plain }, index) => plain === near || (plain === "close" && words[index + 1]?.plain === "to"),
  );
  if (at === -1) return null;
  const name = at + (allowsPlace.has(words[at + 1]?.plain ?? "") ? 2 : 1);
  const longest = Math.min(words.length, name + longestPlace);
  for (let end = longest; end > name; end -= 1) {
    if (gazetteer.byPhrase.has(phrase(words, name, end))) return ofWords(words, at, name, end);
  }
  const isHere = heres.some((here) => here.length > 1 && isAt(words, at, here));
  if (longest === name || isHere) return null;
  // Of several words the last may be no part of its name.
  return { ...ofWords(words, at, name, longest), isWhole: longest === name + 1 };
}

/** Where the caller is, in words that say no more than that. */
function hereIn(words: readonly Word[]): PlaceWords | null {
  for (const here of heres) {
    const start = words.findIndex((_, index) => isAt(words, index, here));
    if (start !== -1) return { text: nearMe, start, name: start, end: start + here.length, isWhole: true };
  }
  return null;
}

function isAt(words: readonly Word[], start: number, looked: readonly string[]): boolean {
  return looked.every((one, index) => words[start + index]?.plain === one);
}

function ofWords(words: readonly Word[], start: number, name: number, end: number): PlaceWords {
  return { text: written(words, name, end), start, name, end, isWhole: end >= words.length };
}

function postcodeIn(words: readonly Word[]): PlaceWords | null {
  for (let start = 0; start < words.length; start += 1) {
    for (const length of [2, 1]) {
      const end = start + length;
      if (end > words.length) continue;
      const parsed = parsePostcode(
        words
          .slice(start, end)
          .map(({ written: one }) => one)
          .join(" "),
      );
      if (parsed.valid)
        return { text: parsed.postcode, start: beforePlace(words, start), name: start, end, isWhole: true };
    }
  }
  return null;
}

/** The longest area name anywhere in the text; of two as long, the last. A word of the vocabulary alone is no area's name. */
function areaIn(words: readonly Word[], gazetteer: Gazetteer, vocabulary: Vocabulary): PlaceWords | null {
  for (let length = Math.min(gazetteer.longestPhrase, words.length); length > 0; length -= 1) {
    for (let start = words.length - length; start >= 0; start -= 1) {
      const name = phrase(words, start, start + length);
      if (areasCalled(gazetteer, name).length > 0 && !vocabulary.meanings.has(name)) {
        return ofWords(words, beforePlace(words, start), start, start + length);
      }
    }
  }
  return null;
}

/** What follows "in" or "at" when it is written as a name and is no area's: a place in the directory, or one that we do not have. */
function capitalisedPlaceIn(words: readonly Word[], vocabulary: Vocabulary): PlaceWords | null {
  for (const [at, { plain }] of words.entries()) {
    if (!beforeNames.has(plain)) continue;
    const start = at + 1;
    let end = start;
    while (end < words.length && /^\p{Lu}/u.test(words[end]?.written ?? "")) end += 1;
    if (end > start && !vocabulary.meanings.has(phrase(words, start, end))) {
      return ofWords(words, at, start, end);
    }
  }
  return null;
}

/** Where the words before a place that belong to it begin: "close to", "in". */
function beforePlace(words: readonly Word[], start: number): number {
  let first = start;
  while (first > 0) {
    const plain = words[first - 1]?.plain ?? "";
    if (!allowsPlace.has(plain) && plain !== "the" && !(plain === "close" && words[first]?.plain === "to")) break;
    first -= 1;
  }
  return first;
}

function phrase(words: readonly Word[], start: number, end: number): string {
  return words
    .slice(start, end)
    .map(({ plain }) => plain)
    .join(" ");
}

function written(words: readonly Word[], start: number, end: number): string {
  return words
    .slice(start, end)
    .map(({ written: one }) => one)
    .join(" ");
}
