import type { SeedFile, SeedRecord } from "../formats/directory.ts";
import { boundariesOf, type Piece } from "./boundariesOf.ts";

type Area = Extract<SeedRecord, { type: "area" }>;

/** So far, in metres, an outline may be from the boundary that it is made of: less than the width of a line on a map of a town. */
export const toleranceMetres = 25;

const sources = {
  "ons-boundaries": {
    name: "Generalised boundaries of statistical areas and wards, simplified by Common Ground",
    publisher: "Office for National Statistics",
    url: "https://geoportal.statistics.gov.uk",
    licence: "OGL-UK-3.0",
  },
  "neighbourhood-boundaries": {
    name: "Outlines of the proposed extents of named neighbourhoods, made of the boundaries of statistical areas of the Office for National Statistics",
    publisher: "Common Ground",
    licence: "OGL-UK-3.0",
  },
} satisfies SeedFile["sources"];

/**
 * A seed file of the outlines of areas: those of wards from their own boundaries, those of neighbourhoods, MSOAs and local authorities from the LSOAs that lie in them. LSOAs themselves
 * have none, since nobody draws so many. Throws as `boundariesOf` does.
 */
export function boundaryRecords(
  { records }: SeedFile,
  smallAreas: readonly Piece[],
  wards: readonly Piece[],
): { readonly sources: SeedFile["sources"]; readonly records: readonly object[] } {
  const areas = records.filter((record) => record.type === "area");
  const areaByName = new Map(
    areas.flatMap((area) => [area.code, area.slug].flatMap((name) => (name === undefined ? [] : [[name, area]]))),
  );
  const lsoas = areas.filter(({ kind }) => kind === "LSOA");
  const holding = new Map<string, string[]>();
  for (const { within, code = "" } of lsoas) {
    for (const key of new Set(within.flatMap((name) => above(name, areaByName)))) {
      holding.set(key, [...(holding.get(key) ?? []), code]);
    }
  }
  const ofLsoas = areas.filter(({ kind, key }) => kind !== "LSOA" && kind !== "WARD" && holding.has(key));
  const ofWards = areas.filter(({ kind }) => kind === "WARD");
  const boundaries = new Map([
    ...boundariesOf(smallAreas, new Map(ofLsoas.map(({ key }) => [key, holding.get(key) ?? []])), toleranceMetres),
    ...boundariesOf(wards, new Map(ofWards.map(({ key, code = "" }) => [key, [code]])), toleranceMetres),
  ]);
  return {
    sources,
    records: [...ofLsoas, ...ofWards].map(({ key, code, slug, asOf, proposed }) => ({
      type: "boundary",
      key: `boundary-${key}`,
      source: proposed ? "neighbourhood-boundaries" : "ons-boundaries",
      asOf,
      area: code ?? slug,
      coordinates: boundaries.get(key),
    })),
  };
}

/** The keys of an area and of all that it lies in. */
function above(name: string, areaByName: ReadonlyMap<string, Area>): readonly string[] {
  const area = areaByName.get(name);
  return area === undefined ? [] : [area.key, ...area.within.flatMap((wider) => above(wider, areaByName))];
}
