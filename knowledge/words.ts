/** A word of a text, as it was written and as it is compared. */
export interface Word {
  readonly written: string;
  /** Lower case, without accents and apostrophes: "Café" and "cafe" are one word, and so are "women's" and "womens". */
  readonly plain: string;
}

const wordPattern = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’]*/gu;

/** The words of a text in order. A word is letters and digits, so "age" is no part of "language". */
export function wordsOf(text: string): readonly Word[] {
  return Array.from(text.normalize("NFC").matchAll(wordPattern), ([written]) => ({ written, plain: plainly(written) }));
}

function plainly(written: string): string {
  return written
    .normalize("NFKD")
    .replace(/[\p{M}'’]/gu, "")
    .toLowerCase();
}

/** A phrase as it is compared: its plain words with one space between. */
export function phraseOf(text: string): string {
  return wordsOf(text)
    .map(({ plain }) => plain)
    .join(" ");
}
