import { contactUs, ownerInWords } from "../../components/contactUs.ts";
import { dateInWords } from "../../components/inWords.ts";
import { bullets, linkTo, paragraph, section } from "../../components/prose.ts";
import { html } from "../../html.ts";
import type { Shown, Visit } from "../../page.ts";

/** When the statement was written, from tests of that day. Whoever changes what it says changes this. */
const statedOn = "2026-11-23";

/** The statement that the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018 ask for. */
export function accessibilityPage(visit: Visit): Shown {
  const { words, settings } = visit;
  const { say, mark } = words;
  return {
    title: say("access.title", { name: settings.name }),
    maxAgeSeconds: 3600,
    main: html`<h1 class="govuk-heading-l">${say("access.title", { name: settings.name })}</h1>
      ${paragraph(`${ownerInWords(visit)} ${say("access.intro")}`)}
      ${bullets([
        say("access.can.zoom"),
        say("access.can.narrow"),
        say("access.can.keyboard"),
        say("access.can.reader"),
        say("access.can.script"),
        say("access.can.paper"),
      ])}
      ${paragraph(mark("access.abilityNet", { link: linkTo("https://mcmw.abilitynet.org.uk/") }))}
      ${section(
        say("access.status"),
        paragraph(mark("access.status.text", { link: linkTo("https://www.w3.org/TR/WCAG22/") })),
      )}
      ${section(
        say("access.issues"),
        bullets([
          say("access.issues.untested"),
          say("access.issues.english"),
          say("access.issues.map"),
          say("access.issues.elsewhere"),
          say("access.issues.stepFree"),
          say("access.issues.formats"),
        ]),
      )}
      ${section(
        say("access.tested"),
        paragraph(say("access.tested.text", { date: dateInWords(statedOn, words) })),
        bullets([
          say("access.tested.axe"),
          say("access.tested.widths"),
          say("access.tested.noScript"),
          say("access.tested.components"),
        ]),
        paragraph(say("access.tested.not")),
      )}
      ${section(say("access.contact"), paragraph(say("access.contact.text")), contactUs(visit))}
      ${section(
        say("access.enforcement"),
        paragraph(mark("access.enforcement.text", { link: linkTo("https://www.equalityadvisoryservice.com/") })),
      )}
      ${section(
        say("access.prepared"),
        paragraph(
          `${say("access.prepared.text", { date: dateInWords(statedOn, words) })}${settings.council === null ? ` ${say("access.prepared.nobody")}` : ""}`,
        ),
      )}`,
  };
}
