import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import neo4j, { type Driver } from "neo4j-driver";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { aSunday } from "./world.ts";
import { z } from "zod";
import { cypher, type Cypher } from "../graph/cypher.ts";
import { derivedOfAsset } from "../graph/derived.ts";
import { countryFiles } from "../bench/country/countryFiles.ts";
import { landscapeOfCountry, readConditions } from "../bench/country/landscapeOfCountry.ts";
import { connectGraph, type Graph, int, type Parameter, type Statement } from "../graph/graph.ts";
import { migrate } from "../graph/migrate.ts";
import { load } from "../seed/load.ts";
import { readSeed } from "../seed/readSeed.ts";
import { describeAreas } from "../seed/statements/areas.ts";
import { wipe } from "./wipe.ts";

const root = join(import.meta.dirname, "..");

/** Every parameter that a statement takes, of the type that it is sent with: Neo4j plans for the types, and for how long a list is. */
const parameters: Readonly<Record<string, Parameter>> = {
  asked: {},
  given: {},
  change: {},
  ids: Array.from({ length: 20 }, String),
  parentIds: Array.from({ length: 20 }, String),
  slugs: ["loneliness"],
  codes: ["OX4 4HF", "OX4 4", "OX4"],
  words: ["tea", "dance"],
  rows: [{}],
  areas: ["rose-hill"],
  periods: ["bank-holidays"],
  names: ["Hill Hall"],
  since: "2026-11-22",
  layingOut: { since: "2026-11-22T00:00:00Z", from: "2026-11-22", through: "2027-02-20" },
  through: "2027-02-20",
  conditions: ["loneliness"],
  assets: ["tea"],
  referrers: ["self"],
  pathways: [{}],
  id: "id",
  slug: "social-prescribing",
  name: "Oxford 016F",
  kind: "LSOA",
  query: "tea",
  stems: "tea",
  typos: "tea~1",
  beginning: "OX4",
  latitude: 51.72,
  longitude: -1.23,
  limit: int(21),
  most: int(150),
  afterName: null,
  afterId: null,
  files: "seed",
  lock: "migrations",
  owner: "somebody",
  leaseMs: int(15_000),
  version: int(1),
  description: "ids are unique",
  checksum: "checksum",
  milliseconds: int(1),
};

/** Statements that take something else by the same name. */
const parametersBySpecialStatement: Readonly<Record<string, Readonly<Record<string, Parameter>>>> = {
  takenNames: { areas: [{}], conditions: [{}] },
};

/** What reads all of a label, or multiplies rows, and why it may. */
const exceptions: Readonly<Record<string, { readonly operators: readonly string[]; readonly because: string }>> = {
  appliedMigrations: {
    operators: ["NodeByLabelScan of Migration"],
    because: "It reads them all: as many as there are files in graph/migrations.",
  },
  vocabularyRows: {
    operators: ["NodeByLabelScan of Condition"],
    because: "It reads the whole vocabulary, which is of one size whatever the number of assets.",
  },
  areasPage: {
    operators: ["NodeByLabelScan of Area"],
    because: "No index is in order of name across all kinds, and areas are as many whatever the number of assets.",
  },
  areasCount: {
    operators: ["NodeByLabelScan of Area"],
    because: "It may be all areas that it counts, and those are as many whatever the number of assets.",
  },
  "overview from everything": {
    operators: ["NodeByLabelScan of Asset"],
    because: "What is asked for is a count of the whole directory.",
  },
  "relaxations from everything": {
    operators: ["NodeByLabelScan of Asset"],
    because: "What is asked for is a count of the whole directory.",
  },
  beginLoad: { operators: ["NodeByLabelScan of Asset"], because: "It asks whether there is any: one is read." },
  loadState: { operators: ["NodeByLabelScan of Asset"], because: "It asks whether there is any: one is read." },
  "count from wish": { operators: ["CartesianProduct"], because: "On one side of it is one row: the areas wanted." },
  "overview from wish": { operators: ["CartesianProduct"], because: "On one side of it is one row: the areas wanted." },
  "relaxations from wish": {
    operators: ["CartesianProduct"],
    because: "On one side of it is one row: the areas wanted.",
  },
  "everywhere from wish in order of relevance": {
    operators: ["CartesianProduct"],
    because: "On one side of it is one row: the areas wanted.",
  },
  "everywhere from wish in order of name": {
    operators: ["CartesianProduct"],
    because: "On one side of it is one row: the areas wanted.",
  },
  "sessions within metres": {
    operators: ["CartesianProduct"],
    because: "On one side of it is one row: the place asked about.",
  },
  "count of sessions within metres": {
    operators: ["CartesianProduct"],
    because: "On one side of it is one row: the place asked about.",
  },
  referrers: {
    operators: ["NodeByLabelScan of Referrer"],
    because: "It reads them all: some dozens, whatever the number of assets.",
  },
  "network anywhere": { operators: ["CartesianProduct"], because: "On one side of it is one row: no place." },
  "network given": { operators: ["CartesianProduct"], because: "On one side of it is one row: no place." },
  pathwaysCount: {
    operators: ["NodeByLabelScan of Pathway"],
    because: "What is asked for is a count of all that are published, which are few beside assets.",
  },
  periods: { operators: ["NodeIndexScan of Period"], because: "It reads them all: some dozens." },
  density: { operators: ["CartesianProduct"], because: "On each side of it is one row: a count that Neo4j keeps." },
  describeBorders: { operators: ["CartesianProduct"], because: "On each side of it is the one area that an id finds." },
};

/** What no plan is asked for: it reads no graph of ours, or runs once. */
const elsewhere = [
  "localDatabaseStatus",
  "localNeo4jAnswers",
  // What the migrations say, each of which runs once over all there is.
  "${name} ${index + 1}",
];

interface Source {
  readonly file: string;
  /** The names in its text, of which some are templates. */
  readonly declared: readonly string[];
  readonly statements: readonly Statement[];
}

/** Every file of the project that says how a statement accesses the graph, with the statements that it exports. */
async function readSources(): Promise<readonly Source[]> {
  const sources: Source[] = [];
  const folders = ["calendar", "core", "gateway", "graph", "knowledge", "seed", "subgraphs"];
  const inFolders = await Promise.all(folders.map((folder) => readdir(join(root, folder), { recursive: true })));
  const files = inFolders.flatMap((inside, index) => inside.map((file) => join(folders[index] ?? "", file)));
  for (const file of files.filter((name) => name.endsWith(".ts"))) {
    const text = await readFile(join(root, file), "utf8");
    const declared = Array.from(
      text.matchAll(/name: (?:"([^"]+)"|`([^`]+)`),\s+access: "(?:READ|WRITE)"/g),
      ([, name, template]) => name ?? template ?? "",
    );
    if (declared.length === 0) continue;
    const exported: unknown = await import(pathToFileURL(join(root, file)).href);
    sources.push({ file, declared, statements: statementsIn(exported) });
  }
  return sources;
}

/** The statements in a value, or in the records that it holds. */
function statementsIn(value: unknown): readonly Statement[] {
  if (typeof value !== "object" || value === null) return [];
  if ("name" in value && "access" in value && "text" in value) return [value as Statement];
  return Object.values(value).flatMap(statementsIn);
}

/** What a name is like that a template makes. */
function isMadeOf(name: string, declared: string): boolean {
  return new RegExp(`^${declared.replaceAll(/\$\{[^}]*\}/g, ".+")}$`).test(name);
}

let driver: Driver;
let sources: readonly Source[];
let statements: readonly Statement[];

beforeAll(async () => {
  const { uri, user, password } = inject("neo4j");
  const graph = connectGraph(inject("neo4j"));
  try {
    await migrate(graph, { report: () => undefined });
    await load(graph, await readSeed(), { report: () => undefined, now: aSunday });
  } finally {
    await graph.close();
  }
  driver = neo4j.driver(uri, neo4j.auth.basic(user, password), { disableLosslessIntegers: true });
  // The seed has nobody's contact details, not everything that can happen to a session, and nothing that editors did. A name that Neo4j has met once it knows for ever.
  await run(cypher`
    CREATE (known:Known {email: '', telephone: '', contactUrl: '', costAmount: 0, costDescription: '', unfinished: '', withdrawnOn: '',
      exceptDate: '', byMonth: '', byMonthDay: '', note: '', contact: '',
      askedAt: '', calls: '', count: 0, countBefore: 0, recordedIn: '', recordedAt: '',
      editedFields: '', editedLinks: '', mergedInto: '', askedBy: '', through: '',
      by: '', at: '', appliedAt: '', call: '', effects: '', names: '', reason: '', subjectId: '', undoes: '', undoneBy: '', workshopId: '',
      sequence: 0, firstSequence: 0, appliedSequence: 0, liveSequence: 0,
      startedBy: '', startedAt: '', closedAt: '', generation: 0, codeExpiresAt: ''})
    CREATE (known)-[moved:MOVED_TO]->(known)-[apart:NOT_THE_SAME {assertedAt: ''}]->(known)-[changed:CHANGED {version: 0}]->(known)-[merged:MERGED_INTO]->(known)
    DELETE moved, apart, changed, merged, known`);
  sources = await readSources();
  statements = [
    ...new Map(
      sources.flatMap((source) => source.statements.map((statement) => [statement.name, statement] as const)),
    ).values(),
  ];
});

afterAll(() => driver.close());

/** Runs a statement in transactions of its own, as only a session can. */
async function run(text: Cypher, given: Readonly<Record<string, Parameter>> = {}): Promise<void> {
  const session = driver.session({ database: inject("neo4j").database });
  try {
    await session.run(text, given);
  } finally {
    await session.close();
  }
}

/** An operator of a plan, and those that it takes its rows from. */
interface Operator {
  readonly operatorType: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly children: readonly Operator[];
}

interface Plan {
  readonly operators: readonly Operator[];
  /** What Neo4j has to say about the text. */
  readonly warnings: readonly string[];
}

async function planOf(text: Cypher, given: Readonly<Record<string, Parameter>>): Promise<Plan> {
  const { summary } = await driver.executeQuery(`EXPLAIN ${text}`, given, { database: inject("neo4j").database });
  if (summary.plan === false) throw new Error("Neo4j did not say how it would go about it.");
  const warnings = summary.gqlStatusObjects
    .filter(({ classification }) => classification !== "UNKNOWN")
    .map(({ statusDescription }) => statusDescription);
  return { operators: operatorsOf(summary.plan), warnings };
}

function operatorsOf(operator: Operator): readonly Operator[] {
  return [operator, ...operator.children.flatMap(operatorsOf)];
}

/** Those that take their rows from nowhere: each plan starts at some of these. */
const harmlessLeaves = new Set([
  "Argument",
  "EmptyRow",
  "Unwind",
  "Projection",
  // Of a full-text index, or of what there is to know about the server.
  "ProcedureCall",
  // Neo4j keeps it: nothing is read.
  "NodeCountFromCountStore",
  "NodeUniqueIndexSeek",
  "NodeUniqueIndexSeek(Locking)",
  "NodeUniqueIndexSeekByRange",
  "NodeIndexSeek",
  "NodeIndexSeekByRange",
  "DirectedRelationshipIndexSeek",
  "DirectedRelationshipUniqueIndexSeek",
  "DirectedRelationshipIndexSeekByRange",
  "DirectedRelationshipUniqueIndexSeekByRange",
  "DoNothingIfExists(CONSTRAINT)",
]);

const typeOf = ({ operatorType }: Operator) => operatorType.replace("@neo4j", "");

/** What a leaf reads: `NodeByLabelScan of Asset`. */
function said(operator: Operator): string {
  const [, label] = /^[^:]*:(\w+)/.exec(z.string().catch("").parse(operator.arguments["Details"])) ?? [];
  return label === undefined ? typeOf(operator) : `${typeOf(operator)} of ${label}`;
}

/** What a plan must not do: begin with anything but an index, or multiply rows; and what Neo4j warns of. */
function faultsOf({ operators, warnings }: Plan): readonly string[] {
  return [
    ...operators.filter(({ children }) => children.length === 0).filter((leaf) => !harmlessLeaves.has(typeOf(leaf))),
    ...operators.filter((operator) => typeOf(operator) === "CartesianProduct"),
  ]
    .map(said)
    .concat(warnings);
}

/** Where a plan starts, among what is in the graph. */
function startsOf({ operators }: Plan): readonly string[] {
  const starts = operators.filter((operator) => operator.children.length === 0).map(said);
  return [...new Set(starts.filter((start) => start.includes(" of ")))];
}

/** A walk starts at its area; one of a few metres goes there from what lies within them. */
const startsOfWalk = (name: string) => [
  "NodeUniqueIndexSeek of Area",
  ...(name.startsWith("walk within metres") ? ["NodeIndexSeekByRange of Place", "NodeIndexSeekByRange of Area"] : []),
];

const isWalk = (name: string) => /^walk |of a walk /.test(name);

const parametersOf = ({ name }: Statement) => ({ ...parameters, ...parametersBySpecialStatement[name] });

/** One of those that differ in a number alone, such as how far a walk goes: they are planned alike. */
function ofEachShape(all: readonly Statement[]): readonly Statement[] {
  return [...new Map(all.map((statement) => [statement.text.replace(/\d+/g, "0"), statement])).values()];
}

/** The plans of statements, by name: two at a time, since planning a walk takes Neo4j a second or two of one processor. */
async function plansOf(asked: readonly Statement[]): Promise<ReadonlyMap<string, Plan>> {
  const plans = new Map<string, Plan>();
  const waiting = [...asked];
  async function next(): Promise<void> {
    for (let statement = waiting.pop(); statement !== undefined; statement = waiting.pop()) {
      plans.set(statement.name, await planOf(statement.text, parametersOf(statement)));
    }
  }
  await Promise.all([next(), next()]);
  return plans;
}

/** As many activities, groups and organisations in LSOAs that are there, for conditions that are there: Neo4j plans by how many there are. */
async function addManyAssets(times: number): Promise<void> {
  await run(
    cypher`
      MATCH (area:Area {kind: 'LSOA'})
      WITH collect(area) AS areas
      MATCH (condition:Condition)
      WITH areas, collect(condition) AS conditions
      UNWIND range(1, $times) AS index
      CALL (areas, conditions, index) {
        WITH areas[index % size(areas)] AS area, conditions[index % size(conditions)] AS condition, index
        CREATE (place:Asset:Place:Many {id: 'many-place-' + index, name: 'Hall ' + index, status: 'PUBLISHED'})-[:IN]->(area)
        CREATE (activity:Asset:Activity:Many {id: 'many-activity-' + index, name: 'Tea ' + index, status: 'PUBLISHED'})-[:HELD_AT]->(place)
        CREATE (group:Asset:Group:Many {id: 'many-group-' + index, name: 'Club ' + index, status: 'PUBLISHED'})-[:MEETS_AT]->(place)
        CREATE (organisation:Asset:Organisation:Many {id: 'many-organisation-' + index, name: 'Friends ' + index, status: 'PUBLISHED'})
        CREATE (organisation)-[:BASED_AT]->(place), (organisation)-[:RUNS]->(group), (group)-[:HOSTS]->(activity)
        CREATE (activity)-[:SUPPORTS {strength: 1.0}]->(condition), (group)-[:SUPPORTS {strength: 0.5}]->(condition)
        CREATE (organisation)-[:SERVES]->(area)
        WITH [activity, group] AS supporting
        UNWIND supporting AS asset
        ${derivedOfAsset}
      } IN TRANSACTIONS OF 5000 ROWS`,
    { times: int(times) },
  );
  await run(cypher`CALL db.prepareForReplanning()`);
}

async function removeManyAssets(): Promise<void> {
  await run(cypher`MATCH (node:Many) CALL (node) { DETACH DELETE node } IN TRANSACTIONS OF 10000 ROWS`);
}

test("every statement of the project is here to be planned, and what it takes is known", () => {
  for (const { file, declared, statements: exported } of sources) {
    const planned = declared.filter((name) => !elsewhere.includes(name));
    for (const name of planned) {
      expect(
        exported.some((statement) => isMadeOf(statement.name, name)),
        `${file} exports the statement ${name}`,
      ).toBe(true);
    }
  }
  expect(statements.length).toBeGreaterThan(70);
  for (const statement of statements) {
    const taken = Array.from(statement.text.matchAll(/\$([a-z]\w*)/gi), ([, name]) => name);
    expect(Object.keys(parameters), statement.name).toEqual(expect.arrayContaining(taken));
  }
  expect(statements.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(exceptions)));
});

test("a walk starts at its place in a small directory", async () => {
  // Plans that Neo4j kept from another directory are not looked at: a text that it has not met it plans anew.
  const anew = cypher`
      // in a small directory`;
  const walks = ofEachShape(statements.filter(({ name }) => /^walk .* in order of relevance/.test(name))).map(
    (one) => ({
      ...one,
      text: cypher`${one.text}${anew}`,
    }),
  );
  expect(walks).not.toEqual([]);
  for (const [name, plan] of await plansOf(walks)) {
    expect(faultsOf(plan), name).toEqual([]);
    expect(startsOf(plan), name).toEqual(startsOfWalk(name));
  }
});

test("every statement starts from an index, multiplies no rows, and names only what there is, however many assets there are", async () => {
  await addManyAssets(5_000);
  try {
    // By itself Neo4j keeps a plan for a while, whatever there is by now: a text that it has not met it plans anew.
    const among = cypher`
      // among many assets`;
    const asked = ofEachShape(statements).map((one) => ({ ...one, text: cypher`${one.text}${among}` }));
    const plans = await plansOf(asked);
    const faults = Array.from(plans, ([name, plan]) => [
      name,
      faultsOf(plan).filter((fault) => !exceptions[name]?.operators.includes(fault)),
    ]).filter(([, found]) => found?.length !== 0);
    expect(Object.fromEntries(faults)).toEqual({});
    for (const [name, plan] of plans) {
      if (isWalk(name)) expect(startsOf(plan), name).toEqual(startsOfWalk(name));
    }
  } finally {
    await removeManyAssets();
  }
}, 600_000);

test.for([
  [cypher`MATCH (anything) WHERE anything.summary = $name RETURN anything`, ["AllNodesScan"]],
  [cypher`MATCH (asset:Asset) WHERE asset.summary = $name RETURN asset`, ["NodeByLabelScan of Asset"]],
  [cypher`MATCH (area:Area) WHERE area.kind IS NOT NULL RETURN area.kind`, ["NodeIndexScan of Area"]],
  [
    cypher`MATCH (a:Area {id: $id}), (b:Condition {id: $id}) RETURN a, b`,
    ["CartesianProduct", expect.stringContaining("cartesian product")],
  ],
  [cypher`MATCH (area:Area {id: $id})<-[:STANDS_IN]-(site) RETURN site`, [expect.stringContaining("STANDS_IN")]],
  [cypher`MATCH (area:Area {id: $id})<-[:IN]-(site:Location) RETURN site`, [expect.stringContaining("Location")]],
  [cypher`MATCH (area:Area {id: $id}) RETURN area.nmae`, [expect.stringContaining("nmae")]],
  [cypher`CALL { MATCH (area:Area {id: $id}) RETURN area } RETURN area`, [expect.stringContaining("deprecated")]],
] as const)("a statement that is planned badly is found out: %s", async ([text, faults]) => {
  expect(faultsOf(await planOf(text, parameters))).toEqual(faults);
});

test("a walk that starts at what it looks for is found out", async () => {
  const plan = await planOf(
    cypher`
      MATCH (condition:Condition {id: $id})<-[:SUPPORTS]-(asset)-[:HELD_AT]->(:Place)-[:IN]->(area:Area)
      RETURN asset, area`,
    parameters,
  );
  expect(startsOf(plan)).toEqual(["NodeUniqueIndexSeek of Condition"]);
});

test("the loader goes from area to area when it has only begun, and Neo4j knows of few areas", async () => {
  const graph = connectGraph(inject("neo4j"));
  await wipe(graph);
  await migrate(graph, { report: () => undefined });
  try {
    const [wider, smallest] = countryFiles(await landscapeOfCountry({ lsoas: 3000 }), 100, await readConditions());
    if (wider === undefined || smallest === undefined) throw new Error("The country has no areas.");
    await load(graph, [wider.make()], { report: () => undefined, now: aSunday });
    const plans: Plan[] = [];
    const write: Graph["write"] = async (statement, given = {}) => {
      if (statement.name !== describeAreas.name) return graph.write(statement, given);
      plans.push(await planOf(statement.text, given));
      throw new Error("planned");
    };
    const loading = load({ ...graph, write }, [smallest.make()], { report: () => undefined, now: aSunday });
    await expect(loading).rejects.toThrow("planned");
    const starts = plans.flatMap(({ operators }) =>
      operators.filter(({ children }) => children.length === 0).map(said),
    );
    expect(new Set(starts.filter((start) => start.endsWith(" of Area")))).toEqual(
      new Set(["NodeUniqueIndexSeek(Locking) of Area"]),
    );
  } finally {
    await wipe(graph);
    await graph.close();
  }
});
