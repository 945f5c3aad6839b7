import type { AssetState, Change } from "../answers.ts";

/** All that is proposed of some assets, each proposal once: one that joins two of them is a proposal of each. */
export function proposalsOf(board: readonly AssetState[]): readonly Change[] {
  return [...new Map(board.flatMap(({ proposals }) => proposals).map((change) => [change.id, change])).values()];
}
