import { CodedError, InputError } from "../../core/errors.ts";
import type { Graph, Parameters } from "../../graph/graph.ts";
import { type CheckedFilter, checkFilter } from "./assetFilter.ts";
import { type CrisisHelp, crisisIn } from "./crisis.ts";
import { type Found, find, nothing } from "./find.ts";
import type { Gazetteer } from "../../knowledge/gazetteer.ts";
import type { DirectoryKnowledge } from "./knowledge.ts";
import { type Located, locateOne } from "../../knowledge/locate.ts";
import { localWordsOf, textScores } from "./matchText.ts";
import { type Covering, coveringOf } from "./needs.ts";
import { type OverviewRow, overviewStatements } from "./queries/overview.ts";
import { textMatches } from "./queries/textMatches.ts";
import { type Need, type Question, questionOf, type Wish } from "./question.ts";
import { read } from "./read.ts";
import { enough, type Repair, repairsOf } from "./repairs.ts";
import type { AssetFilter, AssetKind, AssetOrder } from "./schema.generated.ts";
import { nearMe, type Reading } from "./understand.ts";
import type { Vocabulary } from "../../knowledge/vocabulary.ts";
import { spanLaidOut, type When, windowsOf } from "./windows.ts";
import { wordsOf } from "../../knowledge/words.ts";

/** What the directory answers from: the graph, what it knows of words, and what time it is. */
export interface Directory {
  readonly graph: Graph;
  readonly knowledge: DirectoryKnowledge;
  readonly now: Date;
}

export interface Asked {
  readonly filter?: AssetFilter | null | undefined;
  readonly orderBy?: AssetOrder | null | undefined;
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** Which parts of an answer the caller will read: each costs something of its own. */
export interface Wanted {
  readonly total: boolean;
  readonly facets: boolean;
  readonly repairs: boolean;
  readonly needs: boolean;
  /** The sentence that says why each result is there. */
  readonly why: boolean;
  /** The areas walked over to each result. */
  readonly way: boolean;
}

export interface Answer {
  readonly found: Found;
  readonly question: Question | null;
  readonly near: Located | null;
  readonly vocabulary: Vocabulary;
}

export interface SearchAnswer extends Answer {
  readonly reading: Reading;
  readonly crisis: CrisisHelp | null;
  readonly overview: OverviewRow | null;
  readonly repairs: readonly Repair[];
  readonly covering: Covering | null;
}

const longestText = 1000;

const isAboutPlace: ReadonlySet<string> = new Set(["PLACE_NOT_FOUND", "AMBIGUOUS_PLACE", "BAD_INPUT"]);

/**
 * Answers a search in plain words. `near` and `filter` correct what the text says.
 * Throws InputError for a text that is too long or says nothing, or for what `find` and `checkFilter` refuse; CodedError
 * PLACE_NOT_FOUND or AMBIGUOUS_PLACE when where is not clear.
 */
export async function search(
  { graph, knowledge, now }: Directory,
  asked: Asked & { readonly text: string; readonly near?: string | null | undefined },
  wanted: Wanted,
): Promise<SearchAnswer> {
  if (asked.text.length > longestText) {
    throw new InputError(`A search is at most ${longestText} characters; this is ${asked.text.length}.`, {
      field: ["text"],
    });
  }
  const [vocabulary, gazetteer, assetsPerArea, referrers] = await Promise.all([
    knowledge.vocabulary(),
    knowledge.gazetteer(),
    knowledge.assetsPerArea(),
    knowledge.referrers(),
  ]);
  const filter = checkFilter(asked.filter, { vocabulary, referrers });
  const given = placeGiven(asked.near, filter);
  const said = await read(graph, asked.text, vocabulary, gazetteer, { isPlaceWanted: given === null, now });
  const where = given ?? (said.place === null ? null : { text: said.place, field: ["near"] });
  const crisis = crisisIn(asked.text);
  const start = await startingFrom(graph, gazetteer, where, filter).catch((error: unknown) => {
    // Whoever speaks of a crisis is told who helps, even if we cannot tell where they are.
    if (crisis !== null && error instanceof CodedError && isAboutPlace.has(error.code)) return null;
    throw error;
  });
  const helpAlone = {
    near: null,
    vocabulary,
    reading: { ...said, text: null },
    crisis,
    found: nothing,
    question: null,
    overview: null,
    repairs: [],
    covering: null,
  };
  if (start === null) return helpAlone;
  const filtered = filter.conditions.map(({ id }) => ({ conditionId: id, weight: 1 }));
  const { scores, localWords } = await lookedFor(graph, asked.text, said);
  // What words of a crisis mean is known: there is nothing to guess at.
  const reading = crisis === null ? await guessed(said, scores, knowledge) : said;
  // What the words say orders the answer, and what the filter says has to hold as well; alone, it does both.
  const saysNothing = reading.conditions.length === 0 && scores === null;
  const needs: readonly Need[] = saysNothing ? filtered : reading.conditions;
  const when = correctedWhen(filter.when, reading);
  const parameters = correctedParameters(start.parameters, reading);
  const isUnlimited = (asked.filter ?? null) === null && Object.values({ ...when, ...parameters }).every(isNothing);
  if (needs.length === 0 && scores === null && start.near === null && isUnlimited) {
    if (crisis !== null) return helpAlone;
    throw new InputError("Say what you are looking for, and where: “loneliness support near Rose Hill”.", {
      field: ["text"],
    });
  }
  const question = questionOf(vocabulary, {
    ...start,
    needs,
    alsoConditions: saysNothing ? [] : filtered.map(({ conditionId }) => conditionId),
    scores,
    localWords: start.near === null ? null : localWords,
    parameters,
    windows: windowsOf(when),
    span: spanLaidOut(when, now),
    isUntimedWanted: isUnsaid(filter.when),
    isUnpricedWanted: isNothing(start.parameters["free"]),
    now,
  });
  const isCovered = wanted.needs && needs.length > 1;
  const [found, [overview = null]] = await Promise.all([
    find(graph, question, {
      orderBy: asked.orderBy,
      first: asked.first,
      after: asked.after,
      // Of a page shorter than what calls for repairs only the total tells whether they are called for.
      isTotalWanted: wanted.total || (wanted.repairs && (asked.first ?? enough) < enough),
      isWhyWanted: wanted.why,
      isWayWanted: wanted.way,
      assetsPerArea,
    }),
    wanted.facets || isCovered ? graph.run(overviewStatements[question.start], { asked: question.asked }) : [],
  ]);
  const text = scores === null ? null : reading.text;
  return {
    near: start.near,
    vocabulary,
    crisis,
    found,
    question,
    reading: { ...reading, text },
    overview,
    repairs:
      wanted.repairs && found.totalCount < enough && !found.pageInfo.hasNextPage && !found.pageInfo.hasPreviousPage
        ? await repairsOf(graph, vocabulary, question, found.totalCount, text)
        : [],
    covering: isCovered && overview !== null ? coveringOf(overview.coverings, needs.length) : null,
  };
}

/**
 * How well texts match the words that nothing understood; and, where everyday words were understood, which assets those name: "citizens
 * advice" is both. Null when there are no words to look for, so that what is understood by name alone costs no statement.
 */
async function lookedFor(
  graph: Graph,
  asked: string,
  { conditions, text, words }: Reading,
): Promise<Pick<Wish, "scores" | "localWords">> {
  const naming = plainWords(words);
  const left = plainWords(text ?? "");
  const mayBeName = naming.length > 1 && conditions.some(({ by }) => by === "TERM");
  if (left.length === 0 && !mayBeName) return { scores: null, localWords: null };
  const matches = await textMatches(graph, naming.length === 0 ? left : naming);
  const sought = {
    words: left.length === 0 ? naming : left,
    naming,
    all: plainWords(asked),
    areConditionsUnderstood: conditions.length > 0,
  };
  return { scores: textScores(sought, matches), localWords: localWordsOf(sought, matches) };
}

function plainWords(text: string): readonly string[] {
  return wordsOf(text).map(({ plain }) => plain);
}

/** From this score on a text is taken to have been found by its own words, so that there is nothing to guess at. */
const wellFound = 0.6;

/** A reading in which nothing was understood, and whose words are nowhere much to be found, with what the sentence model guesses they mean. */
async function guessed(reading: Reading, scores: Wish["scores"], knowledge: DirectoryKnowledge): Promise<Reading> {
  if (reading.conditions.length > 0 || reading.text === null) return reading;
  if (Object.values(scores ?? {}).some((score) => score >= wellFound)) return reading;
  const guess = await knowledge.guess(reading.sentence);
  if (guess === null) return reading;
  const { conditionId, similarity } = guess;
  return {
    ...reading,
    conditions: [{ conditionId, matched: reading.sentence, by: "MEANING", weight: similarity }],
  };
}

/** What the filter says of when, and where it says nothing what the words say. */
function correctedWhen(when: When, { days, partOfDay, time }: Reading): When {
  return {
    days: when.days ?? (days.length === 0 ? null : days),
    partOfDay: when.partOfDay ?? partOfDay,
    time: when.time ?? time,
  };
}

function isUnsaid({ days, partOfDay, time }: When): boolean {
  return days === null && partOfDay === null && time === null;
}

/** What the filter asks of an asset, and where it says nothing what the words ask. */
function correctedParameters(parameters: Parameters, { age, free, stepFree, reach }: Reading): Parameters {
  return {
    ...parameters,
    age: parameters["age"] ?? age,
    free: parameters["free"] ?? free,
    stepFree: parameters["stepFree"] ?? stepFree,
    reach: parameters["reach"] ?? (reach.length === 0 ? null : reach),
  };
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined;
}

/** Answers a structured question: the same walk and order, nothing to understand. Throws as `search` does. */
export async function assets(
  { graph, knowledge, now }: Directory,
  asked: Asked,
  isTotalWanted: boolean,
): Promise<Answer> {
  const [vocabulary, gazetteer, assetsPerArea, referrers] = await Promise.all([
    knowledge.vocabulary(),
    knowledge.gazetteer(),
    knowledge.assetsPerArea(),
    knowledge.referrers(),
  ]);
  const filter = checkFilter(asked.filter, { vocabulary, referrers });
  const start = await startingFrom(graph, gazetteer, placeGiven(null, filter), filter);
  const question = questionOf(vocabulary, {
    ...start,
    needs: filter.conditions.map(({ id }) => ({ conditionId: id, weight: 1 })),
    alsoConditions: [],
    scores: null,
    localWords: null,
    windows: windowsOf(filter.when),
    span: spanLaidOut(filter.when, now),
    isUntimedWanted: false,
    isUnpricedWanted: false,
    now,
  });
  const found = await find(graph, question, {
    orderBy: asked.orderBy,
    first: asked.first,
    after: asked.after,
    isTotalWanted,
    isWhyWanted: false,
    isWayWanted: false,
    assetsPerArea,
  });
  return { found, question, near: start.near, vocabulary };
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
  if (parameters["withinMetres"] !== null) {
    throw new InputError("Say of what: give `near` too.", { field: ["filter", "withinMetres"] });
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
  directory: Directory,
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
  return assets(directory, { ...asked, filter: { ...filter, ...scope } }, isTotalWanted);
}
