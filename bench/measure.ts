import type { Spread } from "./part.ts";

/** What takes part in a measurement. */
export interface Contender<Name extends string, Cost = number> {
  readonly name: Name;
  /** Does the same work as the others, and tells what it cost, in whatever unit is compared. */
  readonly round: () => Promise<Cost>;
}

/** What each contender cost, round by round. */
export type Rounds<Name extends string, Cost = number> = Readonly<Record<Name, readonly Cost[]>>;

/**
 * Has contenders take turns: in each round every one of them, each time beginning with another, so that whatever else the machine does in
 * the meantime is shared out among them. One round more goes before, which does not count.
 */
export async function interleaved<Name extends string, Cost = number>(
  contenders: readonly Contender<Name, Cost>[],
  { rounds, onRound }: { readonly rounds: number; readonly onRound: (done: number, of: number) => void },
): Promise<Rounds<Name, Cost>> {
  const costs = Object.fromEntries(contenders.map(({ name }) => [name, [] as Cost[]])) as Record<Name, Cost[]>;
  for (let round = 0; round <= rounds; round += 1) {
    for (let turn = 0; turn < contenders.length; turn += 1) {
      const contender = contenders[(round + turn) % contenders.length];
      if (contender === undefined) continue;
      const cost = await contender.round();
      if (round > 0) costs[contender.name].push(cost);
    }
    onRound(round, rounds);
  }
  return costs;
}

/** The median over the rounds of how many times as much one cost as another in the same round, and the least and the most of any round. */
export function ratioOf(ours: readonly number[], rivals: readonly number[]): { ratio: number; spread: Spread } {
  const ratios = ours.map((cost, round) => cost / (rivals[round] ?? Number.NaN));
  return { ratio: median(ratios), spread: [Math.min(...ratios), Math.max(...ratios)] };
}

/** The middle of some numbers; of an even count the mean of the two in the middle. NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = Number.NaN, high = Number.NaN] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}
