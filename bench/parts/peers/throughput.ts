import type { ContenderProcess, Run } from "../../contender.ts";

/** How long a round of one contender takes, in seconds: long enough to even out, short enough that many fit. */
const roundSeconds = 1.5;

/**
 * A contender of `interleaved` that answers as many questions as it can in about a second and a half, all of them equally often, and tells
 * how many that is in a second. `onRun` hears of each run besides.
 */
export function throughput<Name extends string>(
  name: Name,
  contender: ContenderProcess,
  {
    questions,
    connections,
    onRun,
  }: {
    readonly questions: readonly unknown[];
    readonly connections: number;
    readonly onRun?: (run: Run) => void;
  },
) {
  let times = questions.length;
  return {
    name,
    round: async () => {
      const run = await contender.run({ questions, times, connections });
      onRun?.(run);
      const perSecond = (run.milliseconds.length / run.elapsedMs) * 1000;
      times = questions.length * Math.max(1, Math.round((perSecond * roundSeconds) / questions.length));
      return perSecond;
    },
  };
}
