import { shortlistField } from "../../components/addToShortlist.ts";
import { govuk } from "../../components/govuk.ts";
import { type Html, html } from "../../html.ts";
import type { SearchQuery } from "../../operations.generated.ts";
import type { Visit } from "../../page.ts";
import { ageField, partOfDayField, withinField } from "./filterFields.ts";
import { days, kinds, parametersOf, reaches, type SearchAsked } from "./searchAsked.ts";

type Facets = SearchQuery["search"]["facets"];

/** So many topics are offered at most: the most frequent ones. */
const mostTopics = 12;

/** What the results can be narrowed to, each with how many there are then. */
export function filters({ words, addresses }: Visit, asked: SearchAsked, facets: Facets): Html {
  const { say } = words;
  const counted = (name: string, count: number) => say("search.counted", { name, count });
  const boxes = (
    name: string,
    legend: string,
    items: readonly { readonly value: string; readonly text: string; readonly checked: boolean }[],
  ): Html | null =>
    items.length === 0
      ? null
      : govuk("checkboxes", {
          name,
          idPrefix: name,
          classes: "govuk-checkboxes--small",
          fieldset: { legend: { text: legend, classes: "govuk-fieldset__legend--s" } },
          items,
        });
  const countOf = new Map<string, number>([
    ...facets.kinds.map(({ kind, count }) => [kind, count] as const),
    ...facets.days.map(({ day, count }) => [day, count] as const),
    ...facets.reach.map(({ kind, count }) => [kind, count] as const),
  ]);
  const choices = (names: readonly string[], chosen: readonly string[], key: "kind" | "day" | "reach") =>
    names
      .filter((name) => (countOf.get(name) ?? 0) > 0 || chosen.includes(name))
      .map((name) => ({
        value: name,
        text: counted(say(`${key}.${name}` as Parameters<typeof say>[0]), countOf.get(name) ?? 0),
        checked: chosen.includes(name),
      }));
  const topics = facets.conditions.filter(
    ({ condition }, index) => index < mostTopics || asked.topics.includes(condition.slug),
  );
  return html`<form action="${addresses.search()}" method="get" aria-labelledby="filters">
    <h2 class="govuk-heading-m" id="filters">${say("search.filters")}</h2>
    ${shortlistField({ addresses })} <input type="hidden" name="what" value="${asked.what}" />
    <input type="hidden" name="where" value="${asked.where}" />
    ${asked.area === null ? null : html`<input type="hidden" name="area" value="${asked.area}" />`}
    ${asked.hasMap ? html`<input type="hidden" name="map" value="yes" />` : null}
    ${asked.sort === null ? null : html`<input type="hidden" name="sort" value="${asked.sort}" />`}
    ${boxes("kind", say("search.filters.kind"), choices(kinds, asked.kinds, "kind"))}
    ${boxes("day", say("search.filters.day"), choices(days, asked.days, "day"))} ${partOfDayField(asked, words)}
    <fieldset class="govuk-fieldset">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${say("search.filters.cost")}</legend>
      ${govuk("checkboxes", { name: "free", idPrefix: "free", classes: "govuk-checkboxes--small", formGroup: { classes: "govuk-!-margin-bottom-1" }, items: [{ value: "yes", text: say("search.filters.free", { count: facets.free }), checked: asked.isFree }] })}
      ${govuk("checkboxes", { name: "step-free", idPrefix: "step-free", classes: "govuk-checkboxes--small", items: [{ value: "yes", text: say("search.filters.stepFree", { count: facets.stepFree }), checked: asked.isStepFree }] })}
    </fieldset>
    ${boxes("reach", say("search.filters.reach"), choices(reaches, asked.reach, "reach"))}
    ${boxes(
      "topic",
      say("search.filters.topic"),
      topics.map(({ condition, count }) => ({
        value: condition.slug,
        text: counted(condition.name, count),
        checked: asked.topics.includes(condition.slug),
      })),
    )}
    ${ageField(asked, words)} ${asked.where === "" ? null : withinField(asked, words)}
    ${govuk("button", { text: say("search.filters.apply") })}
    <p class="govuk-body">
      <a class="govuk-link" href="${addresses.search({ what: parametersOf(asked)["what"], where: asked.where })}"
        >${say("search.filters.clear")}</a
      >
    </p>
  </form>`;
}
