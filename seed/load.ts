import type { Graph, Parameter } from "../graph/graph.ts";
import { rollForward } from "../calendar/rollForward.ts";
import { type LayingOut, layingOutAt, sessionsOf } from "../calendar/sessionsOf.ts";
import { checkSeed, type CheckedSubject } from "./checkSeed.ts";
import type { NamedSeedFile } from "./readSeed.ts";
import { assetsPointedAt, postcodeRow, schedulesOf, type HashedRow } from "./rows.ts";
import { createAreas, describeAreas } from "./statements/areas.ts";
import { addAssets, createAssets, describeAssets, editedFieldsStatement } from "./statements/assets.ts";
import { schedulesOfOthers } from "./statements/schedules.ts";
import { describeBorders } from "./statements/borders.ts";
import { describeBoundaries } from "./statements/boundaries.ts";
import { createConditions, describeConditions } from "./statements/conditions.ts";
import { createPeriods, describePeriods, periodsStatement } from "./statements/periods.ts";
import { describeWorkshops, namesOfProposed } from "./statements/workshops.ts";
import { describePathways } from "./statements/pathways.ts";
import { createPartialPostcodes, describePartialPostcodes } from "./statements/partialPostcodes.ts";
import { placePostcodes } from "./statements/postcodes.ts";
import { createReferrers, describeReferrers } from "./statements/referrers.ts";
import type { workshopRow } from "./workshopRow.ts";
import { sourceRecordHashes } from "./statements/sourceRecords.ts";
import { beginLoad, endLoad } from "./statements/turns.ts";

export interface Progress {
  /** Rows written. What others of its sort point at, but for assets, is written twice: the node, then what it says. */
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

export interface LoadOptions {
  /** Hears of every batch. */
  readonly report: (progress: Progress) => void;
  /** From when sessions are laid out. */
  readonly now: Date;
  /** Whether the sessions of what is new are left for the directory to lay out when it next starts. */
  readonly isLaidOutLater?: boolean;
}

const batchSize = 1000;

/** What is made before anything says anything of it, since it points at itself and its like in all directions. */
const parts = [
  { what: "areas", type: "area", create: createAreas, describe: describeAreas },
  { what: "conditions", type: "condition", create: createConditions, describe: describeConditions },
  { what: "periods", type: "period", create: createPeriods, describe: describePeriods },
  { what: "kinds of referrer", type: "referrer", create: createReferrers, describe: describeReferrers },
  { what: "postcode sectors", type: "postcode", create: createPartialPostcodes, describe: describePartialPostcodes },
] as const;

/** The sorts of assets, those first that others point at: a place is a site of any, an organisation is nobody's. */
const assetTypes = ["place", "activity", "group", "organisation"] as const;

/**
 * Loads seed files into a migrated graph. What was loaded before and has not changed is left alone; of a changed record the properties
 * are renewed, and exactly those relationships replaced that this record asserted before. Nothing is ever deleted because a file no longer
 * has it. At the end sessions are laid out; those of an activity that was changed are so in the transaction that changed it.
 *
 * Batches of 1,000 are transactions of their own: a load cut short is completed by running it again. Loaders at work together take
 * turns and come to the same graph. All files of a call are held in memory, each record as it will be written: what is larger than memory
 * is loaded in several calls, each of which may point at what an earlier one has loaded.
 *
 * Throws CodedError BAD_INPUT, before anything is written, when anything in the files is wrong (see `checkSeed`); UNAVAILABLE when Neo4j
 * cannot be reached.
 */
export async function load(
  graph: Graph,
  files: readonly NamedSeedFile[],
  { report, now, isLaidOutLater = false }: LoadOptions,
): Promise<LoadResult> {
  const { subjects, borders } = await checkSeed(graph, files);
  const changed = await changedOf(graph, subjects);
  const assets = assetTypes.flatMap((type) => changed.filter((subject) => subject.type === type));
  const postcodes = [...postcodesOf(subjects).values()];
  const pathways = changed.filter(({ type }) => type === "pathway").map(({ row }) => row);
  const boundaries = changed.filter(({ type }) => type === "boundary").map(({ row }) => row);
  const workshops = changed.filter(({ type }) => type === "workshop").map(({ row }) => row);
  const writtenOnce = assets.length + pathways.length + boundaries.length + workshops.length;
  const total = 2 * changed.length - writtenOnce + borders.length + postcodes.length;
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
  const rowsOfType = (type: string) => changed.filter((subject) => subject.type === type).map(({ row }) => row);

  if (changed.length > 0) await graph.write(beginLoad, names);
  for (const { what, type, create } of parts) {
    for (const rows of batches(rowsOfType(type))) {
      await graph.write(create, { rows });
      advance(rows.length, what);
    }
  }
  for (const { what, type, describe } of parts) {
    for (const rows of batches(rowsOfType(type))) {
      count(await graph.write(describe, { rows }));
      advance(rows.length, what);
    }
  }
  for (const rows of batches(boundaries)) {
    count(await graph.write(describeBoundaries, { rows }));
    advance(rows.length, "boundaries");
  }
  // All sorts of assets in one list, because Neo4j plans a statement anew for lists of another order of magnitude, which costs more than
  // writing them.
  const toCome = new Map(assets.filter(({ isNew }) => isNew).map(({ row }) => [row.id, row]));
  for (const batch of batches(assets)) {
    for (const { row } of batch) toCome.delete(row.id);
    const ahead = batch.flatMap(({ row }) => assetsPointedAt(row).flatMap((id) => toCome.get(id) ?? []));
    if (ahead.length > 0) await graph.write(createAssets, { rows: ahead });
    count(await writeAssets(graph, batch, now));
    advance(batch.length, "assets");
  }
  for (const rows of batches(pathways)) {
    count(await graph.write(describePathways, { rows }));
    advance(rows.length, "pathways");
  }
  for (const rows of batches(workshops)) {
    count(await graph.write(describeWorkshops, { rows: await withNames(graph, rows) }));
    advance(rows.length, "workshops");
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
  if (!isLaidOutLater) await rollForward(graph, { now });
  return { created, updated, unchanged: subjects.length + borders.length - created - updated };
}

interface ChangedSubject extends CheckedSubject {
  /** Whether nothing of its record had been loaded when we asked. */
  readonly isNew: boolean;
}

async function changedOf(graph: Graph, subjects: readonly CheckedSubject[]): Promise<readonly ChangedSubject[]> {
  const changed: ChangedSubject[] = [];
  for (const batch of batches(subjects)) {
    const rows = await graph.run(sourceRecordHashes, { ids: batch.map(({ row }) => row.record.id) });
    const known = new Map(rows.map(({ id, hash }) => [id, hash]));
    for (const subject of batch) {
      const { id, hash } = subject.row.record;
      if (known.get(id) !== hash) changed.push({ ...subject, isNew: !known.has(id) });
    }
  }
  return changed;
}

/** Writes assets, of which those are few or none that others had loaded before; a row comes back for each that this call wrote. */
async function writeAssets(graph: Graph, batch: readonly ChangedSubject[], now: Date) {
  const added = batch.filter(({ isNew }) => isNew).map(({ row }) => row);
  const [{ created } = { created: 0 }] = added.length === 0 ? [] : await graph.write(addAssets, { rows: added });
  // Where fewer were new than we thought, a loader beside us was there first, and perhaps with something else to say.
  const rest = await withoutEdited(
    graph,
    batch.filter(({ isNew }) => !isNew || created < added.length).map(({ row }) => row),
  );
  const layingOut = layingOutAt(now);
  const described =
    rest.length === 0
      ? []
      : await graph.write(describeAssets, { rows: await withOccurrences(graph, rest, layingOut), layingOut });
  return [...Array.from({ length: created }, () => ({ created: true })), ...described];
}

/** The properties in which a field is kept that editors change as one. */
const propertiesOfField: Readonly<Record<string, readonly string[]>> = {
  contact: ["email", "telephone", "contactUrl", "telephoneKey"],
  url: ["url", "urlKey"],
  accessibility: ["stepFree", "accessibleToilet", "hearingLoop"],
  cost: ["isFree", "costAmount", "costDescription"],
  address: ["streetAddress", "addressLocality", "postalCode"],
};

/** Rows of assets without what editors have said since they were first loaded: that stays. */
async function withoutEdited(graph: Graph, rows: readonly HashedRow[]): Promise<readonly HashedRow[]> {
  if (rows.length === 0) return rows;
  const edited = await graph.run(editedFieldsStatement, { ids: rows.map(({ id }) => id) });
  const fieldsById = new Map(edited.map(({ id, fields }) => [id, fields]));
  return rows.map((row) => {
    const fields = fieldsById.get(row.id);
    if (fields === undefined) return row;
    const names = new Set(fields.flatMap((field) => propertiesOfField[field] ?? [field]));
    const properties = Object.entries(row["properties"] as Readonly<Record<string, Parameter>>);
    return {
      ...row,
      properties: Object.fromEntries(properties.filter(([name]) => !names.has(name))),
      ...(names.has("eligibility") ? { eligibility: [] } : {}),
      ...(names.has("openingHours") ? { openingHours: [] } : {}),
      ...(names.has("schedule") ? { schedules: [] } : {}),
      ...(names.has("area") ? { area: null } : {}),
    };
  });
}

/** Rows of assets, each with the sessions that its schedules make, and those that others have said. */
async function withOccurrences(graph: Graph, rows: readonly HashedRow[], layingOut: LayingOut) {
  const [periods, others] = await Promise.all([
    graph.run(periodsStatement),
    graph.run(schedulesOfOthers, { rows: rows.map(({ id, record }) => ({ id, source: record.id })) }),
  ]);
  const periodById = new Map(periods.map((period) => [period.id, period]));
  const othersById = new Map(others.map(({ id, schedules }) => [id, schedules]));
  return rows.map((row) => {
    const schedules = [...schedulesOf(row, periodById), ...(othersById.get(row.id) ?? [])];
    return { ...row, occurrences: sessionsOf(row.id, schedules, layingOut) };
  });
}

type Proposal = ReturnType<typeof workshopRow>["proposals"][number];

/** Rows of workshops, whose proposals tell what the things are called that they are about: what they add themselves, and what is there. */
async function withNames(graph: Graph, rows: readonly HashedRow[]) {
  const proposalsOf = (row: HashedRow) => row["proposals"] as readonly Proposal[];
  const all = rows.flatMap(proposalsOf);
  const there = await graph.run(namesOfProposed, { ids: [...new Set(all.flatMap(({ ids }) => ids))] });
  const names = new Map([...there, ...all.flatMap((proposal) => proposal.names)].map(({ id, name }) => [id, name]));
  return rows.map((row) => ({
    ...row,
    proposals: proposalsOf(row).map(({ id, at, ids, properties }) => ({
      id,
      at,
      properties,
      named: JSON.stringify(Object.fromEntries(ids.map((one) => [one, names.get(one) ?? one]))),
    })),
  }));
}

/** The postcodes that places have, each placed by the first record that says where it is, so that every load places it alike. */
function postcodesOf(subjects: readonly CheckedSubject[]) {
  const postcodes = new Map<string, NonNullable<ReturnType<typeof postcodeRow>>>();
  const rows: readonly HashedRow[] = subjects.filter(({ type }) => type === "place").map(({ row }) => row);
  for (const row of rows.toSorted((a, b) => (a.record.id < b.record.id ? -1 : 1))) {
    const postcode = postcodeRow(row);
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
