// `npm run import -- ical <file or address> --source <key> …`: imports a calendar into NEO4J_URI or into the local Neo4j.
import { Command } from "commander";
import { importCalendar } from "./importCalendar.ts";
import { feedUrlOf, readFeed } from "./readFeed.ts";
import { exitCodes, runCommand } from "./runCommand.ts";
import { showProgress } from "./showProgress.ts";
import { withGraph } from "./withGraph.ts";

interface Options {
  readonly source: string;
  readonly name?: string;
  readonly publisher: string;
  readonly licence: string;
  readonly url?: string;
  readonly heldAt?: string;
  readonly runBy?: string;
  readonly supports?: readonly string[];
  readonly sample?: boolean;
  readonly allowWithdrawals?: boolean;
}

const command = new Command("npm run import --")
  .description("Imports what others publish; importing it again changes what has changed.")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? exitCodes.done : exitCodes.wrong));

command
  .command("ical")
  .description("Imports a calendar (iCalendar, RFC 5545): each of its events becomes an activity.")
  .argument("<from>", "a file, or an address: https, http or webcal")
  .requiredOption("--source <key>", "what the calendar is known by, in lower-case words with hyphens between")
  .requiredOption("--publisher <name>", "who publishes it")
  .requiredOption("--licence <licence>", "under which licence: an SPDX identifier, or the licence's own name")
  .option("--name <name>", "what the calendar is called; left out: as it calls itself")
  .option("--url <address>", "where everybody can read it; left out: the address it is imported from")
  .option("--held-at <key>", "the place where everything is held that says no other place we know")
  .option("--run-by <key>", "the organisation that runs it all, or the group that puts it on")
  .option("--supports <slugs...>", "the conditions that it all supports")
  .option("--sample", "it was invented, and is shown as such")
  .option("--allow-withdrawals", "it is meant that most of what was imported before is gone")
  .action((from: string, options: Options) => run(from, options));

await command.parseAsync();

async function run(from: string, options: Options): Promise<void> {
  await runCommand(process.env, async (config, signal) => {
    const bytes = await readFeed(from, { signal });
    await withGraph(config, { name: "import", signal }, async (graph) => {
      const { report, end } = showProgress(process.stderr);
      try {
        const imported = await importCalendar(graph, bytes, {
          source: options.source,
          name: options.name ?? null,
          publisher: options.publisher,
          licence: options.licence,
          url: options.url ?? publicUrlOf(from),
          heldAt: options.heldAt ?? null,
          runBy: options.runBy ?? null,
          supports: options.supports ?? [],
          sample: options.sample ?? false,
          allowWithdrawals: options.allowWithdrawals ?? false,
          now: new Date(),
          report,
        });
        end();
        for (const { uid, field, message } of imported.problems) {
          process.stderr.write(`Left out: ${uid ?? "(no UID)"}, ${field}: ${message}\n`);
        }
        for (const warning of imported.warnings) process.stderr.write(`${warning}\n`);
        const { created, updated, unchanged, withdrawn, published, problems } = imported;
        process.stdout.write(
          `Imported: ${created} new, ${updated} changed, ${unchanged} as before, ${published} back, ${withdrawn} withdrawn, ${problems.length} left out.\n`,
        );
        if (imported.isWithdrawalRefused) process.exitCode = exitCodes.failed;
      } finally {
        end();
      }
    });
  });
}

/** Null for a file, and for the address of a calendar that Google calls secret: whoever knows it can read what is not public. */
function publicUrlOf(from: string): string | null {
  const url = feedUrlOf(from);
  return url === null || url.pathname.includes("/private-") ? null : url.href;
}
