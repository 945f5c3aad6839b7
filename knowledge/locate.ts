import { parse as parsePostcode } from "postcode";
import { CodedError, InputError } from "../core/errors.ts";
import { kindOf } from "../core/ids.ts";
import type { Graph } from "../graph/graph.ts";
import { areasCalled, type Gazetteer } from "./gazetteer.ts";
import type { NamedArea } from "./queries/namedAreas.ts";
import {
  areasOfPostcodesStatement,
  idSitedStatement,
  lsoaSitedStatement,
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
  /** Whether it is the middle of many postcodes, for one that we do not know. */
  readonly isApproximate: boolean;
}

export interface Locating {
  readonly matches: readonly Located[];
  readonly suggestions: readonly Located[];
}

const longestText = 200;
/** The first part of a postcode, with or without the digit that its second part begins with. Vitamin B12 is written so too. */
const partialPostcodePattern = /^([a-z]{1,2}\d[a-z\d]?)(?:\s*(\d))?$/i;
/** How the Office for National Statistics writes the codes of areas. */
const codePattern = /^[EWSN]\d{8}$/;
/** How LSOAs are called: after the town, with the number of the MSOA and a letter. */
const lsoaPattern = /^(.+?)\s+(\d{3}[a-z])$/i;
const coordinatesPattern = /^\s*([+-]?\d{1,3}(?:\.\d+)?)\s*,\s*([+-]?\d{1,3}(?:\.\d+)?)\s*$/;

/**
 * What a text means as a place: an id, "latitude,longitude", a postcode or the first part of one, an area's or a place's name. A postcode that
 * we do not know is taken to be in the middle of its sector ("OX4 4"), when we know that.
 * Several matches: it is ambiguous. None: the suggestions are what it may have meant.
 * Throws InputError, at `field`, for an empty or overlong text, or coordinates that are nowhere on earth.
 */
export async function locate(
  graph: Graph,
  gazetteer: Gazetteer,
  text: string,
  field: readonly string[],
): Promise<Locating> {
  const asked = text.trim();
  if (asked === "") throw new InputError("Say where: a place's name or a postcode.", { field });
  if (asked.length > longestText) {
    throw new InputError(`A place is at most ${longestText} characters; this is ${asked.length}.`, { field });
  }
  const coordinates = coordinatesPattern.exec(asked);
  if (coordinates !== null) {
    const [latitude, longitude] = [Number(coordinates[1]), Number(coordinates[2])];
    if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) {
      throw new InputError("Coordinates are a latitude from -90 to 90, a comma, and a longitude from -180 to 180.", {
        field,
      });
    }
    return found(await locatePoint(graph, latitude, longitude));
  }
  const kind = kindOf(asked);
  const isCode = codePattern.test(asked);
  const named = gazetteer.byId.get(asked) ?? (isCode ? areasCalled(gazetteer, phraseOf(asked))[0] : undefined);
  if (named !== undefined) return found(locatedArea(named));
  if (kind === "Area" || kind === "Place" || isCode) {
    const [sited] = await graph.run(idSitedStatement, { id: asked });
    if (sited !== undefined) return found(locatedAt(sited.placeId === null ? "AREA" : "PLACE", sited));
  }
  const postcode = parsePostcode(asked);
  if (postcode.valid) return locatePostcode(graph, gazetteer, postcode.postcode, postcode.sector, postcode.outcode);
  const partial = await knownPostcode(graph, partialPostcodesIn(asked));
  if (partial !== null) return found(partial);
  const called = areasCalled(gazetteer, phraseOf(asked));
  if (called.length > 0) return { matches: called.map(locatedArea), suggestions: [] };
  const lsoa = await lsoaCalled(graph, gazetteer, asked);
  if (lsoa !== null) return found(lsoa);
  const places = await placesCalled(graph, asked);
  if (places.length > 0) return { matches: places.map((place) => locatedAt("PLACE", place)), suggestions: [] };
  const near = await areasOfPartialPostcode(graph, gazetteer, asked);
  return { matches: [], suggestions: (near.length > 0 ? near : gazetteer.like(asked)).map(locatedArea) };
}

/**
 * The one place a text means.
 * Throws CodedError PLACE_NOT_FOUND or AMBIGUOUS_PLACE, with `suggestions`, when it means none or several; else as `locate` does.
 */
export async function locateOne(
  graph: Graph,
  gazetteer: Gazetteer,
  text: string,
  field: readonly string[],
): Promise<Located> {
  const { matches, suggestions } = await locate(graph, gazetteer, text, field);
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
  const { id, name, centre } = area;
  return { kind: "AREA", name, area: { id }, place: null, location: centre, isApproximate: false };
}

function locatedAt(kind: Located["kind"], { placeId, areaId, ...sited }: Sited): Located {
  return { ...sited, kind, area: { id: areaId }, place: placeId === null ? null : { id: placeId } };
}

async function locatePoint(graph: Graph, latitude: number, longitude: number): Promise<Located | null> {
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
  const known = await knownPostcode(graph, [postcode, sector]);
  if (known !== null) return found(known);
  for (const beginning of [sector, `${outward} `]) {
    const suggestions = await areasOfPostcodes(graph, gazetteer, beginning);
    if (suggestions.length > 0) return { matches: [], suggestions: suggestions.map(locatedArea) };
  }
  return { matches: [], suggestions: [] };
}

/** The first of some postcodes, sectors and districts that we know. */
async function knownPostcode(graph: Graph, codes: readonly string[]): Promise<Located | null> {
  if (codes.length === 0) return null;
  const [sited] = await graph.run(postcodeSitedStatement, { codes });
  return sited === undefined ? null : locatedAt("POSTCODE", sited);
}

/** The districts and sectors that a text may be, the likeliest first: "ox44" is the district OX44, or else the sector OX4 4. */
function partialPostcodesIn(text: string): readonly string[] {
  const [, outward, digit] = partialPostcodePattern.exec(text.toUpperCase()) ?? [];
  if (outward === undefined) return [];
  return digit === undefined ? [outward, `${outward.slice(0, -1)} ${outward.slice(-1)}`] : [`${outward} ${digit}`];
}

/** The LSOA that has a name, in any case. */
async function lsoaCalled(graph: Graph, gazetteer: Gazetteer, text: string): Promise<Located | null> {
  const [, town = "", number = ""] = lsoaPattern.exec(text) ?? [];
  const authority = gazetteer.byPhrase.get(phraseOf(town))?.find(({ kind }) => kind === "LOCAL_AUTHORITY");
  if (authority === undefined) return null;
  const [sited] = await graph.run(lsoaSitedStatement, { name: `${authority.name} ${number.toUpperCase()}` });
  return sited === undefined ? null : locatedAt("AREA", sited);
}

/** The areas that a part of a postcode may mean; none for a text that is no part of a postcode we know. */
export async function areasOfPartialPostcode(
  graph: Graph,
  gazetteer: Gazetteer,
  text: string,
): Promise<readonly NamedArea[]> {
  const [, outward, digit = ""] = partialPostcodePattern.exec(text.trim()) ?? [];
  return outward === undefined ? [] : areasOfPostcodes(graph, gazetteer, `${outward.toUpperCase()} ${digit}`);
}

async function areasOfPostcodes(graph: Graph, gazetteer: Gazetteer, beginning: string): Promise<readonly NamedArea[]> {
  const areas = await graph.run(areasOfPostcodesStatement, { beginning });
  return areas.map(({ id }) => gazetteer.byId.get(id)).filter((area) => area !== undefined);
}

/** Places whose name is the text asked for, however it is written. */
async function placesCalled(graph: Graph, text: string): Promise<readonly Sited[]> {
  const phrase = phraseOf(text);
  const candidates = await placesNamed(graph, phrase, "+");
  return candidates.filter(({ name }) => phraseOf(name) === phrase);
}

/** How many words at the beginning of a text are the whole name of a place in the directory, at most; 0 when none are. */
export async function placeWordsAtStart(graph: Graph, text: string): Promise<number> {
  const phrase = phraseOf(text);
  const candidates = await placesNamed(graph, phrase, "");
  return Math.max(
    0,
    ...candidates
      .map(({ name }) => phraseOf(name))
      .filter((name) => `${phrase} `.startsWith(`${name} `))
      .map((name) => name.split(" ").length),
  );
}

/** The places whose names have words of a phrase, the likest 50: all of the words where `each` is "+". */
async function placesNamed(graph: Graph, phrase: string, each: "+" | ""): Promise<readonly Sited[]> {
  if (phrase === "") return [];
  // Plain words only, so nothing of the text is Lucene's syntax.
  const words = phrase.split(" ").map((word) => `${each}"${word}"`);
  return graph.run(placesNamedStatement, { query: `name:(${words.join(" ")})` });
}
