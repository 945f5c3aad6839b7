import { type Html, html } from "../html.ts";

/** A web address that may be linked to: null for what is none, or is of another kind, such as "javascript:". Throws nothing. */
export function webAddress(text: string | null | undefined): URL | null {
  if (text === null || text === undefined || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === "https:" || url.protocol === "http:" ? url : null;
}

/** A link to somebody else's page, which we speak for in nothing; `text` left out: the name of its host. Null where there is nothing to link to. */
export function webLink(address: string | null | undefined, text?: string): Html | null {
  const url = webAddress(address);
  if (url === null) return null;
  return html`<a class="govuk-link" href="${url.href}" rel="nofollow">${text ?? url.host}</a>`;
}
