import { setMaxListeners } from "node:events";
import { anybody, type Caller } from "./caller.ts";

/** One operation under way: who asked, until when it may go on, and the signal that ends all work for it. */
export interface OperationUnderWay {
  readonly requestId: string;
  /** Who asked, and what they may do beyond reading. */
  readonly caller: Caller;
  /** When it ends at the latest, in milliseconds as of Date.now. */
  readonly deadline: number;
  /** Fires at the deadline, or when the caller is gone: nobody waits for an answer after that. */
  readonly signal: AbortSignal;
  /** To be called once it is answered: it lets go of the timer and of the caller. */
  readonly end: () => void;
}

/**
 * Starts the clock of one operation: it ends after `timeoutMs` milliseconds, or when `callerGone` fires. `caller` left out: nobody in particular asked.
 */
export function startOperation(
  requestId: string,
  {
    timeoutMs,
    callerGone,
    caller = anybody,
  }: { readonly timeoutMs: number; readonly callerGone: AbortSignal; readonly caller?: Caller },
): OperationUnderWay {
  // Not AbortSignal.any and AbortSignal.timeout: on Node 20 those keep every signal they made until a garbage collection finds it.
  const ending = new AbortController();
  // Every statement under way listens to it, and an operation may have any number: no sign of a leak, as Node would warn.
  setMaxListeners(0, ending.signal);
  const abort = () => {
    ending.abort();
  };
  const timer = setTimeout(abort, timeoutMs);
  if (callerGone.aborted) abort();
  else callerGone.addEventListener("abort", abort, { once: true });
  return {
    requestId,
    caller,
    deadline: Date.now() + timeoutMs,
    signal: ending.signal,
    end: () => {
      clearTimeout(timer);
      callerGone.removeEventListener("abort", abort);
    },
  };
}
