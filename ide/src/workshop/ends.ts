import type { LinkEnd } from "../answers.ts";

/** The two that are to be joined, as far as they are chosen. */
export interface Ends {
  readonly from: LinkEnd | null;
  readonly to: LinkEnd | null;
}

/** Before anything is chosen. */
export const nobody: Ends = { from: null, to: null };

/** With one more chosen, where it starts first; what was chosen already is let go of. */
export function withChosen({ from, to }: Ends, end: LinkEnd): Ends {
  if (from?.id === end.id) return { from: null, to };
  if (to?.id === end.id) return { from, to: null };
  return from === null ? { from: end, to } : { from, to: end };
}
