import { ApiProblem } from "../../api.ts";
import { assetCard } from "../../components/assetCard.ts";
import { type Html, html } from "../../html.ts";
import { embeddedQuery } from "../../operations.generated.ts";
import type { Shown, Visit } from "../../page.ts";
import { embeddedAsked, type EmbeddedAsked } from "./embeddedAsked.ts";

/** A list of activities that other websites show in a frame: nothing around it but where it comes from, and whom to call. */
export async function embeddedActivities(visit: Visit): Promise<Shown> {
  const asked = embeddedAsked(visit.query);
  const { say } = visit.words;
  try {
    const { data, isWhole } = await visit.api.ask(embeddedQuery, {
      area: asked.area === "" ? null : asked.area,
      // Asking for no condition in particular finds none.
      condition: asked.condition,
      filter: { kinds: ["ACTIVITY"], conditions: asked.condition === "" ? null : [asked.condition] },
      first: asked.count,
    });
    const { condition, search } = data;
    const title = say("embed.activities.title", {
      hasCondition: condition === null ? "no" : "yes",
      condition: condition?.name ?? "",
      hasArea: search.understood.near === null ? "no" : "yes",
      area: search.understood.near?.name ?? "",
    });
    return {
      title,
      isWhole,
      isIndexed: false,
      isEmbedded: true,
      main: html`<h1 class="govuk-heading-m">${title}</h1>
        ${
          search.edges.length === 0
            ? html`<p class="govuk-body">${say("search.nothing.atAll")}</p>`
            : html`<ul class="app-cards">
                ${search.edges.map(({ node, site, distanceMetres }) =>
                  // A list of one's own is kept on our pages, not in somebody else's.
                  node === null ? null : assetCard(node, visit, { site, distanceMetres, after: html`` }),
                )}
              </ul>`
        }
        ${more(visit, asked, search.totalCount)}`,
    };
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.code === "UNAVAILABLE") throw error;
    const title = say(error.code === "BAD_INPUT" ? "embed.topicUnknown" : "search.placeUnknown");
    return {
      title,
      status: 404,
      isEmbedded: true,
      main: html`<h1 class="govuk-heading-m">${title}</h1>
        ${more(visit, { ...asked, condition: "" }, 0)}`,
    };
  }
}

function more({ words: { say }, addresses, settings }: Visit, asked: EmbeddedAsked, count: number): Html {
  const href = addresses.search({ where: asked.area, topic: asked.condition, kind: "ACTIVITY" });
  return html`<p class="govuk-body">
    <a class="govuk-link" href="${href}">${say("embed.more", { count, name: settings.name })}</a>
  </p>`;
}
