import { ApiProblem } from "../../api.ts";
import { crisisHelp, crisisNumbers } from "../../components/crisisHelp.ts";
import { bullets, linkTo, section } from "../../components/prose.ts";
import { html } from "../../html.ts";
import { crisisHelpQuery } from "../../operations.generated.ts";
import type { Shown, Visit } from "../../page.ts";

/** Whom to call now. It is there whether or not the API is: the numbers that nobody may be without are the website's own. */
export async function helpNowPage(visit: Visit): Promise<Shown> {
  const { words, addresses } = visit;
  const { say, mark } = words;
  const crisis = await crisisOf(visit);
  return {
    title: say("helpNow.title"),
    description: say("helpNow.description"),
    maxAgeSeconds: crisis === null ? null : 3600,
    main: html`<h1 class="govuk-heading-l">${say("helpNow.title")}</h1>
      ${crisisHelp(crisis, words) ?? html`<section class="app-crisis">${crisisNumbers(words)}</section>`}
      ${section(
        say("helpNow.later"),
        bullets([
          mark("helpNow.talk", { link: linkTo(addresses.search({ what: say("helpNow.talk.search") })) }),
          mark("helpNow.abuse", { link: linkTo(addresses.topic("domestic-abuse")) }),
          mark("helpNow.routes", { link: linkTo(addresses.routes()) }),
        ]),
      )}`,
  };
}

/** The directory's own list; null when it does not answer. */
async function crisisOf({ api }: Visit) {
  try {
    return (await api.ask(crisisHelpQuery, {})).data.search.crisis;
  } catch (error) {
    if (error instanceof ApiProblem) return null;
    throw error;
  }
}
