import type { Log } from "../core/log.ts";
import type { Graph } from "../graph/graph.ts";
import { type Gazetteer, readGazetteer } from "./gazetteer.ts";
import { keepingUp } from "./keepingUp.ts";
import { readReferrers, type Referrers } from "./referrers.ts";
import { readVocabulary, type Vocabulary } from "./vocabulary.ts";

/** What a process knows of words and places, shared by all its operations and all its subgraphs. */
export interface Knowledge {
  /** The conditions and their words, at most about a second old. */
  readonly vocabulary: () => Promise<Vocabulary>;
  /** The named areas, at most about a minute old. */
  readonly gazetteer: () => Promise<Gazetteer>;
  /** The kinds of referrer, at most about a minute old. */
  readonly referrers: () => Promise<Referrers>;
  /** Stops keeping up with the graph. */
  readonly stop: () => Promise<void>;
}

const vocabularyAgeMs = 1000;
const gazetteerAgeMs = 60_000;

/** Reads what a process knows when first asked for, and keeps up with the graph (see `keepingUp`). */
export function createKnowledge(
  graph: Graph,
  log: Log,
  { onVocabulary }: { readonly onVocabulary?: (vocabulary: Vocabulary) => void } = {},
): Knowledge {
  const vocabulary = keepingUp<Vocabulary>((before) => readVocabulary(graph, before), {
    graph,
    ageMs: vocabularyAgeMs,
    log,
    ...(onVocabulary === undefined ? {} : { onChange: onVocabulary }),
  });
  const gazetteer = keepingUp<Gazetteer>((before) => readGazetteer(graph, before), {
    graph,
    ageMs: gazetteerAgeMs,
    log,
  });
  const referrers = keepingUp<Referrers>(() => readReferrers(graph), { graph, ageMs: gazetteerAgeMs, log });
  return {
    vocabulary: vocabulary.get,
    gazetteer: gazetteer.get,
    referrers: referrers.get,
    stop: () => {
      for (const kept of [vocabulary, gazetteer, referrers]) kept.stop();
      return Promise.resolve();
    },
  };
}
