import { InputError } from "../../core/errors.ts";
import { int } from "../../graph/graph.ts";
import { type Completion, completionsIn, inTown, ranks } from "./completions.ts";
import { namesBeginningStatement } from "./queries/namesBeginning.ts";
import type { Directory } from "./search.ts";
import { phraseOf } from "../../knowledge/words.ts";

export interface Suggestion {
  readonly text: string;
  readonly node: { readonly id: string };
}

const longestText = 200;
const most = 20;

/** From how many letters on assets are offered: of fewer there are too many to be of use. */
const lettersForAssets = 2;

/**
 * What to offer while somebody types: the conditions and areas that the words begin, from memory, and the assets whose names they begin, in
 * one statement over an index. What begins so comes before what has a word that does.
 * Throws InputError for a text that is too long or a number of suggestions that cannot be; else as `Graph.run` does.
 */
export async function suggest(
  { graph, knowledge }: Directory,
  { text, first }: { readonly text: string; readonly first?: number | null | undefined },
): Promise<readonly Suggestion[]> {
  const limit = first ?? 8;
  if (limit < 1 || limit > most) throw new InputError(`From 1 to ${most} suggestions.`, { field: ["first"] });
  if (text.length > longestText) {
    throw new InputError(`A text to complete is at most ${longestText} characters; this is ${text.length}.`, {
      field: ["text"],
    });
  }
  const typed = phraseOf(text);
  if (typed === "") return [];
  const [vocabulary, gazetteer] = await Promise.all([knowledge.vocabulary(), knowledge.gazetteer()]);
  const words = typed.split(" ");
  const named =
    typed.length < lettersForAssets
      ? []
      : await graph.run(namesBeginningStatement, {
          // Plain words alone, so that nothing of the text is Lucene's syntax.
          query: words
            .map((word, index) => (index < words.length - 1 ? `+name:"${word}"` : `+name:${word}*`))
            .join(" "),
          limit: int(limit),
        });
  const assets: readonly Completion[] = named.map(({ id, name, town }) => ({
    id,
    text: inTown(name, town),
    rank: phraseOf(name) === typed ? ranks.isIt : phraseOf(name).startsWith(typed) ? ranks.beginsIt : ranks.beginsWord,
  }));
  return [...completionsIn(vocabulary, gazetteer, typed), ...assets]
    .sort((one, other) => one.rank - other.rank)
    .slice(0, limit)
    .map(({ id, text: offer }) => ({ text: offer, node: { id } }));
}
