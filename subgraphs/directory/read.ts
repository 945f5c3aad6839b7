import type { Graph } from "../../graph/graph.ts";
import type { Gazetteer } from "../../knowledge/gazetteer.ts";
import { areasOfPartialPostcode, placeWordsAtStart } from "../../knowledge/locate.ts";
import {
  maybePlacesIn,
  onwardFrom,
  partialPostcodesIn,
  placeIn,
  placeOf,
  type PlaceWords,
  venuesIn,
} from "./placeIn.ts";
import { wordsInTexts } from "./queries/wordsInTexts.ts";
import { doubtfulIn, knownIn, type Reading, searchWordsOf, understand } from "./understand.ts";
import type { Vocabulary } from "../../knowledge/vocabulary.ts";
import type { Word } from "../../knowledge/words.ts";

/**
 * Reads a text, with the help of the graph where a word may be a typing error, and where its place may be one of the directory's or part of
 * a postcode. `isPlaceWanted`: false when the caller has said where already. Throws as `Graph.run` does.
 */
export async function read(
  graph: Graph,
  text: string,
  vocabulary: Vocabulary,
  gazetteer: Gazetteer,
  { isPlaceWanted, now }: { readonly isPlaceWanted: boolean; readonly now: Date },
): Promise<Reading> {
  const inTexts = await wordsInTexts(graph, doubtfulIn(text, vocabulary, gazetteer));
  if (!isPlaceWanted) return understand(text, vocabulary, gazetteer, { now, inTexts });
  const words = searchWordsOf(text);
  const place = placeIn(text, words, gazetteer, vocabulary, knownIn(vocabulary, gazetteer, inTexts));
  const known = await placeByGraph(graph, gazetteer, words, place);
  return understand(text, vocabulary, gazetteer, { now, inTexts, place: known ?? place });
}

/** The place of a text where the graph knows more than the words: a longer name, a name in lower case, or part of a postcode. */
async function placeByGraph(
  graph: Graph,
  gazetteer: Gazetteer,
  words: readonly Word[],
  place: PlaceWords | null,
): Promise<PlaceWords | null> {
  if (place?.isWhole === false) return (await placeAt(graph, words, place.name)) ?? place.otherwise ?? null;
  if (place !== null) return null;
  for (const partial of partialPostcodesIn(words)) {
    if ((await areasOfPartialPostcode(graph, gazetteer, partial.text)).length > 0) return partial;
  }
  for (const name of maybePlacesIn(words)) {
    const found = await placeAt(graph, words, name);
    if (found !== null) return found;
  }
  for (const name of venuesIn(words)) {
    const found = await placeAt(graph, words, name);
    // A place's name and nothing else asks for the place itself.
    if (found !== null && found.end - found.name < words.length) return found;
  }
  return null;
}

/** A place in the directory whose name begins at a word. */
async function placeAt(graph: Graph, words: readonly Word[], name: number): Promise<PlaceWords | null> {
  const count = await placeWordsAtStart(graph, onwardFrom(words, name));
  return count === 0 ? null : placeOf(words, name, count);
}
