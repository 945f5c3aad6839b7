import { distance } from "fastest-levenshtein";
import { stemmer } from "stemmer";
import type { TextMatch } from "./queries/textMatches.ts";
import { wordsOf } from "../../knowledge/words.ts";

/** How much a word counts by where it is found. */
export const fieldShares = { names: 1, summary: 0.6, description: 0.4 } as const;
/** How much a word counts that is found with another spelling: one letter more, less or different. */
const misspeltShare = 0.7;
/** What a text can add where conditions were understood: it orders what supports them. */
const besideConditions = 0.5;

/** What scores it is called by its whole name: it comes first wherever it is. */
export const called = 2;

/** The words of a search, as they are compared with texts. */
export interface Sought {
  /** What to look for. */
  readonly words: readonly string[];
  /** What may be part of a name: all that says something, but for where. */
  readonly naming: readonly string[];
  /** Everything that was said. */
  readonly all: readonly string[];
  readonly areConditionsUnderstood: boolean;
}

/**
 * How well the assets that match some words do so, from 0 to 1, by id. Each word counts by the best field it is found in, whatever its
 * ending, and the score is their mean: it depends on the asset and the words alone, unlike Lucene's, which shifts when others come and go.
 * An asset that the words name scores 1, and `called` when they are its whole name; where conditions were understood the others score half.
 */
export function textScores(
  { words, naming, all, areConditionsUnderstood }: Sought,
  matches: readonly TextMatch[],
): Readonly<Record<string, number>> {
  const share = areConditionsUnderstood ? besideConditions : 1;
  const named = naming.map(stemmer);
  const sought = words.map(stemmer);
  const said = new Set(all.map(stemmer));
  return Object.fromEntries(
    matches.map(({ id, names, summary, description }) => {
      if (names.some((name) => isCalled(said, name))) return [id, called];
      if (names.some((name) => isNamed(named, name))) return [id, 1];
      const fields = [
        { stems: stemsOf(names.join(" ")), share: fieldShares.names },
        { stems: stemsOf(summary), share: fieldShares.summary },
        { stems: stemsOf(description), share: fieldShares.description },
      ];
      const found = sought.map((stem) => Math.max(...fields.map((field) => field.share * spelt(stem, field.stems))));
      const mean = found.reduce((sum, one) => sum + one, 0) / Math.max(1, found.length);
      // Short of 1: that is for what is named.
      return [id, Math.min(0.99, mean) * share];
    }),
  );
}

/** How the statements look for words in the texts of what is near, where the indexes had more matches than they gave; null where they had not. */
export interface LocalWords {
  /** Each as a word begins: a space, then its stem. */
  readonly words: readonly string[];
  readonly share: number;
}

/** What to look for near by, since matches from all over the country may have crowded it out. */
export function localWordsOf(
  { words, areConditionsUnderstood }: Sought,
  matches: readonly TextMatch[],
): LocalWords | null {
  if (!matches.some(({ isOneOfMany }) => isOneOfMany)) return null;
  return {
    // "Party" has the stem "parti", which "party" does not begin with.
    words: words.map((word) => ` ${stemmer(word).replace(/i$/, "")}`),
    share: areConditionsUnderstood ? besideConditions : 1,
  };
}

function stemsOf(text: string): ReadonlySet<string> {
  return new Set(wordsOf(text).map(({ plain }) => stemmer(plain)));
}

/** Whether a name of several words is said in full. Of one word it may be any word. */
function isCalled(said: ReadonlySet<string>, name: string): boolean {
  const stems = [...stemsOf(name)];
  return stems.length > 1 && stems.every((stem) => said.has(stem));
}

/** Whether all words are in a name; one word alone has to be at least half of it. */
function isNamed(named: readonly string[], name: string): boolean {
  const stems = stemsOf(name);
  return (
    named.length > 0 && named.every((stem) => stems.has(stem)) && (named.length > 1 || stems.size <= 2 * named.length)
  );
}

function spelt(stem: string, stems: ReadonlySet<string>): number {
  if (stems.has(stem)) return 1;
  if (stem.length < 5) return 0;
  for (const other of stems) {
    if (Math.abs(other.length - stem.length) <= 1 && distance(stem, other) <= 1) return misspeltShare;
  }
  return 0;
}
