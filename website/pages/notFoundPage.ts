import { html } from "../html.ts";
import type { Shown, Visit } from "../page.ts";

/** What is shown where there is no page, or nothing of that id any more. */
export function notFoundPage({ words: { say, mark }, addresses }: Visit): Shown {
  return {
    title: say("notFound.title"),
    status: 404,
    main: html`<h1 class="govuk-heading-l">${say("notFound.title")}</h1>
      <p class="govuk-body">${say("notFound.text")}</p>
      <p class="govuk-body">
        ${mark("notFound.search", {
          link: (text) => html`<a class="govuk-link" href="${addresses.home}">${text}</a>`,
        })}
      </p>`,
  };
}
