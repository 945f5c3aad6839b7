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
      ${section(
        say("cookies.suggest"),
        facts([
          [say("cookies.name"), "suggest"],
          [say("cookies.when"), say("cookies.suggest.when")],
          [say("cookies.purpose"), say("cookies.suggest.purpose")],
          [say("cookies.until"), say("cookies.suggest.until")],
        ]),
      )}
      ${section(say("cookies.kept"), paragraph(say("cookies.kept.text")))}
      ${paragraph(mark("cookies.more", { link: linkTo(addresses.privacy) }))}`,
  };
}
