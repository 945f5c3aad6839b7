import type { ContenderProcess } from "../../contender.ts";
import { interleaved, median, ratioOf } from "../../measure.ts";
import type { Budget, Figure, Report } from "../../part.ts";
import { warmUp } from "../../warmUp.ts";
import { throughput } from "./throughput.ts";

/** How many of the same questions two contenders answer in a second, once both are warm: one at a time, and on 16 connections, which the budget is for. */
export async function compareThroughput(
  name: string,
  questions: readonly unknown[],
  budget: Budget | null,
  {
    ours,
    theirs,
    size,
    report,
  }: {
    readonly ours: ContenderProcess;
    readonly theirs: ContenderProcess;
    readonly size: number;
    readonly report: Report;
  },
): Promise<readonly Figure[]> {
  await warmUp(ours, { name: `${name}, ours`, questions, report });
  await warmUp(theirs, { name: `${name}, theirs`, questions, report });
  const figures: Figure[] = [];
  for (const connections of [1, 16]) {
    const contenders = [
      throughput("ours", ours, { questions, connections }),
      throughput("theirs", theirs, { questions, connections }),
    ] as const;
    const rounds = await interleaved(contenders, { rounds: 5, onRound: () => undefined });
    report(`${name}, ${connections} connections: 5 rounds done`);
    figures.push({
      name: `${name}: throughput, ${connections} connections, ${size} assets`,
      ...ratioOf(rounds.ours, rounds.theirs),
      budget: connections === 1 ? null : budget,
      value: `${median(rounds.ours).toFixed(0)}/s and ${median(rounds.theirs).toFixed(0)}/s`,
    });
  }
  return figures;
}
