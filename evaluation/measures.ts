/** What a grade is worth: 3 counts for more than two of 2. K. Järvelin and J. Kekäläinen, ACM TOIS 20(4), 2002, with gains 2^grade − 1 (Burges et al., ICML 2005). */
const gain = (grade: number) => 2 ** grade - 1;

const discounted = (grades: readonly number[]) =>
  grades.reduce((sum, grade, index) => sum + gain(grade) / Math.log2(index + 2), 0);

/**
 * nDCG: how good an order is, from 0 to 1, the best that the judged assets allow. `found`: the grade of each result, best first, 0 where
 * it was not judged; `judged`: all grades given for the query, in any order; `depth`: how many results count. 1 when nothing deserves a
 * grade. Σ (2^grade − 1) ÷ log2(rank + 1), over the same sum for the best order (Järvelin and Kekäläinen 2002).
 */
export function ndcg(found: readonly number[], judged: readonly number[], depth = 10): number {
  const best = discounted([...judged].sort((a, b) => b - a).slice(0, depth));
  return best === 0 ? 1 : discounted(found.slice(0, depth)) / best;
}

/**
 * 1 ÷ the rank of the first result that helps (`found` as in `ndcg`; it helps from grade 2 on), 0 when none does: the mean over queries is
 * MRR (E. Voorhees, TREC-8, 1999).
 */
export function reciprocalRank(found: readonly number[]): number {
  const index = found.findIndex((grade) => grade >= 2);
  return index === -1 ? 0 : 1 / (index + 1);
}

/** The arithmetic mean; null for no numbers. */
export function mean(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
