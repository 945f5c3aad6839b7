// `npm run bench`: the budgets of this project, measured. README.md beside says how to read the table.
import { mkdir, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { readConfig } from "../core/config.ts";
import { stopContenders } from "./contender.ts";
import { figuresOrFailure, type Part } from "./part.ts";
import { federationPart } from "./parts/federation.ts";
import { growthPart } from "./parts/growth.ts";
import { loadingPart } from "./parts/loading.ts";
import { pathPart } from "./parts/path.ts";
import { peersPart } from "./parts/peers.ts";
import { routesPart } from "./parts/routes.ts";
import { sessionsPart } from "./parts/sessions.ts";
import { statementsPart } from "./parts/statements.ts";
import { topologiesPart } from "./parts/topologies.ts";
import { startPart } from "./parts/start.ts";
import { memoryPart } from "./parts/memory.ts";
import { figureRow, type FigureRow, tableOf } from "./report.ts";

const parts: readonly Part[] = [
  federationPart,
  pathPart,
  growthPart,
  peersPart,
  sessionsPart,
  routesPart,
  statementsPart,
  loadingPart,
  topologiesPart,
  startPart,
  memoryPart,
];

const say = (line: string) => process.stderr.write(`${line}\n`);

function partNamed(name: string, before: readonly Part[] = []): readonly Part[] {
  const part = parts.find((one) => one.name === name);
  if (part === undefined) {
    throw new InvalidArgumentError(`There are ${parts.map((one) => one.name).join(", ")}.`);
  }
  return [...before, part];
}

function sizeNamed(text: string, before: readonly number[] = []): readonly number[] {
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1000 || size > 2_000_000) {
    throw new InvalidArgumentError("A size is a number of assets, from 1000 to 2000000.");
  }
  return [...before, size];
}

const command = new Command("npm run bench --")
  .argument(
    "[parts...]",
    `which parts to run, of ${parts.map(({ name }) => name).join(", ")}; all when left out`,
    partNamed,
  )
  .option("--size <assets>", "how many assets the synthetic country has; may be given several times", sizeNamed)
  .option("--json <file>", "where to write the figures as JSON")
  .addHelpText("after", `\n${parts.map(({ name, about }) => `  ${name}: ${about}`).join("\n")}`)
  .parse();

const { size, json } = command.opts<{ size?: readonly number[]; json?: string }>();
const asked = (command.processedArgs[0] as readonly Part[] | undefined) ?? parts;
// Whole, because PostgreSQL is started elsewhere.
const directory = resolve(readConfig(process.env).local.dataDirectory, "bench");
await mkdir(directory, { recursive: true });

const asks = {
  sizes: size ?? [10_000, 100_000, 1_000_000],
  directory,
  report: (line: string) => {
    say(`   ${line}`);
  },
};

async function figuresOf(part: Part): Promise<readonly FigureRow[]> {
  const figures = await figuresOrFailure(part.name, () => part.run(asks), say);
  await stopContenders();
  return figures.map((figure) => figureRow(part.name, figure));
}

const rows: FigureRow[] = [];
for (const part of asked) {
  say(`== ${part.name}: ${part.about}`);
  const started = performance.now();
  const figures = await figuresOf(part);
  rows.push(...figures);
  say(`${tableOf(figures)}\n   took ${((performance.now() - started) / 1000).toFixed(0)} s`);
  // After each part: what is measured is not lost with a later one.
  if (json !== undefined) await writeFile(json, `${JSON.stringify(rows, null, 2)}\n`);
}
process.stdout.write(`${tableOf(rows)}\n`);
const missed = rows.filter(({ met }) => met === false);
if (missed.length > 0) {
  say(`${missed.length} of ${rows.filter(({ met }) => met !== null).length} budgets missed.`);
  process.exitCode = 1;
}
