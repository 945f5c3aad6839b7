import type { Graph } from "../graph/graph.ts";
import type { DirectoryKnowledge } from "../subgraphs/directory/knowledge.ts";
import { read } from "../subgraphs/directory/read.ts";
import { askedAt } from "./askedAt.ts";
import type { JudgedSet } from "./readQueries.ts";

/** Milliseconds that understanding takes, over the queries: in the middle, and for the slowest of twenty. */
export interface UnderstandingTimes {
  readonly reading: { readonly median: number; readonly slow: number };
  /** Null where there is no sentence model. */
  readonly guessing: { readonly median: number; readonly slow: number } | null;
}

/**
 * Times the reading of each query as a search does it, with what it asks of the graph, one after the other; and a guess at its sentence,
 * which a search makes only where nothing was understood. Each is done once before it is timed. Throws as `read` does.
 */
export async function timeUnderstanding(
  graph: Graph,
  knowledge: DirectoryKnowledge,
  { queries }: JudgedSet,
): Promise<UnderstandingTimes> {
  const [vocabulary, gazetteer] = await Promise.all([knowledge.vocabulary(), knowledge.gazetteer()]);
  const reading: number[] = [];
  const guessing: number[] = [];
  const guesses: boolean[] = [];
  for (const { text, near } of queries) {
    const readOnce = () =>
      read(graph, text, vocabulary, gazetteer, { isPlaceWanted: near === undefined, now: askedAt });
    const { sentence } = await readOnce();
    reading.push(await millisecondsOf(readOnce));
    const guessOnce = async () => {
      guesses.push((await knowledge.guess(sentence)) !== null);
    };
    await guessOnce();
    guessing.push(await millisecondsOf(guessOnce));
  }
  return { reading: spreadOf(reading), guessing: guesses.includes(true) ? spreadOf(guessing) : null };
}

async function millisecondsOf(task: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await task();
  return performance.now() - begun;
}

function spreadOf(times: readonly number[]) {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { median: at(0.5), slow: at(0.95) };
}
