/** The areas that are 0, 1, 2 … borders away from the nearest of `homes`, at most `furthest`. An area is in the first ring that it is met in. */
export function ringsAround(
  borders: ReadonlyMap<string, readonly string[]>,
  homes: readonly string[],
  furthest: number,
): readonly (readonly string[])[] {
  const met = new Set(homes);
  const rings: string[][] = [[...homes]];
  for (let ring = rings[0] ?? []; ring.length > 0 && rings.length <= furthest;) {
    const next: string[] = [];
    for (const area of ring) {
      for (const other of borders.get(area) ?? []) {
        if (met.has(other)) continue;
        met.add(other);
        next.push(other);
      }
    }
    if (next.length > 0) rings.push(next);
    ring = next;
  }
  return rings;
}
