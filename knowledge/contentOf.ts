import { passedOver } from "./stopWords.ts";

/**
 * The words of a phrase that it cannot do without, in the singular: "lost my husband" is "lost husband". Null where one word is left of
 * several, since by itself it may mean something else: "on my own" is not "own"; and for a lone plural, as "walks" are not "to walk". Throws
 * nothing.
 */
export function contentOf(words: readonly string[]): string | null {
  const content = words.filter((word) => !passedOver.has(word)).map(singular);
  const [first] = content;
  if (first === undefined) return null;
  return content.length === 1 && first !== words.join(" ") ? null : content.join(" ");
}

/** Words that people use for one another, in a phrase of several: "lost my wife" is said like "lost my husband". */
const alike: Readonly<Record<string, string>> = {
  cannot: "cant",
  ...{ wife: "husband", hubby: "husband", partner: "husband", spouse: "husband", missus: "husband", fiance: "husband" },
  ...{ boyfriend: "husband", girlfriend: "husband", mother: "mum", mam: "mum", mom: "mum", father: "dad" },
  ...{
    grandma: "nan",
    gran: "nan",
    granny: "nan",
    nana: "nan",
    grandmother: "nan",
    grandpa: "grandad",
    grandfather: "grandad",
  },
};

/** A word without what makes it a plural, and in the place of those used alike: it is compared, never shown. */
export function singular(word: string): string {
  const same = alike[word];
  if (same !== undefined) return same;
  if (word.length < 4 || /(?:ss|us|is)$/.test(word)) return word;
  return word
    .replace(/ies$/, "y")
    .replace(/(?<=ss|x|ch|sh)es$/, "")
    .replace(/s$/, "");
}
