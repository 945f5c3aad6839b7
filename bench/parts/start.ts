import { execFile } from "node:child_process";
import { access, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { median, ratioOf } from "../measure.ts";
import type { Asked, Figure, Part, Report } from "../part.ts";
import { headlinePage } from "../questions.ts";
import { startDirectory } from "../startDirectory.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..", "..");

const warmStarts = 5;
const longestStartMs = 15_000;
const mostMegabytes = 600;

/** When each stage of a start was over, in milliseconds since its beginning. */
interface Start {
  readonly startingNeo4j: number;
  readonly neo4jAnswers: number;
  readonly listening: number;
  readonly answered: number;
}

/** What somebody waits for who tries the directory: installing it, and `npm start` until the headline query over the seed is answered. */
export const startPart: Part = {
  name: "start",
  about: "from `npm start` to the first answer, without and with data kept, and what `npm ci` takes on the disk",
  run: async ({ directory, report }: Asked): Promise<readonly Figure[]> => {
    const dataDirectory = join(directory, "start");
    await rm(join(dataDirectory, "neo4j"), { recursive: true, force: true });
    const cold = await start(dataDirectory);
    report(`cold: ${seconds(cold.answered)}`);
    const warm: Start[] = [];
    for (let number = 1; number <= warmStarts; number += 1) {
      const one = await start(dataDirectory);
      report(`warm, ${number} of ${warmStarts}: ${seconds(one.answered)}`);
      warm.push(one);
    }
    const stage = (name: string, of: (one: Start) => number): Figure => ({
      ...withoutRatio,
      name: `of a warm start: ${name}`,
      value: seconds(median(warm.map(of))),
    });
    const answered = warm.map((one) => one.answered);
    return [
      {
        ...withoutRatio,
        name: "to the first answer, no data kept (the jars already fetched)",
        value: seconds(cold.answered),
      },
      {
        name: "to the first answer, data kept, against 15 s",
        ...ratioOf(
          answered,
          answered.map(() => longestStartMs),
        ),
        budget: { atMost: 1 },
        value: seconds(median(answered)),
      },
      stage("Node, its modules and the search for Java", ({ startingNeo4j }) => startingNeo4j),
      stage("Neo4j", ({ startingNeo4j, neo4jAnswers }) => neo4jAnswers - startingNeo4j),
      stage("a look at the graph, first plans, the gateway", ({ neo4jAnswers, listening }) => listening - neo4jAnswers),
      stage("the first answer", ({ listening, answered }) => answered - listening),
      ...(await sizes(report)),
    ];
  },
};

const withoutRatio = { ratio: null, spread: null, budget: null } as const;

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`;

/** Starts the directory, asks it the headline query over HTTP, and stops it. Throws when that finds nothing. */
async function start(dataDirectory: string): Promise<Start> {
  const began = performance.now();
  const directory = await startDirectory(dataDirectory);
  try {
    const response = await fetch(`${directory.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(headlinePage("Rose Hill")),
    });
    const text = await response.text();
    const answered = performance.now() - began;
    if (!text.includes('"node":{"id"')) throw new Error(`The first answer has no results: ${text.slice(0, 500)}`);
    return { ...directory.reached, answered };
  } finally {
    await directory.stop();
  }
}

async function sizes(report: Report): Promise<readonly Figure[]> {
  report("measuring node_modules");
  const all = await megabytesOf([join(root, "node_modules")]);
  const production = await megabytesOf(await productionPackages());
  return [
    {
      name: "node_modules after npm ci, against 600 MB",
      ratio: all / mostMegabytes,
      spread: null,
      budget: { atMost: 1 },
      value: `${all.toFixed(0)} MB`,
    },
    {
      ...withoutRatio,
      name: "of it what a server needs (npm ci --omit=dev)",
      value: `${production.toFixed(0)} MB`,
    },
  ];
}

async function megabytesOf(paths: readonly string[]): Promise<number> {
  const { stdout } = await run("du", ["-skc", ...paths]);
  return Number(/(\d+)\s+total\s*$/.exec(stdout)?.[1]) / 1024;
}

const lockFile = z.object({ packages: z.record(z.string(), z.object({ dev: z.boolean().optional() })) });

/** The folders of the packages that are no development tools, but for those of other platforms. */
async function productionPackages(): Promise<readonly string[]> {
  const { packages } = lockFile.parse(JSON.parse(await readFile(join(root, "package-lock.json"), "utf8")));
  const folders = Object.entries(packages)
    // What lies within another package is counted with that one.
    .filter(([path, { dev = false }]) => path.lastIndexOf("node_modules/") === 0 && !dev)
    .map(([path]) => join(root, path));
  const there = await Promise.all(
    folders.map((folder) =>
      access(folder).then(
        () => [folder],
        () => [],
      ),
    ),
  );
  return there.flat();
}
