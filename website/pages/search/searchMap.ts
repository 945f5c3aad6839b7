import { queryOf } from "../../addresses.ts";
import { areasAround } from "../../components/drawnAreas.ts";
import { map } from "../../components/map.ts";
import { type Html, html } from "../../html.ts";
import type { SearchQuery } from "../../operations.generated.ts";
import type { Visit } from "../../page.ts";
import { parametersOf, type SearchAsked } from "./searchAsked.ts";

/** A map of the results on a page, or the way to it. Null where nothing that was found has a place. */
export async function searchMap(visit: Visit, asked: SearchAsked, found: SearchQuery["search"]): Promise<Html | null> {
  const { words, addresses } = visit;
  const { say } = words;
  const markers = found.edges.flatMap(({ node, site }, index) => {
    const location = site?.location ?? null;
    return node === null || location === null
      ? []
      : [{ number: index + 1, name: node.name, href: `#result-${index + 1}`, ...location }];
  });
  if (markers.length === 0) return null;
  const link = (hasMap: boolean) =>
    html`<p class="govuk-body app-only-on-screen">
      <a class="govuk-link" href="${addresses.search(parametersOf({ ...asked, hasMap }))}"
        >${say(hasMap ? "map.show" : "map.hide")}</a
      >
    </p>`;
  if (!asked.hasMap) return link(true);
  const near = found.understood.near?.area ?? null;
  const areas = await areasAround(visit, near?.id ?? null);
  const isNamed = near !== null && near.kind !== "LSOA";
  const notPlaced = found.edges.length - markers.length;
  return html`${link(false)}
  ${map(visit, {
    title: say("map.search"),
    areas,
    main: isNamed && near.kind !== "LOCAL_AUTHORITY" ? [near.id] : [],
    markers,
    source: `/map.json${queryOf(parametersOf({ ...asked, hasMap: false }))}`,
  })}
  ${notPlaced === 0 ? null : html`<p class="govuk-body">${say("map.notPlaced", { count: notPlaced })}</p>`}`;
}
