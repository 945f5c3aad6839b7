import { CodedError, InputError } from "../../core/errors.ts";
import type { Graph } from "../../graph/graph.ts";
import { type CheckedFilter, checkFilter } from "./assetFilter.ts";
import { type CrisisHelp, crisisIn } from "./crisis.ts";
import { type Found, find, nothing } from "./find.ts";
import type { Gazetteer } from "./gazetteer.ts";
import type { Knowledge } from "./knowledge.ts";
import { areasOfPartialPostcode, isPartialPostcode, type Located, locateOne, placeWordsAtStart } from "./locate.ts";
import { textMatches } from "./queries/textMatches.ts";
import type { AssetFilter, AssetKind } from "./schema.generated.ts";
import { nearMe, type Reading, understand } from "./understand.ts";
import type { Vocabulary } from "./vocabulary.ts";

export interface Asked {
  readonly filter?: AssetFilter | null | undefined;
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

export interface Answer {
  readonly found: Found;
  readonly near: Located | null;
  readonly vocabulary: Vocabulary;
}

export interface SearchAnswer extends Answer {
  readonly reading: Reading;
  readonly crisis: CrisisHelp | null;
}

const longestText = 1000;

const isAboutPlace: ReadonlySet<string> = new Set(["PLACE_NOT_FOUND", "AMBIGUOUS_PLACE", "BAD_INPUT"]);

/**
 * Answers a search in plain words. `near` and `filter.near` correct the place that the text names.
 * Throws InputError for a text that is too long or says nothing, or for what `find` and `checkFilter` refuse; CodedError
 * PLACE_NOT_FOUND or AMBIGUOUS_PLACE when where is not clear.
 */
export async function search(
  graph: Graph,
  knowledge: Knowledge,
  asked: Asked & { readonly text: string; readonly near?: string | null | undefined },
  isTotalWanted: boolean,
): Promise<SearchAnswer> {
  if (asked.text.length > longestText) {
    throw new InputError(`A search is at most ${longestText} characters; this is ${asked.text.length}.`, {
      field: ["text"],
    });
  }
  const [vocabulary, gazetteer] = await Promise.all([knowledge.vocabulary(), knowledge.gazetteer()]);
  const filter = checkFilter(asked.filter, vocabulary);
  const given = placeGiven(asked.near, filter);
  const reading = await read(graph, asked.text, vocabulary, gazetteer, given === null);
  const where = given ?? (reading.place === null ? null : { text: reading.place, field: ["near"] });
  const crisis = crisisIn(asked.text);
  const start = await startingFrom(graph, gazetteer, where, filter).catch((error: unknown) => {
    // Whoever speaks of a crisis is told who helps, even if we cannot tell where they are.
    if (crisis !== null && error instanceof CodedError && isAboutPlace.has(error.code)) return null;
    throw error;
  });
  if (start === null) return { found: nothing, near: null, vocabulary, reading: { ...reading, text: null }, crisis };
  const understood = reading.conditions.map(({ conditionId }) => conditionId);
  const filtered = filter.conditions.map(({ id }) => id);
  const isTextSearched = understood.length === 0 && reading.text !== null;
  // What the words say orders the answer, and what the filter says has to hold as well; alone, it does both.
  const saysNothing = understood.length === 0 && !isTextSearched;
  const conditions = saysNothing ? filtered : understood;
  if (conditions.length === 0 && !isTextSearched && start.near === null && (asked.filter ?? null) === null) {
    throw new InputError("Say what you are looking for, and where: “loneliness support near Rose Hill”.", {
      field: ["text"],
    });
  }
  const found = await find(graph, vocabulary, {
    conditions,
    alsoConditions: saysNothing ? [] : filtered,
    scores: isTextSearched ? await textMatches(graph, reading.text) : null,
    ...start,
    orderBy: "RELEVANCE",
    first: asked.first,
    after: asked.after,
    isTotalWanted,
  });
  return {
    found,
    near: start.near,
    vocabulary,
    reading: { ...reading, text: isTextSearched ? reading.text : null },
    crisis,
  };
}

/** Answers a structured question: the same walk and order, nothing to understand. Throws as `search` does. */
export async function assets(
  graph: Graph,
  knowledge: Knowledge,
  asked: Asked & { readonly orderBy?: "RELEVANCE" | "NAME" | null | undefined },
  isTotalWanted: boolean,
): Promise<Answer> {
  const [vocabulary, gazetteer] = await Promise.all([knowledge.vocabulary(), knowledge.gazetteer()]);
  const filter = checkFilter(asked.filter, vocabulary);
  const start = await startingFrom(graph, gazetteer, placeGiven(null, filter), filter);
  const found = await find(graph, vocabulary, {
    conditions: filter.conditions.map(({ id }) => id),
    alsoConditions: [],
    scores: null,
    ...start,
    orderBy: asked.orderBy ?? "RELEVANCE",
    first: asked.first,
    after: asked.after,
    isTotalWanted,
  });
  return { found, near: start.near, vocabulary };
}

/** A place asked about, and the argument that it was named in. */
interface PlaceAsked {
  readonly text: string;
  readonly field: readonly string[];
}

function placeGiven(near: string | null | undefined, filter: CheckedFilter): PlaceAsked | null {
  if (near !== null && near !== undefined) return { text: near, field: ["near"] };
  return filter.near === null ? null : { text: filter.near, field: ["filter", "near"] };
}

/** Reads a text, with the help of the graph where its place may be one of the directory's, or part of a postcode. */
async function read(
  graph: Graph,
  text: string,
  vocabulary: Vocabulary,
  gazetteer: Gazetteer,
  isPlaceWanted: boolean,
): Promise<Reading> {
  const reading = understand(text, vocabulary, gazetteer);
  if (!isPlaceWanted) return reading;
  if (reading.placeOnward !== null) {
    const words = await placeWordsAtStart(graph, reading.placeOnward);
    return words === 0 ? reading : understand(text, vocabulary, gazetteer, words);
  }
  if (reading.place !== null) return reading;
  const partial = reading.text?.split(" ").find(isPartialPostcode);
  const isPlace = partial !== undefined && (await areasOfPartialPostcode(graph, gazetteer, partial)).length > 0;
  return isPlace ? { ...reading, place: partial } : reading;
}

/** Where a list starts: at the place asked about; or at the one area asked for, where it also ends; else everywhere. */
async function startingFrom(
  graph: Graph,
  gazetteer: Gazetteer,
  where: PlaceAsked | null,
  { areaIds, parameters }: CheckedFilter,
) {
  if (where !== null) {
    if (where.text === nearMe) {
      throw new InputError("We do not know where you are. Add a place's name or a postcode.", { field: where.field });
    }
    return { near: await locateOne(graph, gazetteer, where.text, where.field), isOnlyHere: false, parameters };
  }
  const [area, ...others] = areaIds ?? [];
  if (area === undefined || others.length > 0) return { near: null, isOnlyHere: false, parameters };
  const near = await locateOne(graph, gazetteer, area, ["filter", "areas"]);
  return { near, isOnlyHere: true, parameters: { ...parameters, areaIds: null } };
}

/** What a list is of already, so that a filter need not and may not say it again. */
export type Scope =
  | { readonly areas: readonly string[] }
  | { readonly conditions: readonly string[] }
  | { readonly kinds: readonly AssetKind[] };

/**
 * Answers a list that belongs to something: an area's assets, a condition's, the groups. Throws as `assets` does, and InputError for a
 * filter that says what the list is of already.
 */
export function assetsWithin(
  graph: Graph,
  knowledge: Knowledge,
  scope: Scope,
  { filter, ...asked }: Asked,
  isTotalWanted: boolean,
): Promise<Answer> {
  for (const name of Object.keys(scope) as (keyof AssetFilter)[]) {
    if (filter?.[name] !== null && filter?.[name] !== undefined) {
      throw new InputError(`This list is of its own ${name} already: leave \`${name}\` out, or ask \`assets\`.`, {
        field: ["filter", name],
      });
    }
  }
  return assets(graph, knowledge, { ...asked, filter: { ...filter, ...scope } }, isTotalWanted);
}
