import { html as honoHtml, raw as honoRaw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

/** A piece of a page. What is text in it is escaped already. */
export type Html = HtmlEscapedString;

/** What may stand in a piece of a page: text, which is escaped; another piece; nothing at all; or several of these. */
export type Content = string | number | Html | null | undefined | false | readonly Content[];

/** Templates without what their lines are indented by, which is more than a tenth of a page. */
const unindented = new WeakMap<TemplateStringsArray, TemplateStringsArray>();

/** A piece of a page, of markup that is ours and of what is put into it, which is escaped unless it is such a piece. */
export function html(markup: TemplateStringsArray, ...contents: readonly Content[]): Html {
  // Hono answers with a promise only where it was given one, and Content has none.
  return honoHtml(withoutIndents(markup), ...contents.map(shown)) as Html;
}

function withoutIndents(markup: TemplateStringsArray): TemplateStringsArray {
  const known = unindented.get(markup);
  if (known !== undefined) return known;
  const lines = markup.map((text) => text.replace(/\s*\n\s*/g, "\n"));
  const made = Object.assign(lines, { raw: lines });
  unindented.set(markup, made);
  return made;
}

/** Markup that another part of this program made, and escaped: nothing that came from outside. */
export function raw(markup: string): Html {
  return honoRaw(markup);
}

/** Pieces one after another, with something between each two. */
export function joined(pieces: readonly Content[], between: Content): Html {
  return html`${pieces.map((piece, index) => (index === 0 ? piece : [between, piece]))}`;
}

function shown(content: Content): unknown {
  if (content === false || content === null || content === undefined) return "";
  return Array.isArray(content) ? (content as readonly Content[]).map(shown).flat() : content;
}
