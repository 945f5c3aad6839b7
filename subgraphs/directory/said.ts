import type { Word } from "../../knowledge/words.ts";

/** Words in a row: from the one at `start` to before the one at `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A text as patterns read it: its plain words with one space between, and where each word begins and ends. */
export interface Said {
  readonly text: string;
  readonly startsAt: ReadonlyMap<number, number>;
  readonly endsAt: ReadonlyMap<number, number>;
}

/** A text's words as one plain text, for patterns over several words. */
export function saidIn(words: readonly Word[]): Said {
  const startsAt = new Map<number, number>();
  const endsAt = new Map<number, number>();
  let offset = 0;
  for (const [index, { plain }] of words.entries()) {
    startsAt.set(offset, index);
    endsAt.set(offset + plain.length, index + 1);
    offset += plain.length + 1;
  }
  return { text: words.map(({ plain }) => plain).join(" "), startsAt, endsAt };
}

/** Where a pattern (with the flag `g`) is met by whole words, with what its groups caught. */
export function* spansOf({ text, startsAt, endsAt }: Said, pattern: RegExp) {
  for (const match of text.matchAll(pattern)) {
    const start = startsAt.get(match.index);
    const end = endsAt.get(match.index + match[0].length);
    if (start !== undefined && end !== undefined) yield { start, end, groups: match.slice(1) };
  }
}
