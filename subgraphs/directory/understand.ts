import { agesIn } from "./ages.ts";
import { commonEnglish } from "./commonEnglish.ts";
import { conditionsIn, type Understood } from "./conditionsIn.ts";
import type { Gazetteer } from "../../knowledge/gazetteer.ts";
import { placeIn, type PlaceWords } from "./placeIn.ts";
import { practicalitiesIn } from "./practicalities.ts";
import { saidIn, type Span } from "./said.ts";
import type { DayOfWeek, PartOfDay, ReachKind } from "./schema.generated.ts";
import { grammarWords, saysNothing } from "../../knowledge/stopWords.ts";
import { timesIn } from "./times.ts";
import type { Meaning, Vocabulary } from "../../knowledge/vocabulary.ts";
import { daysOfWeek } from "../../calendar/schedule.ts";
import { type Word, wordsOf } from "../../knowledge/words.ts";

export { nearMe } from "./placeIn.ts";

/** A reading of what somebody typed. */
export interface Reading {
  readonly conditions: readonly {
    readonly conditionId: string;
    readonly matched: string;
    readonly by: Meaning["by"] | "FUZZY" | "MEANING";
    /** How surely the words mean it, from 0 to 1. */
    readonly weight: number;
  }[];
  /** The words that name a place, or the id of the area they mean, for `locate`. Null when none do. */
  readonly place: string | null;
  /** The age of the person, in years; 0.5 is six months. Null when none is said. */
  readonly age: number | null;
  /** The days of the week said, Monday first. */
  readonly days: readonly DayOfWeek[];
  readonly partOfDay: PartOfDay | null;
  /** The time said, [from, to): "this weekend". Null when none is. */
  readonly time: { readonly from: Date; readonly to: Date } | null;
  /** True when the words ask for what costs nothing. */
  readonly free: true | null;
  /** True when the words ask for step-free access. */
  readonly stepFree: true | null;
  readonly reach: readonly ReachKind[];
  /** The words that say something and that nothing understood. Null when there are none. */
  readonly text: string | null;
  /**
   * All words but those of grammar and of the place, age, times, cost, access and reach, understood or not: something in the directory may be
   * called so. Empty when there are none.
   */
  readonly words: string;
  /** The text as it was said, but for the place, age, times, cost, access and reach. Empty when there is no more. */
  readonly sentence: string;
}

/** What is known besides the text when it is read. */
export interface Hints {
  /** The moment that "tomorrow" is counted from. */
  readonly now: Date;
  /** Words that the directory's own texts have, of those asked about: see `doubtfulIn`. None when left out. */
  readonly inTexts?: ReadonlySet<string>;
  /** The words that name the place, where the graph knew better. Found in the text when left out. */
  readonly place?: PlaceWords | null;
}

/** How much of a meaning's weight is left when a word of it had to be corrected. */
const correctedShare = 0.8;

const mostDoubtful = 8;

const day = "(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?";
const dayRange = new RegExp(String.raw`\b(${day})\s{0,2}[-–]\s{0,2}(?=${day}\b)`, "gi");

/** The words of a search. "60+" is "60 plus", and "Mon-Fri" is "Mon to Fri". */
export function searchWordsOf(text: string): readonly Word[] {
  return wordsOf(text.replace(/(?<=\d)\+/g, " plus").replace(dayRange, "$1 to "));
}

/** Whether a word is one that we know, so that it is no typing error and no place that we do not have. */
export function knownIn(vocabulary: Vocabulary, gazetteer: Gazetteer, inTexts: ReadonlySet<string>) {
  return (word: string): boolean =>
    commonEnglish.has(word) ||
    vocabulary.words.has(word) ||
    gazetteer.words.has(word) ||
    saysNothing.has(word) ||
    inTexts.has(word) ||
    /\d/.test(word);
}

/** The first words of a text that may be typing errors, or names that we do not have: ask the graph whether its texts have them. */
export function doubtfulIn(text: string, vocabulary: Vocabulary, gazetteer: Gazetteer): readonly string[] {
  const isKnown = knownIn(vocabulary, gazetteer, new Set());
  const unknown = new Set(searchWordsOf(text).flatMap(({ plain }) => (isKnown(plain) ? [] : [plain])));
  return [...unknown].slice(0, mostDoubtful);
}

/**
 * Reads a text: which conditions its words name, which words name a place, an age, a time, a wish, and what is left over. The longest phrase wins, each
 * word is read once for a condition, and spelling is forgiven only to words that nothing knows. Throws nothing.
 */
export function understand(text: string, vocabulary: Vocabulary, gazetteer: Gazetteer, hints: Hints): Reading {
  const words = searchWordsOf(text);
  const said = saidIn(words);
  const isKnown = knownIn(vocabulary, gazetteer, hints.inTexts ?? new Set());
  const place = hints.place === undefined ? placeIn(text, words, gazetteer, vocabulary, isKnown) : hints.place;
  const ages = agesIn(said);
  const times = timesIn(said, hints.now);
  const wished = practicalitiesIn(said);
  // What several words say together, none of them says by itself: "get online" is a need, "after work" is none.
  const phrases = conditionsIn(words, vocabulary, correctedBy(vocabulary, isKnown, words), {
    // "To" may belong to a phrase before the place: "no one to talk to in Barton".
    place: place === null ? null : { start: place.name, end: place.end },
    between: [...ages, ...times],
  }).filter((phrase) => ![...times, ...wished].some((span) => isPartOf(phrase, span)));
  const stands = (span: Span) =>
    !phrases.some((phrase) => isPartOf(span, phrase)) && (place === null || !overlaps(place, span));
  // But what is free is free whatever it is: "free meals".
  const wishes = wished.filter((wish) => wish.asks === "FREE" || stands(wish));
  const agesSaid = ages.filter(stands);
  const timesSaid = times.filter(stands);
  const daysSaid = new Set(timesSaid.flatMap(({ days }) => days));
  const told = [...agesSaid, ...timesSaid, ...wishes, ...(place === null ? [] : [place])];
  const isTold = words.map((_, index) => told.some((span) => contains(span, { start: index, end: index + 1 })));
  const isUnderstood = words.map((_, index) =>
    phrases.some((phrase) => contains(phrase, { start: index, end: index + 1 })),
  );
  const left = words.filter(
    ({ plain }, index) => isTold[index] === false && isUnderstood[index] === false && !saysNothing.has(plain),
  );
  return {
    conditions: conditionsOf(words, phrases),
    place: place?.text ?? null,
    age: agesSaid[0]?.age ?? null,
    days: daysOfWeek.filter((_, index) => daysSaid.has(index)),
    partOfDay: timesSaid.find(({ partOfDay }) => partOfDay !== null)?.partOfDay ?? null,
    time: timesSaid.find(({ time }) => time !== null)?.time ?? null,
    free: wishes.some(({ asks }) => asks === "FREE") || null,
    stepFree: wishes.some(({ asks }) => asks === "STEP_FREE") || null,
    reach: [...new Set(wishes.flatMap(({ asks }) => (typeof asks === "string" ? [] : asks)))].sort(),
    text: left.length === 0 ? null : left.map(({ written }) => written).join(" "),
    words: words
      .filter(({ plain }, index) => isTold[index] === false && !grammarWords.has(plain))
      .map(({ written }) => written)
      .join(" "),
    sentence: words
      .filter((_, index) => isTold[index] === false)
      .map(({ written }) => written)
      .join(" "),
  };
}

/** How to correct the spelling of a text's words; of one with many unknown words not at all, since that is no typing error. */
function correctedBy(vocabulary: Vocabulary, isKnown: (word: string) => boolean, words: readonly Word[]) {
  const unknown = new Set(words.flatMap(({ plain }) => (isKnown(plain) ? [] : [plain])));
  if (unknown.size > mostDoubtful) return () => null;
  const corrections = new Map(
    Array.from(unknown, (word) => [word, vocabulary.words.nearest(word).words[0] ?? null] as const),
  );
  return (word: string) => corrections.get(word) ?? null;
}

/** Each condition once, by the words that mean it most surely. */
function conditionsOf(words: readonly Word[], phrases: readonly Understood[]): Reading["conditions"] {
  const byId = new Map<string, Reading["conditions"][number]>();
  for (const { start, end, meanings, isCorrected } of phrases) {
    const matched = words
      .slice(start, end)
      .map(({ written }) => written)
      .join(" ");
    for (const { conditionId, by, weight } of meanings) {
      const condition = isCorrected
        ? { conditionId, matched, by: "FUZZY" as const, weight: weight * correctedShare }
        : { conditionId, matched, by, weight };
      const before = byId.get(conditionId);
      if (before === undefined || before.weight < condition.weight) byId.set(conditionId, condition);
    }
  }
  return [...byId.values()];
}

function isPartOf(inner: Span, outer: Span): boolean {
  return contains(outer, inner) && inner.end - inner.start < outer.end - outer.start;
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function overlaps(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}
