import { html } from "../../html.ts";
import { topicsQuery, type TopicsQuery } from "../../operations.generated.ts";
import type { Shown, Visit } from "../../page.ts";

type Topic = TopicsQuery["conditions"]["edges"][number]["node"];

/** The vocabulary is some dozens of topics; ten pages of it are more than anybody would read. */
const mostPages = 10;

/** Every topic, those that are part of another below it. */
export async function topicsPage(visit: Visit): Promise<Shown> {
  const { api, words, addresses } = visit;
  const { say, english } = words;
  const topics: Topic[] = [];
  let after: string | null = null;
  let isAllWhole = true;
  for (let page = 0; page < mostPages; page += 1) {
    const { data, isWhole }: { data: TopicsQuery; isWhole: boolean } = await api.ask(topicsQuery, { after });
    topics.push(...data.conditions.edges.map(({ node }) => node));
    isAllWhole &&= isWhole;
    after = data.conditions.pageInfo.endCursor;
    if (!data.conditions.pageInfo.hasNextPage) break;
  }
  return {
    title: say("topics.title"),
    description: say("topics.intro"),
    section: "topics",
    isWhole: isAllWhole,
    canonical: addresses.topics,
    main: html`<h1 class="govuk-heading-xl">${say("topics.title")}</h1>
      <p class="govuk-body-l">${say("topics.intro")}</p>
      <ul class="app-topics">
        ${topics
          .filter(({ broader }) => broader.length === 0)
          .map(
            ({ name, slug, description, narrower }) =>
              html`<li>
                <h2 class="govuk-heading-m govuk-!-margin-bottom-1">
                  <a class="govuk-link" href="${addresses.topic(slug)}">${english(name)}</a>
                </h2>
                <p class="govuk-body govuk-!-margin-bottom-1">${english(description)}</p>
                ${
                  narrower.length === 0
                    ? null
                    : html`<ul class="govuk-list">
                        ${narrower.map((one) => html`<li><a class="govuk-link" href="${addresses.topic(one.slug)}">${english(one.name)}</a></li>`)}
                      </ul>`
                }
              </li>`,
          )}
      </ul>`,
  };
}
