import { type Html, html } from "../html.ts";
import type { Visit } from "../page.ts";
import { telephoneLink } from "./reachedBy.ts";

/** How to reach whoever looks after the website, each way as something to press; where nobody has given a way, that. */
export function contactUs({ words: { say, mark }, settings }: Pick<Visit, "words" | "settings">): Html {
  const { telephone, email } = settings;
  if (telephone === null && email === null) return html`<p class="govuk-body">${say("contact.nobody")}</p>`;
  return html`<ul class="govuk-list govuk-list--bullet">
    ${telephone === null ? null : html`<li>${mark("contact.telephone", { call: () => telephoneLink(telephone) })}</li>`}
    ${email === null ? null : html`<li>${mark("contact.email", { write: () => html`<a class="govuk-link" href="mailto:${email}">${email}</a>` })}</li>`}
  </ul>`;
}

/** Whose the website is, as a sentence begins: "Oxford City Council runs this website." */
export function ownerInWords({ words: { say }, settings }: Pick<Visit, "words" | "settings">): string {
  return settings.council === null ? say("contact.owner.none") : say("contact.owner", { council: settings.council });
}
