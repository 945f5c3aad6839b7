import { type Content, type Html, html } from "../html.ts";

/** A part of a page that is read through: its heading, and what stands below it. */
export function section(heading: string, ...contents: readonly Content[]): Html {
  return html`<h2 class="govuk-heading-m">${heading}</h2>
    ${contents}`;
}

/** A paragraph. */
export function paragraph(content: Content): Html {
  return html`<p class="govuk-body">${content}</p>`;
}

/** Several things, each on a line of its own. */
export function bullets(items: readonly Content[]): Html {
  return html`<ul class="govuk-list govuk-list--bullet">
    ${items.map((item) => html`<li>${item}</li>`)}
  </ul>`;
}

/** A link as it stands within a sentence: `mark`'s for "<link>…</link>". */
export function linkTo(href: string): (text: string) => Html {
  return (text) => html`<a class="govuk-link" href="${href}">${text}</a>`;
}
