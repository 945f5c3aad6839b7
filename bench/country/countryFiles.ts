import type { NamedSeedFile } from "../../seed/readSeed.ts";
import { areaFiles } from "./areaFiles.ts";
import { assetFile } from "./assetFile.ts";
import type { CountryFile, Settled } from "./countryFile.ts";
import type { Landscape } from "./landscape.ts";
import { randomOf } from "./random.ts";

const assetsAFile = 5000;

/**
 * The seed files of a country with `size` assets, in the order in which they are to be loaded: areas, borders, `conditions` (the project's own
 * file), assets. Each is closed in itself apart from areas and conditions, and is the same whenever it is made.
 */
export function countryFiles(landscape: Landscape, size: number, conditions: NamedSeedFile): readonly CountryFile[] {
  const slugs = conditions.records.flatMap((record) => (record.type === "condition" ? [record.key] : []));
  return [
    ...areaFiles(landscape),
    { name: conditions.name, assets: 0, make: () => conditions },
    ...regions(settle(landscape, size)).map((region, index) => {
      const name = `assets ${index + 1}`;
      const assets = region.reduce((sum, one) => sum + one.assets, 0);
      return { name, assets, make: () => assetFile(name, region, { conditions: slugs, size }) };
    }),
  ];
}

/**
 * How many assets each LSOA has: in proportion to its residents, and in clumps, since what there is gathers in the middles of towns. All
 * together they are exactly `size`.
 */
function settle(landscape: Landscape, size: number): readonly Settled[] {
  const random = randomOf("where assets are");
  const middles = new Map(landscape.msoas.map(({ code }) => [code, Math.exp(0.7 * random.normal())]));
  const weights = landscape.lsoas.map(
    ({ residents, msoa }) => residents * (middles.get(msoa) ?? 1) * Math.exp(0.7 * random.normal()),
  );
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  return landscape.lsoas.map((lsoa, index) => {
    const after = before + (weights[index] ?? 0) / all;
    const assets = Math.round(after * size) - Math.round(before * size);
    before = after;
    return { lsoa, index, assets };
  });
}

/** Parts of the country with about so many assets as go into a file: whole MSOAs, one after the other, as neighbours are. */
function regions(settled: readonly Settled[]): readonly (readonly Settled[])[] {
  const found: Settled[][] = [];
  let assets = 0;
  for (const [index, one] of settled.entries()) {
    const isNewMsoa = settled[index - 1]?.lsoa.msoa !== one.lsoa.msoa;
    if (found.length === 0 || (assets >= assetsAFile && isNewMsoa)) {
      found.push([]);
      assets = 0;
    }
    found.at(-1)?.push(one);
    assets += one.assets;
  }
  return found;
}
