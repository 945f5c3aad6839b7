import { ApiProblem } from "../../api.ts";
import { assetCard } from "../../components/assetCard.ts";
import { breadcrumbs } from "../../components/breadcrumbs.ts";
import { crisisHelp, crisisNumbers } from "../../components/crisisHelp.ts";
import { govuk } from "../../components/govuk.ts";
import { type Html, html } from "../../html.ts";
import { type ConditionNamedFragment, topicQuery, type TopicQuery } from "../../operations.generated.ts";
import type { Shown, Visit } from "../../page.ts";
import { notFoundPage } from "../notFoundPage.ts";

type Topic = NonNullable<TopicQuery["condition"]>;

/** Topics that people in danger come to: with these, and with what is part of them, whom to call stands first. */
const nearCrisis: ReadonlySet<string> = new Set([
  "addiction",
  "bereavement",
  "domestic-abuse",
  "homelessness",
  "mental-health",
]);

/** Words that the directory understands as a crisis of a topic, whose name alone may be anybody's: with them it names those who help with this at any hour. */
const wordsOfCrisis: Readonly<Record<string, string>> = { "domestic-abuse": "my partner hits me" };

/** So many everyday words are shown of a topic: enough to know what is meant. */
const mostTerms = 12;

/** What is meant by a topic, what helps with it, near a place where one is asked about, and the ways to get that help. */
export async function topicPage(visit: Visit): Promise<Shown> {
  const { query, named } = visit;
  const slug = named["slug"] ?? "";
  if (!/^[\w-]{1,100}$/.test(slug)) return notFoundPage(visit);
  const where = (query.get("where") ?? "").trim().slice(0, 200);
  try {
    return await topicNear(visit, slug, where, null);
  } catch (error) {
    if (!(error instanceof ApiProblem) || where === "") throw error;
    if (error.code !== "PLACE_NOT_FOUND" && error.code !== "AMBIGUOUS_PLACE") throw error;
    return topicNear(visit, slug, "", { where, error });
  }
}

async function topicNear(
  visit: Visit,
  slug: string,
  where: string,
  problem: { readonly where: string; readonly error: ApiProblem } | null,
): Promise<Shown> {
  const { api, words, addresses } = visit;
  const { say, english } = words;
  const { data, isWhole } = await api.ask(topicQuery, {
    slug,
    near: where === "" ? null : where,
    words: wordsOfCrisis[slug] ?? slug.replaceAll("-", " "),
    isNear: where !== "",
  });
  const { condition: topic } = data;
  if (topic === null) {
    if (!isWhole) throw new ApiProblem("UNAVAILABLE", "A part of the directory does not answer.");
    return notFoundPage(visit);
  }
  const { name, description, terms, broader, assets } = topic;
  const place = where === "" ? null : (data.search.understood?.near?.name ?? where);
  const isNearCrisis = nearCrisis.has(slug) || broader.some((one) => nearCrisis.has(one.slug));
  return {
    title: place === null ? name : say("topic.titleNear", { name, place }),
    description,
    section: "topics",
    isWhole,
    isIndexed: where === "" && problem === null,
    canonical: addresses.topic(slug),
    ...(problem === null ? {} : { status: 404 as const }),
    feeds: [
      {
        type: "application/atom+xml",
        title: say("feed.title", { what: name }),
        href: addresses.feed({ topic: slug }),
      },
    ],
    before: breadcrumbs(visit, [
      { text: say("topics.title"), href: addresses.topics },
      ...broader.slice(0, 1).map((one) => ({ text: one.name, href: addresses.topic(one.slug) })),
    ]),
    main: html`${crisisHelp(data.search.crisis, words)}
      ${problem === null ? null : govuk("error-summary", { titleText: say("search.problem"), errorList: [{ html: english(problem.error.message), href: "#where" }], disableAutoFocus: true })}
      <h1 class="govuk-heading-xl">${english(name)}</h1>
      <p class="govuk-body-l">${english(description)}</p>
      ${isNearCrisis && data.search.crisis === null ? helpNow(visit) : null}
      <p class="govuk-body">
        <a
          class="govuk-link govuk-!-font-weight-bold"
          href="${addresses.routes({ condition: slug, near: place === null ? null : where })}"
          >${say("topic.ways")}</a
        >
      </p>
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h2 class="govuk-heading-l">
            ${place === null ? say("topic.assets", { count: assets.totalCount }) : say("topic.assets.near", { count: assets.totalCount, place })}
          </h2>
          ${whereForm(visit, slug, problem?.where ?? where, problem)}
          <ul class="app-cards">
            ${assets.edges.map(({ node, distanceMetres, site }) => (node === null ? null : assetCard(node, visit, { distanceMetres, site })))}
          </ul>
          ${
            assets.totalCount <= assets.edges.length
              ? null
              : html`<p class="govuk-body">
                  <a class="govuk-link" href="${addresses.search({ topic: slug, where })}"
                    >${say("topic.assets.all", { count: assets.totalCount })}</a
                  >
                </p>`
          }
        </div>
        <div class="govuk-grid-column-one-third">
          ${
            terms.length === 0
              ? null
              : html`<h2 class="govuk-heading-m">${say("topic.terms")}</h2>
                  <p class="govuk-body">${english(terms.slice(0, mostTerms).join(", "))}</p>`
          }
          ${related(visit, topic)}
          <h2 class="govuk-heading-m">${say("area.subscribe")}</h2>
          <ul class="govuk-list">
            <li>
              <a class="govuk-link" href="${addresses.whatsOn({ topic: slug, where })}">${say("topic.whatsOn")}</a>
            </li>
            <li><a class="govuk-link" href="${addresses.feed({ topic: slug })}">${say("area.feed")}</a></li>
          </ul>
        </div>
      </div>`,
  };
}

/** Whom to call at any hour, and the page that says more. */
function helpNow({ words, addresses }: Visit): Html {
  const { say } = words;
  return html`<section class="app-crisis" aria-labelledby="help-now">
    <h2 class="govuk-heading-m" id="help-now">${say("crisis.title")}</h2>
    ${crisisNumbers(words)}
    <p class="govuk-body govuk-!-margin-bottom-0">
      <a class="govuk-link" href="${addresses.helpNow}">${say("topic.helpNow")}</a>
    </p>
  </section>`;
}

function whereForm(
  { words: { say, english }, addresses }: Visit,
  slug: string,
  where: string,
  problem: { readonly error: ApiProblem } | null,
): Html {
  return html`<form class="app-search" action="${addresses.topic(slug)}" method="get">
      ${govuk("input", {
        id: "where",
        name: "where",
        value: where,
        label: { text: say("search.where"), classes: "govuk-label--s" },
        hint: { text: say("search.where.hint") },
        attributes: { maxlength: "200" },
        autocomplete: "postal-code",
        ...(problem === null ? {} : { errorMessage: { text: say("search.placeUnknown.text") } }),
      })}
      ${govuk("button", { text: say("topic.show") })}
    </form>
    ${
      problem === null || problem.error.suggestions.length === 0
        ? null
        : html`<p class="govuk-body">${say("search.didYouMean")}</p>
            <ul class="govuk-list govuk-list--bullet">
              ${problem.error.suggestions.map(({ id, name }) => html`<li><a class="govuk-link" href="${addresses.topic(slug)}?where=${encodeURIComponent(id)}">${english(name)}</a></li>`)}
            </ul>`
    }`;
}

function related(visit: Visit, { broader, narrower, oftenWith }: Topic): Html {
  const { words, addresses } = visit;
  const { say, english } = words;
  const listed = (title: string, topics: readonly ConditionNamedFragment[]): Html | null =>
    topics.length === 0
      ? null
      : html`<h2 class="govuk-heading-m">${title}</h2>
          <ul class="govuk-list">
            ${topics.map(({ name, slug }) => html`<li><a class="govuk-link" href="${addresses.topic(slug)}">${english(name)}</a></li>`)}
          </ul>`;
  return html`${listed(say("topic.broader"), broader)} ${listed(say("topic.narrower"), narrower)}
  ${listed(
    say("topic.oftenWith"),
    oftenWith.map(({ condition }) => condition),
  )}`;
}
