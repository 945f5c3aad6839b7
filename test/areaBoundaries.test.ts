import { afterAll, beforeAll, expect, test } from "vitest";
import { boundariesOf, type MultiPolygon, type Position, type Ring } from "../seed/boundaries/boundariesOf.ts";
import { load } from "../seed/load.ts";
import type { NamedSeedFile } from "../seed/readSeed.ts";
import { aSunday, openWorld, type World } from "./world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

afterAll(() => world.close());

interface Area {
  readonly name: string;
  readonly kind: string;
  readonly centre: { readonly latitude: number; readonly longitude: number };
  readonly boundary: { readonly type: string; readonly coordinates: MultiPolygon } | null;
}

async function areasOf(kind: string): Promise<readonly Area[]> {
  const { data, errors } = await world.ask(
    `query ($kind: AreaKind) { areas(kind: $kind, first: 100) { edges { node { name kind centre { latitude longitude } boundary } } } }`,
    { kind },
  );
  expect(errors).toBeUndefined();
  return data.areas.edges.map(({ node }: { readonly node: Area }) => node);
}

function ringsOf({ boundary }: Pick<Area, "boundary">): readonly Ring[] {
  return boundary?.coordinates.flat() ?? [];
}

const edgesOf = (ring: Ring) => ring.slice(1).map((to, index) => [ring[index] ?? to, to] as const);

const turn = (a: Position, b: Position, c: Position) =>
  Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));

/** Where a ring crosses itself: pairs of its edges that have a point in common and no end. */
function crossings(ring: Ring): readonly string[] {
  const edges = edgesOf(ring);
  return edges.flatMap(([a, b], index) =>
    edges.slice(index + 1).flatMap(([c, d]) => {
      const isCrossing = turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
      return isCrossing ? [`${String([a, b])} ${String([c, d])}`] : [];
    }),
  );
}

test("a neighbourhood tells its outline and where that comes from", async () => {
  const { data } = await world.ask(
    `{ area(slug: "rose-hill") { boundary boundarySource { name publisher url licence asOf sample } } }`,
  );
  expect(data.area).toEqual({
    boundary: { type: "MultiPolygon", coordinates: [[expect.any(Array)]] },
    boundarySource: {
      name: "Outlines of the proposed extents of named neighbourhoods, made of the boundaries of statistical areas of the Office for National Statistics",
      publisher: "Common Ground",
      url: null,
      licence: "OGL-UK-3.0",
      asOf: "2026-11",
      sample: false,
    },
  });
  const [ring = []] = ringsOf(data.area);
  expect(ring.length).toBeGreaterThan(10);
  expect(ring.length).toBeLessThan(60);
});

test("an LSOA and a nation have no outline", async () => {
  const { data } = await world.ask(
    `{ nation: area(slug: "england") { boundary boundarySource { name } } areas(kind: LSOA, first: 1) { edges { node { boundary boundarySource { name } } } } }`,
  );
  const none = { boundary: null, boundarySource: null };
  expect(data).toEqual({ nation: none, areas: { edges: [{ node: none }] } });
});

test.for(["NEIGHBOURHOOD", "WARD", "MSOA", "LOCAL_AUTHORITY"])(
  "each %s has an outline of closed rings around its middle that do not cross themselves",
  async (kind) => {
    const areas = await areasOf(kind);
    expect(areas.length).toBeGreaterThan(0);
    for (const area of areas) {
      const rings = ringsOf(area);
      expect(rings.length, area.name).toBeGreaterThan(0);
      for (const ring of rings) {
        expect(ring.length, area.name).toBeGreaterThanOrEqual(4);
        expect(ring.at(-1), area.name).toEqual(ring[0]);
        expect(crossings(ring), area.name).toEqual([]);
      }
      const { longitude, latitude } = area.centre;
      const [longitudes, latitudes] = [0, 1].map((at) => rings.flat().map((position) => position[at as 0 | 1]));
      expect(longitude, area.name).toBeGreaterThan(Math.min(...(longitudes ?? [])));
      expect(longitude, area.name).toBeLessThan(Math.max(...(longitudes ?? [])));
      expect(latitude, area.name).toBeGreaterThan(Math.min(...(latitudes ?? [])));
      expect(latitude, area.name).toBeLessThan(Math.max(...(latitudes ?? [])));
    }
  },
);

test("wards that lie beside each other meet: every edge belongs to two of them, or to one and to the town's own outline", async () => {
  const wards = (await areasOf("WARD")).filter(({ centre }) => centre.latitude < 52);
  const counted = new Map<string, number>();
  for (const [from, to] of wards.flatMap((ward) => ringsOf(ward).flatMap(edgesOf))) {
    const name = [String(from), String(to)].sort().join(" ");
    counted.set(name, (counted.get(name) ?? 0) + 1);
  }
  const byOne = [...counted].filter(([, count]) => count === 1).map(([name]) => name.split(" "));
  expect(new Set(counted.values())).toEqual(new Set([1, 2]));
  // What only one ward has goes round the town without an end: each of its positions has a way in and a way out.
  const ends = new Map<string, number>();
  for (const end of byOne.flat()) ends.set(end, (ends.get(end) ?? 0) + 1);
  expect([...ends].filter(([, count]) => count % 2 === 1)).toEqual([]);
  expect(byOne.length).toBeLessThan(counted.size / 2);
});

/** Squares side by side, of a tenth of a degree, by row and column. */
const square = (row: number, column: number) => {
  const at = (x: number, y: number): Position => [x / 10, 50 + y / 10];
  const ring = [
    at(column, row),
    at(column + 1, row),
    at(column + 1, row + 1),
    at(column, row + 1),
    at(column, row),
  ] as const;
  return { code: `${row}${column}`, polygons: [[ring]] };
};

test("areas are made of their pieces: what is not theirs within them is a hole, and the line between two is the same", () => {
  const squares = [0, 1, 2].flatMap((row) => [0, 1, 2].map((column) => square(row, column)));
  const around = squares.map(({ code }) => code).filter((code) => code !== "11");
  const boundaries = boundariesOf(
    squares,
    new Map([
      ["around", around],
      ["within", ["11"]],
      ["left", ["00", "10"]],
    ]),
    25,
  );
  const [polygon, ...others] = boundaries.get("around") ?? [];
  expect(others).toEqual([]);
  const [outer = [], hole = []] = polygon ?? [];
  expect(outer.map(String)).toEqual(expect.arrayContaining(["0,50", "0.3,50", "0.3,50.3", "0,50.3"]));
  const within = boundaries.get("within")?.[0]?.[0] ?? [];
  expect(new Set(hole.map(String))).toEqual(new Set(within.map(String)));
  expect(within.map(String)).toEqual(expect.arrayContaining(["0.1,50.1", "0.2,50.1", "0.2,50.2", "0.1,50.2"]));
});

const source = { name: "Outlines of a test", publisher: "Test", licence: "CC0-1.0" };
const corner: readonly [number, number] = [-1.2, 51.7];

function fileOf(area: string, key = "boundary-test"): NamedSeedFile {
  const coordinates: [number, number][] = [[...corner], [-1.1, 51.7], [-1.1, 51.8], [...corner]];
  return {
    name: "test.json",
    sources: { "outline-test": source },
    records: [
      {
        type: "boundary",
        key,
        source: "outline-test",
        asOf: "2026",
        sample: false,
        area,
        coordinates: [[coordinates]],
      },
    ],
  };
}

const loaded = (file: NamedSeedFile) => load(world.graph, [file], { report: () => undefined, now: aSunday });

test("an outline of what is no area is refused, and so are two of one area", async () => {
  await expect(loaded(fileOf("nowhere-at-all"))).rejects.toThrow(/no area has the code or slug "nowhere-at-all"/);
  const [one] = fileOf("rose-hill").records;
  const [other] = fileOf("rose-hill", "boundary-again").records;
  if (one === undefined || other === undefined) throw new Error("There are two.");
  await expect(loaded({ ...fileOf("rose-hill"), records: [one, other] })).rejects.toThrow(
    /boundary of rose-hill is already that of/,
  );
});
