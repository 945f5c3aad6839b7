import type { Parameters } from "../../addresses.ts";
import { ApiProblem } from "../../api.ts";
import { confirmedInWords } from "../../components/assetCard.ts";
import { assetLink } from "../../components/assetLinks.ts";
import { crisisHelp } from "../../components/crisisHelp.ts";
import { govuk } from "../../components/govuk.ts";
import { costInWords, dayInWords, distanceInWords } from "../../components/inWords.ts";
import { sessionTag } from "../../components/sessionTag.ts";
import { sessionTime } from "../../components/sessionTime.ts";
import { type Content, type Html, html, joined } from "../../html.ts";
import { daysAfter, localTimeOf } from "../../localTime.ts";
import {
  areaOfIdQuery,
  type SessionFilter,
  whatsOnMeantQuery,
  type WhatsOnMeantQuery,
  whatsOnQuery,
  type WhatsOnQuery,
  whatsOnWeekQuery,
} from "../../operations.generated.ts";
import type { Shown, Visit } from "../../page.ts";
import { ageField, partOfDayField, withinField } from "../search/filterFields.ts";
import { parametersOf, partsOfDay } from "../search/searchAsked.ts";
import { calendarOf, filterAsked, filterOfDay, isTold, type WhatsOnAsked, whatsOnAsked } from "./whatsOnAsked.ts";

type Row = WhatsOnQuery["sessions"]["edges"][number];
type Meant = WhatsOnMeantQuery["search"];

/** What is on on a day, by time of day, with what was cancelled of it; and how much is on on the days around. */
export async function whatsOnPage(visit: Visit): Promise<Shown> {
  const asked = whatsOnAsked(visit.query, visit.now);
  try {
    return await listed(visit, asked, await meaning(visit, asked));
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    if (error.code === "PLACE_NOT_FOUND" || error.code === "AMBIGUOUS_PLACE") return whereElse(visit, asked, error);
    // A cursor that is no longer good, or never was, leads to the first page.
    if (error.code !== "BAD_INPUT" || asked.after === null) throw error;
    const again = { ...asked, after: null };
    return listed(visit, again, await meaning(visit, again));
  }
}

/** What the words and the place of the address mean. Null where there are none. */
async function meaning({ api }: Visit, { what, where }: WhatsOnAsked): Promise<Meant | null> {
  if (what === "" && where === "") return null;
  const { data } = await api.ask(whatsOnMeantQuery, { text: what, near: where === "" ? null : where });
  return data.search;
}

async function listed(visit: Visit, asked: WhatsOnAsked, meant: Meant | null): Promise<Shown> {
  const { api, words, addresses, now } = visit;
  const { say, english } = words;
  const filter = filterAsked(asked, meant?.understood ?? null);
  const [found, area, week] = await Promise.all([
    api.ask(whatsOnQuery, { day: filterOfDay(filter, asked.date, now), after: asked.after }),
    asked.area === null ? null : api.ask(areaOfIdQuery, { id: asked.area }),
    weekOf(visit, asked, filter),
  ]);
  const { sessions, conditions } = found.data;
  const day = dayInWords(asked.date, words);
  const place = area?.data.area?.name ?? meant?.understood.near?.name ?? null;
  const topicNames = [
    ...asked.topics.map((slug) => conditions.edges.find(({ node }) => node.slug === slug)?.node.name ?? slug),
    ...(asked.topics.length > 0 ? [] : (meant?.understood.conditions.map(({ condition }) => condition.name) ?? [])),
  ];
  const title =
    place === null
      ? say("whatsOn.title", { day })
      : say("whatsOn.titleNear", { day, place, how: asked.area === null ? "near" : "in" });
  const calendar = calendarOf(filter);
  return {
    title,
    description: say("whatsOn.description"),
    section: "whats-on",
    isWhole: found.isWhole && week !== null,
    // Every day of every filter would be found, for ever.
    isIndexed: visit.query.size === 0,
    canonical: addresses.whatsOn(),
    main: html`${crisisHelp(meant?.crisis, words)}
      <h1 class="govuk-heading-l">${title}</h1>
      ${topicNames.length === 0 ? null : html`<p class="govuk-body">${say("whatsOn.for")} ${english(topicNames.join(", "))}</p>`}
      ${leftOver(visit, meant)} ${filters(visit, asked, conditions)} ${weekStrip(visit, asked, week)}
      ${
        sessions.edges.length === 0
          ? html`<p class="govuk-body">${say("whatsOn.nothing", { day })}</p>`
          : html`<p class="govuk-body">${say("whatsOn.count", { count: sessions.totalCount })}</p>
              ${byTimeOfDay(visit, sessions.edges)}`
      }
      ${
        sessions.pageInfo.hasNextPage
          ? html`<p class="govuk-body">
              <a class="govuk-link" href="${addresses.whatsOn(at(asked, { after: sessions.pageInfo.endCursor }))}"
                >${say("whatsOn.later")}</a
              >
            </p>`
          : null
      }
      ${dayByDay(visit, asked)}
      ${calendar === null ? null : html`<p class="govuk-body"><a class="govuk-link" href="${calendar}">${say("whatsOn.calendar")}</a></p>`}
      <p class="govuk-body">
        <a class="govuk-link" href="${addresses.search({ ...parametersOf(asked), after: null })}"
          >${say("whatsOn.search")}</a
        >
      </p>`,
  };
}

/** How much is on on each day of the week that begins with the day asked about. Null where that cannot be told in time. */
async function weekOf(
  { api, now }: Visit,
  { date }: WhatsOnAsked,
  filter: SessionFilter,
): Promise<readonly (readonly [date: string, count: number])[] | null> {
  const today = localTimeOf(now).date;
  // It begins with yesterday, so that one can go back, but with nothing that is over.
  const first = date > today ? daysAfter(date, -1) : today;
  const days = Array.from({ length: 7 }, (_, index) => daysAfter(first, index));
  const of = (index: number) => filterOfDay(filter, days[index] ?? date, now);
  try {
    const { data } = await api.ask(whatsOnWeekQuery, {
      day0: of(0),
      day1: of(1),
      day2: of(2),
      day3: of(3),
      day4: of(4),
      day5: of(5),
      day6: of(6),
    });
    const counts = [data.day0, data.day1, data.day2, data.day3, data.day4, data.day5, data.day6];
    return days.map((day, index) => [day, counts[index]?.totalCount ?? 0] as const);
  } catch (error) {
    if (error instanceof ApiProblem && error.code === "UNAVAILABLE") return null;
    throw error;
  }
}

/** The address of the same list with something changed, from its beginning. */
function at(asked: WhatsOnAsked, changed: Parameters): Parameters {
  return { ...parametersOf(asked), day: null, date: asked.date, after: null, ...changed };
}

function weekStrip(
  visit: Visit,
  asked: WhatsOnAsked,
  week: readonly (readonly [date: string, count: number])[] | null,
): Html | null {
  const { words, addresses, now } = visit;
  const { say } = words;
  if (week === null) return null;
  return html`<nav class="app-week app-only-on-screen" aria-label="${say("whatsOn.week")}">
    <ul>
      ${week
        .filter(([date]) => isTold(date, now))
        .map(([date, count]) => {
          const day = html`<span class="app-week__day">${dayInWords(date, words)}</span>
            ${say("whatsOn.week.count", { count })}`;
          return date === asked.date
            ? html`<li aria-current="date">${day}</li>`
            : html`<li><a class="govuk-link" href="${addresses.whatsOn(at(asked, { date }))}">${day}</a></li>`;
        })}
    </ul>
  </nav>`;
}

function dayByDay(visit: Visit, asked: WhatsOnAsked): Html {
  const { words, addresses, now } = visit;
  const { say } = words;
  const link = (days: number, key: "whatsOn.previous" | "whatsOn.next") => {
    const date = daysAfter(asked.date, days);
    return isTold(date, now)
      ? { text: say(key), labelText: dayInWords(date, words), href: addresses.whatsOn(at(asked, { date })) }
      : undefined;
  };
  return govuk("pagination", {
    landmarkLabel: say("whatsOn.days"),
    previous: link(-1, "whatsOn.previous"),
    next: link(1, "whatsOn.next"),
  });
}

/** What was said and is not part of this list: a list of times does not look into names. */
function leftOver({ words: { say } }: Visit, meant: Meant | null): Html | null {
  const text = meant?.understood.text ?? null;
  if (text === null || text === "") return null;
  return html`<p class="govuk-inset-text">${say("whatsOn.leftOver", { text })}</p>`;
}

function byTimeOfDay(visit: Visit, rows: readonly Row[]): Content {
  const { say } = visit.words;
  const partOf = ({ node: { start, isAllDay } }: Row) => {
    if (isAllDay) return "ALL_DAY";
    const { hour } = localTimeOf(new Date(start));
    return hour < 12 ? "MORNING" : hour < 17 ? "AFTERNOON" : "EVENING";
  };
  return (["ALL_DAY", ...partsOfDay] as const).map((part) => {
    const within = rows.filter((row) => partOf(row) === part);
    if (within.length === 0) return null;
    return html`<h2 class="govuk-heading-m">${part === "ALL_DAY" ? say("session.allDay") : say(`part.${part}`)}</h2>
      <ul class="app-sessions">
        ${within.map((row) => sessionRow(row, visit))}
      </ul>`;
  });
}

function sessionRow({ node, distanceMetres }: Row, visit: Visit): Html | null {
  const { words } = visit;
  const { say, english } = words;
  const { activity, status, note, place } = node;
  if (activity === null) return null;
  const sites = place === null ? activity.heldAt : [place];
  const facts: readonly Content[] = [
    sites.length === 0
      ? null
      : joined(
          sites.map((site) => assetLink(site, visit)),
          "; ",
        ),
    distanceMetres === null ? null : distanceInWords(distanceMetres, words),
    ...activity.reach.kinds.filter((kind) => kind !== "AT_A_PLACE").map((kind) => say(`reach.${kind}`)),
    costInWords(activity.cost, words) ?? say("asset.cost.notStated"),
  ];
  return html`<li class="app-session">
    <div class="app-session__time">${sessionTime(node, words)} ${sessionTag(status, words)}</div>
    <div>
      <h3 class="govuk-heading-s govuk-!-margin-bottom-1">${assetLink(activity, visit)}</h3>
      ${activity.summary === null ? null : html`<p class="govuk-body govuk-!-margin-bottom-1">${english(activity.summary)}</p>`}
      <p class="govuk-body govuk-!-margin-bottom-1">
        ${joined(
          facts.filter((fact) => fact !== null),
          " · ",
        )}
      </p>
      ${note === null ? null : html`<p class="govuk-body govuk-!-margin-bottom-1">${english(note)}</p>`}
      ${node.sample && !activity.source.sample ? html`<p class="govuk-body">${govuk("tag", { text: say("thing.when.sample"), classes: "govuk-tag--red app-tag" })}</p>` : null}
      <p class="govuk-body-s govuk-!-margin-bottom-0">${confirmedInWords(activity, words)}</p>
    </div>
  </li>`;
}

function filters(visit: Visit, asked: WhatsOnAsked, conditions: WhatsOnQuery["conditions"]): Html {
  const { words, addresses } = visit;
  const { say } = words;
  const [topic] = asked.topics;
  return govuk("details", {
    summaryText: say("whatsOn.filters"),
    classes: "app-only-on-screen",
    html: html`<form action="${addresses.whatsOn()}" method="get">
      ${asked.what === "" ? null : html`<input type="hidden" name="what" value="${asked.what}" />`}
      ${govuk("input", { id: "where", name: "where", value: asked.where, label: { text: say("search.where"), classes: "govuk-label--s" }, hint: { text: say("search.where.hint") }, attributes: { maxlength: "200" }, autocomplete: "postal-code" })}
      ${govuk("input", { id: "date", name: "date", type: "date", value: asked.date, label: { text: say("whatsOn.date"), classes: "govuk-label--s" }, classes: "govuk-input--width-10" })}
      ${govuk("select", {
        id: "topic",
        name: "topic",
        label: { text: say("search.filters.topic"), classes: "govuk-label--s" },
        items: [
          { value: "", text: say("search.filters.any") },
          ...conditions.edges.map(({ node }) => ({ value: node.slug, text: node.name, selected: node.slug === topic })),
        ],
      })}
      ${partOfDayField(asked, words)} ${withinField(asked, words)} ${ageField(asked, words)}
      <fieldset class="govuk-fieldset govuk-!-margin-bottom-4">
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${say("search.filters.cost")}</legend>
        ${govuk("checkboxes", { name: "free", idPrefix: "free", classes: "govuk-checkboxes--small", formGroup: { classes: "govuk-!-margin-bottom-1" }, items: [{ value: "yes", text: say("asset.cost.free"), checked: asked.isFree }] })}
        ${govuk("checkboxes", { name: "step-free", idPrefix: "step-free", classes: "govuk-checkboxes--small", items: [{ value: "yes", text: say("whatsOn.stepFree"), checked: asked.isStepFree }] })}
      </fieldset>
      ${govuk("button", { text: say("whatsOn.apply") })}
      <p class="govuk-body">
        <a class="govuk-link" href="${addresses.whatsOn({ date: asked.date })}">${say("search.filters.clear")}</a>
      </p>
    </form>`,
  });
}

/** A place that is not known, or could be several: what may have been meant. */
function whereElse(visit: Visit, asked: WhatsOnAsked, { suggestions, message }: ApiProblem): Shown {
  const { words, addresses } = visit;
  const { say, english } = words;
  return {
    title: say("search.placeUnknown"),
    section: "whats-on",
    isIndexed: false,
    status: 404,
    main: html`<h1 class="govuk-heading-l">${say("search.placeUnknown")}</h1>
      <p class="govuk-body">${english(message)}</p>
      ${
        suggestions.length === 0
          ? html`<p class="govuk-body">${say("search.placeUnknown.text")}</p>`
          : html`<p class="govuk-body">${say("search.didYouMean")}</p>
              <ul class="govuk-list govuk-list--bullet">
                ${suggestions.map(({ id, name }) => html`<li><a class="govuk-link" href="${addresses.whatsOn(at(asked, { where: id }))}">${english(name)}</a></li>`)}
              </ul>`
      }
      <form class="app-search" action="${addresses.whatsOn()}" method="get">
        <input type="hidden" name="date" value="${asked.date}" />
        ${govuk("input", { id: "where", name: "where", value: asked.where, label: { text: say("search.where"), classes: "govuk-label--s" }, hint: { text: say("search.where.hint") }, attributes: { maxlength: "200" } })}
        ${govuk("button", { text: say("whatsOn.apply") })}
      </form>`,
  };
}
