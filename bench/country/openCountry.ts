import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";
import { connectGraph, type GraphServer } from "../../graph/graph.ts";
import { migrate } from "../../graph/migrate.ts";
import { startLocalNeo4j } from "../../graph/local/startLocalNeo4j.ts";
import { writeWhole } from "../../graph/local/writeWhole.ts";
import { readGazetteer } from "../../knowledge/gazetteer.ts";
import { locateOne } from "../../knowledge/locate.ts";
import type { Report } from "../part.ts";
import { landscapeOfCountry } from "./landscapeOfCountry.ts";
import { type Spot, spotsOf } from "./spots.ts";
import { startLoader } from "./startLoader.ts";

/** Raised when the same size is to give another country than before: what was built by an earlier edition is built anew. */
const edition = 2;

const reportEveryMs = 10_000;

/** The file with what is known of a country, beside its database. */
const noted = "country.json";

/** What is known of a country that is built, or being built. */
const Building = z.object({
  edition: z.number(),
  isReal: z.boolean(),
  /** Neo4j's own id of the database: a record of another one says nothing about this. */
  store: z.string(),
  /** How many of its files are loaded. */
  files: z.number(),
  /** How long loading took, in pieces if need be. */
  seconds: z.number(),
  /** The most resident memory of the process that loads, in megabytes, in the first half of its files and in the last. */
  peakMegabytes: z.object({ firstHalf: z.number(), lastHalf: z.number() }),
  /** How often it was taken up again. */
  resumed: z.number(),
  builtOn: z.string().nullable(),
});

export type Building = z.output<typeof Building>;

const storeStatement = {
  name: "storeOfCountry",
  access: "READ",
  text: cypher`CALL db.info() YIELD id RETURN id`,
  row: z.object({ id: z.string() }),
} as const;

export interface OpenCountry {
  readonly server: GraphServer;
  /** Where to ask: cities, towns and countryside, six of each. */
  readonly spots: readonly Spot[];
  readonly building: Building;
  readonly stop: () => Promise<void>;
}

/**
 * Starts the Neo4j of the synthetic country with `size` assets, in its own folder in `directory`, set up to bear load. The country is built first
 * when it is not there, and a build that was cut short goes on after the last file that was through. Stop it after.
 * Throws as `startLocalNeo4j` and `load` do.
 */
export async function openCountry({
  size,
  directory,
  report,
}: {
  readonly size: number;
  readonly directory: string;
  readonly report: Report;
}): Promise<OpenCountry> {
  const landscape = await landscapeOfCountry({ lsoas: null });
  const dataDirectory = join(directory, `country-${size}`);
  const file = join(dataDirectory, noted);
  let known = await readBuilding(directory, size);
  if (known !== null && (known.edition !== edition || known.isReal !== landscape.isReal)) {
    report(`The country of ${size} assets was built by another edition of this bench, and is built anew`);
    await rm(dataDirectory, { recursive: true });
    known = null;
  }
  const neo4j = await startLocalNeo4j({ dataDirectory, boltPort: 0, javaHome: null, purpose: "load", report });
  try {
    const graph = connectGraph(neo4j);
    try {
      const [store] = await graph.run(storeStatement);
      const fresh: Building = {
        edition,
        isReal: landscape.isReal,
        store: store?.id ?? "",
        files: 0,
        seconds: 0,
        peakMegabytes: { firstHalf: 0, lastHalf: 0 },
        resumed: 0,
        builtOn: null,
      };
      const before = known?.store === fresh.store ? known : fresh;
      const building = before.builtOn === null ? await build(before, { size, server: neo4j, file, report }) : before;
      // One that was built before a migration came.
      await migrate(graph, { report });
      const spots = spotsOf(landscape);
      const gazetteer = await readGazetteer(graph);
      for (const { near, areaId } of spots) {
        const located = await locateOne(graph, gazetteer, near, ["near"]);
        if (located.area.id !== areaId) throw new Error(`"${near}" is taken for ${located.name}.`);
      }
      return { server: neo4j, spots, building, stop: neo4j.stop };
    } finally {
      await graph.close();
    }
  } catch (error) {
    await neo4j.stop();
    throw error;
  }
}

/** What is noted of a country that was built in `directory`, or begun to be; null when it was not. */
export async function readBuilding(directory: string, size: number): Promise<Building | null> {
  const text = await readFile(join(directory, `country-${size}`, noted), "utf8").catch(() => null);
  return text === null ? null : Building.parse(JSON.parse(text));
}

async function build(
  before: Building,
  {
    size,
    server,
    file,
    report,
  }: { readonly size: number; readonly server: GraphServer; readonly file: string; readonly report: Report },
): Promise<Building> {
  const started = performance.now();
  let building: Building = { ...before, resumed: before.resumed + (before.files > 0 ? 1 : 0) };
  let reported = -reportEveryMs;
  let writing = Promise.resolve();
  const write = () => (writing = writing.then(() => writeWhole(file, `${JSON.stringify(building, null, 2)}\n`, 0o644)));
  const { uri, user, password, database } = server;
  const loader = startLoader(
    { server: { uri, user, password, database }, country: { size, lsoas: null }, done: before.files },
    ({ files, of, assets, rssMegabytes }) => {
      const seconds = before.seconds + (performance.now() - started) / 1000;
      const half = files <= of / 2 ? "firstHalf" : "lastHalf";
      const { peakMegabytes } = building;
      building = {
        ...building,
        files,
        seconds,
        peakMegabytes: { ...peakMegabytes, [half]: Math.max(peakMegabytes[half], rssMegabytes) },
        builtOn: files === of ? new Date().toISOString().slice(0, "2026-11-22".length) : null,
      };
      void write();
      if (performance.now() - reported < reportEveryMs && files < of) return;
      reported = performance.now();
      report(`Building the country of ${size} assets: ${assets} of them after ${seconds.toFixed(0)} s`);
    },
  );
  try {
    await loader.finished;
  } finally {
    await loader.kill();
    await writing;
  }
  return building;
}
