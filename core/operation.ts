import { setMaxListeners } from "node:events";

/** What a caller may do beyond reading, which everybody may: RECORD_OUTCOMES, record what came of referrals. */
export const scopes = ["RECORD_OUTCOMES"] as const;

export type Scope = (typeof scopes)[number];

/** One operation under way: who asked, until when it may go on, and the signal that ends all work for it. */
export interface OperationUnderWay {
  readonly requestId: string;
  /** What whoever asked may do beyond reading. */
  readonly scopes: readonly Scope[];
  /** When it ends at the latest, in milliseconds as of Date.now. */
  readonly deadline: number;
  /** Fires at the deadline, or when the caller is gone: nobody waits for an answer after that. */
  readonly signal: AbortSignal;
  /** To be called once it is answered: it lets go of the timer and of the caller. */
  readonly end: () => void;
}

/**
 * Starts the clock of one operation: it ends after `timeoutMs` milliseconds, or when `caller` fires. Whoever asked may do what `scopes` says beyond reading; left out:
 * nothing.
 */
export function startOperation(
  requestId: string,
  {
    timeoutMs,
    caller,
    scopes: allowed = [],
  }: { readonly timeoutMs: number; readonly caller: AbortSignal; readonly scopes?: readonly Scope[] },
): OperationUnderWay {
  // Not AbortSignal.any and AbortSignal.timeout: on Node 20 those keep every signal they made until a garbage collection finds it.
  const ending = new AbortController();
  // Every statement under way listens to it, and an operation may have any number: no sign of a leak, as Node would warn.
  setMaxListeners(0, ending.signal);
  const abort = () => {
    ending.abort();
  };
  const timer = setTimeout(abort, timeoutMs);
  if (caller.aborted) abort();
  else caller.addEventListener("abort", abort, { once: true });
  return {
    requestId,
    scopes: allowed,
    deadline: Date.now() + timeoutMs,
    signal: ending.signal,
    end: () => {
      clearTimeout(timer);
      caller.removeEventListener("abort", abort);
    },
  };
}
