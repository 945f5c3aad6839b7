import type { NamedSeedFile } from "../../seed/readSeed.ts";
import type { Lsoa } from "./landscape.ts";

/** A seed file that is made when it is needed, so that one at a time is held. */
export interface CountryFile {
  readonly name: string;
  /** How many assets are in it. */
  readonly assets: number;
  readonly make: () => NamedSeedFile;
}

/** An LSOA and how many assets are in it. */
export interface Settled {
  readonly lsoa: Lsoa;
  /** Its place among all LSOAs of the country, from 0. */
  readonly index: number;
  readonly assets: number;
}
