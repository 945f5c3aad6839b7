import { ApiProblem } from "../../api.ts";
import { asOfInWords } from "../../components/asOfInWords.ts";
import { contactUs, ownerInWords } from "../../components/contactUs.ts";
import { bullets, linkTo, paragraph, section } from "../../components/prose.ts";
import { sourceInWords } from "../../components/sourceInWords.ts";
import { type Html, html } from "../../html.ts";
import type { Shown, Visit } from "../../page.ts";
import { type Holding, holdingOf } from "./sourcesOf.ts";

/** What the directory holds, where it comes from, how far it can be trusted, and how it is put right. */
export async function aboutTheDataPage(visit: Visit): Promise<Shown> {
  const { words, addresses } = visit;
  const { say, mark } = words;
  const holding = await holdingOrNull(visit);
  return {
    title: say("data.title"),
    description: say("data.description"),
    isWhole: holding !== null,
    maxAgeSeconds: 3600,
    main: html`<h1 class="govuk-heading-l">${say("data.title")}</h1>
      ${paragraph(`${say("data.intro")} ${ownerInWords(visit)}`)} ${holding === null ? null : listed(visit, holding)}
      ${section(
        say("data.madeUp"),
        paragraph(
          holding === null
            ? say("data.madeUp.text")
            : `${say("data.madeUp.count", { samples: holding.samples, total: holding.total })} ${say("data.madeUp.text")}`,
        ),
      )}
      ${section(
        say("data.estimated"),
        paragraph(say("data.estimated.text")),
        bullets([
          say("data.estimated.distance"),
          say("data.estimated.areas"),
          say("data.estimated.strength"),
          say("data.estimated.guess"),
          say("data.estimated.counts"),
        ]),
      )}
      ${section(
        say("data.fresh"),
        paragraph(say("data.fresh.text")),
        bullets([say("data.fresh.activity"), say("data.fresh.group"), say("data.fresh.place")]),
        paragraph(
          holding === null
            ? say("data.fresh.after")
            : `${say("data.fresh.after")} ${say("data.fresh.overdue", { overdue: holding.overdue, total: holding.total })}`,
        ),
      )}
      ${section(say("data.unknown"), paragraph(say("data.unknown.text")))}
      ${section(
        say("data.wrong"),
        paragraph(mark("data.wrong.text", { link: linkTo(addresses.home) })),
        paragraph(say("data.wrong.then")),
        contactUs(visit),
      )}
      ${holding === null ? null : sources(visit, holding)}
      ${section(say("data.use"), paragraph(mark("data.use.text", { link: linkTo(addresses.developers) })))}`,
  };
}

async function holdingOrNull({ api, now }: Visit): Promise<Holding | null> {
  try {
    return await holdingOf(api, now);
  } catch (error) {
    if (error instanceof ApiProblem) return null;
    throw error;
  }
}

function listed({ words: { say } }: Visit, { total, byType, isAll }: Holding): Html {
  return section(
    say("data.listed"),
    paragraph(say(isAll ? "data.listed.text" : "data.listed.first", { total })),
    bullets([
      say("data.listed.activities", { count: byType.Activity }),
      say("data.listed.groups", { count: byType.Group }),
      say("data.listed.organisations", { count: byType.Organisation }),
      say("data.listed.places", { count: byType.Place }),
    ]),
  );
}

function sources({ words }: Visit, holding: Holding): Html {
  const { say } = words;
  return section(
    say("data.sources"),
    paragraph(say("data.sources.text")),
    bullets(
      holding.sources.map((source) => [
        sourceInWords({ ...source, asOf: source.lastAsOf }, words),
        source.firstAsOf === source.lastAsOf
          ? null
          : ` ${say("data.sources.since", { date: asOfInWords(source.firstAsOf, words) })}`,
        " ",
        say("data.sources.count", { count: source.count }),
        source.sample ? html` <strong>${say("data.sources.sample")}</strong>` : null,
      ]),
    ),
  );
}
