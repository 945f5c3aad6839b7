import type { Log } from "../core/log.ts";
import type { Graph } from "../graph/graph.ts";
import { rollForward } from "./rollForward.ts";

/** Often enough that a new day begins with its sessions laid out, and that what a loader left half done is soon done. */
const everyMs = 10 * 60_000;

/** Goes on with what was begun until it is told to stop. */
export interface Background {
  /** Resolves when nothing of it is under way any more. */
  readonly stop: () => Promise<void>;
}

/** Lays out sessions, at once and then every ten minutes, of which most find nothing to do. A failure is logged, and tried again. */
export function keepLaidOut(
  graph: Graph,
  { clock, log }: { readonly clock: () => Date; readonly log: Log },
): Background {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let underWay = Promise.resolve();

  async function rollOn(): Promise<void> {
    const until = { signal: stopping.signal, deadline: Date.now() + everyMs, requestId: "sessions" };
    try {
      const activities = await rollForward(graph.within(until), { now: clock() });
      if (activities > 0) log.info({ activities }, "laid out the sessions of the days to come");
    } catch (error) {
      if (stopping.signal.aborted) return;
      log.warn({ err: error }, "Could not lay out sessions; what was laid out before stays, and it is tried again");
    }
    if (stopping.signal.aborted) return;
    timer = setTimeout(begin, everyMs);
    timer.unref();
  }
  function begin(): void {
    underWay = rollOn();
  }
  begin();
  return {
    stop: async () => {
      stopping.abort();
      clearTimeout(timer);
      await underWay;
    },
  };
}
