import { queryOf } from "../../addresses.ts";
import { ApiProblem } from "../../api.ts";
import { areasAround } from "../../components/drawnAreas.ts";
import { map, type Marker } from "../../components/map.ts";
import { type Site, siteOf } from "../../components/siteOf.ts";
import { type Html, html } from "../../html.ts";
import { type SearchQuery, type SitedFragment, sitesQuery } from "../../operations.generated.ts";
import type { Visit } from "../../page.ts";
import { parametersOf, type SearchAsked } from "./searchAsked.ts";

type Found = SearchQuery["search"];

/** A map of the results on a page, or the way to it. Null where nothing was found. */
export async function searchMap(visit: Visit, asked: SearchAsked, found: Found): Promise<Html | null> {
  const { words, addresses } = visit;
  const { say } = words;
  if (found.edges.length === 0) return null;
  const link = html`<p class="govuk-body app-only-on-screen">
    <a class="govuk-link" href="${addresses.search(parametersOf({ ...asked, hasMap: !asked.hasMap }))}"
      >${say(asked.hasMap ? "map.hide" : "map.show")}</a
    >
  </p>`;
  if (!asked.hasMap) return link;
  const near = found.understood.near?.area ?? null;
  const [areas, markers] = await Promise.all([areasAround(visit, near?.id ?? null), markersOf(visit, found)]);
  const isNamed = near !== null && near.kind !== "LSOA" && near.kind !== "LOCAL_AUTHORITY";
  const notPlaced = found.edges.length - markers.length;
  return html`${link}
  ${
    markers.length === 0
      ? null
      : map(visit, {
          title: say("map.search"),
          areas,
          main: isNamed ? [near.id] : [],
          markers,
          source: `/map.json${queryOf(parametersOf({ ...asked, hasMap: false }))}`,
        })
  }
  ${notPlaced === 0 ? null : html`<p class="govuk-body">${say("map.notPlaced", { count: notPlaced })}</p>`}`;
}

/** What was found and where it is: as the search says it, which knows the nearest place of several, or else by itself. */
async function markersOf(visit: Visit, { edges }: Found): Promise<readonly Marker[]> {
  const ids = edges.flatMap(({ node, site }) => (node === null || site !== null ? [] : [node.id]));
  const sites = await sitesOf(visit, ids);
  return edges.flatMap(({ node, site }, index) => {
    const location = node === null ? null : (site ?? sites.get(node.id) ?? null)?.location;
    return node === null || location === null || location === undefined
      ? []
      : [{ number: index + 1, name: node.name, href: `#result-${index + 1}`, ...location }];
  });
}

async function sitesOf({ api }: Visit, ids: readonly string[]): Promise<ReadonlyMap<string, Site | null>> {
  if (ids.length === 0) return new Map();
  try {
    const { data } = await api.ask(sitesQuery, { ids });
    return new Map(data.nodes.filter(isSited).map((node) => [node.id, siteOf(node)]));
  } catch (error) {
    // The list is there without a map.
    if (error instanceof ApiProblem) return new Map();
    throw error;
  }
}

function isSited(node: object | null): node is SitedFragment {
  return node !== null && "__typename" in node;
}
