import { ApiProblem } from "../../api.ts";
import { assetCard } from "../../components/assetCard.ts";
import { crisisHelp } from "../../components/crisisHelp.ts";
import { govuk } from "../../components/govuk.ts";
import { searchForm } from "../../components/searchForm.ts";
import { type Html, html } from "../../html.ts";
import { type SearchQuery, searchQuery } from "../../operations.generated.ts";
import type { Shown, Visit } from "../../page.ts";
import { searchMap } from "./searchMap.ts";
import { filters } from "./filters.ts";
import { filterOf, isFiltered, orderOf, parametersOf, type SearchAsked, searchAsked } from "./searchAsked.ts";
import { understood } from "./understood.ts";

const perPage = 20;

type Found = SearchQuery["search"];

/** What was found, the nearest and best first: how the words were understood, and why each is here. */
export async function searchPage(visit: Visit): Promise<Shown> {
  const asked = searchAsked(visit.query);
  try {
    return await results(visit, asked);
  } catch (error) {
    if (error instanceof ApiProblem && (error.code === "PLACE_NOT_FOUND" || error.code === "AMBIGUOUS_PLACE"))
      return whereElse(visit, asked, error);
    if (error instanceof ApiProblem && error.code === "BAD_INPUT" && asked.after !== null) {
      // A cursor that is no longer good, or never was, leads to the first page.
      return results(visit, { ...asked, after: null });
    }
    throw error;
  }
}

async function results(visit: Visit, asked: SearchAsked): Promise<Shown> {
  const { data, isWhole } = await visit.api.ask(searchQuery, {
    text: asked.what,
    near: asked.where === "" ? null : asked.where,
    filter: filterOf(asked),
    orderBy: orderOf(asked),
    first: perPage,
    after: asked.after,
    isInArea: asked.area !== null,
    hasMap: asked.hasMap,
  });
  return resultsOf(visit, asked, data.search, isWhole);
}

async function resultsOf(visit: Visit, asked: SearchAsked, found: Found, isWhole: boolean): Promise<Shown> {
  const { words } = visit;
  const { say } = words;
  const where = found.understood.near?.name ?? asked.where;
  const isHelpAlone = found.crisis !== null && found.totalCount === 0;
  const title = isHelpAlone
    ? say("search.crisis.title")
    : say("search.title", {
        count: found.totalCount,
        hasWhat: asked.what === "" ? "no" : "yes",
        what: asked.what,
        // "near Rose Hill" may be in the words already.
        hasWhere: asked.where === "" ? "no" : "yes",
        where,
      });
  // Where there is nothing, filters are only of use to those who have set some.
  const areFiltersShown = found.totalCount > 0 || isFiltered(asked);
  return {
    title,
    section: "search",
    isWhole,
    isIndexed: false,
    scripts: ["searchBox", "useMyLocation", ...(asked.hasMap ? ["map"] : [])],
    main: html`${crisisHelp(found.crisis, words)}
      <h1 class="govuk-heading-l">${title}</h1>
      ${searchForm(visit, { what: asked.what, where: asked.where })} ${understood(visit, asked, found)}
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          ${await searchMap(visit, asked, found)}
          ${
            isHelpAlone
              ? html`<p class="govuk-body">${say("search.crisis.nothing", { what: asked.what })}</p>`
              : found.edges.length === 0
                ? nothing(visit, asked, found)
                : sorting(visit, asked, found)
          }
          ${
            areFiltersShown
              ? html`<p class="govuk-body app-only-on-screen app-only-narrow">
                  <a class="govuk-link" href="#filters">${say("search.filters.below")}</a>
                </p>`
              : null
          }
          <ul class="app-cards">
            ${found.edges.map(({ node, site, distanceMetres, why }, index) =>
              node === null
                ? null
                : assetCard(node, visit, {
                    distanceMetres,
                    site,
                    why: why.sentence,
                    number: asked.hasMap ? index + 1 : null,
                  }),
            )}
          </ul>
          ${pagination(visit, asked, found)}
        </div>
        ${
          areFiltersShown
            ? html`<div class="govuk-grid-column-one-third app-only-on-screen">
                ${filters(visit, asked, found.facets)}
              </div>`
            : null
        }
      </div>`,
  };
}

/** The orders there are, each an address. The nearest first only where it is known from where; the soonest first is what's on. */
function sorting({ words: { say }, addresses }: Visit, asked: SearchAsked, { understood: { near } }: Found): Html {
  const orders = [
    [null, "search.sort.best"],
    ...(near === null ? [] : [["nearest", "search.sort.nearest"] as const]),
    ["name", "search.sort.name"],
  ] as const;
  return html`<nav aria-label="${say("search.sort")}" class="app-only-on-screen">
    <ul class="app-sorts">
      <li aria-hidden="true">${say("search.sort")}</li>
      ${orders.map(([sort, key]) =>
        sort === asked.sort
          ? html`<li><strong aria-current="true">${say(key)}</strong></li>`
          : html`<li>
              <a class="govuk-link" href="${addresses.search(parametersOf({ ...asked, sort, after: null }))}"
                >${say(key)}</a
              >
            </li>`,
      )}
      <li>
        <a
          class="govuk-link"
          href="${addresses.whatsOn({ ...parametersOf(asked), where: near?.name ?? asked.where, sort: null, after: null })}"
          >${say("search.sort.soonest")}</a
        >
      </li>
    </ul>
  </nav>`;
}

/** What to give up, where nothing is all that was asked for. */
function nothing({ words: { say, english }, addresses }: Visit, asked: SearchAsked, { repairs }: Found): Html {
  if (repairs.length === 0) return html`<p class="govuk-body">${say("search.nothing.atAll")}</p>`;
  return html`<p class="govuk-body">${say("search.nothing")}</p>
    <ul class="govuk-list govuk-list--bullet">
      ${repairs.map(
        ({ message, constraints, broader }) =>
          html`<li>
            <a
              class="govuk-link"
              href="${addresses.search(parametersOf(broader === null ? without(asked, constraints) : { ...asked, what: broader.name, topics: [], after: null }))}"
              >${english(message)}</a
            >
          </li>`,
      )}
    </ul>`;
}

/** The same question without what stands in the way. */
function without(asked: SearchAsked, constraints: Found["repairs"][number]["constraints"]): SearchAsked {
  return constraints.reduce<SearchAsked>(
    (left, constraint) => {
      switch (constraint) {
        case "AGE":
          return { ...left, age: null };
        case "FREE":
          return { ...left, isFree: false };
        case "KINDS":
          return { ...left, kinds: [] };
        case "NEAR":
        case "AREAS":
          return { ...left, where: "", area: null, withinMiles: null };
        case "REACH":
          return { ...left, reach: [] };
        case "STEP_FREE":
          return { ...left, isStepFree: false };
        case "WHEN":
          return { ...left, days: [], partOfDay: null };
        case "WITHIN_METRES":
          return { ...left, withinMiles: null };
        case "CONDITIONS":
          return { ...left, topics: [] };
        case "TEXT":
        case "REFERRAL":
          return left;
      }
    },
    { ...asked, after: null },
  );
}

/** A place that is not known, or could be several: what may have been meant. */
function whereElse(visit: Visit, asked: SearchAsked, { suggestions, message }: ApiProblem): Shown {
  const { words, addresses } = visit;
  const { say, english } = words;
  return {
    title: say("search.placeUnknown"),
    section: "search",
    isIndexed: false,
    status: 404,
    scripts: ["searchBox", "useMyLocation"],
    main: html`${govuk("error-summary", {
        titleText: say("search.problem"),
        errorList: [{ html: english(message), href: "#where" }],
        disableAutoFocus: true,
      })}
      <h1 class="govuk-heading-l">${say("search.placeUnknown")}</h1>
      ${
        suggestions.length === 0
          ? html`<p class="govuk-body">${say("search.placeUnknown.text")}</p>`
          : html`<p class="govuk-body">${say("search.didYouMean")}</p>
              <ul class="govuk-list govuk-list--bullet">
                ${suggestions.map(({ id, name }) => html`<li><a class="govuk-link" href="${addresses.search(parametersOf({ ...asked, where: id, after: null }))}">${english(name)}</a></li>`)}
              </ul>`
      }
      ${searchForm(visit, { what: asked.what, where: asked.where, problemWithWhere: say("search.placeUnknown.text") })}`,
  };
}

function pagination({ words: { say }, addresses }: Visit, asked: SearchAsked, { pageInfo }: Found): Html | null {
  if (!pageInfo.hasNextPage && asked.after === null) return null;
  return govuk("pagination", {
    ...(asked.after === null
      ? {}
      : { previous: { text: say("search.first"), href: addresses.search(parametersOf({ ...asked, after: null })) } }),
    ...(pageInfo.hasNextPage
      ? {
          next: {
            text: say("search.next"),
            href: addresses.search(parametersOf({ ...asked, after: pageInfo.endCursor })),
          },
        }
      : {}),
  });
}
