import { assetCard } from "../../components/assetCard.ts";
import { searchForm } from "../../components/searchForm.ts";
import { html } from "../../html.ts";
import { homeQuery } from "../../operations.generated.ts";
import type { Shown, Visit } from "../../page.ts";

const aWeekMs = 7 * 24 * 3_600_000;

/** Two questions; then topics, areas, and what is on in the week to come. */
export async function homePage(visit: Visit): Promise<Shown> {
  const { api, words, addresses, now } = visit;
  const { say, english } = words;
  // To the hour, so that everybody within it asks the same.
  const from = new Date(Math.floor(now.getTime() / 3_600_000) * 3_600_000);
  const { data, isWhole } = await api.ask(homeQuery, {
    from: from.toISOString(),
    to: new Date(from.getTime() + aWeekMs).toISOString(),
  });
  const topics = data.conditions.edges.map(({ node }) => node).filter(({ broader }) => broader.length === 0);
  return {
    title: null,
    description: say("home.description"),
    section: "search",
    isWhole,
    scripts: ["searchBox", "useMyLocation"],
    main: html`<h1 class="govuk-heading-xl">${say("home.title")}</h1>
      ${searchForm(visit, { what: "", where: "" })}
      <h2 class="govuk-heading-l">${say("home.topics")}</h2>
      <ul class="govuk-list app-columns">
        ${topics.map(({ name, slug }) => html`<li><a class="govuk-link" href="${addresses.topic(slug)}">${english(name)}</a></li>`)}
      </ul>
      <p class="govuk-body"><a class="govuk-link" href="${addresses.topics}">${say("home.topics.all")}</a></p>
      <h2 class="govuk-heading-l">${say("home.areas")}</h2>
      <ul class="govuk-list app-columns">
        ${data.areas.edges.map(({ node }) => html`<li><a class="govuk-link" href="${addresses.area(node)}">${english(node.name)}</a></li>`)}
      </ul>
      <h2 class="govuk-heading-l">${say("home.thisWeek")}</h2>
      <ul class="app-cards">
        ${data.sessions.edges.map(({ node: { activity, ...session } }) => (activity === null ? null : assetCard(activity, visit, { session })))}
      </ul>
      <p class="govuk-body">
        <a class="govuk-link" href="${addresses.whatsOn()}"
          >${say("home.thisWeek.all", { count: data.sessions.totalCount })}</a
        >
      </p>`,
  };
}
