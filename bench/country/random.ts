/** Numbers that look like chance and are the same for the same seed, so that a country of one size is always the same country. */
export interface Random {
  /** From 0 up to, and without, 1. */
  readonly next: () => number;
  /** True so often of 1. */
  readonly chance: (probability: number) => boolean;
  /** A whole number from 0 up to, and without, `count`. */
  readonly below: (count: number) => number;
  /** One of a list, each as likely; throws for an empty list. */
  readonly pick: <Item>(list: readonly Item[]) => Item;
  /** Of a normal distribution with mean 0 and deviation 1. */
  readonly normal: () => number;
}

/** Makes numbers out of a seed: mulberry32 by Tommy Ettinger, begun at the 32-bit FNV-1a hash of the seed. */
export function randomOf(seed: string): Random {
  let state = 0x811c9dc5;
  for (let index = 0; index < seed.length; index += 1) {
    state = Math.imul(state ^ seed.charCodeAt(index), 0x01000193);
  }
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number) => Math.floor(next() * count);
  return {
    next,
    chance: (probability) => next() < probability,
    below,
    pick: (list) => {
      const picked = list[below(list.length)];
      if (picked === undefined) throw new Error("There is nothing to pick from.");
      return picked;
    },
    // Box and Muller: 1 - next() is never 0, whose logarithm would be endless.
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}
