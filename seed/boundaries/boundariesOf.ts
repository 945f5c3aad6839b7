/** Longitude and latitude in degrees (WGS 84), as GeoJSON has them. */
export type Position = readonly [longitude: number, latitude: number];

/** A closed line: its last position is its first again. */
export type Ring = readonly Position[];

/** As GeoJSON has the coordinates of a MultiPolygon: of each polygon the outer ring, anticlockwise, and then its holes, clockwise. */
export type MultiPolygon = readonly (readonly Ring[])[];

/** A piece of ground that areas are made of, whole. */
export interface Piece {
  readonly code: string;
  readonly polygons: MultiPolygon;
}

/** A stretch of line that has the same areas along it from one end to the other. */
interface Arc {
  readonly line: readonly Position[];
  /** The areas whose outline it is part of; `isForward`: with the area at its left. */
  readonly of: readonly { readonly area: string; readonly isForward: boolean }[];
}

const metresPerDegree = 111_320;
/** A hundred-thousandth of a degree is about a metre. */
const decimals = 5;

/**
 * The outlines of areas, each given as the codes of the pieces that make it up, simplified so that no position of a piece's outline is further than `toleranceMetres` from the line
 * that stands for it. A line that two areas share is simplified once, so that they still meet. Throws an Error for a code that no piece has, and where an outline has become nothing.
 */
export function boundariesOf(
  pieces: readonly Piece[],
  areas: ReadonlyMap<string, readonly string[]>,
  toleranceMetres: number,
): ReadonlyMap<string, MultiPolygon> {
  const edges = new Map<string, { readonly ends: readonly [Position, Position]; readonly of: Map<string, boolean> }>();
  const pieceByCode = new Map(pieces.map((piece) => [piece.code, piece]));
  for (const [area, codes] of areas) {
    for (const [from, to] of outerEdges(area, codes, pieceByCode)) {
      const isForward = nameOf(from) < nameOf(to);
      const ends = isForward ? ([from, to] as const) : ([to, from] as const);
      const name = `${nameOf(ends[0])} ${nameOf(ends[1])}`;
      const edge = edges.get(name) ?? { ends, of: new Map<string, boolean>() };
      edge.of.set(area, isForward);
      edges.set(name, edge);
    }
  }
  const arcs = arcsOf([...edges.values()]).map((arc) => ({ ...arc, line: simplified(arc.line, toleranceMetres) }));
  return new Map([...areas.keys()].map((area) => [area, polygonsOf(area, arcs)]));
}

/** The edges of some pieces that no other of them has the other way round, with the area at their left. */
function outerEdges(area: string, codes: readonly string[], pieceByCode: ReadonlyMap<string, Piece>) {
  const edges = new Map<string, readonly [Position, Position]>();
  for (const code of codes) {
    const piece = pieceByCode.get(code);
    if (piece === undefined) throw new Error(`${area}: nothing has the code ${code}.`);
    for (const polygon of piece.polygons) {
      for (const [index, ring] of polygon.entries()) {
        const turned = isAnticlockwise(ring) === (index === 0) ? ring : ring.toReversed();
        for (const [at, from] of turned.slice(0, -1).entries()) {
          const to = turned[at + 1] ?? from;
          const back = `${nameOf(to)} ${nameOf(from)}`;
          if (!edges.delete(back)) edges.set(`${nameOf(from)} ${nameOf(to)}`, [from, to]);
        }
      }
    }
  }
  return edges.values();
}

/** Edges joined to arcs, which end where others meet them. */
function arcsOf(
  edges: readonly { readonly ends: readonly [Position, Position]; readonly of: ReadonlyMap<string, boolean> }[],
): readonly Arc[] {
  const at = new Map<string, number[]>();
  for (const [index, { ends }] of edges.entries()) {
    for (const end of ends) at.set(nameOf(end), [...(at.get(nameOf(end)) ?? []), index]);
  }
  const areasOf = (index: number) => [...(edges[index]?.of.keys() ?? [])].sort().join(" ");
  const isEnd = (position: Position): boolean => {
    const here = at.get(nameOf(position)) ?? [];
    const [first, second] = here;
    return here.length !== 2 || first === undefined || second === undefined || areasOf(first) !== areasOf(second);
  };
  const done = new Set<number>();

  function arcFrom(start: Position, index: number): Arc {
    const line = [start];
    const of: { area: string; isForward: boolean }[] = [];
    let next: number | undefined = index;
    while (next !== undefined) {
      const edge: (typeof edges)[number] | undefined = edges[next];
      const here = line.at(-1);
      if (edge === undefined || here === undefined) break;
      done.add(next);
      const isAlong: boolean = nameOf(edge.ends[0]) === nameOf(here);
      const there: Position = isAlong ? edge.ends[1] : edge.ends[0];
      if (of.length === 0) {
        for (const [area, isForward] of edge.of) of.push({ area, isForward: isForward === isAlong });
      }
      line.push(there);
      next = isEnd(there) ? undefined : at.get(nameOf(there))?.find((other) => !done.has(other));
    }
    return { line, of };
  }

  const arcs: Arc[] = [];
  for (const [index, { ends }] of edges.entries()) {
    for (const end of ends) if (!done.has(index) && isEnd(end)) arcs.push(arcFrom(end, index));
  }
  // What is left are rings that nothing meets.
  for (const [index, { ends }] of edges.entries()) if (!done.has(index)) arcs.push(arcFrom(ends[0], index));
  return arcs;
}

/** The rings of an area, put together of its arcs, and the polygons that these make. */
function polygonsOf(area: string, arcs: readonly Arc[]): MultiPolygon {
  const lines = new Map<string, Position[][]>();
  for (const { line, of } of arcs) {
    for (const one of of) {
      if (one.area !== area) continue;
      const directed = one.isForward ? [...line] : line.toReversed();
      const start = directed[0] === undefined ? "" : nameOf(directed[0]);
      lines.set(start, [...(lines.get(start) ?? []), directed]);
    }
  }
  const rings: Ring[] = [];
  for (let started = lines.values().next(); !started.done; started = lines.values().next()) {
    const ring: Position[] = [];
    for (let line = started.value[0]; line !== undefined; line = lines.get(nameOf(ring.at(-1) ?? [0, 0]))?.[0]) {
      const start = nameOf(line[0] ?? [0, 0]);
      const left = (lines.get(start) ?? []).slice(1);
      if (left.length === 0) lines.delete(start);
      else lines.set(start, left);
      ring.push(...(ring.length === 0 ? line : line.slice(1)));
    }
    if (ring.length >= 4) rings.push(ring);
  }
  const outer = rings.filter(isAnticlockwise);
  if (outer.length === 0) throw new Error(`${area}: nothing is left of its outline.`);
  const holes = rings.filter((ring) => !isAnticlockwise(ring));
  return outer.map((ring) => [ring, ...holes.filter((hole) => hole[0] !== undefined && isWithin(hole[0], ring))]);
}

/** Fewer positions of a line: those without which it would be further than the tolerance from where it was. Its ends stay. */
function simplified(line: readonly Position[], toleranceMetres: number): readonly Position[] {
  const [first, last] = [line[0], line.at(-1)];
  if (first === undefined || last === undefined || line.length < 3) return line.map(rounded);
  // A ring has no ends: it is cut at its start and at what is furthest from there.
  const isRing = nameOf(first) === nameOf(last);
  const distances = line.map((position) =>
    isRing ? metresBetween(position, first) : metresToLine(position, first, last),
  );
  const farthest = distances.indexOf(Math.max(...distances));
  if (!isRing && (distances[farthest] ?? 0) <= toleranceMetres) return [first, last].map(rounded);
  return [
    ...simplified(line.slice(0, farthest + 1), toleranceMetres),
    ...simplified(line.slice(farthest), toleranceMetres).slice(1),
  ];
}

function rounded([longitude, latitude]: Position): Position {
  return [Number(longitude.toFixed(decimals)), Number(latitude.toFixed(decimals))];
}

/** Metres east and north of `origin`, as on a sheet of paper: good enough for an area that one can walk across. */
function onPaper([longitude, latitude]: Position, origin: Position): readonly [number, number] {
  const east = (longitude - origin[0]) * metresPerDegree * Math.cos((origin[1] * Math.PI) / 180);
  return [east, (latitude - origin[1]) * metresPerDegree];
}

function metresBetween(a: Position, b: Position): number {
  return Math.hypot(...onPaper(a, b));
}

/** How far a position is from the straight line between two others, which has ends. */
function metresToLine(position: Position, from: Position, to: Position): number {
  const [x, y] = onPaper(position, from);
  const [toX, toY] = onPaper(to, from);
  const along = Math.min(1, Math.max(0, (x * toX + y * toY) / (toX ** 2 + toY ** 2)));
  return Math.hypot(x - along * toX, y - along * toY);
}

function isAnticlockwise(ring: Ring): boolean {
  const twiceTheArea = ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y];
    return sum + x * nextY - nextX * y;
  }, 0);
  return twiceTheArea > 0;
}

function isWithin([x, y]: Position, ring: Ring): boolean {
  return ring.reduce((isInside, [x1, y1], index) => {
    const [x2, y2] = ring[(index + 1) % ring.length] ?? [x1, y1];
    const isCrossed = y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1;
    return isCrossed ? !isInside : isInside;
  }, false);
}

function nameOf([longitude, latitude]: Position): string {
  return `${longitude},${latitude}`;
}
