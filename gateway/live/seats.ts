import { CodedError } from "../../core/errors.ts";

/** A phone and a tablet for each of two at a table, with a tab left open on each: nobody who means well listens more often. */
const mostEach = 8;

/** Until somebody who was refused may try again, in seconds. */
export const retryAfterSeconds = 30;

/**
 * Counts who listens. Returns what lets somebody in, by what stands for them, and gives what lets them out again. Throws CodedError RATE_LIMITED for who listens eight times already; UNAVAILABLE where `most` listen to this process.
 */
export function seatsFor(most: number): (listener: string) => () => void {
  const taken = new Map<string, number>();
  let total = 0;
  return (listener) => {
    const theirs = taken.get(listener) ?? 0;
    if (theirs >= mostEach) {
      throw new CodedError(
        "RATE_LIMITED",
        `You listen ${mostEach} times already, which is as often as anybody may. Close a page that you no longer look at.`,
        { limit: mostEach, retryAfterSeconds },
      );
    }
    if (total >= most) {
      throw new CodedError(
        "UNAVAILABLE",
        "As many listen at the moment as can. Ask `workshopChanges` every few seconds, or try again shortly.",
        { retryAfterSeconds },
      );
    }
    taken.set(listener, theirs + 1);
    total += 1;
    let isOut = false;
    return () => {
      if (isOut) return;
      isOut = true;
      total -= 1;
      const left = (taken.get(listener) ?? 1) - 1;
      if (left === 0) taken.delete(listener);
      else taken.set(listener, left);
    };
  };
}
