// `npm run seed -- [files…]`: loads the project's own seed, or the files named, into NEO4J_URI or into the local Neo4j.
import { Command } from "commander";
import { load } from "./load.ts";
import { readSeed } from "./readSeed.ts";
import { exitCodes, runCommand } from "./runCommand.ts";
import { showProgress } from "./showProgress.ts";
import { withGraph } from "./withGraph.ts";

const { args } = new Command("npm run seed --")
  .description("Loads seed files into the directory; what was loaded before and has not changed is left alone.")
  .argument("[files...]", "seed files to load in place of the project's own (seed/data)")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? exitCodes.done : exitCodes.wrong))
  .parse();

await runCommand(process.env, async (config, signal) => {
  // Before Neo4j is started: a mistake in a file need not wait for it.
  const files = await readSeed(args.length === 0 ? undefined : args);
  await withGraph(config, { name: "seed", signal }, async (graph) => {
    const progress = showProgress(process.stderr);
    const started = performance.now();
    try {
      const { created, updated, unchanged } = await load(graph, files, { ...progress, now: new Date() });
      progress.end();
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      process.stdout.write(`Loaded in ${seconds} s: ${created} new, ${updated} changed, ${unchanged} as before.\n`);
    } finally {
      progress.end();
    }
  });
});
