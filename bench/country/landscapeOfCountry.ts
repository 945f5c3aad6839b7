import { basename } from "node:path";
import { readSeed, seedPaths, type NamedSeedFile } from "../../seed/readSeed.ts";
import { inventedLandscape } from "./inventedLandscape.ts";
import type { Landscape } from "./landscape.ts";
import { realLandscape } from "./realLandscape.ts";

/** Which synthetic country is meant: the same is the same to the letter, wherever and whenever it is made. */
export interface Country {
  /** How many assets it has. */
  readonly size: number;
  /** Of how many LSOAs, invented ones; null: England and Wales, or where their table is not there as many invented ones. */
  readonly lsoas: number | null;
}

/** The areas of a country. Throws for a table of real ones that is not as expected. */
export async function landscapeOfCountry({ lsoas }: Pick<Country, "lsoas">): Promise<Landscape> {
  return lsoas === null ? ((await realLandscape()) ?? inventedLandscape()) : inventedLandscape(lsoas);
}

/** The project's own conditions and words for them, which the synthetic assets support. */
export async function readConditions(): Promise<NamedSeedFile> {
  const paths = (await seedPaths()).filter((path) => basename(path) === "conditions.json");
  const [conditions] = await readSeed(paths);
  if (conditions === undefined) throw new Error("The seed has no conditions.json.");
  return conditions;
}
