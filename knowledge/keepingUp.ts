import type { Log } from "../core/log.ts";
import type { Graph } from "../graph/graph.ts";

/** Something read from the graph that a process keeps up with. */
export interface KeptUp<Known> {
  /** What was read last. Throws as the first reading does, until one has succeeded. */
  readonly get: () => Promise<Known>;
  /** Reads no more. */
  readonly stop: () => void;
}

/**
 * Reads something when it is first asked for, and from then on again in the background, `ageMs` milliseconds after the time before, so that no
 * request waits for it: unless nothing was written to the graph meanwhile. While it cannot be read, what was read last stays, and the log says so. `read` is given what it read before, and returns
 * that when nothing has changed; `onChange` hears of what is new.
 */
export function keepingUp<Known>(
  read: (before: Known | null) => Promise<Known>,
  {
    graph,
    ageMs,
    log,
    onChange,
  }: {
    readonly graph: Graph;
    readonly ageMs: number;
    readonly log: Log;
    readonly onChange?: (known: Known) => void;
  },
): KeptUp<Known> {
  let known: Promise<Known> | null = null;
  /** Of the graph as it was read last, or before. */
  let bookmark: string | null = null;
  let timer: NodeJS.Timeout | null = null;
  let isStopped = false;
  async function readWhatIsNew(before: Known | null): Promise<Known> {
    // Asked before it is read: what is written in between is read, or else read the next time.
    const latest = await graph.bookmark();
    if (before !== null && latest !== null && latest === bookmark) return before;
    const fresh = await read(before);
    bookmark = latest;
    return fresh;
  }
  const readAgainLater = (before: Known) => {
    if (isStopped) return;
    timer = setTimeout(() => {
      readWhatIsNew(before)
        .then((fresh) => {
          known = Promise.resolve(fresh);
          if (fresh !== before) onChange?.(fresh);
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
        const reading = readWhatIsNew(null);
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
