import { type Html, html } from "../html.ts";
import type { Words } from "../words/words.ts";
import { asOfInWords } from "./asOfInWords.ts";
import { webLink } from "./webAddress.ts";

/** Where facts come from, as the API tells it. */
export interface SourceTold {
  readonly name: string;
  readonly publisher: string;
  readonly licence: string;
  readonly asOf: string;
  readonly url: string | null;
}

/** Who said so, when, and how what they said may be used. */
export function sourceInWords({ name, publisher, licence, asOf, url }: SourceTold, words: Words): Html {
  const { say, english } = words;
  return html`${english(html`${webLink(url, name) ?? name}, ${publisher}`)}, ${asOfInWords(asOf, words)}.
  ${say("source.licence")}: ${english(licence)}.`;
}
