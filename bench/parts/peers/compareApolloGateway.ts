import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { GraphServer } from "../../../graph/graph.ts";
import { type ContenderProcess, startContender } from "../../contender.ts";
import { interleaved, median, ratioOf } from "../../measure.ts";
import type { Figure, Report } from "../../part.ts";
import type { Question } from "../../questions.ts";
import { warmUp } from "../../warmUp.ts";
import { throughput } from "./throughput.ts";

const folder = join(import.meta.dirname, "..", "..", "peers", "apolloGateway");
const connections = 16;

const services = z.object({ urls: z.record(z.string(), z.string()), cpuMs: z.number() });

/**
 * The headline page through our gateway and through @apollo/gateway, over the same subgraphs, elsewhere and in the gateway's process, behind the
 * same door. Throws when any answer differs.
 */
export async function compareApolloGateway(
  {
    server,
    questions,
    size,
  }: {
    readonly server: GraphServer;
    readonly questions: readonly Question[];
    readonly size: number;
  },
  report: Report,
): Promise<readonly Figure[]> {
  const credential = "a-secret-that-only-this-bench-knows";
  const subgraphs = await startContender(join(folder, "subgraphs.ts"), { neo4j: server, credential });
  try {
    const { urls } = services.parse(await subgraphs.answer(null));
    const settings = { neo4j: server, credential };
    return [
      ...(await compare("HTTP subgraphs", { ...settings, urls }, subgraphs, questions, size, report)),
      ...(await compare("subgraphs in process", { ...settings, urls: null }, null, questions, size, report)),
    ];
  } finally {
    await subgraphs.stop();
  }
}

async function compare(
  topology: string,
  settings: object,
  subgraphs: ContenderProcess | null,
  questions: readonly Question[],
  size: number,
  report: Report,
): Promise<readonly Figure[]> {
  const ours = await startContender(join(folder, "ours.ts"), settings);
  const theirs = await startContender(join(folder, "theirs.ts"), settings);
  const cpu = { ours: [] as number[], theirs: [] as number[] };
  const elsewhere = async () => (subgraphs === null ? 0 : services.parse(await subgraphs.answer(null)).cpuMs);
  const contender = (name: "ours" | "theirs", process: ContenderProcess) => {
    const { round } = throughput(name, process, {
      questions,
      connections,
      onRun: ({ cpuMs, milliseconds }) => {
        own = cpuMs;
        times = milliseconds.length;
      },
    });
    let own = 0;
    let times = 0;
    return {
      name,
      round: async () => {
        const before = await elsewhere();
        const perSecond = await round();
        cpu[name].push((own + (await elsewhere()) - before) / times);
        return perSecond;
      },
    };
  };
  try {
    for (const question of questions) await compareAnswers(ours, theirs, question);
    const contenders = [contender("ours", ours), contender("theirs", theirs)] as const;
    await warmUp(ours, { name: `ours, ${topology}`, questions, report });
    await warmUp(theirs, { name: `@apollo/gateway, ${topology}`, questions, report });
    const rounds = await interleaved(contenders, { rounds: 5, onRound: () => undefined });
    report(`@apollo/gateway, ${topology}: 5 rounds done`);
    // Of the rounds alone: what was spent to warm up went before.
    const [ourCpu, theirCpu] = [cpu.ours.slice(-5), cpu.theirs.slice(-5)];
    return [
      {
        name: `headline page against @apollo/gateway, ${topology}: throughput, ${connections} connections, ${size} assets`,
        ...ratioOf(rounds.ours, rounds.theirs),
        budget: null,
        value: `${median(rounds.ours).toFixed(0)}/s and ${median(rounds.theirs).toFixed(0)}/s`,
      },
      {
        name: `headline page against @apollo/gateway, ${topology}: CPU of gateway and subgraphs, ${size} assets`,
        ...ratioOf(ourCpu, theirCpu),
        budget: null,
        value: `${median(ourCpu).toFixed(1)} ms and ${median(theirCpu).toFixed(1)} ms`,
      },
    ];
  } finally {
    await Promise.all([ours.stop(), theirs.stop()]);
  }
}

async function compareAnswers(ours: ContenderProcess, theirs: ContenderProcess, question: Question): Promise<void> {
  const mine = String(await ours.answer(question));
  const others = String(await theirs.answer(question));
  const answer = JSON.parse(mine) as { readonly errors?: unknown };
  if (answer.errors !== undefined) throw new Error(`This is no page: ${mine.slice(0, 500)}`);
  if (!isDeepStrictEqual(answer, JSON.parse(others))) {
    throw new Error(
      `@apollo/gateway answers otherwise:\n${others.slice(0, 2000)}\nwhere ours says\n${mine.slice(0, 2000)}`,
    );
  }
}
