import { ApiProblem } from "../../api.ts";
import { areaMap } from "../../components/areaMap.ts";
import { assetLink } from "../../components/assetLinks.ts";
import { breadcrumbs } from "../../components/breadcrumbs.ts";
import { dayInWords } from "../../components/inWords.ts";
import { sessionTag } from "../../components/sessionTag.ts";
import { sessionTime } from "../../components/sessionTime.ts";
import { summaryList } from "../../components/summaryList.ts";
import { type Html, html, joined } from "../../html.ts";
import { beginningOf, daysAfter, localTimeOf } from "../../localTime.ts";
import {
  areaMeantQuery,
  type AreaNamedFragment,
  areaWeekQuery,
  type AreaWeekQuery,
  areaWholeQuery,
  type AreaWholeQuery,
  type AssetNamedFragment,
  type SessionsOfDayFragment,
} from "../../operations.generated.ts";
import type { Shown, Visit } from "../../page.ts";
import { kinds } from "../search/searchAsked.ts";
import { notFoundPage } from "../notFoundPage.ts";

type Area = NonNullable<AreaWholeQuery["area"]>;

/** So many topics are listed, the most frequent first. */
const mostTopics = 16;

/** What there is in an area and for it, and what is on there in the week to come. An area that has a name in addresses is found under that alone. */
export async function areaPage(visit: Visit): Promise<Shown | Response> {
  const { api, named, request, addresses, words, now } = visit;
  const { say, english } = words;
  const asked = named["area"] ?? "";
  const meant = await api.ask(areaMeantQuery, /^are_[0-9A-Z]{26}$/.test(asked) ? { id: asked } : { slug: asked });
  const { area: known } = meant.data;
  if (known === null) {
    if (!meant.isWhole) throw new ApiProblem("UNAVAILABLE", "A part of the directory does not answer.");
    return notFoundPage(visit);
  }
  if ((known.slug ?? known.id) !== asked) return request.redirect(addresses.area(known), 301);

  const today = localTimeOf(now).date;
  const days = Array.from({ length: 7 }, (_, index) => daysAfter(today, index));
  const [whole, week] = await Promise.all([
    api.ask(areaWholeQuery, {
      id: known.id,
      areas: [known.id],
      // A town or a country has too many, and nobody walks there.
      hasNeighbours: !["LOCAL_AUTHORITY", "NATION", "DISTRICT", "CLUSTER"].includes(known.kind),
    }),
    weekOf(visit, known.id, days),
  ]);
  const { area, search, groups, organisations } = whole.data;
  if (area === null) throw new ApiProblem("UNAVAILABLE", "A part of the directory does not answer.");
  const { name } = area;
  const count = search.totalCount;
  const onThisWeek = week?.week.totalCount ?? null;
  const above = area.within.filter(({ slug, kind }) => slug !== null && kind !== "NATION");
  return {
    title:
      onThisWeek === null
        ? say("area.title", { name, count })
        : say("area.title.week", { name, count, week: onThisWeek }),
    description: say("area.description", { name, count }),
    section: "areas",
    isWhole: whole.isWhole && week?.isWhole === true,
    scripts: ["map"],
    canonical: addresses.area(area),
    feeds: [
      {
        type: "application/atom+xml",
        title: say("feed.title", { what: name }),
        href: addresses.feed({ area: known.slug ?? known.id }),
      },
    ],
    before: breadcrumbs(visit, [
      { text: say("areas.title"), href: addresses.areas },
      ...above.slice(0, 1).map((one) => ({ text: one.name, href: addresses.area(one) })),
    ]),
    main: html`<h1 class="govuk-heading-xl">${english(name)}</h1>
      <p class="govuk-body-l">
        ${say("area.lead", { count })} ${onThisWeek === null ? null : say("area.lead.week", { count: onThisWeek })}
      </p>
      ${areaMap(visit, area)}
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <h2 class="govuk-heading-l">${say("area.week")}</h2>
          ${week === null ? html`<p class="govuk-body">${say("area.week.missing")}</p>` : weekShown(visit, known.id, days, week)}
          <p class="govuk-body">
            <a class="govuk-link" href="${addresses.whatsOn({ area: area.id })}">${say("area.whatsOn", { name })}</a>
          </p>
          ${assetsListed(say("area.groups"), groups, addresses.search({ area: area.id, kind: "GROUP" }), visit)}
          ${assetsListed(say("area.organisations"), organisations, addresses.search({ area: area.id, kind: "ORGANISATION" }), visit)}
        </div>
        <div class="govuk-grid-column-one-third">
          <h2 class="govuk-heading-m">${say("area.search", { name })}</h2>
          <ul class="govuk-list">
            <li>
              <a class="govuk-link" href="${addresses.search({ area: area.id })}">${say("area.all", { count })}</a>
            </li>
            ${kinds.map((kind) => {
              const facet = search.facets.kinds.find((one) => one.kind === kind);
              return facet === undefined || facet.count === 0
                ? null
                : html`<li>
                    <a class="govuk-link" href="${addresses.search({ area: area.id, kind })}"
                      >${say("area.topics.count", { name: say(`kind.${kind}`), count: facet.count })}</a
                    >
                  </li>`;
            })}
          </ul>
          ${topicsListed(visit, area.id, search.facets.conditions)} ${areasAround(visit, area)}
        </div>
      </div>
      ${aboutArea(visit, area)}`,
  };
}

/** What is on on each of some days. Null where that cannot be told in time: the rest of the page is of use without it. */
async function weekOf(
  { api, now }: Visit,
  id: string,
  days: readonly string[],
): Promise<(AreaWeekQuery & { readonly isWhole: boolean }) | null> {
  const at = (index: number) => beginningOf(daysAfter(days[0] ?? "", index)).toISOString();
  try {
    const { data, isWhole } = await api.ask(areaWeekQuery, {
      areas: [id],
      // What is over today is of no use; to the hour, so that everybody within it asks the same.
      begin: new Date(Math.floor(now.getTime() / 3_600_000) * 3_600_000).toISOString(),
      day1: at(1),
      day2: at(2),
      day3: at(3),
      day4: at(4),
      day5: at(5),
      day6: at(6),
      end: at(7),
    });
    return { ...data, isWhole };
  } catch (error) {
    if (error instanceof ApiProblem) return null;
    throw error;
  }
}

function weekShown(visit: Visit, area: string, days: readonly string[], week: AreaWeekQuery): Html {
  const { words, addresses } = visit;
  const { say, mark } = words;
  const found = [week.day0, week.day1, week.day2, week.day3, week.day4, week.day5, week.day6];
  return html`${found.map((sessions, index) => {
    const day = days[index] ?? "";
    const more = sessions.totalCount - sessions.edges.length;
    return html`<h3 class="govuk-heading-s govuk-!-margin-bottom-1">${dayInWords(day, words)}</h3>
      ${
        sessions.totalCount === 0
          ? html`<p class="govuk-body">${say("area.day.none")}</p>`
          : html`<ul class="govuk-list govuk-!-margin-bottom-1">
                ${sessions.edges.map(({ node }) => sessionListed(node, visit))}
              </ul>
              <p class="govuk-body">
                ${
                  more <= 0
                    ? null
                    : html`<a class="govuk-link" href="${addresses.whatsOn({ area, date: day })}"
                        >${mark("area.day.all", { hidden: visuallyHidden }, { count: sessions.totalCount, day: dayInWords(day, words) })}</a
                      >`
                }
              </p>`
      }`;
  })}`;
}

function sessionListed(session: SessionsOfDayFragment["edges"][number]["node"], visit: Visit): Html | null {
  if (session.activity === null) return null;
  return html`<li>
    ${sessionTime(session, visit.words)}: ${assetLink(session.activity, visit)}
    ${sessionTag(session.status, visit.words)}
  </li>`;
}

function assetsListed(
  title: string,
  {
    totalCount,
    edges,
  }: { readonly totalCount: number; readonly edges: readonly { readonly node: AssetNamedFragment }[] },
  all: string,
  visit: Visit,
): Html | null {
  const { mark } = visit.words;
  if (edges.length === 0) return null;
  return html`<h2 class="govuk-heading-l">${title}</h2>
    <ul class="govuk-list govuk-list--bullet">
      ${edges.map(({ node }) => html`<li>${assetLink(node, visit)}</li>`)}
    </ul>
    ${
      totalCount <= edges.length
        ? null
        : html`<p class="govuk-body">
            <a class="govuk-link" href="${all}"
              >${mark("area.more", { hidden: visuallyHidden }, { count: totalCount, what: title })}</a
            >
          </p>`
    }`;
}

function topicsListed(
  { words: { say, english }, addresses }: Visit,
  area: string,
  facets: AreaWholeQuery["search"]["facets"]["conditions"],
): Html | null {
  const topics = facets.filter(({ condition }) => condition.broader.length === 0).slice(0, mostTopics);
  if (topics.length === 0) return null;
  return html`<h2 class="govuk-heading-m">${say("area.topics")}</h2>
    <ul class="govuk-list">
      ${topics.map(
        ({ condition, count }) =>
          html`<li>
            <a class="govuk-link" href="${addresses.search({ area, topic: condition.slug })}"
              >${english(condition.name)} (${count})</a
            >
          </li>`,
      )}
    </ul>`;
}

function areasAround(visit: Visit, area: Area): Html {
  const { words, addresses } = visit;
  const { say, english } = words;
  const listed = (title: string, areas: readonly AreaNamedFragment[]): Html | null =>
    areas.length === 0
      ? null
      : html`<h2 class="govuk-heading-m">${title}</h2>
          <ul class="govuk-list">
            ${areas.map((one) => html`<li><a class="govuk-link" href="${addresses.area(one)}">${english(one.name)}</a></li>`)}
          </ul>`;
  const parts = [...area.neighbourhoods, ...(area.kind === "LOCAL_AUTHORITY" ? area.wards : [])];
  return html`${listed(say("area.neighbours"), neighboursOf(area))} ${listed(say("area.parts"), parts)}`;
}

/** The areas of its kind that a small area within it shares an edge with; where there are none, as between neighbourhoods with others between them, wards. */
function neighboursOf(area: Area): readonly AreaNamedFragment[] {
  const parts = area.parts ?? [];
  const own = new Set([area.id, ...area.within.map(({ id }) => id), ...area.neighbourhoods.map(({ id }) => id)]);
  const inside = new Set(parts.map(({ id }) => id));
  const around = new Map<string, AreaNamedFragment>();
  for (const { borders } of parts) {
    for (const { area: beside } of borders) {
      if (inside.has(beside.id)) continue;
      for (const one of beside.within) if (!own.has(one.id) && one.slug !== null) around.set(one.id, one);
    }
  }
  const all = [...around.values()].toSorted((a, b) => a.name.localeCompare(b.name, "en-GB"));
  const alike = all.filter(({ kind }) => kind === area.kind);
  return alike.length > 0 ? alike : all.filter(({ kind }) => kind === "WARD");
}

/** What sort of area it is, how many live there and how we know; and how to be told of what is new. */
function aboutArea(visit: Visit, area: Area): Html {
  const { words, addresses } = visit;
  const { say, english } = words;
  const { population, isProposed, within, kind } = area;
  return html`<h2 class="govuk-heading-l">${say("area.subscribe")}</h2>
    <ul class="govuk-list govuk-list--bullet">
      <li>
        <a class="govuk-link" href="${addresses.calendar("areas", area.slug ?? area.id)}">${say("area.calendar")}</a>
      </li>
      <li><a class="govuk-link" href="${addresses.feed({ area: area.slug ?? area.id })}">${say("area.feed")}</a></li>
    </ul>
    <h2 class="govuk-heading-l">${say("area.about")}</h2>
    ${summaryList([
      [say("thing.where.kind"), say(`areaKind.${kind}`)],
      [
        say("area.within"),
        within.length === 0
          ? null
          : joined(
              within.map((one) => html`<a class="govuk-link" href="${addresses.area(one)}">${english(one.name)}</a>`),
              ", ",
            ),
      ],
      [say("area.population"), population === null ? null : say("area.population.source", { count: population })],
      [say("area.proposed"), isProposed ? say("area.proposed.text") : null],
    ])}
    <p class="govuk-body">${say("area.freshness")}</p>`;
}

function visuallyHidden(text: string): Html {
  return html`<span class="govuk-visually-hidden">${text}</span>`;
}
