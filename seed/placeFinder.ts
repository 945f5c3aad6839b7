import { parse } from "postcode";
import type { SeriesIn } from "../calendar/readCalendar.ts";
import type { Graph } from "../graph/graph.ts";
import type { CalendarSource } from "./formats/ical.ts";
import { plainTextOf } from "./plainTextOf.ts";
import { placesNamed } from "./statements/placesNamed.ts";

/** A calendar's coordinates may be of the gate, or of the middle of the postcode. */
const nearKilometres = 1;

const postcodePattern = /\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b/i;

/**
 * How the places in the graph are told that the locations of some events name: by exactly the name that they have, be it all of the location or what it says before its first
 * comma. Where several places have that name, or the location's postcode or coordinates are elsewhere, it is none: better nowhere than at
 * another town's village hall. Throws as `Graph.run` does.
 */
export async function placeFinder(graph: Graph, series: readonly SeriesIn[]): Promise<CalendarSource["placeOf"]> {
  const locations = series.flatMap(({ location, changes }) => [location, ...changes.map((change) => change.location)]);
  const names = new Set(locations.filter((location) => location !== null).flatMap(namesIn));
  const places = names.size === 0 ? [] : await graph.run(placesNamed, { names: [...names] });
  return (location, geo) => {
    const postcode = parse(postcodePattern.exec(location)?.[0] ?? "").postcode;
    for (const name of namesIn(location)) {
      const fitting = places.filter(
        (place) =>
          place.name === name &&
          (postcode === null || place.postalCode === null || place.postalCode === postcode) &&
          (geo === null || kilometresBetween(geo, place) < nearKilometres),
      );
      const [place] = fitting;
      if (place !== undefined && fitting.length === 1) return place.key;
    }
    return null;
  };
}

/** All of a location in one line, and what comes before its first comma or line's end. */
function namesIn(location: string): readonly string[] {
  const text = plainTextOf(location);
  const names = [text, text.split(/[,\n]/)[0] ?? ""].map((name) => name.replace(/\s+/g, " ").trim());
  return [...new Set(names)].filter((name) => name !== "");
}

/** On a plane, which is right to a hundredth at this distance; 0 for a place of which it is not known where it is. */
function kilometresBetween(
  a: { readonly latitude: number; readonly longitude: number },
  b: { readonly latitude: number | null; readonly longitude: number | null },
): number {
  if (b.latitude === null || b.longitude === null) return 0;
  const north = (a.latitude - b.latitude) * 111.2;
  const east = (a.longitude - b.longitude) * 111.2 * Math.cos((a.latitude * Math.PI) / 180);
  return Math.hypot(north, east);
}
