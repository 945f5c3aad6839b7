/**
 * Small numbers out of tables of counts, so that what is shown tells nobody of a handful of people.
 *
 * The rule. A number from 1 to 4 is hidden, and so are others that it could be worked out from, as few people's worth of them as will do; a true zero is shown as 0. It is
 * "secondary suppression", as NHS Digital had it for Hospital Episode Statistics until September 2018 (1 to 5 hidden, and "checking that other values within the
 * data cannot be used to recalculate the original small numbers") and gave up because it was done by hand
 * (https://digital.nhs.uk/data-and-information/data-tools-and-services/data-services/hospital-episode-statistics/change-to-disclosure-control-methodology-for-hes-and-ecds-from-september-2018).
 * Its present rule rounds everything to the nearest 5, which keeps no number true; here the checking is done by a program.
 *
 * What is promised. Whoever knows all that is shown, that counts are whole numbers, and that a hidden one is no zero, finds it possible of every hidden number from 1
 * to 4 that it is any other number up to 4 and down to the least that it can be, given which numbers are 0 (1; of a total, the number of its cells that are not 0); and of
 * every other hidden number, that it is at least one other. Everything shown is true.
 *
 * How it is done. Numbers with their totals are a flow: what comes into a row's or a column's node as cells goes out as its total. Other numbers that fit what is
 * shown differ from the true ones along circles of hidden numbers, which go up where they are passed forwards and down where they are passed backwards. So a number
 * is safe when there is a circle through it for each person that it must be able to rise or fall by; where there is none, the circle that hides the fewest people
 * more is hidden (a shortest path), cells before totals. That is the network method of Cox (1980, 1995), which is exact for tables of rows by columns, and for those
 * whose rows are in groups. What it does not promise: anything against whoever reasons from the order in which numbers are hidden ("the next smallest, so it is no
 * more than its neighbours"), or who knows some of the hidden numbers already.
 */

/** A table of rows by columns. Where rows are in groups, sums over each group are shown beside them, and its own rows add up to each. */
export interface CountTable {
  /** For each row, its number in each column: a whole number, 0 or more. */
  readonly rows: readonly (readonly number[])[];
  /** For each row, the position of its group among the groups. Left out: rows are in no groups. */
  readonly groupOf?: readonly number[];
}

/** What may be shown of a row: null is hidden. */
export interface ShownRow {
  readonly counts: readonly (number | null)[];
  /** The sum over the columns that are added up. */
  readonly total: number | null;
}

export interface ShownTable {
  readonly rows: readonly ShownRow[];
  /** Sums over the rows of each group; empty where rows are in no groups. */
  readonly groups: readonly ShownRow[];
}

export interface Shown {
  /** In the order of the tables given. */
  readonly tables: readonly ShownTable[];
  /** The totals of the columns, which are those of each table. */
  readonly totals: ShownRow;
}

/** The first number that may be shown, but for 0. */
export const smallestShown = 5;

/** A number of a table, as the edge of a network that it flows along. */
interface Entry {
  readonly from: string;
  readonly to: string;
  readonly count: number;
  /** The smallest that it can be known to be: as many as it has cells that are not 0. */
  readonly least: number;
  /** 0 for a cell, more for a sum: of as many people, what is less is hidden first. Null: hidden only when its column is (see `suppressed`). */
  readonly rank: 0 | 1 | 2 | null;
  /** The column it stands in; null for a sum over columns. */
  readonly column: number | null;
  isHidden: boolean;
}

/** A table's entries by where they stand. */
interface Network {
  /** Those that are not 0. */
  readonly entries: readonly Entry[];
  /** By node, those that begin or end there. */
  readonly touching: ReadonlyMap<string, readonly Entry[]>;
  readonly rows: readonly EntryRow[];
  readonly groups: readonly EntryRow[];
  readonly totals: EntryRow;
}

interface EntryRow {
  readonly counts: readonly Entry[];
  readonly total: Entry;
}

/**
 * What may be shown of several tables of the same counts, by different things, under the same columns: `isAdded` says of each column whether it is one of those that
 * add up to the totals of rows; one that is not stands for itself. The totals of columns are shown with every table. So where a cell of one of the tables cannot be hidden
 * for the total of its column, that column is hidden in all of them, and with it the totals of rows from which it could be worked out.
 *
 * Throws RangeError for tables whose columns have different totals.
 */
export function suppressed(tables: readonly CountTable[], isAdded: readonly boolean[]): Shown {
  const sums = isAdded.map((_, column) => tables.map((table) => sumOf(table.rows.map((row) => row[column] ?? 0))));
  if (sums.some((ofColumn) => ofColumn.some((sum) => sum !== ofColumn[0]))) {
    throw new RangeError("Tables of the same counts have the same totals.");
  }
  const totals = sums.map(([sum = 0]) => sum);
  const networks = tables.map((table) => networkOf(table, totals, isAdded));
  const hiddenColumns = new Set([...totals.keys()].filter((column) => isSmall(totals[column] ?? 0)));
  for (let isSettled = false; !isSettled;) {
    for (const network of networks) hideColumns(network, hiddenColumns, isAdded);
    const exposed = networks.flatMap(exposedColumns).find((column) => !hiddenColumns.has(column));
    if (exposed === undefined) isSettled = true;
    else hiddenColumns.add(exposed);
  }
  for (const network of networks) showWhatIsKnown(network);
  const [first] = networks;
  return {
    tables: networks.map(({ rows, groups }) => ({ rows: rows.map(shownRow), groups: groups.map(shownRow) })),
    totals: first === undefined ? { counts: totals.map(() => 0), total: 0 } : shownRow(first.totals),
  };
}

function networkOf({ rows, groupOf }: CountTable, totals: readonly number[], isAdded: readonly boolean[]): Network {
  const columns = [...totals.keys()];
  const added = (counts: readonly number[]) => sumOf(counts.filter((_, column) => isAdded[column]));
  const entry = (given: Omit<Entry, "isHidden">): Entry => ({ ...given, isHidden: isSmall(given.count) });
  const leastOf = (some: readonly (readonly number[])[], of: readonly number[]) =>
    sumOf(some.map((counts) => of.filter((column) => (counts[column] ?? 0) > 0).length));
  const addedColumns = columns.filter((column) => isAdded[column]);

  const inRows = rows.map((counts, index): EntryRow => {
    const group = groupOf?.[index] ?? null;
    const above = group === null ? source : `total of group ${group}`;
    return {
      counts: columns.map((column) =>
        entry({
          from: isAdded[column] ? `row ${index}` : source,
          to: group === null ? `column ${column}` : `column ${column} of group ${group}`,
          count: counts[column] ?? 0,
          least: 1,
          rank: 0,
          column,
        }),
      ),
      total: entry({
        from: above,
        to: `row ${index}`,
        count: added(counts),
        least: leastOf([counts], addedColumns),
        rank: 1,
        column: null,
      }),
    };
  });
  const inGroups = Array.from(
    { length: groupOf === undefined ? 0 : Math.max(-1, ...groupOf) + 1 },
    (_, group): EntryRow => {
      const own = rows.filter((__, index) => groupOf?.[index] === group);
      const counts = columns.map((column) => sumOf(own.map((row) => row[column] ?? 0)));
      return {
        counts: columns.map((column) =>
          entry({
            from: `column ${column} of group ${group}`,
            to: `column ${column}`,
            count: counts[column] ?? 0,
            least: leastOf(own, [column]),
            rank: 1,
            column,
          }),
        ),
        total: entry({
          from: source,
          to: `total of group ${group}`,
          count: added(counts),
          least: leastOf(own, addedColumns),
          rank: 2,
          column: null,
        }),
      };
    },
  );
  const inTotals: EntryRow = {
    counts: columns.map((column) => ({
      from: `column ${column}`,
      to: isAdded[column] ? sink : source,
      count: totals[column] ?? 0,
      least: leastOf(rows, [column]),
      rank: null,
      column,
      isHidden: false,
    })),
    total: {
      from: sink,
      to: source,
      count: added(totals),
      least: leastOf(rows, addedColumns),
      rank: null,
      column: null,
      isHidden: false,
    },
  };
  const entries = [...inRows, ...inGroups, inTotals]
    .flatMap(({ counts, total }) => [...counts, total])
    .filter(({ count }) => count > 0);
  const touching = new Map<string, Entry[]>();
  for (const one of entries) {
    for (const node of [one.from, one.to]) {
      const here = touching.get(node);
      if (here === undefined) touching.set(node, [one]);
      else here.push(one);
    }
  }
  return {
    entries,
    touching,
    rows: inRows,
    groups: inGroups,
    totals: inTotals,
  };
}

/** Where all that is added up comes from, and where it goes. */
const source = "source";
const sink = "sink";

/** Hides columns with their totals, and where one of them is added up, every sum over columns. */
function hideColumns({ entries }: Network, columns: ReadonlySet<number>, isAdded: readonly boolean[]): void {
  const hidesSums = [...columns].some((column) => isAdded[column]);
  for (const entry of entries) {
    if (entry.column === null ? hidesSums : columns.has(entry.column)) entry.isHidden = true;
  }
}

/** Hides what has to be for the small numbers of a network. Returns the columns of those for which that was not enough. */
function exposedColumns(network: Network): readonly number[] {
  const { entries } = network;
  const exposed = new Set<number>();
  for (const entry of entries.filter(({ count }) => isSmall(count))) {
    const isSafe =
      protect(network, entry, "up", Math.max(smallestShown - 1, entry.least + 1) - entry.count) &&
      protect(network, entry, "down", entry.count - entry.least);
    if (isSafe) continue;
    // A sum over columns can be hidden where its cells can. Were it not so, nothing of what adds up to it would be shown.
    const within = entry.column === null ? entries.flatMap(({ column }) => column ?? []) : [entry.column];
    for (const column of within) exposed.add(column);
  }
  return [...exposed];
}

/** Hides, of what others there are, what lets `entry` rise or fall by so many. Returns whether it can; what was hidden for it stays hidden if it cannot. */
function protect(network: Network, entry: Entry, direction: "up" | "down", by: number): boolean {
  const changes = new Map<Entry, number>();
  for (let left = by; left > 0; left--) {
    const circle = circleThrough(network, entry, direction, { changes });
    if (circle === null) return false;
    for (const { passed, change } of circle) {
      passed.isHidden = true;
      changes.set(passed, (changes.get(passed) ?? 0) + change);
    }
  }
  return true;
}

interface Pass {
  readonly passed: Entry;
  /** By how much it changes: 1 when passed forwards, −1 backwards. */
  readonly change: 1 | -1;
}

/** How a node is reached: at the cost of hiding so many people, by the last pass from the node before. */
interface Reached {
  readonly cost: number;
  readonly by: { readonly pass: Pass; readonly before: string } | null;
}

/**
 * Of all circles along which entries may change by one more, `entry` among them in the direction given, the one that hides the fewest people who are not hidden yet;
 * null when there is none. `changes` is by how much they have changed already. With `isHiding` false only what is hidden may change.
 */
function circleThrough(
  { touching }: Network,
  entry: Entry,
  direction: "up" | "down",
  {
    changes = new Map(),
    isHiding = true,
  }: { readonly changes?: ReadonlyMap<Entry, number>; readonly isHiding?: boolean },
): readonly Pass[] | null {
  const [start, end] = direction === "up" ? [entry.to, entry.from] : [entry.from, entry.to];
  const open = new Map<string, Reached>([[start, { cost: 0, by: null }]]);
  const done = new Map<string, Reached>();
  while (open.size > 0) {
    const [at, reached] = nearestOf(open);
    open.delete(at);
    done.set(at, reached);
    if (at === end) break;
    for (const passed of touching.get(at) ?? []) {
      const change = passed.from === at ? 1 : -1;
      const next = change === 1 ? passed.to : passed.from;
      if (passed === entry || done.has(next)) continue;
      if (!passed.isHidden && (!isHiding || passed.rank === null)) continue;
      // What is hidden is known to be no zero.
      if (change === -1 && passed.count + (changes.get(passed) ?? 0) <= 1) continue;
      const cost = reached.cost + (passed.isHidden ? 0 : passed.count + (passed.rank ?? 0) * rankCost);
      if (cost < (open.get(next)?.cost ?? Infinity))
        open.set(next, { cost, by: { pass: { passed, change }, before: at } });
    }
  }
  if (!done.has(end)) return null;
  const circle: Pass[] = [{ passed: entry, change: direction === "up" ? 1 : -1 }];
  for (let by = done.get(end)?.by ?? null; by !== null; by = done.get(by.before)?.by ?? null) circle.push(by.pass);
  return circle;
}

function nearestOf(open: ReadonlyMap<string, Reached>): readonly [string, Reached] {
  let nearest: readonly [string, Reached] = ["", { cost: Infinity, by: null }];
  for (const one of open) {
    if (one[1].cost < nearest[1].cost) nearest = one;
    if (nearest[1].cost === 0) break;
  }
  return nearest;
}

/** More than any table counts, so that any number of cells is hidden before a sum. */
const rankCost = 1e9;

/** Shows again what can be worked out all the same and is no small number: hiding it would only pretend. */
function showWhatIsKnown(network: Network): void {
  for (const entry of network.entries) {
    if (!entry.isHidden || isSmall(entry.count)) continue;
    const canChange = (["up", "down"] as const).some(
      (direction) =>
        (direction === "up" || entry.count > entry.least) &&
        circleThrough(network, entry, direction, { isHiding: false }) !== null,
    );
    if (!canChange) entry.isHidden = false;
  }
}

function shownRow({ counts, total }: EntryRow): ShownRow {
  const shown = ({ count, isHidden }: Entry) => (isHidden ? null : count);
  return { counts: counts.map(shown), total: shown(total) };
}

function isSmall(count: number): boolean {
  return count > 0 && count < smallestShown;
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
