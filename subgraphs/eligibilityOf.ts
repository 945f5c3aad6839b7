/** A statement of who something is for. */
export interface EligibilityStatement {
  /** Whether it keeps out whom it describes. */
  readonly excludes: boolean;
  /** In years; null where that end is open. */
  readonly minimumAge: number | null;
  readonly maximumAge: number | null;
  /** Words that can be read alone; null when it has none. */
  readonly description: string | null;
  readonly conditions: readonly { readonly id: string }[];
}

/**
 * The statements, those that admit first, and what they come to for who wants it short: the youngest and the oldest age (in years) that any
 * of them admits, null where one leaves that end open, and their words as sentences, null when none has words.
 */
export function eligibilityOf(statements: readonly EligibilityStatement[]) {
  const admitting = statements.filter(({ excludes }) => !excludes);
  const excluding = statements.filter(({ excludes }) => excludes);
  const inOrder = [...admitting, ...excluding];
  const words = inOrder.map(({ description }) => description).filter((description) => description !== null);
  return {
    statements: inOrder,
    minimumAge: widest(
      Math.min,
      admitting.map(({ minimumAge }) => minimumAge),
    ),
    maximumAge: widest(
      Math.max,
      admitting.map(({ maximumAge }) => maximumAge),
    ),
    description: words.length === 0 ? null : words.map((one) => one.replace(/\.$/, "")).join(". "),
  };
}

/** Null when there are no ages, or one is open. */
function widest(of: typeof Math.min, ages: readonly (number | null)[]): number | null {
  const stated = ages.filter((age) => age !== null);
  return stated.length === 0 || stated.length < ages.length ? null : of(...stated);
}
