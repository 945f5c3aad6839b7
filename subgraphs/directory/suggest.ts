import { InputError } from "../../core/errors.ts";
import { int } from "../../graph/graph.ts";
import { namesBeginningStatement } from "./queries/namesBeginning.ts";
import type { Directory } from "./search.ts";
import { phraseOf } from "./words.ts";

export interface Suggestion {
  readonly text: string;
  readonly node: { readonly id: string };
}

const longestText = 200;
const most = 20;

/** From how many letters on assets are offered: of fewer there are too many to be of use. */
const lettersForAssets = 2;

/**
 * What to offer while somebody types: the conditions and areas that words begin so, from memory, then the assets whose names do, in one
 * statement over an index. Those whose name begins with the text come before those that have it further on.
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
  const known = [
    ...vocabulary.conditions.map(({ id, name, terms }) => ({
      text: name,
      node: { id },
      rank: rankOf(typed, name, terms),
    })),
    ...Array.from(gazetteer.byId.values())
      .filter(({ kind }) => kind !== "NATION" && kind !== "MSOA")
      .map(({ id, name, alternateNames, localAuthority }) => ({
        text: localAuthority === null || localAuthority === name ? name : `${name}, ${localAuthority}`,
        node: { id },
        rank: rankOf(typed, name, alternateNames),
      })),
  ]
    .filter(({ rank }) => rank < noMatch)
    .sort((one, other) => one.rank - other.rank || one.text.localeCompare(other.text))
    .slice(0, limit);
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
  const offered = named.map(({ id, name }) => ({ text: name, node: { id }, rank: rankOf(typed, name, []) }));
  return [...known, ...offered]
    .sort((one, other) => one.rank - other.rank)
    .slice(0, limit)
    .map(({ text: offer, node }) => ({ text: offer, node }));
}

const noMatch = 4;

/** 0: it is called so; 1: its name begins so; 2: a word of its name does; 3: another name or an everyday word for it does; 4: nothing does. */
function rankOf(typed: string, name: string, others: readonly string[]): number {
  const phrase = phraseOf(name);
  if (phrase === typed) return 0;
  if (phrase.startsWith(typed)) return 1;
  if (` ${phrase}`.includes(` ${typed}`)) return 2;
  return others.some((other) => phraseOf(other).startsWith(typed)) ? 3 : noMatch;
}
