import { contactOf, sampleTag } from "../../components/assetCard.ts";
import { facts } from "../../components/facts.ts";
import { govuk } from "../../components/govuk.ts";
import { bullets, linkTo, paragraph } from "../../components/prose.ts";
import { sourceInWords } from "../../components/sourceInWords.ts";
import { webLink } from "../../components/webAddress.ts";
import { html, joined } from "../../html.ts";
import { pathwayQuery } from "../../operations.generated.ts";
import type { Shown, Visit } from "../../page.ts";
import { notFoundPage } from "../notFoundPage.ts";
import { confirmed, stepList } from "../routes/stepList.ts";

/** A pathway to read and to print. */
export async function pathwayPage(visit: Visit): Promise<Shown> {
  const slug = visit.named["slug"] ?? "";
  if (!/^[\w-]{1,100}$/.test(slug)) return notFoundPage(visit);
  const {
    data: { pathway },
    isWhole,
  } = await visit.api.ask(pathwayQuery, { slug });
  if (pathway === null) return notFoundPage(visit);
  const { words, addresses } = visit;
  const { say, mark, english } = words;
  const { name, summary, description, url, owner, conditions, steps, lastConfirmedOn, source } = pathway;
  const shown = steps.edges.map(({ node }) => node);
  const isSample = source.sample;
  return {
    title: name,
    description: summary,
    section: "routes",
    isWhole,
    // What is made up is nothing that a search engine is to lead anybody to.
    isIndexed: !isSample,
    maxAgeSeconds: 3600,
    before: govuk("breadcrumbs", {
      items: [
        { text: say("routes.title"), href: addresses.routes() },
        { text: say("pathways.title"), href: addresses.pathways },
        { text: name },
      ],
    }),
    main: html`<h1 class="govuk-heading-l">${english(html`<bdi>${name}</bdi>`)}</h1>
      ${sampleTag(isSample, words)}
      <p class="govuk-body">${english(summary)}</p>
      ${description === null ? null : html`<p class="govuk-body app-lines">${english(description)}</p>`}
      ${facts([
        [
          say("routes.helpsWith"),
          conditions.length === 0
            ? null
            : joined(
                conditions.map(
                  (condition) =>
                    html`<a class="govuk-link" href="${addresses.topic(condition.slug)}"
                      >${english(condition.name)}</a
                    >`,
                ),
                ", ",
              ),
        ],
        [
          say("pathways.runBy"),
          owner === null
            ? null
            : html`<a class="govuk-link" href="${addresses.asset(owner)}"
                >${english(html`<bdi>${owner.name}</bdi>`)}</a
              >`,
        ],
        [say("routes.contact"), owner === null ? null : contactOf(owner.contact)],
        [say("pathways.web"), webLink(url, url ?? undefined)],
      ])}
      <h2 class="govuk-heading-m">${say("pathways.steps")}</h2>
      ${shown.length === 0 ? paragraph(say("pathways.steps.none")) : stepList(shown, "pathway", visit)}
      ${shown.length < steps.totalCount ? paragraph(say("pathways.steps.first", { shown: shown.length, total: steps.totalCount })) : null}
      <h2 class="govuk-heading-m">${say("pathways.source")}</h2>
      ${facts([
        [say("routes.source"), sourceInWords(source, words)],
        [say("routes.confirmed"), confirmed(lastConfirmedOn, visit)],
      ])}
      <div class="app-only-on-screen">
        ${bullets([
          mark("pathways.routes", { link: linkTo(addresses.routes()) }),
          mark("pathways.fhir", { link: linkTo(addresses.pathwayAsFhir(slug)) }),
        ])}
      </div>`,
  };
}
