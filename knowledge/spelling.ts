/** Words that may be meant by one that is spelt nearly so. */
export interface Spellings {
  readonly has: (word: string) => boolean;
  /**
   * The known words nearest to one that is not known, all as near: one letter wrong, missing, too many or swapped with its neighbour in
   * words of 5 to 7 letters, two in longer ones and in those of 6 letters that have all the right ones ("athsma"); the first letter is right.
   * Empty for a shorter word, and when none is so near.
   */
  readonly nearest: (word: string) => { readonly words: readonly string[]; readonly distance: number };
}

const shortestCorrected = 5;
const shortestTwiceWrong = 8;
const shortestDisordered = 6;
const longestCorrected = 30;

/** An index of words, made once, for many questions. Throws nothing. */
export function createSpellings(words: Iterable<string>): Spellings {
  const known = new Set(words);
  const byFirst = new Map<string, string[]>();
  for (const word of known) {
    const first = word.slice(0, 1);
    const others = byFirst.get(first);
    if (others === undefined) byFirst.set(first, [word]);
    else others.push(word);
  }
  return {
    has: (word) => known.has(word),
    nearest: (word) => {
      let nearest: string[] = [];
      let distance = word.length < shortestDisordered ? 1 : 2;
      if (word.length < shortestCorrected || word.length > longestCorrected) return { words: nearest, distance };
      for (const other of byFirst.get(word.slice(0, 1)) ?? []) {
        // A word of four letters is another word by one: "hill", "kill". The wrong letter may be one too few or too many.
        if (other.length < shortestCorrected || Math.abs(other.length - word.length) > distance) continue;
        const apart = editsBetween(word, other);
        if (apart > distance || (apart === 2 && word.length < shortestTwiceWrong && !haveSameLetters(word, other)))
          continue;
        nearest = apart < distance ? [other] : [...nearest, other];
        distance = apart;
      }
      return { words: nearest, distance };
    },
  };
}

/**
 * How many letters have to be changed, added, left out or swapped with their neighbour to make one word of another: the Damerau–Levenshtein
 * distance in which no part is edited twice (optimal string alignment).
 */
function editsBetween(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current.push(
        Math.min(
          at(last, column) + 1,
          at(current, column - 1) + 1,
          at(last, column - 1) + (isSame ? 0 : 1),
          isSwapped ? at(beforeLast, column - 2) + 1 : Infinity,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

function haveSameLetters(a: string, b: string): boolean {
  return Array.from(a).sort().join("") === Array.from(b).sort().join("");
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
