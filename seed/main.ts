// `npm run seed -- [files…]`: loads the project's own seed, or the files named, into NEO4J_URI or into the local Neo4j.
import { constants } from "node:os";
import { Command } from "commander";
import { readConfig } from "../core/config.ts";
import { CodedError } from "../core/errors.ts";
import { connectGraph } from "../graph/graph.ts";
import { startLocalNeo4j } from "../graph/local/startLocalNeo4j.ts";
import { migrate } from "../graph/migrate.ts";
import { load } from "./load.ts";
import { readSeed } from "./readSeed.ts";
import { showProgress } from "./showProgress.ts";

/** What the process ends with: done; could not be done; asked for wrongly (settings, arguments, files). */
const exit = { done: 0, failed: 1, wrong: 2 } as const;

const aDayMs = 24 * 60 * 60_000;

const say = (line: string) => process.stderr.write(`${line}\n`);

async function seed(paths: readonly string[], signal: AbortSignal): Promise<void> {
  const config = wrongly(() => readConfig(process.env));
  // Before Neo4j is started: a mistake in a file need not wait for it.
  const files = await readSeed(paths.length === 0 ? undefined : paths);
  const local = config.server === null ? await startLocalNeo4j({ ...config.local, report: say }) : null;
  const server = config.server ?? local;
  if (server === null) throw new Error("There is no Neo4j to load into.");
  const graph = connectGraph(server);
  try {
    const interruptible = graph.within({ signal, deadline: Date.now() + aDayMs, requestId: "seed" });
    await migrate(interruptible, { report: say });
    const progress = showProgress(process.stderr);
    const started = performance.now();
    try {
      const { created, updated, unchanged } = await load(interruptible, files, progress);
      progress.end();
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      process.stdout.write(`Loaded in ${seconds} s: ${created} new, ${updated} changed, ${unchanged} as before.\n`);
    } finally {
      progress.end();
    }
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== "UNAVAILABLE") throw error;
    throw new Error(`Neo4j at ${server.uri} does not answer. See that it runs and that NEO4J_URI is right.`, {
      cause: error,
    });
  } finally {
    await graph.close();
    await local?.stop();
  }
}

/** An error in what was asked for, told apart from a failure to do it. */
function wrongly<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw new CodedError("BAD_INPUT", error instanceof Error ? error.message : String(error));
  }
}

const interrupted = new AbortController();
let signalled: "SIGINT" | "SIGTERM" | undefined;
for (const name of ["SIGINT", "SIGTERM"] as const) {
  // Once: who asks a second time is not kept waiting.
  process.once(name, () => {
    signalled = name;
    interrupted.abort();
  });
}

const command = new Command("npm run seed --")
  .description("Loads seed files into the directory; what was loaded before and has not changed is left alone.")
  .argument("[files...]", "seed files to load in place of the project's own (seed/data)")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? exit.done : exit.wrong))
  .parse();

try {
  await seed(command.args, interrupted.signal);
} catch (error) {
  if (signalled === undefined) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = error instanceof CodedError && error.code === "BAD_INPUT" ? exit.wrong : exit.failed;
  } else {
    say("Stopped. Run it again to finish: what is loaded already stays.");
    process.exitCode = 128 + constants.signals[signalled];
  }
}
