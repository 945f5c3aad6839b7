import type { Log } from "../../core/log.ts";
import type { Graph } from "../../graph/graph.ts";
import { keepingUp } from "../../knowledge/keepingUp.ts";
import { createKnowledge, type Knowledge } from "../../knowledge/knowledge.ts";
import { createMeaning, type Guess, type Meaning, type MeaningOptions } from "./meaning.ts";
import { densityStatement } from "./queries/density.ts";

/** What the directory knows besides: how much there is, and what words may mean that the vocabulary has not. */
export interface DirectoryKnowledge extends Knowledge {
  /** How many assets there are to an area; at most about a minute old. */
  readonly assetsPerArea: () => Promise<number>;
  /** What a text may mean that has no known words; null when that cannot be guessed, and until `learn` was called. */
  readonly guess: (text: string) => Promise<Guess | null>;
  /** Begins to load the sentence model and to have it learn the vocabulary, in the background. Resolves when it has. Throws as `vocabulary` does. */
  readonly learn: () => Promise<void>;
}

const densityAgeMs = 60_000;

/** What `createKnowledge` makes, and that besides. `sentenceModel` null: nothing is guessed. */
export function createDirectoryKnowledge(
  graph: Graph,
  log: Log,
  sentenceModel: Pick<MeaningOptions, "directory" | "javaHome"> | null,
): DirectoryKnowledge {
  let meaning: Meaning | null = null;
  const knowledge = createKnowledge(graph, log, { onVocabulary: (read) => void meaning?.learn(read) });
  const assetsPerArea = keepingUp<number>(async () => (await graph.run(densityStatement))[0]?.assetsPerArea ?? 0, {
    graph,
    ageMs: densityAgeMs,
    log,
  });
  return {
    ...knowledge,
    assetsPerArea: assetsPerArea.get,
    guess: async (text) => (meaning === null ? null : meaning.of(text, await knowledge.vocabulary())),
    learn: async () => {
      if (sentenceModel === null) return;
      meaning ??= createMeaning({ ...sentenceModel, log });
      await meaning.learn(await knowledge.vocabulary());
    },
    stop: async () => {
      await knowledge.stop();
      assetsPerArea.stop();
      await meaning?.stop();
    },
  };
}
