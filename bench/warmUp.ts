import type { ContenderProcess } from "./contender.ts";
import { median } from "./measure.ts";
import type { Report } from "./part.ts";

const secondsARun = 2;
/** The runs that are compared with as many before them, and how much faster they may still be for it to have come to rest. */
const runsCompared = 6;
const atRest = 1.03;
const mostSeconds = 180;
const connections = 16;

/**
 * Asks a contender these questions until it answers no faster than before: Java's second compiler needs some thousand statements, V8 some
 * hundred, and what is measured before that is the compilers. At most three minutes; less than half of one for who is fast at once.
 */
export async function warmUp(
  contender: ContenderProcess,
  {
    name,
    questions,
    report,
  }: { readonly name: string; readonly questions: readonly unknown[]; readonly report: Report },
): Promise<void> {
  const rates: number[] = [];
  const started = performance.now();
  let times = questions.length;
  while (performance.now() - started < mostSeconds * 1000) {
    const { elapsedMs } = await contender.run({ questions, times, connections });
    rates.push((times / elapsedMs) * 1000);
    times = questions.length * Math.max(1, Math.round(((rates.at(-1) ?? 0) * secondsARun) / questions.length));
    const [last, before] = [rates.slice(-runsCompared), rates.slice(-2 * runsCompared, -runsCompared)];
    if (before.length === runsCompared && median(last) < median(before) * atRest) break;
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  report(
    `${name}: warm after ${seconds} s, from ${rates[0]?.toFixed(0)} to ${rates.at(-1)?.toFixed(0)} answers a second`,
  );
}
