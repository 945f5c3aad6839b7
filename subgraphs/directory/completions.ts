import { areasCalled, type Gazetteer } from "../../knowledge/gazetteer.ts";
import type { Vocabulary } from "../../knowledge/vocabulary.ts";
import { phraseOf } from "../../knowledge/words.ts";

/** Something whose name begins as a text does, or has a word that does. */
export interface Completion {
  readonly id: string;
  readonly text: string;
  /** How it begins so: the lower the better. */
  readonly rank: number;
}

/** The ranks of a completion, the best first. */
export const ranks = { isIt: 0, beginsIt: 1, beginsWord: 2, beginsOther: 3 } as const;

/** What can be completed, sorted by the words that lead to it, so that a text is found by halving. */
type Completions = readonly { readonly key: string; readonly completion: Completion }[];

const ofVocabulary = new WeakMap<Vocabulary, Completions>();
const ofGazetteer = new WeakMap<Gazetteer, Completions>();

/** At most so many ways to go on are looked at: of a letter or two there are more than anybody reads. */
const most = 200;

/** The conditions and areas that a phrase (see `phraseOf`) begins, each once, the best first. Costs what it finds, however many there are. */
export function completionsIn(vocabulary: Vocabulary, gazetteer: Gazetteer, typed: string): readonly Completion[] {
  const best = new Map<string, Completion>();
  for (const completions of [kept(ofVocabulary, vocabulary, conditionsOf), kept(ofGazetteer, gazetteer, areasOf)]) {
    for (const { key, completion } of beginning(completions, typed)) {
      const rank = key === typed && completion.rank === ranks.beginsIt ? ranks.isIt : completion.rank;
      if (rank < (best.get(completion.id)?.rank ?? Infinity)) best.set(completion.id, { ...completion, rank });
    }
  }
  return [...best.values()].sort(
    (one, other) => one.rank - other.rank || one.text.length - other.text.length || one.text.localeCompare(other.text),
  );
}

function kept<Known extends object>(
  all: WeakMap<Known, Completions>,
  known: Known,
  make: (known: Known) => Completions,
): Completions {
  const completions = all.get(known) ?? make(known);
  all.set(known, completions);
  return completions;
}

function conditionsOf({ conditions }: Vocabulary): Completions {
  return sorted(conditions.map(({ id, name, terms }) => ({ id, text: name, name, others: terms })));
}

function areasOf(gazetteer: Gazetteer): Completions {
  const names = new Set(Array.from(gazetteer.byId.values(), ({ name }) => phraseOf(name)));
  return sorted(
    // Of several areas of one name in one town, the one that people mean.
    [...names]
      .flatMap((name) => areasCalled(gazetteer, name))
      .filter(({ kind }) => kind !== "NATION" && kind !== "MSOA")
      .map(({ id, name, alternateNames, localAuthority }) => ({
        id,
        text: inTown(name, localAuthority),
        name,
        others: alternateNames,
      })),
  );
}

/** A name that tells a thing from one of the same name elsewhere. */
export function inTown(name: string, town: string | null): string {
  return town === null || phraseOf(name).includes(phraseOf(town)) ? name : `${name}, ${town}`;
}

function sorted(
  things: readonly {
    readonly id: string;
    readonly text: string;
    readonly name: string;
    readonly others: readonly string[];
  }[],
): Completions {
  return things
    .flatMap(({ id, text, name, others }) => {
      const words = phraseOf(name).split(" ");
      return [
        ...words.map((_, index) => ({
          key: words.slice(index).join(" "),
          completion: { id, text, rank: index === 0 ? ranks.beginsIt : ranks.beginsWord },
        })),
        ...others.map((other) => ({ key: phraseOf(other), completion: { id, text, rank: ranks.beginsOther } })),
      ];
    })
    .sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
}

function beginning(completions: Completions, typed: string): Completions {
  let from = 0;
  let to = completions.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((completions[middle]?.key ?? "") < typed) from = middle + 1;
    else to = middle;
  }
  const found = completions.slice(from, from + most);
  const end = found.findIndex(({ key }) => !key.startsWith(typed));
  return end === -1 ? found : found.slice(0, end);
}
