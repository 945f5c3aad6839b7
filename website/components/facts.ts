import { type Content, type Html, html } from "../html.ts";

/** What is known, each by its name; what is null is left out. */
export function facts(known: readonly (readonly [name: string, fact: Content])[]): Html {
  return html`<dl class="app-facts">
    ${known.map(([name, fact]) =>
      fact === null || fact === undefined || fact === ""
        ? null
        : html`<dt>${name}</dt>
            <dd>${fact}</dd>`,
    )}
  </dl>`;
}
