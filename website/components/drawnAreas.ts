import { ApiProblem } from "../api.ts";
import { type AreaDrawnFragment, areasAroundQuery, townsQuery } from "../operations.generated.ts";
import type { Visit } from "../page.ts";

type Position = readonly [longitude: number, latitude: number];

/** As GeoJSON has the coordinates of a MultiPolygon. */
export type MultiPolygon = readonly (readonly (readonly Position[])[])[];

/** An area whose outline is known. */
export interface DrawnArea extends Omit<AreaDrawnFragment, "boundary"> {
  readonly coordinates: MultiPolygon;
}

/** What may hold areas that are drawn: an area, with others at any depth. */
interface WithAreas extends AreaDrawnFragment {
  readonly neighbourhoods?: readonly AreaDrawnFragment[];
  readonly wards?: readonly AreaDrawnFragment[];
  readonly within?: readonly WithAreas[];
  readonly smallerWithin?: readonly WithAreas[];
}

/** The areas that can be drawn of those that an answer holds, each once. */
export function drawnAreas(answered: readonly WithAreas[]): readonly DrawnArea[] {
  const found = new Map<string, DrawnArea>();
  const collect = ({ neighbourhoods = [], wards = [], within = [], smallerWithin = [], ...area }: WithAreas): void => {
    const coordinates = coordinatesOf(area.boundary);
    if (coordinates !== null && !found.has(area.id)) found.set(area.id, { ...area, coordinates });
    for (const other of [...neighbourhoods, ...wards, ...within, ...smallerWithin]) collect(other);
  };
  for (const area of answered) collect(area);
  return [...found.values()];
}

/** The areas to draw around one, or the towns where none was asked about. Empty where the API does not tell: a map does without. */
export async function areasAround({ api }: Visit, id: string | null): Promise<readonly DrawnArea[]> {
  try {
    if (id === null) {
      const { data } = await api.ask(townsQuery, {});
      return drawnAreas(data.areas.edges.map(({ node }) => node));
    }
    const { data } = await api.ask(areasAroundQuery, { id });
    return data.area === null ? [] : drawnAreas([data.area]);
  } catch (error) {
    if (error instanceof ApiProblem) return [];
    throw error;
  }
}

/** Null for what is no MultiPolygon: nothing else is drawn. */
function coordinatesOf(boundary: unknown): MultiPolygon | null {
  if (typeof boundary !== "object" || boundary === null || !("coordinates" in boundary)) return null;
  const { coordinates } = boundary;
  const isPosition = (one: unknown) => Array.isArray(one) && one.length >= 2 && one.every(Number.isFinite);
  const isList = (one: unknown, isItem: (item: unknown) => boolean) => Array.isArray(one) && one.every(isItem);
  return isList(coordinates, (polygon) => isList(polygon, (ring) => isList(ring, isPosition)))
    ? (coordinates as MultiPolygon)
    : null;
}
