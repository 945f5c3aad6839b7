// `npm run evaluate -- [--set tuning|held-out|both] [--json FILE] [--verbose]`: how well the directory understands and answers judged queries.
import { writeFile } from "node:fs/promises";
import { Command, Option } from "commander";
import type { ExecutionResult } from "graphql";
import { type Config, readConfig, subgraphNames } from "../core/config.ts";
import { createLog } from "../core/log.ts";
import { askInProcess } from "../gateway/askInProcess.ts";
import { createGateway } from "../gateway/gateway.ts";
import { connectGraph } from "../graph/graph.ts";
import { startShortLivedNeo4j } from "../graph/local/startShortLivedNeo4j.ts";
import { readSchemas } from "../schema/readSchemas.ts";
import { prepare } from "../seed/prepare.ts";
import { executorOf } from "../subgraphs/execute.ts";
import { createSubgraphs } from "../subgraphs/subgraphs.ts";
import { askedAt } from "./askedAt.ts";
import { createDirectoryKnowledge } from "../subgraphs/directory/knowledge.ts";
import { describeFailure, describeSummaries, describeTimes } from "./describe.ts";
import { type Ask, evaluate } from "./evaluate.ts";
import { type JudgedSet, readQueries, type SetName, setNames } from "./readQueries.ts";
import { summarise } from "./summarise.ts";
import { timeUnderstanding, type UnderstandingTimes } from "./timeUnderstanding.ts";

interface Options {
  readonly set: "tuning" | "held-out" | "both";
  readonly json?: string;
  readonly verbose?: boolean;
}

type Time = (judged: JudgedSet) => Promise<UnderstandingTimes>;

const sets: Readonly<Record<Options["set"], readonly SetName[]>> = {
  tuning: ["tuning"],
  "held-out": ["heldOut"],
  both: setNames,
};

/** Longer than any answer takes on a busy machine: what is measured here is not how fast it is. */
const operationTimeoutMs = 60_000;

const say = (line: string) => process.stderr.write(`${line}\n`);

/** Hands a directory over the seed to `use`, in a new Neo4j or in the one that NEO4J_URI names, and ends it all after. */
async function withDirectory(config: Config, use: (ask: Ask, time: Time) => Promise<void>): Promise<void> {
  const log = createLog("warn", "evaluation");
  const closing: (() => unknown)[] = [];
  try {
    let { server } = config;
    if (server === null) {
      const local = await startShortLivedNeo4j(config.local.javaHome, say);
      closing.push(local.stop);
      server = local.server;
    }
    const graph = connectGraph(server, { log });
    closing.push(() => graph.close());
    await prepare(graph, askedAt);
    const subgraphs = createSubgraphs(graph, { log, sentenceModel: config.sentenceModel, clock: () => askedAt });
    closing.push(subgraphs.stop);
    await subgraphs.settle();
    const gateway = await createGateway({
      ...(await readSchemas()),
      connections: subgraphNames.map((name) => ({
        name,
        execute: executorOf(subgraphs.byName[name], { graph, log }),
      })),
      graph,
      log,
      operationTimeoutMs,
    });
    closing.push(() => gateway.stop());
    const knowledge = createDirectoryKnowledge(graph, log, config.sentenceModel);
    closing.push(knowledge.stop);
    await use(
      async (query, variables) => JSON.parse(await askInProcess(gateway, query, variables)) as ExecutionResult,
      async (judgedSet) => {
        await knowledge.learn();
        return timeUnderstanding(graph, knowledge, judgedSet);
      },
    );
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

const { set, json, verbose } = new Command()
  .description("Asks the judged queries and says how well they were understood and answered.")
  .addOption(new Option("--set <set>", "which queries").choices(Object.keys(sets)).default("both"))
  .option("--json <file>", "write what became of every query into a file")
  .option("--verbose", "tell of every query that was not read or not ordered well")
  .parse()
  .opts<Options>();

const judged = await readQueries(sets[set]);
await withDirectory(readConfig(process.env), async (ask, time) => {
  const outcomes = await evaluate(ask, judged);
  if (json !== undefined) await writeFile(json, JSON.stringify(outcomes, null, 2));
  if (verbose === true) {
    for (const text of outcomes.map(describeFailure)) if (text !== null) process.stdout.write(`${text}\n\n`);
  }
  process.stdout.write(`${describeSummaries(summarise(outcomes))}\n\n${describeTimes(await time(judged))}\n`);
});
