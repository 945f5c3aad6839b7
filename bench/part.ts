/** Tells, in plain lines, what is going on. */
export type Report = (line: string) => void;

/** One line of the table: how we compare with a rival, or with what is allowed. */
export interface Figure {
  /** What is compared, in words: "headline page, against the same statements raw over Bolt". */
  readonly name: string;
  /**
   * Ours divided by the rival's, or by what is allowed: the median over the rounds of a run. Null where there was nothing to compare, and then
   * `value` says why.
   */
  readonly ratio: number | null;
  /** The lowest and the highest ratio of any round: where they lie on both sides of 1, the two are equal as far as we can tell. */
  readonly spread: Spread | null;
  readonly budget: Budget | null;
  /** What was measured, with its unit, for information: it depends on the machine. */
  readonly value: string;
  /** Measuring it failed, and `value` says how: whatever its budget, that is not met. */
  readonly isFailed?: boolean;
}

/** The figures of a part of a part; one that fails says so in the table, and takes none of the others with it. */
export async function figuresOrFailure(
  name: string,
  measure: () => Promise<readonly Figure[]>,
  report: Report,
): Promise<readonly Figure[]> {
  try {
    return await measure();
  } catch (error) {
    report(error instanceof Error ? (error.stack ?? error.message) : String(error));
    const [value = ""] = String(error).split("\n");
    return [{ name: `${name}: failed`, ratio: null, spread: null, budget: null, value, isFailed: true }];
  }
}

export type Spread = readonly [lowest: number, highest: number];

/** What a ratio has to be. */
export type Budget = { readonly atMost: number } | { readonly atLeast: number };

export interface Asked {
  /** How many assets the synthetic countries have; the first is enough for a part that needs one. */
  readonly sizes: readonly number[];
  /** Where what is slow to build is kept between runs. */
  readonly directory: string;
  readonly report: Report;
}

/** A part of the bench, in a file of its own under parts/. */
export interface Part {
  readonly name: string;
  /** What it answers, in a sentence. */
  readonly about: string;
  readonly run: (asked: Asked) => Promise<readonly Figure[]>;
}

/** Whether a figure is within its budget; null where it has none, or could not be measured. */
export function isMet({ ratio, budget, isFailed = false }: Figure): boolean | null {
  if (isFailed) return false;
  if (ratio === null || budget === null) return null;
  return "atMost" in budget ? ratio <= budget.atMost : ratio >= budget.atLeast;
}
