import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { type Building, openCountry, readBuilding } from "../country/openCountry.ts";
import { type Loaded, startLoader } from "../country/startLoader.ts";
import { cypher } from "../../graph/cypher.ts";
import { connectGraph, type GraphServer } from "../../graph/graph.ts";
import { startLocalNeo4j } from "../../graph/local/startLocalNeo4j.ts";
import type { Asked, Figure, Part } from "../part.ts";

const million = 1_000_000;
const allowedSeconds = 600;
/** How much more memory the second half of a load may take than the first, for it to be called flat. */
const flat = 1.1;

/** How long loading takes, that its memory stays flat, and that it can be killed and taken up again. */
export const loadingPart: Part = {
  name: "loading",
  about: "loading from nothing: how fast, how much memory, and what a kill half way costs",
  run: async ({ sizes, directory, report }: Asked): Promise<readonly Figure[]> => {
    const size = Math.min(...sizes);
    const whole = await fromNothing({ size, directory, report, isKilled: false });
    const killed = await fromNothing({ size, directory, report, isKilled: true });
    if (JSON.stringify(whole.counts) !== JSON.stringify(killed.counts)) {
      throw new Error(
        `Killed and taken up again, a load has come to ${JSON.stringify(killed.counts)} instead of ${JSON.stringify(whole.counts)}.`,
      );
    }
    const rate = size / whole.assetSeconds;
    const figures: Figure[] = [
      {
        name: `${size} assets into an empty database just started, areas and borders before them`,
        ratio: null,
        spread: null,
        budget: null,
        value: `${whole.seconds.toFixed(0)} s, of which the assets ${whole.assetSeconds.toFixed(0)} s: ${rate.toFixed(0)} a second`,
      },
      {
        name: `killed half way, Neo4j with it, and taken up again: as much in the end; time against not killed`,
        ratio: killed.seconds / whole.seconds,
        spread: null,
        budget: null,
        value: `${killed.seconds.toFixed(0)} s and ${whole.seconds.toFixed(0)} s`,
      },
    ];
    for (const large of sizes.filter((one) => one > size))
      figures.push(...ofBuilding(large, await built(large, { directory, report })));
    return figures;
  },
};

/** What was noted when a country was built, which is done now when it was not. */
async function built(size: number, { directory, report }: Pick<Asked, "directory" | "report">): Promise<Building> {
  const known = await readBuilding(directory, size);
  if (known !== null && known.builtOn !== null) return known;
  const country = await openCountry({ size, directory, report });
  await country.stop();
  return country.building;
}

function ofBuilding(size: number, { seconds, peakMegabytes, resumed, builtOn }: Building): readonly Figure[] {
  const allowed = (allowedSeconds * size) / million;
  const again = resumed === 0 ? "" : `, taken up again ${resumed} times`;
  const { firstHalf, lastHalf } = peakMegabytes;
  return [
    {
      name: `${size} assets, areas and borders with them, of the time allowed`,
      ratio: seconds / allowed,
      spread: null,
      // Below a million, the areas and the time that Neo4j takes to warm up weigh too much.
      budget: size === million ? { atMost: 1 } : null,
      value: `${seconds.toFixed(0)} s of ${allowed.toFixed(0)} s, built on ${builtOn ?? "no day"}${again}`,
    },
    {
      name: `${size} assets, peak memory of the loader in the second half of the load against the first`,
      ratio: lastHalf / firstHalf,
      spread: null,
      budget: { atMost: flat },
      value: `${lastHalf} MB and ${firstHalf} MB resident`,
    },
  ];
}

interface FromNothing {
  /** From the first record to the last, without the time that Neo4j took to start for the first time. */
  readonly seconds: number;
  /** Of these, from the end of the areas on. */
  readonly assetSeconds: number;
  readonly counts: Readonly<Record<string, number>>;
}

async function fromNothing({
  size,
  directory,
  report,
  isKilled,
}: Pick<Asked, "directory" | "report"> & { readonly size: number; readonly isKilled: boolean }): Promise<FromNothing> {
  const dataDirectory = await mkdtemp(join(directory, "loading-"));
  const start = () => startLocalNeo4j({ dataDirectory, boltPort: 0, javaHome: null, purpose: "load", report });
  let neo4j = await start();
  try {
    const started = performance.now();
    let withoutAssets = started;
    let files = 0;
    const onFile = (loaded: Loaded) => {
      files = loaded.files;
      if (loaded.assets === 0) withoutAssets = performance.now();
    };
    report(`Loading ${size} assets${isKilled ? ", to be killed half way" : ""}`);
    if (isKilled) {
      await killedHalfWay(neo4j, size, onFile);
      // The power was cut for both: Neo4j has to recover what it had promised to keep.
      process.kill(neo4j.pid, "SIGKILL");
      await neo4j.stop();
      report(`Killed after ${files} files; starting again`);
      neo4j = await start();
    }
    await startLoader({ server: serverOf(neo4j), country: { size, lsoas: null }, done: files }, onFile).finished;
    const ended = performance.now();
    return {
      seconds: (ended - started) / 1000,
      assetSeconds: (ended - withoutAssets) / 1000,
      counts: await countsOf(neo4j),
    };
  } finally {
    await neo4j.stop();
    await rm(dataDirectory, { recursive: true });
  }
}

/** Loads until half of the assets are in, and a little of what comes after them. */
async function killedHalfWay(server: GraphServer, size: number, onFile: (loaded: Loaded) => void): Promise<void> {
  let isHalfWay = () => {};
  const halfWay = new Promise<void>((resolve) => (isHalfWay = resolve));
  const loader = startLoader({ server: serverOf(server), country: { size, lsoas: null }, done: 0 }, (loaded) => {
    onFile(loaded);
    if (loaded.assets >= size / 2) isHalfWay();
  });
  await Promise.race([halfWay, loader.finished]);
  await sleep(300);
  loader.finished.catch(() => undefined);
  await loader.kill();
}

const countsStatement = {
  name: "countsOfCountry",
  access: "READ",
  text: cypher`
    MATCH (node)
    RETURN reduce(text = '', label IN labels(node) | text + ':' + label) AS what, count(*) AS count
    ORDER BY what
    UNION ALL
    MATCH ()-[link]->()
    RETURN type(link) AS what, count(*) AS count
    ORDER BY what`,
  row: z.object({ what: z.string(), count: z.number() }),
} as const;

async function countsOf(server: GraphServer): Promise<Readonly<Record<string, number>>> {
  const graph = connectGraph(server);
  try {
    return Object.fromEntries((await graph.run(countsStatement)).map(({ what, count }) => [what, count]));
  } finally {
    await graph.close();
  }
}

function serverOf({ uri, user, password, database }: GraphServer): GraphServer {
  return { uri, user, password, database };
}
