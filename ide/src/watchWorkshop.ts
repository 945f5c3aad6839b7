import type { Change, Page } from "./answers.ts";
import type { Ask, Listen } from "./askApi.ts";

interface Since {
  readonly workshop: {
    readonly open: boolean;
    readonly sequence: number;
    readonly changes: Page<Change>;
  } | null;
}

interface Changed {
  readonly workshopChanged: { readonly sequence: number; readonly changes: readonly Change[] };
}

const everyMs = 2000;
/** Whatever keeps a stream from being opened, such as something on the way that holds answers back, is seldom over in a moment. */
const listenAgainMs = 30_000;
/** The first event comes at once: where it does not, something on the way holds it back. */
const firstWithinMs = 10_000;

/**
 * Tells of what happens in a workshop after `since`, in the order in which it happens: `onChanges` gets what is new and the sequence up to which it goes. It is listened to; where that cannot be, or breaks off, it is asked for
 * every two seconds, from where it was, until it can be listened to again. `onProblem` gets what was thrown when it could not be asked either, and null once it can be again. Nothing is asked while nobody looks. Returns what ends it.
 */
export function watchWorkshop({
  ask,
  listen,
  workshop,
  since,
  onChanges,
  onProblem,
}: {
  readonly ask: Ask;
  readonly listen: Listen;
  readonly workshop: string;
  readonly since: number;
  readonly onChanges: (changes: readonly Change[], sequence: number) => void;
  readonly onProblem: (problem: unknown) => void;
}): () => void {
  let seen = since;
  let isOver = false;
  let listenAt = 0;
  let leaving = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Asked through a function: it changes while something is awaited, which the compiler does not see.
  const hasEnded = () => isOver;

  function tell(changes: readonly Change[], sequence: number) {
    onProblem(null);
    seen = sequence;
    if (changes.length > 0) onChanges(changes, seen);
  }

  /** Listens for as long as that goes well. */
  async function follow() {
    leaving = new AbortController();
    const { signal } = leaving;
    const late = setTimeout(() => leaving.abort(), firstWithinMs);
    listenAt = Date.now() + listenAgainMs;
    try {
      for await (const { workshopChanged } of listen<Changed>("WorkshopChanged", { workshop, since: seen }, signal)) {
        if (hasEnded()) return;
        clearTimeout(late);
        // It can be listened to: should it break off, then again at once.
        listenAt = 0;
        tell(workshopChanged.changes, workshopChanged.sequence);
      }
    } catch {
      // It is asked for next: whatever keeps it from being told will be told then, and for that alone.
    } finally {
      clearTimeout(late);
    }
  }

  /** Asks once. Returns whether there is more already. */
  async function look(): Promise<boolean> {
    try {
      const { workshop: found } = await ask<Since>("WorkshopSince", { workshop, since: seen });
      if (hasEnded()) return false;
      const changes = found?.changes.edges.map(({ node }) => node) ?? [];
      tell(changes, Math.max(seen, ...changes.map(({ sequence }) => sequence)));
      return found?.changes.pageInfo.hasNextPage === true && changes.length > 0;
    } catch (problem) {
      if (!hasEnded()) onProblem(problem);
      return false;
    }
  }

  async function go() {
    let isMore = false;
    if (!document.hidden) {
      if (Date.now() >= listenAt) await follow();
      if (!hasEnded() && !document.hidden) isMore = await look();
    }
    if (!hasEnded()) timer = setTimeout(() => void go(), isMore ? 0 : everyMs);
  }

  const whenHidden = () => {
    if (document.hidden) leaving.abort();
  };
  document.addEventListener("visibilitychange", whenHidden);
  timer = setTimeout(() => void go(), 0);
  return () => {
    isOver = true;
    document.removeEventListener("visibilitychange", whenHidden);
    leaving.abort();
    clearTimeout(timer);
  };
}
