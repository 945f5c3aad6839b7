import Delaunator from "delaunator";
import type { SeedRecord } from "../../seed/formats/directory.ts";
import type { NamedSeedFile } from "../../seed/readSeed.ts";
import type { CountryFile } from "./countryFile.ts";
import { type Landscape, type Lsoa, metresBetween } from "./landscape.ts";
import { syntheticSources } from "./sources.ts";

type Area = Extract<SeedRecord, { type: "area" }>;
type Border = Extract<SeedRecord, { type: "border" }>;

const recordsAFile = 5000;

/** What lies farther apart than this is parted by water or by the edge of the country, whatever a triangulation joins. */
const longestBorderMetres = 15_000;

const ons = {
  name: "Statistical areas of England and Wales; Census 2021 usual residents",
  publisher: "Office for National Statistics",
  url: "https://geoportal.statistics.gov.uk",
  licence: "OGL-UK-3.0",
};

/**
 * The files of a country's areas and of which LSOAs border which, the wider areas first. Nobody keeps the boundaries here, so that two LSOAs
 * border when the triangulation of all their middles (Delaunay) joins them; how long the border is, is invented.
 */
export function areaFiles(landscape: Landscape): readonly CountryFile[] {
  const { nations, authorities, msoas, lsoas, isReal } = landscape;
  const areaOf = ({ kind, code, name, within, of }: AreaGiven): Area => ({
    type: "area",
    key: `synthetic-${code.toLowerCase()}`,
    source: isReal ? "ons-areas" : "common-ground-synthetic",
    sourceId: code,
    asOf: "2021",
    sample: !isReal,
    kind,
    name,
    alternateName: [],
    code,
    centre: middleOf(of),
    population: of.reduce((sum, { residents }) => sum + residents, 0),
    within: [...within],
    proposed: false,
  });
  const file = (name: string, records: readonly SeedRecord[]): NamedSeedFile => ({
    name,
    sources: { ...syntheticSources, ...(isReal ? { "ons-areas": ons } : {}) },
    records: [...records],
  });
  const byMsoa = grouped(lsoas, ({ msoa }) => msoa);
  const byAuthority = grouped(lsoas, ({ authority }) => authority);
  const ofNation = (code: string) =>
    authorities.filter(({ nation }) => nation === code).flatMap((one) => byAuthority.get(one.code) ?? []);
  const wider = () => [
    ...nations.map((one) => areaOf({ ...one, kind: "NATION", within: [], of: ofNation(one.code) })),
    ...authorities.map((one) =>
      areaOf({ ...one, kind: "LOCAL_AUTHORITY", within: [one.nation], of: byAuthority.get(one.code) ?? [] }),
    ),
    ...msoas.map((one) => areaOf({ ...one, kind: "MSOA", within: [one.authority], of: byMsoa.get(one.code) ?? [] })),
  ];
  return [
    { name: "wider areas", assets: 0, make: () => file("wider areas", wider()) },
    ...slices(lsoas).map((slice, index) => {
      const name = `LSOAs ${index + 1}`;
      const records = () => slice.map((one) => areaOf({ ...one, kind: "LSOA", within: [one.msoa], of: [one] }));
      return { name, assets: 0, make: () => file(name, records()) };
    }),
    ...slices(bordersOf(lsoas)).map((records, index) => {
      const name = `borders ${index + 1}`;
      return { name, assets: 0, make: () => file(name, records) };
    }),
  ];
}

interface AreaGiven {
  readonly kind: Area["kind"];
  readonly code: string;
  readonly name: string;
  readonly within: readonly string[];
  readonly of: readonly Lsoa[];
}

/** Pairs of LSOAs that border, each once. */
function bordersOf(lsoas: readonly Lsoa[]): readonly Border[] {
  const [first] = lsoas;
  if (first === undefined) return [];
  // On a plane that is true in the middle of the country: what matters is who is next to whom.
  const squeeze = Math.cos((first.latitude * Math.PI) / 180);
  const { triangles, halfedges } = Delaunator.from(
    [...lsoas],
    ({ longitude }) => longitude * squeeze,
    ({ latitude }) => latitude,
  );
  const borders: Border[] = [];
  for (const [edge, from] of triangles.entries()) {
    // Each inner edge stands twice, once each way; the outermost once.
    if (edge < (halfedges[edge] ?? -1)) continue;
    const [a, b] = [lsoas[from], lsoas[triangles[edge % 3 === 2 ? edge - 2 : edge + 1] ?? -1]];
    if (a === undefined || b === undefined) continue;
    const metres = metresBetween(a, b);
    if (metres > longestBorderMetres) continue;
    borders.push({
      type: "border",
      source: "common-ground-synthetic",
      asOf: "2026",
      a: a.code,
      b: b.code,
      metres: Math.max(1, Math.round(metres * 0.6)),
    });
  }
  return borders;
}

/** Where the residents are on average. */
function middleOf(lsoas: readonly Lsoa[]): { latitude: number; longitude: number } {
  const residents = lsoas.reduce((sum, one) => sum + one.residents, 0);
  const mean = (of: (lsoa: Lsoa) => number) =>
    Number((lsoas.reduce((sum, one) => sum + of(one) * one.residents, 0) / residents).toFixed(5));
  return { latitude: mean(({ latitude }) => latitude), longitude: mean(({ longitude }) => longitude) };
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

function slices<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const count = Math.ceil(items.length / recordsAFile);
  return Array.from({ length: count }, (_, index) => items.slice(index * recordsAFile, (index + 1) * recordsAFile));
}
