import { ApiProblem } from "../../api.ts";
import { areasAround } from "../../components/drawnAreas.ts";
import { attributionOf } from "../../components/map.ts";
import { siteOf } from "../../components/siteOf.ts";
import { mapDataQuery } from "../../operations.generated.ts";
import type { Visit } from "../../page.ts";
import { filterOf, searchAsked } from "../search/searchAsked.ts";

const usual = 20;
const most = 100;

/** What a search found and the areas around it as GeoJSON, for a map that moves: takes what the address of a search takes, and `first`: how many results, 20 when left out, 100 at most. */
export async function mapData(visit: Visit): Promise<Response> {
  const { request, query, addresses } = visit;
  const asked = searchAsked(query);
  const wanted = Number(query.get("first") ?? usual);
  const first = Number.isInteger(wanted) && wanted >= 1 ? Math.min(wanted, most) : usual;
  try {
    const { data, isWhole } = await visit.api.ask(mapDataQuery, {
      text: asked.what,
      near: asked.where === "" ? null : asked.where,
      filter: filterOf(asked),
      first,
      after: asked.after,
    });
    const { edges, understood } = data.search;
    const areas = await areasAround(visit, understood.near?.area.id ?? null);
    return request.json(
      {
        attribution: attributionOf(areas),
        areas: {
          type: "FeatureCollection",
          features: areas.map(({ id, name, kind, centre, coordinates }) => ({
            type: "Feature",
            id,
            properties: { name, kind, centre: [centre.longitude, centre.latitude] },
            geometry: { type: "MultiPolygon", coordinates },
          })),
        },
        results: {
          type: "FeatureCollection",
          features: edges.flatMap(({ node, site: nearest }, index) => {
            const site = nearest ?? (node === null ? null : siteOf(node));
            return node === null || site === null || site.location === null
              ? []
              : [
                  {
                    type: "Feature",
                    id: node.id,
                    properties: {
                      number: index + 1,
                      name: node.name,
                      where: site.name,
                      sample: node.source.sample,
                      href: addresses.asset(node),
                    },
                    geometry: { type: "Point", coordinates: [site.location.longitude, site.location.latitude] },
                  },
                ];
          }),
        },
      },
      200,
      { "cache-control": isWhole ? "public, max-age=300" : "no-store" },
    );
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    const { code, message } = error;
    return request.json({ code, message }, code === "UNAVAILABLE" ? 503 : 404, { "cache-control": "no-store" });
  }
}
