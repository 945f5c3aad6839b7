import type { OverviewRow } from "./queries/overview.ts";

/** The fewest assets that together meet the most needs, and the positions of the needs that nothing meets. */
export interface Covering {
  readonly assets: readonly { readonly id: string; readonly met: readonly number[] }[];
  readonly uncovered: readonly number[];
}

/** More needs than these are not looked at together: the ways to combine them double with each. */
const mostNeeds = 8;

/**
 * The smallest set of assets that covers as many of some needs as can be covered; of sets as small, the one whose scores add up to most.
 * `coverings`: the best asset for each combination of needs, so that nothing better was left out. Exact for up to eight needs, which is
 * every search in words that a person would write; of more, the first eight count.
 */
export function coveringOf(coverings: OverviewRow["coverings"], needs: number): Covering {
  const looked = Math.min(needs, mostNeeds);
  const all = 2 ** looked;
  const bits = coverings.map(({ met }) =>
    met.filter((need) => need < looked).reduce((mask, need) => mask | (1 << need), 0),
  );
  // For each set of needs, the best way to cover just that: fewest assets, then the most score (dynamic programming over sets).
  const best: ({ readonly chosen: readonly number[]; readonly score: number } | undefined)[] = Array.from({
    length: all,
  });
  best[0] = { chosen: [], score: 0 };
  for (let covered = 0; covered < all; covered += 1) {
    const way = best[covered];
    if (way === undefined) continue;
    for (const [index, { score }] of coverings.entries()) {
      const next = covered | (bits[index] ?? 0);
      if (next === covered) continue;
      const known = best[next];
      const total = way.score + score;
      const isBetter =
        known === undefined ||
        way.chosen.length + 1 < known.chosen.length ||
        (way.chosen.length + 1 === known.chosen.length && total > known.score);
      if (isBetter) best[next] = { chosen: [...way.chosen, index], score: total };
    }
  }
  const coverable = bits.reduce((mask, bit) => mask | bit, 0);
  const chosen = best[coverable]?.chosen ?? [];
  return {
    assets: chosen.flatMap((index) => {
      const covering = coverings[index];
      return covering === undefined ? [] : [{ id: covering.id, met: covering.met }];
    }),
    uncovered: Array.from({ length: needs }, (_, need) => need).filter(
      (need) => need >= looked || (coverable & (1 << need)) === 0,
    ),
  };
}
