import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { subgraphNames } from "../../core/config.ts";
import type { GraphServer } from "../../graph/graph.ts";
import { type RunningProcess, startProcess } from "../../test/startProcess.ts";
import { type ContenderProcess, startContender } from "../contender.ts";
import type { HttpClientSettings } from "../contenders/httpClient.ts";
import { openCountry } from "../country/openCountry.ts";
import { interleaved, median, ratioOf, type Rounds } from "../measure.ts";
import type { Asked, Figure, Part } from "../part.ts";
import { cpuMsOf } from "../processUsage.ts";
import { headlinePage, type Question } from "../questions.ts";

const topologies = ["in memory", "over HTTP", "two workers"] as const;
type Name = (typeof topologies)[number];

interface Topology {
  readonly processes: readonly RunningProcess[];
  readonly client: ContenderProcess;
}

/** What one round on one topology came to. */
interface Sample {
  readonly perSecond: number;
  /** Of all processes of the topology, per request. */
  readonly cpuMs: number;
  readonly p50: number;
  readonly p99: number;
}

const rounds = 5;
/** So many requests are a round of a second or two. */
const timesAt = new Map([
  [1, 100],
  [16, 400],
  [64, 500],
]);

/** Ways to run the same code: one process, the subgraphs in processes of their own, two processes side by side. */
export const topologiesPart: Part = {
  name: "topologies",
  about: "the headline page from one process, from a gateway with its subgraphs over HTTP, and from two workers",
  run: async ({ sizes, directory, report }: Asked): Promise<readonly Figure[]> => {
    const country = await openCountry({ size: sizes[0] ?? 10_000, directory, report });
    try {
      const questions = country.spots.map(({ near }) => headlinePage(near));
      return await withTopologies(country.server, async (all) => {
        report("comparing the answers");
        for (const question of questions) await checkAnswers(all, question);
        const figures: Figure[] = [];
        for (const [connections, times] of timesAt) {
          const samples = await interleaved(
            topologies.map((name) => ({ name, round: () => sampleOf(all[name], { questions, times, connections }) })),
            { rounds, onRound: () => undefined },
          );
          report(`${connections} connections: ${rounds} rounds`);
          figures.push(...figuresOf(connections, samples));
        }
        return figures;
      });
    } finally {
      await country.stop();
    }
  },
};

/** Starts all topologies, and ends them when `use` is done, or one of them did not start. */
async function withTopologies<Result>(
  { uri, user, password, database }: GraphServer,
  use: (all: Readonly<Record<Name, Topology>>) => Promise<Result>,
): Promise<Result> {
  const stopping: (() => Promise<unknown>)[] = [];
  const settings = {
    PORT: "0",
    OPERATION_TIMEOUT_MS: "60000",
    NEO4J_URI: uri,
    NEO4J_USER: user,
    NEO4J_PASSWORD: password,
    NEO4J_DATABASE: database,
    GATEWAY_CREDENTIAL: randomBytes(32).toString("base64url"),
  };

  async function start(file: string, args: readonly string[], more: Readonly<Record<string, string>> = {}) {
    const started = await startProcess(file, args, { ...settings, ...more });
    stopping.push(started.stop);
    return started;
  }

  async function topologyOf(processes: readonly RunningProcess[]): Promise<Topology> {
    const file = join(import.meta.dirname, "..", "contenders", "httpClient.ts");
    const client = await startContender(file, { url: processes[0]?.url ?? "" } satisfies HttpClientSettings);
    stopping.push(client.stop);
    return { processes, client };
  }

  async function overHttp(): Promise<readonly RunningProcess[]> {
    const subgraphs = await Promise.all(subgraphNames.map((name) => start("subgraphs/main.ts", [name])));
    const urls = subgraphNames.map((name, index) => [
      `SUBGRAPH_${name.toUpperCase()}_URL`,
      `${subgraphs[index]?.url ?? ""}/graphql`,
    ]);
    return [await start("gateway/main.ts", [], Object.fromEntries(urls) as Record<string, string>), ...subgraphs];
  }

  try {
    return await use({
      "in memory": await topologyOf([await start("gateway/main.ts", [])]),
      "over HTTP": await topologyOf(await overHttp()),
      "two workers": await topologyOf([await start("bench/contenders/twoWorkers.ts", [])]),
    });
  } finally {
    for (const stop of stopping.reverse()) await stop();
  }
}

/** Throws unless all topologies answer the very same text. */
async function checkAnswers(all: Readonly<Record<Name, Topology>>, question: Question): Promise<void> {
  const [ours, ...others] = await Promise.all(topologies.map((name) => all[name].client.answer(question)));
  if (others.some((theirs) => theirs !== ours)) {
    throw new Error(`Topologies answer ${JSON.stringify(question.variables)} differently.`);
  }
}

async function sampleOf(
  { processes, client }: Topology,
  task: { readonly questions: readonly Question[]; readonly times: number; readonly connections: number },
): Promise<Sample> {
  const used = async () => {
    const each = await Promise.all(processes.map(({ pid }) => cpuMsOf(pid)));
    return each.reduce((total, ms) => total + ms, 0);
  };
  const before = await used();
  const { milliseconds, elapsedMs } = await client.run(task);
  const cpuMs = ((await used()) - before) / task.times;
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
  return { perSecond: (1000 * task.times) / elapsedMs, cpuMs, p50: at(0.5), p99: at(0.99) };
}

function figuresOf(connections: number, samples: Rounds<Name, Sample>): readonly Figure[] {
  const of = (name: Name, what: keyof Sample) => samples[name].map((sample) => sample[what]);
  const middle = (name: Name, what: keyof Sample, digits: number) => median(of(name, what)).toFixed(digits);
  return topologies.flatMap((name): Figure[] => {
    const latency = `p50 ${middle(name, "p50", 1)} ms, p99 ${middle(name, "p99", 1)} ms`;
    const compared = (what: "perSecond" | "cpuMs") => ({
      ...(name === "in memory" ? { ratio: null, spread: null } : ratioOf(of(name, what), of("in memory", what))),
      budget: null,
    });
    const where = name === "in memory" ? name : `${name} against in memory`;
    const at = `${connections} ${connections === 1 ? "connection" : "connections"}`;
    return [
      {
        name: `requests a second, ${where}, ${at}`,
        ...compared("perSecond"),
        value: `${middle(name, "perSecond", 0)} a second; ${latency}`,
      },
      {
        name: `CPU a request, ${where}, ${at}`,
        ...compared("cpuMs"),
        value: `${middle(name, "cpuMs", 2)} ms, all its processes together`,
      },
    ];
  });
}
