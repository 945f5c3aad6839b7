import { queryOf } from "../addresses.ts";
import { type Html, html, joined } from "../html.ts";
import type { AreaMapFragment } from "../operations.generated.ts";
import type { Visit } from "../page.ts";
import { drawnAreas } from "./drawnAreas.ts";
import { map, type Marker } from "./map.ts";

/** An area and what lies around it, with a list of those that can be gone to. Pages that have it name the script "map". Null where nobody has given us its outline. */
export function areaMap(visit: Visit, area: AreaMapFragment, markers: readonly Marker[] = []): Html | null {
  const { words, addresses } = visit;
  const { say, english } = words;
  const areas = drawnAreas([area]);
  const own = areas.find(({ id }) => id === area.id);
  if (own === undefined) return null;
  const others = areas.filter(({ id, kind }) => id !== area.id && kind === "NEIGHBOURHOOD");
  return html`${map(visit, {
    title: say("map.area", { name: area.name }),
    areas,
    main: [area.id],
    markers,
    source: `/map.json${queryOf({ where: area.id, first: 100 })}`,
  })}
  ${
    others.length === 0
      ? null
      : html`<p class="govuk-body">
          ${say("map.others")}
          ${joined(
            others.map(
              (other) => html`<a class="govuk-link" href="${addresses.area(other)}">${english(other.name)}</a>`,
            ),
            ", ",
          )}
        </p>`
  }`;
}
