import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { startContender } from "../contender.ts";
import type { HttpClientSettings } from "../contenders/httpClient.ts";
import type { Asked, Figure, Part } from "../part.ts";
import { residentMegabytesOf } from "../processUsage.ts";
import { headlinePage } from "../questions.ts";
import { startDirectory, type StartedDirectory } from "../startDirectory.ts";

const questions = ["Rose Hill", "Barton", "Littlemore", "Wood Farm", "Northway"].map((near) => headlinePage(near));
const connections = 16;
const slices = 4;
const sliceMs = 10_000;
const restMs = 10_000;

interface Resident {
  readonly node: number;
  readonly neo4j: number;
}

/** What the directory with a Neo4j of its own takes in memory. */
export const memoryPart: Part = {
  name: "memory",
  about: "resident memory of `npm start` over the seed, at rest and under load",
  run: async ({ directory, report }: Asked): Promise<readonly Figure[]> => {
    const started = await startDirectory(join(directory, "start"));
    try {
      await setTimeout(restMs);
      const atRest = await residentOf(started);
      report(`at rest: ${inWords(atRest)}`);
      const underLoad = await load(started, report);
      await setTimeout(restMs);
      const after = await residentOf(started);
      return [
        figure("at rest after the start", inWords(atRest)),
        figure(`after ${(slices * sliceMs) / 1000} s of load on ${connections} connections`, inWords(underLoad.last)),
        growth("Node", underLoad.first.node, underLoad.last.node),
        growth("Neo4j", underLoad.first.neo4j, underLoad.last.neo4j),
        figure("at rest after the load", inWords(after)),
      ];
    } finally {
      await started.stop();
    }
  },
};

/** Asks for a while; what is resident after the first quarter of it, when everything has been used once, and after the last. */
async function load(
  started: StartedDirectory,
  report: Asked["report"],
): Promise<{ readonly first: Resident; readonly last: Resident }> {
  const file = join(import.meta.dirname, "..", "contenders", "httpClient.ts");
  const client = await startContender(file, { url: started.url } satisfies HttpClientSettings);
  try {
    const trial = 200;
    const { elapsedMs } = await client.run({ questions, times: trial, connections });
    const times = Math.ceil((trial * sliceMs) / elapsedMs);
    const resident: Resident[] = [];
    for (let slice = 0; slice < slices; slice += 1) {
      await client.run({ questions, times, connections });
      const now = await residentOf(started);
      report(`after ${times * (slice + 1)} requests: ${inWords(now)}`);
      resident.push(now);
    }
    const [first, last] = [resident[0], resident.at(-1)];
    if (first === undefined || last === undefined) throw new Error("Nothing was measured.");
    return { first, last };
  } finally {
    await client.stop();
  }
}

async function residentOf({ pid, neo4jPid }: StartedDirectory): Promise<Resident> {
  return { node: await residentMegabytesOf(pid), neo4j: await residentMegabytesOf(neo4jPid) };
}

function inWords({ node, neo4j }: Resident): string {
  return `Node ${node.toFixed(0)} MB, Neo4j ${neo4j.toFixed(0)} MB`;
}

function figure(name: string, value: string): Figure {
  return { name, ratio: null, spread: null, budget: null, value };
}

function growth(what: string, first: number, last: number): Figure {
  return {
    name: `${what}, after the last quarter of the load against after its first`,
    ratio: last / first,
    spread: null,
    budget: null,
    value: `${last.toFixed(0)} MB and ${first.toFixed(0)} MB`,
  };
}
