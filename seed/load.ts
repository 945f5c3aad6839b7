import type { Graph } from "../graph/graph.ts";
import { checkSeed, type CheckedSubject } from "./checkSeed.ts";
import type { NamedSeedFile } from "./readSeed.ts";
import { postcodeRow } from "./rows.ts";
import { createAreas, describeAreas } from "./statements/areas.ts";
import { createAssets, describeAssets } from "./statements/assets.ts";
import { describeBorders } from "./statements/borders.ts";
import { createConditions, describeConditions } from "./statements/conditions.ts";
import { createPartialPostcodes, describePartialPostcodes } from "./statements/partialPostcodes.ts";
import { placePostcodes } from "./statements/postcodes.ts";
import { sourceRecordHashes } from "./statements/sourceRecords.ts";
import { beginLoad, endLoad } from "./statements/turns.ts";

export interface Progress {
  /** Rows written. A record that makes a node is written twice: the node, then what it says. */
  readonly done: number;
  readonly total: number;
  /** What is being written, in the plural: "areas". */
  readonly what: string;
}

/** How many records of the files were new, had changed, or had been loaded before as they are. */
export interface LoadResult {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

const batchSize = 1000;

/**
 * What is written together, in this order: a later one points at an earlier one oftener than the other way round. All sorts of assets
 * in one list, because Neo4j plans a statement anew for lists of another order of magnitude, which costs more than writing them.
 */
const parts = [
  { what: "areas", types: ["area"], create: createAreas, describe: describeAreas },
  { what: "conditions", types: ["condition"], create: createConditions, describe: describeConditions },
  {
    what: "postcode sectors",
    types: ["postcode"],
    create: createPartialPostcodes,
    describe: describePartialPostcodes,
  },
  {
    what: "assets",
    types: ["place", "organisation", "group", "activity"],
    create: createAssets,
    describe: describeAssets,
  },
] as const;

/**
 * Loads seed files into a migrated graph. What was loaded before and has not changed is left alone; of a changed record the properties
 * are renewed, and exactly those relationships replaced that this record asserted before. Nothing is ever deleted because a file no longer
 * has it. `report` hears of every batch.
 *
 * Batches of 1,000 are transactions of their own: a load cut short is completed by running it again. Loaders at work together take
 * turns and come to the same graph.
 *
 * Throws CodedError BAD_INPUT, before anything is written, when anything in the files is wrong (see `checkSeed`); UNAVAILABLE when Neo4j
 * cannot be reached.
 */
export async function load(
  graph: Graph,
  files: readonly NamedSeedFile[],
  { report }: { readonly report: (progress: Progress) => void },
): Promise<LoadResult> {
  const { subjects, borders } = await checkSeed(graph, files);
  const changed = await changedOf(graph, subjects);
  const postcodes = [...postcodesOf(subjects).values()];
  const total = 2 * changed.length + borders.length + postcodes.length;
  let done = 0;
  let created = 0;
  let updated = 0;
  const advance = (rows: number, what: string) => {
    done += rows;
    report({ done, total, what });
  };
  const count = (written: readonly { readonly created: boolean }[]) => {
    created += written.filter((row) => row.created).length;
    updated += written.filter((row) => !row.created).length;
  };
  const names = { files: files.map(({ name }) => name) };
  const ofTypes = (types: readonly string[]) => changed.filter(({ type }) => types.includes(type));

  if (changed.length > 0) await graph.write(beginLoad, names);
  for (const { what, types, create } of parts) {
    for (const batch of batches(ofTypes(types))) {
      await graph.write(create, { rows: batch.map(({ row }) => row()) });
      advance(batch.length, what);
    }
  }
  for (const { what, types, describe } of parts) {
    for (const batch of batches(ofTypes(types))) {
      count(await graph.write(describe, { rows: batch.map(({ row }) => row()) }));
      advance(batch.length, what);
    }
  }
  // Borders and the postcodes of places have no record with a hash: their statements see for themselves what is there already.
  for (const rows of batches(borders)) {
    count(await graph.write(describeBorders, { rows }));
    advance(rows.length, "borders");
  }
  for (const rows of batches(postcodes)) {
    await graph.write(placePostcodes, { rows });
    advance(rows.length, "postcodes");
  }
  // Also when nothing had changed: the load that this one completes may have been cut short just before its end.
  await graph.write(endLoad, names);
  return { created, updated, unchanged: subjects.length + borders.length - created - updated };
}

async function changedOf(graph: Graph, subjects: readonly CheckedSubject[]): Promise<readonly CheckedSubject[]> {
  const changed: CheckedSubject[] = [];
  for (const batch of batches(subjects)) {
    const rows = await graph.run(sourceRecordHashes, { ids: batch.map(({ id }) => id) });
    const known = new Map(rows.map(({ id, hash }) => [id, hash]));
    changed.push(...batch.filter(({ id, hash }) => known.get(id) !== hash));
  }
  return changed;
}

/** The postcodes that places have, each placed by the first record that says where it is, so that every load places it alike. */
function postcodesOf(subjects: readonly CheckedSubject[]) {
  const postcodes = new Map<string, NonNullable<ReturnType<typeof postcodeRow>>>();
  const places = subjects.filter(({ type }) => type === "place").sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const { row } of places) {
    const postcode = postcodeRow(row());
    if (postcode === null) continue;
    const known = postcodes.get(postcode.code);
    if (known === undefined || (known.latitude === null && postcode.latitude !== null)) {
      postcodes.set(postcode.code, postcode);
    }
  }
  return postcodes;
}

function* batches<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += batchSize) yield items.slice(start, start + batchSize);
}
