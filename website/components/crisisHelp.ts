import { type Html, html } from "../html.ts";
import type { Words } from "../words/words.ts";
import { telephoneLink } from "./reachedBy.ts";

/** The numbers to call at any hour, which are there whether or not the directory answers. Source: NHS and Samaritans, as in the directory's own list. */
export function crisisNumbers({ mark }: Words): Html {
  const marks = { call: telephoneLink };
  return html`<ul class="govuk-list govuk-list--bullet">
    <li>${mark("crisis.emergency", marks)}</li>
    <li>${mark("crisis.nhs", marks)}</li>
    <li>${mark("crisis.samaritans", marks)}</li>
  </ul>`;
}

interface CrisisHelp {
  readonly message: string;
  readonly helps: readonly {
    readonly name: string;
    readonly telephone: string;
    readonly openingHours: string;
    readonly description: string;
    readonly url: string;
  }[];
}

/** Crisis help as the API answers it, which comes before everything else on a page. Null where nothing was said that asks for it. */
export function crisisHelp(crisis: CrisisHelp | null | undefined, { say, english }: Words): Html | null {
  if (crisis === null || crisis === undefined) return null;
  return html`<section class="app-crisis" aria-labelledby="crisis-title">
    <h2 class="govuk-heading-m" id="crisis-title">${say("crisis.title")}</h2>
    <p class="govuk-body">${english(crisis.message)}</p>
    <ul class="govuk-list govuk-list--spaced">
      ${crisis.helps.map(
        ({ name, telephone, openingHours, description, url }) =>
          html`<li>
            ${english(html`<strong>${name}</strong>: ${dialled(telephone)}<br />${description} ${openingHours}. <a class="govuk-link" href="${url}">${name}<span class="govuk-visually-hidden"> – website</span></a>`)}
          </li>`,
      )}
    </ul>
  </section>`;
}

/** A number to press; "Text SHOUT to 85258" is none. */
function dialled(telephone: string): Html {
  return /^[\d\s+]+$/.test(telephone) ? telephoneLink(telephone) : html`${telephone}`;
}
