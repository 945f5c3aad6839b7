import { type Html, html } from "../html.ts";

/** A link to a page elsewhere; the text alone where the address is of another kind, which could run a script. */
export function webLink(url: string, text: string = url): Html {
  return /^https?:\/\/[^\s"<>]+$/i.test(url)
    ? html`<a class="govuk-link" href="${url}" rel="nofollow noreferrer">${text}</a>`
    : html`${text}`;
}
