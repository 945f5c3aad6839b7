import { parse } from "graphql";
import { z } from "zod";
import { startOperation } from "../../core/operation.ts";
import type { Log } from "../../core/log.ts";
import type { ExecuteSubgraph } from "../../subgraphs/execute.ts";

/** How far a workshop has come. */
export type Mark = z.output<typeof Mark>;

const Mark = z.object({ id: z.string(), sequence: z.number(), generation: z.number() });
const Marks = z.object({ workshopMarks: z.array(Mark) });

const document = parse("query ($ids: [ID!]!) { workshopMarks(ids: $ids) { id sequence generation } }", {
  noLocation: true,
});

/** So soon is told what was written elsewhere; what was written through this process, at once. */
const everyMs = 1000;
const timeoutMs = 5000;

/** Looks, for as long as anybody listens, how far the workshops have come that somebody listens to. */
export interface Watch {
  readonly listen: (workshop: string) => Watching;
  /** Looks now, rather than when it is time. */
  readonly look: () => void;
  readonly stop: () => void;
}

/** The watch over one workshop for one listener. */
export interface Watching {
  /** How far it had come when it was last looked at; null when it was not yet, or there is none. */
  readonly mark: () => Mark | null;
  /** Resolves at the next look, whatever was seen and also when nothing could be, or when `wake` is called. */
  readonly next: () => Promise<void>;
  readonly wake: () => void;
  /** No more is looked for this listener. */
  readonly end: () => void;
}

/**
 * One watch for a whole process: all that is listened to is asked of the subgraph of workshops in one statement a second, and nothing when nobody listens. What cannot be asked is asked again a second later; what is known stays as it was.
 */
export function watchOver(execute: ExecuteSubgraph, log: Log): Watch {
  const stopping = new AbortController();
  const listeners = new Map<string, Set<Watching>>();
  const marks = new Map<string, Mark>();
  let timer: NodeJS.Timeout | undefined;
  let isLooking = false;
  let isToLookAgain = false;
  let isFailing = false;
  // Asked through a function: it changes while something is awaited, which the compiler does not see.
  const isMoreToLookAt = () => isToLookAgain && !stopping.signal.aborted;

  async function read(): Promise<void> {
    const operation = startOperation("watch", { timeoutMs, callerGone: stopping.signal });
    try {
      const ids = [...listeners.keys()];
      const { data, errors } = await execute({ document, variables: { ids } }, operation);
      if (errors !== undefined) throw new Error(errors.map(({ message }) => message).join(" "));
      const found = new Map(Marks.parse(data).workshopMarks.map((mark) => [mark.id, mark]));
      for (const id of ids) {
        const mark = found.get(id);
        if (mark === undefined) marks.delete(id);
        else if (listeners.has(id)) marks.set(id, mark);
      }
      if (isFailing) log.info("Workshops that somebody listens to can be looked at again");
      isFailing = false;
    } catch (error) {
      if (!isFailing && !stopping.signal.aborted) {
        log.warn({ err: error }, "Workshops that somebody listens to cannot be looked at; tried again every second");
      }
      isFailing = true;
    } finally {
      operation.end();
    }
  }

  async function look(): Promise<void> {
    if (isLooking) {
      isToLookAgain = true;
      return;
    }
    isLooking = true;
    clearTimeout(timer);
    do {
      isToLookAgain = false;
      if (listeners.size > 0) await read();
      for (const watching of [...listeners.values()].flatMap((some) => [...some])) watching.wake();
    } while (isMoreToLookAt());
    isLooking = false;
    if (listeners.size > 0 && !stopping.signal.aborted) timer = setTimeout(() => void look(), everyMs);
  }

  return {
    look: () => {
      if (listeners.size > 0) void look();
    },
    listen: (workshop) => {
      let wake: (() => void) | null = null;
      const watching: Watching = {
        mark: () => marks.get(workshop) ?? null,
        next: () =>
          new Promise((resolve) => {
            wake = resolve;
          }),
        wake: () => {
          wake?.();
          wake = null;
        },
        end: () => {
          const others = listeners.get(workshop);
          others?.delete(watching);
          if (others?.size === 0) {
            listeners.delete(workshop);
            marks.delete(workshop);
          }
          if (listeners.size === 0) clearTimeout(timer);
          watching.wake();
        },
      };
      const others = listeners.get(workshop);
      if (others === undefined) listeners.set(workshop, new Set([watching]));
      else others.add(watching);
      void look();
      return watching;
    },
    stop: () => {
      stopping.abort();
      clearTimeout(timer);
      for (const watching of [...listeners.values()].flatMap((some) => [...some])) watching.wake();
    },
  };
}
