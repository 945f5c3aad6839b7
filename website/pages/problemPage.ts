import type { ApiProblem } from "../api.ts";
import { crisisNumbers } from "../components/crisisHelp.ts";
import { telephoneLink } from "../components/reachedBy.ts";
import { html } from "../html.ts";
import type { Shown, Visit } from "../page.ts";
import { notFoundPage } from "./notFoundPage.ts";

/** What is shown where the API has no answer for a page: what to do instead, and whom to call. */
export function problemPage(visit: Visit, { code }: ApiProblem): Shown {
  if (code === "NOT_FOUND" || code === "BAD_INPUT") return notFoundPage(visit);
  const { words, settings } = visit;
  const { say } = words;
  return {
    title: say("problem.title"),
    status: 503,
    main: html`<h1 class="govuk-heading-l">${say("problem.title")}</h1>
      <p class="govuk-body">${say("problem.text")}</p>
      ${settings.telephone === null ? html`<p class="govuk-body">${say("problem.askLocally")}</p>` : html`<p class="govuk-body">${say("problem.call")} ${telephoneLink(settings.telephone)}</p>`}
      <h2 class="govuk-heading-m">${say("crisis.title")}</h2>
      ${crisisNumbers(words)}`,
  };
}
