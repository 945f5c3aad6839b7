import type { Graph } from "../graph/graph.ts";
import type { SeedRecord } from "./formats/directory.ts";
import { namesIn, nodeIdOf, type Named, type NamedThing, type Names, type Subject } from "./names.ts";
import type { NamedSeedFile } from "./readSeed.ts";
import { borderRow, checkDay, hashed, rowOf, type HashedRow, type Row } from "./rows.ts";
import { seedError, type Problem } from "./seedError.ts";
import { namedInTheGraph, takenNames } from "./statements/names.ts";

/** A record that can be written as it stands. */
export interface CheckedSubject {
  readonly type: Subject["type"];
  readonly row: HashedRow;
}

export interface CheckedSeed {
  readonly subjects: readonly CheckedSubject[];
  readonly borders: readonly ReturnType<typeof borderRow>[];
}

/**
 * Checks everything that can be wrong with seed files before any of it is written: names given twice, names that stand for nothing in
 * the files or in the graph, dates and postcodes that do not exist, circles, and slugs that the graph has given to something else.
 * Throws CodedError BAD_INPUT with all it found.
 */
export async function checkSeed(graph: Graph, files: readonly NamedSeedFile[]): Promise<CheckedSeed> {
  const problems: Problem[] = [];
  const names = namesIn(files, (problem) => problems.push(problem));
  // Twice only when files point outside themselves: first to learn which names to ask the graph for, then with its answers.
  let reading = read(files, names);
  if (reading.unknown.size > 0) reading = read(files, await withGraphsNames(graph, names, reading.unknown));
  problems.push(...reading.problems, ...circles(files), ...saidTwice(files), ...(await taken(graph, files)));
  if (problems.length > 0) throw seedError(problems);
  const { subjects, borders } = reading;
  return { subjects: subjects.map(({ type, row }) => ({ type, row: hashed(row) })), borders };
}

interface Unknown {
  readonly what: NamedThing;
  readonly name: string;
}

function read(files: readonly NamedSeedFile[], names: Names) {
  const problems: Problem[] = [];
  const unknown = new Map<string, Unknown>();
  const find = (what: NamedThing, name: string): Named | null => {
    const named = names[what].get(name) ?? null;
    if (named === null) unknown.set(`${what} ${name}`, { what, name });
    return named;
  };
  const subjects: { readonly type: Subject["type"]; readonly row: Row }[] = [];
  const borders: ReturnType<typeof borderRow>[] = [];
  for (const file of files) {
    for (const record of file.records) {
      const key = callOf(record);
      const problem = (field: string | null, message: string) =>
        problems.push({ file: file.name, key, field, message });
      const surroundings = { file, find, problem };
      if (record.type === "border") {
        if (file.sources[record.source] === undefined) problem("source", `the file has no source "${record.source}"`);
        checkDay(record.asOf, problem);
        borders.push(borderRow(record, surroundings));
      } else {
        subjects.push({ type: record.type, row: rowOf(record, surroundings) });
      }
    }
  }
  return { problems, unknown, subjects, borders };
}

/** What a message calls a record: a border has no key. */
function callOf(record: SeedRecord): string {
  return record.type === "border" ? `${record.a} to ${record.b}` : record.key;
}

async function withGraphsNames(graph: Graph, names: Names, unknown: ReadonlyMap<string, Unknown>): Promise<Names> {
  const asked = (thing: NamedThing) =>
    [...unknown.values()].filter(({ what }) => what === thing).map(({ name }) => name);
  const found = await graph.run(namedInTheGraph, {
    areas: asked("area"),
    conditions: asked("condition"),
    periods: asked("period"),
    referrers: asked("referrer"),
    assets: asked("asset"),
  });
  const known = {
    area: new Map(names.area),
    condition: new Map(names.condition),
    period: new Map(names.period),
    asset: new Map(names.asset),
    referrer: new Map(names.referrer),
  };
  for (const { what, name, id, kind } of found) known[what].set(name, { id, kind });
  return known;
}

/** Complains of areas that lie within themselves, and of conditions and kinds of referrer that are broader than themselves, by whatever way round. */
function circles(files: readonly NamedSeedFile[]): readonly Problem[] {
  const problems: Problem[] = [];
  const upward = new Map<string, { readonly file: string; readonly key: string; readonly up: readonly string[] }>();
  const fields = { area: "within", condition: "broader", referrer: "broader" } as const;
  for (const file of files) {
    for (const record of file.records) {
      if (record.type === "area") {
        const node = { file: file.name, key: record.key, up: record.within.map((name) => `area ${name}`) };
        for (const name of [record.code, record.slug]) if (name !== undefined) upward.set(`area ${name}`, node);
      } else if (record.type === "condition" || record.type === "referrer") {
        upward.set(`${record.type} ${record.key}`, {
          file: file.name,
          key: record.key,
          up: record.broader.map((name) => `${record.type} ${name}`),
        });
      }
    }
  }
  const done = new Set<unknown>();
  const visit = (name: string, path: readonly unknown[]) => {
    const node = upward.get(name);
    if (node === undefined || done.has(node)) return;
    if (path.includes(node)) {
      const field = fields[name.split(" ")[0] as keyof typeof fields];
      problems.push({ file: node.file, key: node.key, field, message: "leads round in a circle back to itself" });
      return;
    }
    for (const above of node.up) visit(above, [...path, node]);
    done.add(node);
  };
  for (const name of upward.keys()) visit(name, []);
  return problems;
}

/** Complains of borders and of `oftenWith` given twice, which from the other side is the same thing, and of sources two files tell apart. */
function saidTwice(files: readonly NamedSeedFile[]): readonly Problem[] {
  const problems: Problem[] = [];
  const pairs = new Set<string>();
  const sources = new Map<string, { readonly file: string; readonly text: string }>();
  for (const file of files) {
    for (const [key, { name, publisher, url, licence }] of Object.entries(file.sources)) {
      const text = JSON.stringify([name, publisher, url, licence]);
      const before = sources.get(key);
      if (before === undefined) sources.set(key, { file: file.name, text });
      else if (before.text !== text) {
        const message = `is not described as it is in ${before.file}; give another source another key`;
        problems.push({ file: file.name, key: null, field: `sources.${key}`, message });
      }
    }
    for (const record of file.records) {
      const pair = (a: string, b: string, field: string | null) => {
        const name = [record.type, ...[a, b].sort()].join(" ");
        if (pairs.has(name)) {
          problems.push({ file: file.name, key: callOf(record), field, message: `is said of ${a} and ${b} already` });
        }
        pairs.add(name);
      };
      if (record.type === "border") pair(record.a, record.b, null);
      if (record.type !== "condition") continue;
      for (const [index, { condition }] of record.oftenWith.entries())
        pair(record.key, condition, `oftenWith[${index}]`);
    }
  }
  return problems;
}

async function taken(graph: Graph, files: readonly NamedSeedFile[]): Promise<readonly Problem[]> {
  const areas = [];
  const conditions = [];
  const pathways = [];
  const fileOf = new Map<string, string>();
  for (const file of files) {
    for (const record of file.records) {
      if (record.type !== "area" && record.type !== "condition" && record.type !== "pathway") continue;
      const { key } = record;
      fileOf.set(key, file.name);
      if (record.type === "condition") conditions.push({ key, id: nodeIdOf(record), slug: key });
      else if (record.type === "pathway") pathways.push({ key, id: nodeIdOf(record), slug: key });
      else areas.push({ key, id: nodeIdOf(record), code: record.code ?? null, slug: record.slug ?? null });
    }
  }
  const rows = await graph.run(takenNames, { areas, conditions, pathways });
  return rows.map(({ key, name }) => ({
    file: fileOf.get(key) ?? "",
    key,
    field: null,
    message: `its code or slug belongs to another, "${name}", in the database`,
  }));
}
