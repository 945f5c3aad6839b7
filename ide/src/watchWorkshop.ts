import type { Change, Page } from "./answers.ts";
import type { Ask } from "./askApi.ts";

interface Since {
  readonly workshop: {
    readonly open: boolean;
    readonly sequence: number;
    readonly changes: Page<Change>;
  } | null;
}

const everyMs = 2000;

/**
 * Tells of what happens in a workshop after `since`, in the order in which it happens: `onChanges` gets what is new and the sequence up to which it goes. `onProblem` gets
 * what was thrown when it could not be asked, and null once it can be again. Nothing is asked while nobody looks. Returns what ends it.
 */
export function watchWorkshop({
  ask,
  workshop,
  since,
  onChanges,
  onProblem,
}: {
  readonly ask: Ask;
  readonly workshop: string;
  readonly since: number;
  readonly onChanges: (changes: readonly Change[], sequence: number) => void;
  readonly onProblem: (problem: unknown) => void;
}): () => void {
  let seen = since;
  let isOver = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Asked through a function: it changes while something is awaited, which the compiler does not see.
  const hasEnded = () => isOver;

  async function look() {
    let isMore = false;
    try {
      if (!document.hidden) {
        const { workshop: found } = await ask<Since>("WorkshopSince", { workshop, since: seen });
        if (hasEnded()) return;
        onProblem(null);
        const changes = found?.changes.edges.map(({ node }) => node) ?? [];
        seen = Math.max(seen, ...changes.map(({ sequence }) => sequence));
        isMore = found?.changes.pageInfo.hasNextPage === true && changes.length > 0;
        if (changes.length > 0) onChanges(changes, seen);
      }
    } catch (problem) {
      if (!hasEnded()) onProblem(problem);
    }
    if (!hasEnded()) timer = setTimeout(() => void look(), isMore ? 0 : everyMs);
  }

  timer = setTimeout(() => void look(), everyMs);
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
