import { type Html, html } from "../html.ts";
import { webLink } from "./webAddress.ts";

/** A text as the way to reach somebody that it is, to press: a page, an e-mail address or a telephone number. Other texts stay as they are. */
export function reachedBy(text: string): Html {
  if (/^https?:/i.test(text)) return webLink(text, text) ?? html`${text}`;
  if (/^[^\s@<>"?&]+@[^\s@<>"?&]+\.[^\s@<>"?&]+$/.test(text))
    return html`<a class="govuk-link" href="mailto:${text}">${text}</a>`;
  return /^\+?\d{3,15}$/.test(text.replace(/[\s()-]/g, "")) ? telephoneLink(text) : html`${text}`;
}

/** A telephone number to press, which reads from left to right in every language. */
export function telephoneLink(text: string): Html {
  return html`<a class="govuk-link" dir="ltr" href="tel:${text.replace(/[^\d+]/g, "")}">${text}</a>`;
}
