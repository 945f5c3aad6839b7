import type { Log } from "../../core/log.ts";
import type { Graph } from "../../graph/graph.ts";
import { type Gazetteer, readGazetteer } from "./gazetteer.ts";
import { createMeaning, type Guess, type Meaning, type MeaningOptions } from "./meaning.ts";
import { densityStatement } from "./queries/density.ts";
import { readVocabulary, type Vocabulary } from "./vocabulary.ts";

/** What the directory knows of words, shared by all operations of a process. */
export interface Knowledge {
  /** The conditions and their words, at most about a second old. */
  readonly vocabulary: () => Promise<Vocabulary>;
  /** The named areas, at most about a minute old. */
  readonly gazetteer: () => Promise<Gazetteer>;
  /** How many assets there are to an area; at most about a minute old. */
  readonly assetsPerArea: () => Promise<number>;
  /** What a text may mean that has no known words; null when that cannot be guessed, and until `learn` was called. */
  readonly guess: (text: string) => Promise<Guess | null>;
  /** Begins to load the sentence model and to have it learn the vocabulary, in the background. Resolves when it has. Throws as `vocabulary` does. */
  readonly learn: () => Promise<void>;
  /** Stops keeping up with the graph. */
  readonly stop: () => Promise<void>;
}

const vocabularyAgeMs = 1000;
const gazetteerAgeMs = 60_000;

/**
 * Reads what the directory knows when first asked for, and from then on keeps up with the graph in the background, so that no request
 * waits for it. While the graph is away, what was read last stays. `sentenceModel` null: nothing is guessed.
 */
export function createKnowledge(
  graph: Graph,
  log: Log,
  sentenceModel: Pick<MeaningOptions, "directory" | "javaHome"> | null,
): Knowledge {
  let meaning: Meaning | null = null;
  const vocabulary = keepingUp<Vocabulary>(
    (before) => readVocabulary(graph, before),
    (read) => void meaning?.learn(read),
    vocabularyAgeMs,
    log,
  );
  const gazetteer = keepingUp<Gazetteer>(
    (before) => readGazetteer(graph, before),
    () => undefined,
    gazetteerAgeMs,
    log,
  );
  const assetsPerArea = keepingUp<number>(
    async () => (await graph.run(densityStatement))[0]?.assetsPerArea ?? 0,
    () => undefined,
    gazetteerAgeMs,
    log,
  );
  return {
    vocabulary: vocabulary.get,
    gazetteer: gazetteer.get,
    assetsPerArea: assetsPerArea.get,
    guess: async (text) => (meaning === null ? null : meaning.of(text, await vocabulary.get())),
    learn: async () => {
      if (sentenceModel === null) return;
      meaning ??= createMeaning({ ...sentenceModel, log });
      await meaning.learn(await vocabulary.get());
    },
    stop: async () => {
      vocabulary.stop();
      gazetteer.stop();
      assetsPerArea.stop();
      await meaning?.stop();
    },
  };
}

function keepingUp<Known>(
  read: (before: Known | null) => Promise<Known>,
  onChange: (known: Known) => void,
  ageMs: number,
  log: Log,
) {
  let known: Promise<Known> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;
  const readAgainLater = (before: Known) => {
    if (isStopped) return;
    timer = setTimeout(() => {
      read(before)
        .then((fresh) => {
          known = Promise.resolve(fresh);
          if (fresh !== before) onChange(fresh);
          return fresh;
        })
        .catch((error: unknown) => {
          if (!isStopped) log.warn({ err: error }, "Could not read the vocabulary again; the last one stays");
          return before;
        })
        .then(readAgainLater, () => undefined);
    }, ageMs);
    timer.unref();
  };
  return {
    get: (): Promise<Known> => {
      if (known === null) {
        const reading = read(null);
        known = reading;
        // A first reading that failed is not kept: the next operation tries again.
        reading.then(readAgainLater, () => {
          known = null;
        });
      }
      return known;
    },
    stop: () => {
      isStopped = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
