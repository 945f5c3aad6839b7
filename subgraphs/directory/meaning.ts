import { setImmediate as otherWork, setTimeout as pause } from "node:timers/promises";
import type { Log } from "../../core/log.ts";
import { type Direction, loadSentenceModel, type SentenceModel, unit } from "./model/sentenceModel.ts";
import { somethingElse } from "./somethingElse.ts";
import type { ConditionRow, Vocabulary } from "../../knowledge/vocabulary.ts";

/** What a text that has no known words most likely means. */
export interface Guess {
  readonly conditionId: string;
  /** From `leastSimilarity` to 1: the mean cosine between the text and the eight of the condition's texts that are likest it. */
  readonly similarity: number;
}

/** The embedded sentence model, over the vocabulary. */
export interface Meaning {
  /** `absent`: there is none, and the log says why. */
  readonly state: () => "loading" | "ready" | "absent";
  /** Learns what is new in a vocabulary, in the background. Resolves once it is learnt, or there is nothing to learn with. Never throws. */
  readonly learn: (vocabulary: Vocabulary) => Promise<void>;
  /**
   * The one condition that a text most likely means; null when none is like enough, and until the vocabulary is learnt. Words of a crisis
   * are not its business: a list knows those. Occupies the thread for 3 to 10 ms. Never throws.
   */
  readonly of: (text: string, vocabulary: Vocabulary) => Promise<Guess | null>;
  /** Gives up what it holds and ends what it does in the background. */
  readonly stop: () => Promise<void>;
}

export interface MeaningOptions {
  /** Where the model is kept, and where it is fetched to when missing. Null: there is to be none. */
  readonly directory: string | null;
  /** Of the Java that Maven runs on. Null: Maven finds one itself. */
  readonly javaHome: string | null;
  readonly log: Log;
}

/** Below this a guess is wrong too often: docs/decisions/0004-a-guess-is-made-where-it-is-mostly-right.md. */
export const leastSimilarity = 0.2;

/** Conditions that are less apart than this are equally like. */
const leastLead = 0.02;

/** How many of a condition's texts a text has to be like: one is too often by chance, and all of them nothing can be. */
const likest = 8;

/** How long a question waits for words that have just been edited: enough for about ten texts. */
const patienceMs = 30;

/** Where the texts of one vocabulary lie, seen from the middle of them all. */
interface Learnt {
  readonly vocabulary: Vocabulary;
  readonly middle: Direction;
  readonly conditions: readonly { readonly id: string; readonly directions: readonly Direction[] }[];
  readonly somethingElse: readonly Direction[];
}

/**
 * Loads the sentence model in the background, so that nothing waits for it, and guesses what texts mean once it is there and has learnt
 * the vocabulary: three to four seconds later. Where it cannot be had, one line of the log says why, and there are no guesses.
 */
export function createMeaning({ directory, javaHome, log }: MeaningOptions): Meaning {
  const stopping = new AbortController();
  const directions = new Map<string, Direction>();
  let model: SentenceModel | null = null;
  let isAbsent = directory === null;
  let latest: Vocabulary | null = null;
  let learnt: Learnt | null = null;

  const giveUp = (error: unknown) => {
    isAbsent = true;
    if (stopping.signal.aborted) return;
    log.warn(
      { reason: error instanceof Error ? error.message : String(error), directory },
      "There is no sentence model: searches understand the words of the vocabulary, and guess at no others. Put the reason right and start again; to be fetched it needs Java 17, Maven and the network, and to run the optional packages of npm ci. SENTENCE_MODEL=off does without it and is not told so.",
    );
  };

  async function load(): Promise<void> {
    if (directory === null) return;
    const report = (line: string) => log.info(line);
    model = await loadSentenceModel({ directory, javaHome, report, signal: stopping.signal });
  }

  async function learnLatest(): Promise<void> {
    if (model === null || latest === null || learnt?.vocabulary === latest) return;
    const vocabulary = latest;
    const texts = new Set([...vocabulary.conditions.flatMap(textsOf), ...somethingElse]);
    for (const known of directions.keys()) if (!texts.has(known)) directions.delete(known);
    for (const text of texts) {
      stopping.signal.throwIfAborted();
      if (!directions.has(text)) directions.set(text, await model.directionOf(text));
    }
    learnt = await whereTextsLie(vocabulary, directions);
  }

  // One thing after the other: what is asked to be learnt twice is learnt once.
  let background = load().catch(giveUp);
  const learn = (vocabulary: Vocabulary): Promise<void> => {
    if (isAbsent) return Promise.resolve();
    latest = vocabulary;
    background = background.then(learnLatest).catch(giveUp);
    return background;
  };

  return {
    state: () => (isAbsent ? "absent" : learnt === null ? "loading" : "ready"),
    learn,
    of: async (text, vocabulary) => {
      if (isAbsent || model === null) return null;
      if (learnt?.vocabulary !== vocabulary) await Promise.race([learn(vocabulary), pause(patienceMs)]);
      if (learnt === null) return null;
      try {
        const guess = nearest(await model.directionOf(text), learnt);
        // While much is being learnt, what it knows may be of conditions that are gone.
        return guess !== null && vocabulary.byId.has(guess.conditionId) ? guess : null;
      } catch (error) {
        giveUp(error);
        return null;
      }
    },
    stop: async () => {
      stopping.abort();
      await background;
      isAbsent = true;
      await model?.release();
    },
  };
}

/**
 * What says what a condition is. Terms are words that are understood without a guess: they make up for examples where there are none, and
 * beside them only mislead.
 */
function textsOf({ name, description, terms, examples }: ConditionRow): readonly string[] {
  return [name, description, ...(examples.length > 0 ? examples : terms)];
}

/** All are seen from the middle of the conditions: what every need has in common, such as being about somebody's life, tells none of them from another. */
async function whereTextsLie(vocabulary: Vocabulary, directions: ReadonlyMap<string, Direction>): Promise<Learnt> {
  const of = (texts: readonly string[]) => texts.flatMap((text) => directions.get(text) ?? []);
  const middle = middleOf(of(vocabulary.conditions.flatMap(textsOf)));
  const seen = async (texts: readonly string[]) => {
    // Milliseconds for all of them: whoever waits for an answer goes first.
    await otherWork();
    return of(texts).map((direction) => from(middle, direction));
  };
  const conditions = [];
  for (const condition of vocabulary.conditions) {
    conditions.push({ id: condition.id, directions: await seen(textsOf(condition)) });
  }
  return { vocabulary, middle, conditions, somethingElse: await seen(somethingElse) };
}

/**
 * The likest condition, or where one that is no part of it is equally like, what both are part of. Null when they have nothing in common, and
 * when something else is liker.
 */
function nearest(direction: Direction, learnt: Learnt): Guess | null {
  const asked = from(learnt.middle, direction);
  const guesses = learnt.conditions.map(({ id, directions }) => ({
    conditionId: id,
    similarity: similarityTo(asked, directions),
  }));
  const most = Math.max(...guesses.map(({ similarity }) => similarity));
  const likest = guesses.find(({ similarity }) => similarity === most);
  if (likest === undefined || most < Math.max(leastSimilarity, similarityTo(asked, learnt.somethingElse))) return null;
  const partOf = (id: string) => withWider(id, learnt.vocabulary);
  const wider = partOf(likest.conditionId);
  const rivals = guesses
    .filter(({ similarity }) => similarity > most - leastLead)
    .map(({ conditionId }) => conditionId)
    .filter((id) => !wider.has(id) && !partOf(id).has(likest.conditionId));
  const [conditionId] = Array.from(wider).filter((id) => rivals.every((rival) => partOf(rival).has(id)));
  return conditionId === undefined ? null : { conditionId, similarity: most };
}

/** A condition and all that it is part of, the nearest first. */
function withWider(id: string, { byId }: Vocabulary): ReadonlySet<string> {
  const wider = new Set([id]);
  // A Set hands out what is added while it is walked.
  for (const one of wider) for (const next of byId.get(one)?.broader ?? []) wider.add(next);
  return wider;
}

/** The mean cosine between a direction and those that are likest it. */
function similarityTo(direction: Direction, others: readonly Direction[]): number {
  const best = Float64Array.from(others, (other) => cosine(direction, other))
    .sort()
    .slice(-likest);
  return best.reduce((sum, similarity) => sum + similarity, 0) / best.length;
}

function from(middle: Direction, direction: Direction): Direction {
  const seen = new Float32Array(direction.length);
  for (let index = 0; index < seen.length; index += 1) seen[index] = (direction[index] ?? 0) - (middle[index] ?? 0);
  return unit(seen);
}

function middleOf(directions: readonly Direction[]): Direction {
  const sum = new Float32Array(directions[0]?.length ?? 0);
  for (const direction of directions) {
    for (let index = 0; index < sum.length; index += 1) sum[index] = (sum[index] ?? 0) + (direction[index] ?? 0);
  }
  return sum.map((value) => value / directions.length);
}

/** Of directions of length 1. By index, since going through the entries takes many times as long, and there are three quarters of a million. */
function cosine(one: Direction, other: Direction): number {
  let sum = 0;
  for (let index = 0; index < one.length; index += 1) sum += (one[index] ?? 0) * (other[index] ?? 0);
  return sum;
}
