import { facts } from "../../components/facts.ts";
import { linkTo, paragraph, section } from "../../components/prose.ts";
import { html } from "../../html.ts";
import type { Shown, Visit } from "../../page.ts";

/** What the website keeps in a browser, and that it asks nobody's leave because none of it is more than what was asked for. */
export function cookiesPage({ words: { say, mark }, addresses }: Visit): Shown {
  return {
    title: say("cookies.title"),
    description: say("cookies.intro"),
    maxAgeSeconds: 3600,
    main: html`<h1 class="govuk-heading-l">${say("cookies.title")}</h1>
      ${paragraph(say("cookies.intro"))} ${paragraph(say("cookies.why"))}
      ${section(
        say("cookies.signIn"),
        facts([
          [say("cookies.name"), "session"],
          [say("cookies.when"), say("cookies.signIn.when")],
          [say("cookies.purpose"), say("cookies.signIn.purpose")],
          [say("cookies.until"), say("cookies.signIn.until")],
        ]),
      )}
      ${paragraph(mark("cookies.more", { link: linkTo(addresses.privacy) }))}`,
  };
}
