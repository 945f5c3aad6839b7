import type { Log } from "../../core/log.ts";
import type { Graph } from "../../graph/graph.ts";
import { type Gazetteer, readGazetteer } from "./gazetteer.ts";
import { readVocabulary, type Vocabulary } from "./vocabulary.ts";

/** What the directory knows of words, shared by all operations of a process. */
export interface Knowledge {
  /** The conditions and their words, at most about a second old. */
  readonly vocabulary: () => Promise<Vocabulary>;
  /** The named areas, at most about a minute old. */
  readonly gazetteer: () => Promise<Gazetteer>;
  /** Stops keeping up with the graph. */
  readonly stop: () => void;
}

const vocabularyAgeMs = 1000;
const gazetteerAgeMs = 60_000;

/**
 * Reads what the directory knows when first asked for, and from then on keeps up with the graph in the background, so that no request
 * waits for it. While the graph is away, what was read last stays.
 */
export function createKnowledge(graph: Graph, log?: Log): Knowledge {
  const vocabulary = keepingUp(() => readVocabulary(graph), vocabularyAgeMs, log);
  const gazetteer = keepingUp(() => readGazetteer(graph), gazetteerAgeMs, log);
  return {
    vocabulary: vocabulary.get,
    gazetteer: gazetteer.get,
    stop: () => {
      vocabulary.stop();
      gazetteer.stop();
    },
  };
}

function keepingUp<Known>(read: () => Promise<Known>, ageMs: number, log: Log | undefined) {
  let known: Promise<Known> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;
  const readAgainLater = () => {
    if (isStopped) return;
    timer = setTimeout(() => {
      read()
        .then((fresh) => {
          known = Promise.resolve(fresh);
        })
        .catch((error: unknown) => {
          if (!isStopped) log?.warn({ err: error }, "Could not read the vocabulary again; the last one stays");
        })
        .finally(readAgainLater);
    }, ageMs);
    timer.unref();
  };
  return {
    get: (): Promise<Known> => {
      if (known === null) {
        const reading = read();
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
