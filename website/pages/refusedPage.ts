import { html } from "../html.ts";
import type { Shown, Visit } from "../page.ts";
import type { Refusal } from "../refusal.ts";

/** What is shown where something was sent that is not looked at. */
export function refusedPage({ words: { say, mark }, addresses }: Visit, { status, key }: Refusal): Shown {
  return {
    title: say("refused.title"),
    status,
    main: html`<h1 class="govuk-heading-l">${say("refused.title")}</h1>
      <p class="govuk-body">${say(key)}</p>
      <p class="govuk-body">
        ${mark("notFound.search", {
          link: (text) => html`<a class="govuk-link" href="${addresses.home}">${text}</a>`,
        })}
      </p>`,
  };
}
