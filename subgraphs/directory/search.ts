import { InputError } from "../../core/errors.ts";
import type { Graph } from "../../graph/graph.ts";
import { checkFilter } from "./assetFilter.ts";
import { type CrisisHelp, crisisIn } from "./crisis.ts";
import { type Found, find } from "./find.ts";
import type { Knowledge } from "./knowledge.ts";
import { type Located, locateOne } from "./locate.ts";
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
  const reading = understand(asked.text, vocabulary, gazetteer);
  const where = asked.near ?? filter.near ?? reading.place;
  if (where === nearMe) {
    throw new InputError("We do not know where you are. Add a place's name or a postcode.", { field: ["near"] });
  }
  const near = where === null ? null : await locateOne(graph, gazetteer, where);
  const conditions = [
    ...filter.conditions.map(({ id }) => id),
    ...reading.conditions.map(({ conditionId }) => conditionId),
  ];
  const isTextSearched = conditions.length === 0 && reading.text !== null;
  if (conditions.length === 0 && !isTextSearched && near === null && asked.filter === undefined) {
    throw new InputError("Say what you are looking for, and where: “loneliness support near Rose Hill”.", {
      field: ["text"],
    });
  }
  const found = await find(graph, vocabulary, {
    conditions,
    scores: isTextSearched && reading.text !== null ? await textMatches(graph, reading.text) : null,
    near,
    isOnlyHere: false,
    parameters: filter.parameters,
    orderBy: "RELEVANCE",
    first: asked.first,
    after: asked.after,
    isTotalWanted,
  });
  return {
    found,
    near,
    vocabulary,
    reading: { ...reading, text: isTextSearched ? reading.text : null },
    crisis: crisisIn(asked.text),
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
  // One area asked for and no place: the walk starts, and ends, there.
  const [area] = filter.near === null && filter.areaIds?.length === 1 ? filter.areaIds : [];
  const where = filter.near ?? area ?? null;
  const near = where === null ? null : await locateOne(graph, gazetteer, where);
  const found = await find(graph, vocabulary, {
    conditions: filter.conditions.map(({ id }) => id),
    scores: null,
    near,
    isOnlyHere: area !== undefined,
    parameters: area === undefined ? filter.parameters : { ...filter.parameters, areaIds: null },
    orderBy: asked.orderBy ?? "RELEVANCE",
    first: asked.first,
    after: asked.after,
    isTotalWanted,
  });
  return { found, near, vocabulary };
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
