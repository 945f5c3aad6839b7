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
  /** The words that say something and that nothing understood. Null when there are none. */
  readonly text: string | null;
}

/** Words that demand a place after them: "near Narnia" names one, known or not. */
const demandsPlace = new Set(["near", "nearby", "around"]);
/** Words that may stand before a place: "in Barton", but also "in debt". */
const allowsPlace = new Set(["in", "at", "within", "to", "for", "from", "of", "by"]);

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

const longestPlace = 8;

/**
 * Reads a text: which conditions its words name, which words name a place, and what is left over. The longest phrase wins; each word is
 * read once; nothing is guessed.
 */
export function understand(text: string, vocabulary: Vocabulary, gazetteer: Gazetteer): Reading {
  const words = wordsOf(text);
  const place = placeIn(text, words, gazetteer, vocabulary);
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
  return { conditions, place: place?.text ?? null, text: left.length === 0 ? null : left.join(" ") };
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
  readonly start: number;
  readonly end: number;
}

/** The words that name a place: coordinates, a postcode, an area's name, or what follows a word that demands a place. */
function placeIn(
  text: string,
  words: readonly Word[],
  gazetteer: Gazetteer,
  vocabulary: Vocabulary,
): PlaceWords | null {
  const coordinates = /[+-]?\d{1,3}\.\d+\s*,\s*[+-]?\d{1,3}\.\d+/.exec(text);
  if (coordinates !== null) {
    const before = wordsOf(text.slice(0, coordinates.index)).length;
    return { text: coordinates[0], start: before, end: before + wordsOf(coordinates[0]).length };
  }
  return (
    postcodeIn(words) ??
    demandedPlaceIn(words) ??
    areaIn(words, gazetteer, vocabulary) ??
    capitalisedPlaceIn(words, vocabulary)
  );

  function demandedPlaceIn(all: readonly Word[]): PlaceWords | null {
    const at = all.findIndex(
      ({ plain }, index) => demandsPlace.has(plain) || (plain === "close" && all[index + 1]?.plain === "to"),
    );
    if (at === -1) return null;
    const start = at + (allowsPlace.has(all[at + 1]?.plain ?? "") ? 2 : 1);
    for (let end = Math.min(all.length, start + longestPlace); end > start; end -= 1) {
      if (gazetteer.byPhrase.has(phrase(all, start, end))) return { text: written(all, start, end), start: at, end };
    }
    const rest = all.slice(start);
    if (rest.length === 0) return null;
    if (rest[0]?.plain === "me" || rest[0]?.plain === "here") return { text: nearMe, start: at, end: start + 1 };
    const end = Math.min(all.length, start + longestPlace);
    return { text: written(all, start, end), start: at, end };
  }
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
      if (parsed.valid) return { text: parsed.postcode, start: beforePlace(words, start), end };
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
        return { text: written(words, start, start + length), start: beforePlace(words, start), end: start + length };
      }
    }
  }
  return null;
}

/** What follows "in" or "at" when it is written as a name and nothing else knows it: a place that we do not have. */
function capitalisedPlaceIn(words: readonly Word[], vocabulary: Vocabulary): PlaceWords | null {
  for (const [at, { plain }] of words.entries()) {
    if (plain !== "in" && plain !== "at") continue;
    const start = at + 1;
    let end = start;
    while (end < words.length && /^\p{Lu}/u.test(words[end]?.written ?? "")) end += 1;
    if (end > start && !vocabulary.meanings.has(phrase(words, start, end))) {
      return { text: written(words, start, end), start: at, end };
    }
  }
  return null;
}

/** Where the words before a place that belong to it begin: "close to", "in". */
function beforePlace(words: readonly Word[], start: number): number {
  let first = start;
  while (first > 0) {
    const plain = words[first - 1]?.plain ?? "";
    if (!demandsPlace.has(plain) && !allowsPlace.has(plain) && plain !== "the") break;
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
