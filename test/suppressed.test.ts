import { expect, test } from "vitest";
import { type Random, randomOf } from "../bench/country/random.ts";
import { type CountTable, type Shown, type ShownRow, suppressed } from "../subgraphs/pathways/suppressed.ts";

/** What is shown of one table without groups: its rows, each with its total, and the totals. */
function shownOf(rows: CountTable["rows"], isAdded = rows[0]?.map(() => true) ?? []) {
  const { tables, totals } = suppressed([{ rows }], isAdded);
  return [...(tables[0]?.rows ?? []), totals].map(({ counts, total }) => [...counts, total]);
}

test("a table without small numbers is shown whole, with its totals", () => {
  expect(
    shownOf([
      [5, 0, 12],
      [7, 40, 0],
    ]),
  ).toEqual([
    [5, 0, 12, 17],
    [7, 40, 0, 47],
    [12, 40, 12, 64],
  ]);
});

test("a small number is hidden with the smallest circle of others that it could be worked out from", () => {
  expect(
    shownOf([
      [3, 9, 30],
      [20, 11, 40],
      [50, 60, 70],
    ]),
  ).toEqual([
    [null, null, 30, 42],
    [null, null, 40, 71],
    [50, 60, 70, 180],
    [73, 80, 140, 293],
  ]);
});

test("small numbers that come to less than 5 take more with them, and so do those of which each could only be 1", () => {
  expect(shownOf([[1], [1], [30], [6]], [false])).toEqual([
    [null, 0],
    [null, 0],
    [30, 0],
    [null, 0],
    [38, 0],
  ]);
  expect(shownOf([[2], [1], [1], [40]], [false])).toEqual([
    [null, 0],
    [null, 0],
    [null, 0],
    [null, 0],
    [44, 0],
  ]);
});

test("where a column has nothing else to hide, its total is hidden, and with it the totals of rows", () => {
  expect(
    shownOf([
      [1, 20],
      [1, 30],
      [1, 0],
      [1, 0],
      [1, 0],
    ]),
  ).toEqual([
    [null, 20, null],
    [null, 30, null],
    [null, 0, null],
    [null, 0, null],
    [null, 0, null],
    [null, 50, null],
  ]);
});

test("a total that is small is hidden, and so are those that it could be worked out from", () => {
  expect(
    shownOf([
      [2, 50],
      [1, 60],
    ]),
  ).toEqual([
    [null, 50, null],
    [null, 60, null],
    [null, 110, null],
  ]);
});

test("nothing recorded is nothing, and is shown", () => {
  expect(shownOf([[0, 0]])).toEqual([
    [0, 0, 0],
    [0, 0, 0],
  ]);
  expect(suppressed([], [true])).toEqual({ tables: [], totals: { counts: [0], total: 0 } });
});

test("what is hidden of a total in one table is hidden in all of them", () => {
  const { tables, totals } = suppressed([{ rows: [[1], [1], [1], [1], [1]] }, { rows: [[5]] }], [true]);
  expect(totals).toEqual({ counts: [null], total: null });
  expect(tables[1]?.rows).toEqual([{ counts: [null], total: null }]);
});

test("tables of different counts are refused", () => {
  expect(() => suppressed([{ rows: [[1]] }, { rows: [[2]] }], [true])).toThrow(RangeError);
});

/** One number of what is shown, as an attacker has it: known, or from 1 up. */
interface Unknown {
  readonly truth: number;
  readonly shown: number | null;
  readonly least: number;
}

/** That one number is the sum of others. */
interface Sum {
  readonly whole: Unknown;
  readonly parts: readonly Unknown[];
}

/** All that an attacker has: every number of every table, and which are sums of which. */
function attackOn(tables: readonly CountTable[], isAdded: readonly boolean[], shown: Shown) {
  const unknowns: Unknown[] = [];
  const sums: Sum[] = [];
  const columns = [...isAdded.keys()];
  const addedOf = <Item>(items: readonly Item[]) => items.filter((_, column) => isAdded[column]);
  const rowOf = (counts: readonly number[], leasts: readonly number[], row: ShownRow | undefined) => {
    const cells = columns.map((column) => ({
      truth: counts[column] ?? 0,
      shown: row?.counts[column] ?? null,
      least: leasts[column] ?? 0,
    }));
    const added = addedOf(cells);
    const total = {
      truth: added.reduce((sum, { truth }) => sum + truth, 0),
      shown: row?.total ?? null,
      least: added.reduce((sum, { least }) => sum + least, 0),
    };
    unknowns.push(...cells, total);
    sums.push({ whole: total, parts: added });
    return { cells, total };
  };
  const over = (rows: readonly (readonly number[])[], of: (count: number) => number) =>
    columns.map((column) => rows.reduce((sum, row) => sum + of(row[column] ?? 0), 0));
  const [count, one] = [(number: number) => number, (number: number) => Math.min(1, number)];
  const totals = rowOf(over(tables[0]?.rows ?? [], count), over(tables[0]?.rows ?? [], one), shown.totals);
  for (const [index, { rows, groupOf }] of tables.entries()) {
    const inRows = rows.map((row, at) => rowOf(row, row.map(one), shown.tables[index]?.rows[at]));
    const groups = shown.tables[index]?.groups.map((row, group) => {
      const own = rows.filter((_, at) => groupOf?.[at] === group);
      return rowOf(over(own, count), over(own, one), row);
    });
    const sumsOf = (whole: { cells: readonly Unknown[]; total: Unknown }, parts: readonly (typeof totals)[]) => {
      for (const [column, cell] of whole.cells.entries()) {
        sums.push({ whole: cell, parts: parts.flatMap(({ cells }) => cells[column] ?? []) });
      }
      sums.push({ whole: whole.total, parts: parts.map(({ total }) => total) });
    };
    sumsOf(totals, inRows);
    if (groups !== undefined && groups.length > 0) sumsOf(totals, groups);
    for (const [group, whole] of groups?.entries() ?? []) {
      sumsOf(
        whole,
        inRows.filter((_, at) => groupOf?.[at] === group),
      );
    }
  }
  return { unknowns, sums };
}

type Ranges = Map<Unknown, readonly [number, number]>;

/** The least that a number can be for somebody who knows only which numbers are 0: a total is as much as it has cells that are not. */
function leastOf({ unknowns, sums }: ReturnType<typeof attackOn>): ReadonlyMap<Unknown, number> {
  const leasts = new Map(unknowns.map((one) => [one, one.least]));
  for (let isChanged = true; isChanged;) {
    isChanged = false;
    for (const { whole, parts } of sums) {
      const some = parts.filter(({ truth }) => truth > 0);
      const least = some.reduce((sum, part) => sum + (leasts.get(part) ?? 0), 0);
      // Of one part alone, both are the same number.
      for (const one of some.length === 1 ? [whole, ...some] : [whole]) {
        const more = Math.max(least, leasts.get(whole) ?? 0);
        if (more <= (leasts.get(one) ?? 0)) continue;
        leasts.set(one, more);
        isChanged = true;
      }
    }
  }
  return leasts;
}

/** More than any number that an attacker has to think of here. */
const most = 200;

/** Whether all sums can hold with `asked` being `value`: by narrowing ranges, then trying what is left of them, the truth's neighbourhood first. */
function isPossible({ unknowns, sums }: ReturnType<typeof attackOn>, asked: Unknown, value: number): boolean {
  const ranges: Ranges = new Map(
    unknowns.map((one) => [one, one.shown === null ? [Math.max(1, one.least), most] : [one.shown, one.shown]]),
  );
  const [low, high] = ranges.get(asked) ?? [1, 0];
  if (value < low || value > high) return false;
  ranges.set(asked, [value, value]);
  return solve(ranges);

  function solve(given: Ranges): boolean {
    const narrowed = narrow(given);
    if (narrowed === null) return false;
    const open = [...narrowed]
      .filter(([, [from, to]]) => from < to)
      .sort(([, a], [, b]) => a[1] - a[0] - (b[1] - b[0]))[0];
    if (open === undefined) return true;
    const [unknown, [from, to]] = open;
    const values = Array.from({ length: to - from + 1 }, (_, index) => from + index);
    values.sort((a, b) => Math.abs(a - unknown.truth) - Math.abs(b - unknown.truth));
    return values.some((tried) => solve(new Map(narrowed).set(unknown, [tried, tried])));
  }

  function narrow(given: Ranges): Ranges | null {
    const now = new Map(given);
    const range = (one: Unknown) => now.get(one) ?? ([0, most] as const);
    for (let isChanged = true; isChanged;) {
      isChanged = false;
      for (const { whole, parts } of sums) {
        const lows = parts.reduce((sum, part) => sum + range(part)[0], 0);
        const highs = parts.reduce((sum, part) => sum + range(part)[1], 0);
        const bounds: (readonly [Unknown, number, number])[] = [
          [whole, lows, highs],
          ...parts.map((part) => {
            const [partLow, partHigh] = range(part);
            return [part, range(whole)[0] - (highs - partHigh), range(whole)[1] - (lows - partLow)] as const;
          }),
        ];
        for (const [one, from, to] of bounds) {
          const [lowest, highest] = range(one);
          const next = [Math.max(lowest, from), Math.min(highest, to)] as const;
          if (next[0] > next[1]) return null;
          if (next[0] === lowest && next[1] === highest) continue;
          now.set(one, next);
          isChanged = true;
        }
      }
    }
    return now;
  }
}

/** Two tables of the same counts, rows of the first of which may be in groups, and which columns are added up. */
function randomTables(random: Random): readonly [readonly CountTable[], readonly boolean[]] {
  const columns = 1 + random.below(3);
  const [zeros, ceiling] = [random.next() * 0.6, random.pick([2, 4, 8, 15])];
  const rows = Array.from({ length: 1 + random.below(5) }, () =>
    Array.from({ length: columns }, () => (random.chance(zeros) ? 0 : 1 + random.below(ceiling))),
  );
  const groupCount = 1 + random.below(3);
  const others = Array.from({ length: 1 + random.below(3) }, () => Array.from({ length: columns }, () => 0));
  for (const row of rows) {
    for (const [column, count] of row.entries()) {
      for (let person = 0; person < count; person++) {
        const other = random.pick(others);
        other[column] = (other[column] ?? 0) + 1;
      }
    }
  }
  const first = random.chance(0.5)
    ? { rows }
    : { rows, groupOf: rows.map((_, index) => (index < groupCount ? index : random.below(groupCount))) };
  return [[first, { rows: others }], Array.from({ length: columns }, () => random.chance(0.8))];
}

test("whoever knows all that is shown of random tables can work out no small number, nor narrow it, and all that is shown is true", () => {
  const random = randomOf("tables");
  const seen = { hidden: 0, small: 0, shown: 0 };
  for (let run = 0; run < 600; run++) {
    const [tables, isAdded] = randomTables(random);
    const attack = attackOn(tables, isAdded, suppressed(tables, isAdded));
    const leasts = leastOf(attack);
    const told = JSON.stringify({ run, tables, isAdded, shown: suppressed(tables, isAdded) });
    for (const one of attack.unknowns) {
      const isSmall = one.truth > 0 && one.truth < 5;
      if (one.shown !== null) {
        expect(one.shown, told).toBe(one.truth);
        expect(isSmall, told).toBe(false);
        seen.shown += 1;
        continue;
      }
      seen.hidden += 1;
      expect(one.truth, told).not.toBe(0);
      if (isSmall) {
        seen.small += 1;
        const least = leasts.get(one) ?? 1;
        for (let value = least; value <= Math.max(4, least + 1); value++) {
          expect(isPossible(attack, one, value), `${value} in ${JSON.stringify(one)} of ${told}`).toBe(true);
        }
      } else {
        const others = [one.truth - 1, one.truth + 1];
        expect(
          others.some((value) => isPossible(attack, one, value)),
          `${JSON.stringify(one)} of ${told}`,
        ).toBe(true);
      }
    }
  }
  // Were everything hidden, it would hold as well.
  expect(seen.shown).toBeGreaterThan(seen.hidden / 3);
  expect(seen.small).toBeGreaterThan(1000);
});

test("a table of a country is done in seconds", () => {
  const random = randomOf("a country");
  const rows = Array.from({ length: 400 }, () =>
    Array.from({ length: 5 }, () => (random.chance(0.3) ? 0 : random.below(random.pick([4, 20, 200])))),
  );
  const started = performance.now();
  suppressed([{ rows }], [true, true, true, true, false]);
  expect(performance.now() - started).toBeLessThan(15_000);
});
