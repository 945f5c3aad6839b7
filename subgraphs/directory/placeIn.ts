import { parse as parsePostcode } from "postcode";
import { areasCalled, type Gazetteer } from "../../knowledge/gazetteer.ts";
import type { NamedArea } from "../../knowledge/queries/namedAreas.ts";
import type { Span } from "./said.ts";
import type { Vocabulary } from "../../knowledge/vocabulary.ts";
import { type Word, wordsOf } from "../../knowledge/words.ts";

/** The words of a text that name a place. */
export interface PlaceWords extends Span {
  /** The place, for `locate`. */
  readonly text: string;
  /** Where its name begins: `start` is where the words begin that belong to it, "close to" among them. */
  readonly name: number;
  /** Whether no more words can be part of its name. */
  readonly isWhole: boolean;
  /** The area meant if the graph knows no place of that name: "near the shops in Barton". */
  readonly otherwise?: PlaceWords;
}

/** The word that demands a place after it: "near Narnia" names one, known or not. So does "close to". */
const near = "near";
/** Words that may stand before a place: "in Barton", but also "in debt"; "around Barton", but also "getting around". */
const allowsPlace = new Set([near, "nearby", "around", "in", "at", "within", "to", "for", "from", "of", "by"]);
/** Words after which a name is a place, known or not: "in Narnia". */
const beforeNames = new Set(["in", "at", "around", "nearby"]);
/** What stands after "in" like the name of a place and is none: languages, which no list of common words has in lower case. */
const languages = new Set(
  `albanian amharic arabic bengali bulgarian cantonese chinese czech dari english farsi filipino french german greek gujarati hindi hungarian
  italian japanese kurdish latvian lithuanian mandarin mirpuri nepali pashto persian polish portuguese punjabi romanian russian slovak somali
  spanish swahili sylheti tamil tagalog tetum thai tigrinya turkish twi ukrainian urdu vietnamese welsh yoruba braille makaton bsl`.split(
    /\s+/,
  ),
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
 * The words that name a place: coordinates, a postcode, what follows "near", an area's name, one spelt nearly so, another name after "in",
 * or the caller's own place. Null when none do. `isKnown`: whether a word is one that we know, so that it is no typing error. Throws nothing.
 */
export function placeIn(
  text: string,
  words: readonly Word[],
  gazetteer: Gazetteer,
  vocabulary: Vocabulary,
  isKnown: (word: string) => boolean,
): PlaceWords | null {
  const place =
    coordinatesIn(text, words) ??
    postcodeIn(words) ??
    demandedPlaceIn(words, gazetteer, vocabulary, isKnown) ??
    longerOf(areaIn(words, gazetteer, vocabulary), misspeltAreaIn(words, gazetteer, isKnown)) ??
    capitalisedPlaceIn(words, vocabulary) ??
    hereIn(words) ??
    unknownPlaceIn(words, isKnown);
  return place === null ? null : withTown(words, place, gazetteer);
}

/** The place that so many words name, from the one at `name` on. */
export function placeOf(words: readonly Word[], name: number, count: number): PlaceWords {
  return ofWords(words, beforePlace(words, name), name, name + count);
}

/** How many of the words that may be a place the graph is asked about: a text that has more names none. */
const mostAsked = 3;

/** Where names may begin that only the graph can tell from other words: after "in", "at" and the like, the last first. */
export function maybePlacesIn(words: readonly Word[]): readonly number[] {
  return words
    .flatMap(({ plain }, index) => (beforeNames.has(plain) && index + 1 < words.length ? [index + 1] : []))
    .map((name) => (words[name]?.plain === "the" ? name + 1 : name))
    .reverse()
    .slice(0, mostAsked);
}

/** Words that names of places end in. */
const venues = new Set(["centre", "center", "hall", "church", "library", "pavilion", "surgery", "school", "house"]);

/** Where the name of a venue may begin that stands in a text by itself: before "centre" and the like, the longest name first. */
export function venuesIn(words: readonly Word[]): readonly number[] {
  const at = words.findIndex(({ plain }, index) => index > 0 && venues.has(plain));
  return at === -1 ? [] : [4, 3, 2, 1].map((before) => at - before).filter((name) => name >= 0);
}

/** A place's words and those after it, which may be part of its name. */
export function onwardFrom(words: readonly Word[], name: number): string {
  return written(words, name, name + longestPlace);
}

const fullPostcode = /^[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}$/i;
const partialPostcode = /^[a-z]{1,2}\d[a-z\d]?$/;

/** What is written as the first part of a postcode: "OX4", "OX4 4". So is vitamin B12: only the graph can tell. */
export function partialPostcodesIn(words: readonly Word[]): readonly PlaceWords[] {
  return words
    .flatMap(({ plain }, start) => (partialPostcode.test(plain) ? [start] : []))
    .slice(0, mostAsked)
    .map((start) => placeOf(words, start, /^\d$/.test(words[start + 1]?.plain ?? "") ? 2 : 1));
}

function coordinatesIn(text: string, words: readonly Word[]): PlaceWords | null {
  const coordinates = /[+-]?\d{1,3}\.\d{1,15}\s{0,3},\s{0,3}[+-]?\d{1,3}\.\d{1,15}/.exec(text);
  if (coordinates === null) return null;
  const start = wordsOf(text.slice(0, coordinates.index)).length;
  const end = start + wordsOf(coordinates[0]).length;
  return { text: coordinates[0], start: beforePlace(words, start), name: start, end, isWhole: true };
}

/** What follows "near" or "close to": the longest area name, one spelt nearly so, or all of it. */
function demandedPlaceIn(
  words: readonly Word[],
  gazetteer: Gazetteer,
  vocabulary: Vocabulary,
  isKnown: (word: string) => boolean,
): PlaceWords | null {
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
  for (let end = Math.min(longest, name + gazetteer.longestPhrase); end > name; end -= 1) {
    const area = areaSpelt(words, { start: name, end }, gazetteer, isKnown, 2);
    if (area !== null) return { text: area.id, start: at, name, end, isWhole: true };
  }
  // Of several words the last may be no part of its name.
  const all = { ...ofWords(words, at, name, longest), isWhole: longest === name + 1 };
  const area = areaIn(words, gazetteer, vocabulary);
  const isBetweenKnown = words.slice(name, area?.start ?? name).every((word) => isKnown(word.plain) && !isName(word));
  return area !== null && area.start > name && area.end <= longest && isBetweenKnown
    ? { ...all, otherwise: area }
    : all;
}

/** Of an exact name and one spelt nearly so, the exact one, unless that is a part of the other: "Lees" in "Blackbird Lees". */
function longerOf(exact: PlaceWords | null, misspelt: PlaceWords | null): PlaceWords | null {
  if (exact === null || misspelt === null) return exact ?? misspelt;
  const isPart = exact.name >= misspelt.name && exact.end <= misspelt.end;
  return isPart && exact.end - exact.name < misspelt.end - misspelt.name ? misspelt : exact;
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
      const name = written(words, start, end);
      if (!fullPostcode.test(name)) continue;
      const parsed = parsePostcode(name);
      if (parsed.valid) {
        return { text: parsed.postcode, start: beforePlace(words, start), name: start, end, isWhole: true };
      }
    }
  }
  return null;
}

/**
 * The longest area name anywhere in the text; of two as long, a part of a town before a town, and then the last. A word of the vocabulary
 * alone is no area's name.
 */
function areaIn(words: readonly Word[], gazetteer: Gazetteer, vocabulary: Vocabulary): PlaceWords | null {
  for (let length = Math.min(gazetteer.longestPhrase, words.length); length > 0; length -= 1) {
    let town: PlaceWords | null = null;
    for (let start = words.length - length; start >= 0; start -= 1) {
      const name = phrase(words, start, start + length);
      if (vocabulary.meanings.has(name)) continue;
      const called = areasCalled(gazetteer, name);
      if (called.length === 0) continue;
      const place = placeOf(words, start, length);
      if (called.some(({ kind }) => kind !== "LOCAL_AUTHORITY" && kind !== "NATION")) return place;
      town ??= place;
    }
    if (town !== null) return shorterIn(words, town, gazetteer, vocabulary) ?? town;
  }
  return null;
}

/** A part of a town beside the town's own name, where that is the longer: "Barton in City of Oxford". */
function shorterIn(words: readonly Word[], town: PlaceWords, gazetteer: Gazetteer, vocabulary: Vocabulary) {
  for (let length = town.end - town.name - 1; length > 0; length -= 1) {
    for (let start = town.start - length; start >= 0; start -= 1) {
      const name = phrase(words, start, start + length);
      if (!vocabulary.meanings.has(name) && areasCalled(gazetteer, name).length > 0)
        return placeOf(words, start, length);
    }
  }
  return null;
}

/** A text with more unknown words than this is no typing error. */
const mostMisspelt = 8;

/** An area's name with a typing error: after "in" and the like as far as spelling is forgiven, elsewhere with one letter wrong. */
function misspeltAreaIn(
  words: readonly Word[],
  gazetteer: Gazetteer,
  isKnown: (word: string) => boolean,
): PlaceWords | null {
  if (words.filter(({ plain }) => !isKnown(plain)).length > mostMisspelt) return null;
  for (let length = Math.min(gazetteer.longestPhrase, words.length, 4); length > 0; length -= 1) {
    for (let start = words.length - length; start >= 0; start -= 1) {
      const before = words[start - 1]?.plain ?? "";
      const isAfter = allowsPlace.has(before === "the" ? (words[start - 2]?.plain ?? "") : before);
      const span = { start, end: start + length };
      const area = areaSpelt(words, span, gazetteer, isKnown, isAfter ? 2 : 1);
      if (area !== null) return { ...placeOf(words, start, length), text: area.id, isWhole: true };
    }
  }
  return null;
}

/** The letters that a name's right words have, at least, for the others to be taken for wrong though they are words: "Blackbird Lees". */
const tellingWord = 5;

/** The one area whose name is spelt nearly as words are, one of which has to be unknown or, of several, one right and telling. */
function areaSpelt(
  words: readonly Word[],
  { start, end }: Span,
  gazetteer: Gazetteer,
  isKnown: (word: string) => boolean,
  furthest: number,
): NamedArea | null {
  const plain = words.slice(start, end).map((word) => word.plain);
  const isUnknown = plain.some((word) => !isKnown(word));
  const isTelling = plain.length > 1 && plain.some((word) => word.length >= tellingWord && gazetteer.words.has(word));
  if (!isUnknown && !isTelling) return null;
  const nearest = gazetteer.joined.nearest(plain.join(""));
  if (nearest.words.length === 0 || nearest.distance > furthest) return null;
  const areas = new Map(
    nearest.words.flatMap((name) => areasCalled(gazetteer, name)).map((area) => [area.id, area] as const),
  );
  const [area] = areas.values();
  if (area === undefined || areas.size > 1) return null;
  if (isUnknown) return area;
  const names = new Set([area.name, ...area.alternateNames].flatMap((name) => wordsOf(name).map((word) => word.plain)));
  return nearest.distance === 1 && plain.some((word) => word.length >= tellingWord && names.has(word)) ? area : null;
}

/** What follows "in" or "at" when it is written as a name and is no area's: a place in the directory, or one that we do not have. */
function capitalisedPlaceIn(words: readonly Word[], vocabulary: Vocabulary): PlaceWords | null {
  for (const [at, { plain }] of words.entries()) {
    if (!beforeNames.has(plain)) continue;
    const start = at + 1;
    let end = start;
    while (end < words.length && isName(words[end]) && !isLanguage(words[end])) end += 1;
    if (end > start && !vocabulary.meanings.has(phrase(words, start, end))) {
      return ofWords(words, at, start, end);
    }
  }
  return null;
}

/** Words after the last "in" or "at", up to the end, none of which we know: "befriending in narnia". */
function unknownPlaceIn(words: readonly Word[], isKnown: (word: string) => boolean): PlaceWords | null {
  const at = words.findLastIndex(({ plain }) => beforeNames.has(plain));
  const name = words.slice(at + 1);
  const isUnknown = name.every((word) => !isKnown(word.plain) && !isLanguage(word) && /^\p{L}{3,}$/u.test(word.plain));
  return at === -1 || name.length === 0 || name.length > 3 || !isUnknown
    ? null
    : ofWords(words, at, at + 1, words.length);
}

function isName(word: Word | undefined): boolean {
  return /^\p{Lu}/u.test(word?.written ?? "");
}

function isLanguage(word: Word | undefined): boolean {
  return word !== undefined && languages.has(word.plain);
}

/** A place with the town that it is said to be in: "Rose Hill, Oxford", "St Mary's in Oldham". */
function withTown(words: readonly Word[], place: PlaceWords, gazetteer: Gazetteer): PlaceWords {
  const town = words[place.end]?.plain === "in" ? place.end + 1 : place.end;
  for (let end = Math.min(words.length, town + gazetteer.longestPhrase); end > town; end -= 1) {
    const authority = gazetteer.byPhrase.get(phrase(words, town, end))?.find(({ kind }) => kind === "LOCAL_AUTHORITY");
    if (authority === undefined) continue;
    const inTown = areasCalled(gazetteer, phrase(words, place.name, place.end)).filter(
      ({ localAuthority, kind }) => localAuthority === authority.name && kind !== "LOCAL_AUTHORITY",
    );
    const [area] = inTown;
    if (area !== undefined) return { ...place, text: area.id, end };
    const isInTown = gazetteer.byId.get(place.text)?.localAuthority === authority.name;
    if (isInTown || parsePostcode(place.text).valid) return { ...place, end };
  }
  return place;
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
