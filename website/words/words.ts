import { IntlMessageFormat } from "intl-messageformat";
import { type Content, type Html, html } from "../html.ts";
import { type Catalogue, en, type Key } from "./en.ts";
import { ur } from "./ur.ts";

export interface Language {
  /** BCP 47. */
  readonly tag: string;
  /** Its own name for itself. */
  readonly name: string;
  readonly direction: "ltr" | "rtl";
  /** Where its pages begin: "" or "/ur". */
  readonly prefix: string;
}

/** The languages of the website; the first is the one that everything is in. */
export const languages = [
  { tag: "en-GB", name: "English", direction: "ltr", prefix: "" },
  { tag: "ur", name: "اردو", direction: "rtl", prefix: "/ur" },
] as const satisfies readonly Language[];

const catalogues: Readonly<Record<(typeof languages)[number]["tag"], Catalogue>> = { "en-GB": en, ur };

type Values = Readonly<Record<string, string | number | Date>>;

export interface Words {
  readonly language: Language;
  /** A text of the catalogue, with what is to be put into it. */
  readonly say: (key: Key, values?: Values) => string;
  /**
   * The same where parts of it are marked up: `<link>…</link>` in the text is what `link` makes of what is in it. What is put in beside those parts may be marked up
   * too, as words of the directory are by `english`.
   */
  readonly mark: (
    key: Key,
    marks: Readonly<Record<string, (text: string) => Html>>,
    values?: Readonly<Record<string, Values[string] | Html>>,
  ) => Html;
  /** Words of the directory itself, which are English: marked so where the page is not. */
  readonly english: (content: Content) => Html;
}

/** The website's words in one language. */
export function wordsIn(language: (typeof languages)[number]): Words {
  const catalogue = catalogues[language.tag];
  const formats = new Map<Key, IntlMessageFormat>();

  function formatOf(key: Key): IntlMessageFormat {
    const known = formats.get(key);
    if (known !== undefined) return known;
    const format = new IntlMessageFormat(catalogue[key], language.tag, undefined, { ignoreTag: false });
    formats.set(key, format);
    return format;
  }

  return {
    language,
    say: (key, values = {}) => String(formatOf(key).format<string>(values)),
    mark: (key, marks, values = {}) => {
      const made = formatOf(key).format<Html>({
        ...values,
        ...Object.fromEntries(
          Object.entries(marks).map(([name, mark]) => [name, (chunks: readonly unknown[]) => mark(chunks.join(""))]),
        ),
      }) as Content;
      return html`${made}`;
    },
    english: (content) =>
      language.tag === "en-GB" ? html`${content}` : html`<span lang="en-GB" dir="ltr">${content}</span>`,
  };
}
