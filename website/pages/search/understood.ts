import { type Content, type Html, html } from "../../html.ts";
import type { SearchQuery } from "../../operations.generated.ts";
import type { Visit } from "../../page.ts";
import { parametersOf, type SearchAsked } from "./searchAsked.ts";

type Found = Pick<SearchQuery["search"], "understood" | "facets">;

/** How the words were understood, each part with a way to leave it out. Null where there was nothing to understand. */
export function understood(
  { words, addresses }: Visit,
  asked: SearchAsked,
  { understood: reading, facets }: Found,
): Html | null {
  const { say, english } = words;
  const leftOut = (what: string, changed: Partial<SearchAsked>): Html =>
    html`<a class="govuk-link" href="${addresses.search(parametersOf({ ...asked, after: null, ...changed }))}"
      >${say("search.understood.leaveOut")}<span class="govuk-visually-hidden"> ${what}</span></a
    >`;
  /** Without words that were taken for something; what was not typed cannot be left out that way. */
  const withoutWords = (matched: string): string | null => {
    const at = asked.what.toLowerCase().indexOf(matched.toLowerCase());
    if (matched === "" || at < 0) return null;
    return `${asked.what.slice(0, at)} ${asked.what.slice(at + matched.length)}`.replace(/\s+/g, " ").trim();
  };

  const parts: Content[] = [];
  if (asked.area !== null) {
    // Where nothing was found there, nothing tells its name.
    const name = facets.areas?.find(({ area }) => area.id === asked.area)?.area.name ?? say("search.understood.area");
    parts.push(html`${say("search.understood.in", { name })} ${leftOut(name, { area: null })}`);
  }
  if (reading.near !== null) {
    const { name, isApproximate } = reading.near;
    parts.push(
      html`${say("search.understood.near", { name })}${isApproximate ? ` (${say("search.understood.isApproximate")})` : null}
      ${asked.where === "" ? null : leftOut(name, { where: "", withinMiles: null })}`,
    );
  }
  for (const { condition, matched, by } of reading.conditions) {
    const left = withoutWords(matched);
    parts.push(
      html`<a class="govuk-link" href="${addresses.topic(condition.slug)}">${english(condition.name)}</a
        >${by === "MEANING" ? ` (${say("search.understood.guess")})` : null}
        ${left === null ? null : leftOut(condition.name, { what: left })}`,
    );
  }
  if (reading.free === true) parts.push(say("search.understood.free"));
  if (reading.stepFree === true) parts.push(say("search.understood.stepFree"));
  if (reading.age !== null) parts.push(say("search.understood.age", { age: reading.age }));
  parts.push(...reading.days.map((day) => say(`day.${day}`)));
  if (reading.partOfDay !== null) parts.push(say(`part.${reading.partOfDay}`));
  parts.push(...reading.reach.map((kind) => say(`reach.${kind}`)));
  if (reading.text !== null && reading.text !== "") parts.push(say("search.understood.text", { text: reading.text }));
  if (parts.length === 0) return null;
  return html`<h2 class="govuk-heading-s govuk-!-margin-bottom-1" id="understood">${say("search.understood")}</h2>
    <ul class="app-understood" aria-labelledby="understood">
      ${parts.map((part) => html`<li>${part}</li>`)}
    </ul>`;
}
