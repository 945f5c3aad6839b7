import { contactUs, ownerInWords } from "../../components/contactUs.ts";
import { bullets, linkTo, paragraph, section } from "../../components/prose.ts";
import { html } from "../../html.ts";
import type { Shown, Visit } from "../../page.ts";

/** What is kept of whoever uses the website. */
export function privacyPage(visit: Visit): Shown {
  const { words, addresses } = visit;
  const { say, mark } = words;
  return {
    title: say("privacy.title"),
    description: say("privacy.description"),
    maxAgeSeconds: 3600,
    main: html`<h1 class="govuk-heading-l">${say("privacy.title")}</h1>
      ${paragraph(say("privacy.intro"))} ${paragraph(ownerInWords(visit))}
      ${section(
        say("privacy.search"),
        bullets([
          say("privacy.search.notKept"),
          say("privacy.search.address"),
          say("privacy.search.routes"),
          say("privacy.search.private"),
        ]),
      )}
      ${section(
        say("privacy.server"),
        paragraph(say("privacy.server.text")),
        bullets([say("privacy.server.never"), say("privacy.server.front")]),
      )}
      ${section(say("privacy.shortlist"), paragraph(say("privacy.shortlist.text")))}
      ${section(
        say("privacy.suggest"),
        paragraph(say("privacy.suggest.text")),
        bullets([say("privacy.suggest.words"), say("privacy.suggest.address"), say("privacy.suggest.cookie")]),
      )}
      ${section(say("privacy.signIn"), paragraph(say("privacy.signIn.text")))}
      ${section(say("privacy.elsewhere"), paragraph(say("privacy.elsewhere.text")))}
      ${section(
        say("privacy.rights"),
        paragraph(mark("privacy.rights.text", { link: linkTo("https://ico.org.uk/make-a-complaint/") })),
        contactUs(visit),
        paragraph(mark("privacy.cookies", { link: linkTo(addresses.cookies) })),
      )}`,
  };
}
