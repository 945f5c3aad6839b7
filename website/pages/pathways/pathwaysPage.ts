import { sampleTag } from "../../components/assetCard.ts";
import { linkTo, paragraph } from "../../components/prose.ts";
import { html } from "../../html.ts";
import { type PathwaysQuery, pathwaysQuery } from "../../operations.generated.ts";
import type { Shown, Visit } from "../../page.ts";
import { confirmed } from "../routes/stepList.ts";

/** So many pages of a hundred pathways are listed at most. */
const mostPages = 5;

/** All pathways. */
export async function pathwaysPage(visit: Visit): Promise<Shown> {
  const { words, addresses } = visit;
  const { say, mark, english } = words;
  const { listed, isWhole } = await allPathways(visit);
  return {
    title: say("pathways.title"),
    description: say("pathways.intro"),
    section: "routes",
    isWhole,
    maxAgeSeconds: 3600,
    main: html`<h1 class="govuk-heading-l">${say("pathways.title")}</h1>
      ${paragraph(say("pathways.intro"))} ${paragraph(mark("pathways.routes", { link: linkTo(addresses.routes()) }))}
      ${listed.length === 0 ? paragraph(say("pathways.none")) : null}
      <ul class="app-cards">
        ${listed.map(
          ({ slug, name, summary, source, lastConfirmedOn }) =>
            html`<li class="app-card">
              <h2 class="govuk-heading-m app-card__title">
                <a class="govuk-link" href="${addresses.pathway(slug)}">${english(html`<bdi>${name}</bdi>`)}</a>
              </h2>
              ${sampleTag(source.sample, words)}
              <p class="govuk-body">${english(summary)}</p>
              <p class="govuk-body-s">
                ${say("routes.confirmed")}: ${confirmed(lastConfirmedOn, visit)}. ${say("routes.source")}:
                ${english(source.publisher)}.
              </p>
            </li>`,
        )}
      </ul>`,
  };
}

async function allPathways({ api }: Visit) {
  const listed: NonNullable<PathwaysQuery["pathways"]["edges"][number]["node"]>[] = [];
  let after: string | null = null;
  let isAllWhole = true;
  for (let page = 0; page < mostPages; page += 1) {
    const { data, isWhole }: { readonly data: PathwaysQuery; readonly isWhole: boolean } = await api.ask(
      pathwaysQuery,
      { after },
    );
    listed.push(...data.pathways.edges.flatMap(({ node }) => node ?? []));
    isAllWhole &&= isWhole;
    after = data.pathways.pageInfo.endCursor;
    if (!data.pathways.pageInfo.hasNextPage) break;
  }
  return { listed, isWhole: isAllWhole };
}
