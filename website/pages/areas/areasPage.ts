import { type Html, html } from "../../html.ts";
import { type AreaNamedFragment, areasToChooseQuery } from "../../operations.generated.ts";
import type { Shown, Visit } from "../../page.ts";

/** Every area that people name, by local authority. */
export async function areasPage(visit: Visit): Promise<Shown> {
  const { api, words, addresses } = visit;
  const { say, english } = words;
  const { data, isWhole } = await api.ask(areasToChooseQuery, {});
  return {
    title: say("areas.title"),
    description: say("areas.intro"),
    section: "areas",
    isWhole,
    canonical: addresses.areas,
    main: html`<h1 class="govuk-heading-xl">${say("areas.title")}</h1>
      <p class="govuk-body-l">${say(data.authorities.edges.length === 0 ? "areas.none" : "areas.intro")}</p>
      ${data.authorities.edges.map(
        ({ node }) =>
          html`<h2 class="govuk-heading-l">
              <a class="govuk-link" href="${addresses.area(node)}">${english(node.name)}</a>
            </h2>
            ${listed(say("areas.neighbourhoods"), node.neighbourhoods, visit)}
            ${listed(say("areas.districts"), node.districts, visit)} ${listed(say("areas.wards"), node.wards, visit)}`,
      )}`,
  };
}

function listed(
  title: string,
  areas: readonly AreaNamedFragment[],
  { words: { english }, addresses }: Visit,
): Html | null {
  if (areas.length === 0) return null;
  return html`<h3 class="govuk-heading-m">${title}</h3>
    <ul class="govuk-list app-columns">
      ${areas.map((area) => html`<li><a class="govuk-link" href="${addresses.area(area)}">${english(area.name)}</a></li>`)}
    </ul>`;
}
