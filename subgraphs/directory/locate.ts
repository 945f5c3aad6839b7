import { parse as parsePostcode } from "postcode";
import { CodedError, InputError } from "../../core/errors.ts";
import { kindOf } from "../../core/ids.ts";
import type { Graph } from "../../graph/graph.ts";
import { areasCalled, type Gazetteer } from "./gazetteer.ts";
import type { NamedArea } from "./queries/namedAreas.ts";
import {
  areasOfPostcodesStatement,
  idSitedStatement,
  placesNamedStatement,
  pointSitedStatement,
  postcodeSitedStatement,
  type Sited,
} from "./queries/sited.ts";
import { phraseOf } from "./words.ts";

/** Somewhere a text names. */
export interface Located {
  readonly kind: "AREA" | "POSTCODE" | "PLACE" | "COORDINATES";
  readonly name: string;
  readonly area: { readonly id: string };
  readonly place: { readonly id: string } | null;
  readonly location: { readonly latitude: number; readonly longitude: number };
}

export interface Locating {
  readonly matches: readonly Located[];
  readonly suggestions: readonly Located[];
}

const longestText = 200;
const coordinatesPattern = /^\s*([+-]?\d{1,3}(?:\.\d+)?)\s*,\s*([+-]?\d{1,3}(?:\.\d+)?)\s*$/;

/**
 * What a text means as a place: an id, "latitude,longitude", a postcode, an area's or a place's name.
 * Several matches: it is ambiguous. None: the suggestions are what it may have meant.
 * Throws InputError for an empty or overlong text, or coordinates that are nowhere on earth.
 */
export async function locate(graph: Graph, gazetteer: Gazetteer, text: string): Promise<Locating> {
  const asked = text.trim();
  if (asked === "") throw new InputError("Say where: a place's name or a postcode.", { field: ["near"] });
  if (asked.length > longestText) {
    throw new InputError(`A place is at most ${longestText} characters; this is ${asked.length}.`, { field: ["near"] });
  }
  const coordinates = coordinatesPattern.exec(asked);
  if (coordinates !== null) return found(await locatePoint(graph, Number(coordinates[1]), Number(coordinates[2])));
  const kind = kindOf(asked);
  const named = gazetteer.byId.get(asked);
  if (named !== undefined) return found(locatedArea(named));
  if (kind === "Area" || kind === "Place" || /^[EWSN]\d{8}$/.test(asked)) {
    const [sited] = await graph.run(idSitedStatement, { id: asked });
    if (sited !== undefined) return found(locatedAt(sited.placeId === null ? "AREA" : "PLACE", sited));
  }
  const postcode = parsePostcode(asked);
  if (postcode.valid) return locatePostcode(graph, gazetteer, postcode.postcode, postcode.sector, postcode.outcode);
  const called = areasCalled(gazetteer, phraseOf(asked));
  if (called.length > 0) return { matches: called.map(locatedArea), suggestions: [] };
  const places = await placesCalled(graph, asked);
  if (places.length > 0) return { matches: places.map((place) => locatedAt("PLACE", place)), suggestions: [] };
  return { matches: [], suggestions: gazetteer.like(asked).map(locatedArea) };
}

/**
 * The one place a text means.
 * Throws CodedError PLACE_NOT_FOUND or AMBIGUOUS_PLACE, with `suggestions`, when it means none or several; else as `locate` does.
 */
export async function locateOne(graph: Graph, gazetteer: Gazetteer, text: string): Promise<Located> {
  const { matches, suggestions } = await locate(graph, gazetteer, text);
  const [match] = matches;
  if (match === undefined) {
    throw new CodedError("PLACE_NOT_FOUND", `We do not know a place called "${text.trim()}".`, {
      suggestions: suggestions.map((suggestion) => suggested(suggestion, gazetteer)),
    });
  }
  if (matches.length > 1) {
    throw new CodedError("AMBIGUOUS_PLACE", `There are ${matches.length} places called "${text.trim()}". Say which.`, {
      suggestions: matches.map((one) => suggested(one, gazetteer)),
    });
  }
  return match;
}

/** A match as errors tell it: an id that `near` takes, and a name that tells it from the others. */
function suggested({ kind, name, area, place }: Located, gazetteer: Gazetteer) {
  const town = gazetteer.byId.get(area.id)?.localAuthority;
  return {
    id: place?.id ?? area.id,
    name: town === undefined || town === null || town === name ? name : `${name}, ${town}`,
    kind: kind === "AREA" ? (gazetteer.byId.get(area.id)?.kind ?? "LSOA") : kind,
  };
}

function found(located: Located | null): Locating {
  return { matches: located === null ? [] : [located], suggestions: [] };
}

function locatedArea(area: NamedArea): Located {
  return { kind: "AREA", name: area.name, area: { id: area.id }, place: null, location: area.centre };
}

function locatedAt(kind: Located["kind"], { name, placeId, areaId, location }: Sited): Located {
  return { kind, name, area: { id: areaId }, place: placeId === null ? null : { id: placeId }, location };
}

async function locatePoint(graph: Graph, latitude: number, longitude: number): Promise<Located | null> {
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) {
    throw new InputError("Coordinates are a latitude from -90 to 90, a comma, and a longitude from -180 to 180.", {
      field: ["near"],
    });
  }
  const [sited] = await graph.run(pointSitedStatement, { latitude, longitude });
  return sited === undefined ? null : locatedAt("COORDINATES", { ...sited, name: `${latitude},${longitude}` });
}

async function locatePostcode(
  graph: Graph,
  gazetteer: Gazetteer,
  postcode: string,
  sector: string,
  outward: string,
): Promise<Locating> {
  const [sited] = await graph.run(postcodeSitedStatement, { postcode });
  if (sited !== undefined) return found(locatedAt("POSTCODE", sited));
  for (const beginning of [sector, `${outward} `]) {
    const areas = await graph.run(areasOfPostcodesStatement, { beginning });
    const suggestions = areas.map(({ id }) => gazetteer.byId.get(id)).filter((area) => area !== undefined);
    if (suggestions.length > 0) return { matches: [], suggestions: suggestions.map(locatedArea) };
  }
  return { matches: [], suggestions: [] };
}

/** Places whose name is the text asked for, however it is written. */
async function placesCalled(graph: Graph, text: string): Promise<readonly Sited[]> {
  const phrase = phraseOf(text);
  if (phrase === "") return [];
  // Plain words only, so nothing of the text is Lucene's syntax.
  const query = `name:(${phrase
    .split(" ")
    .map((word) => `+"${word}"`)
    .join(" ")})`;
  const candidates = await graph.run(placesNamedStatement, { query });
  return candidates.filter(({ name }) => phraseOf(name) === phrase);
}
