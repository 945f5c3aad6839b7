// `npm run boundaries -- <seed file of areas> --small-areas <GeoJSON> --wards <GeoJSON>`: writes the records of the areas' outlines, as seed/data/boundaries-….json has them, to stdout.
import { readFile } from "node:fs/promises";
import { Command } from "commander";
import { z } from "zod";
import { SeedFile } from "./formats/directory.ts";
import { boundaryRecords } from "./boundaries/boundaryRecords.ts";
import { OnsBoundaries } from "./formats/onsBoundaries.ts";

interface Options {
  readonly smallAreas: string;
  readonly wards: string;
}

await new Command("npm run boundaries --")
  .description(
    "Makes outlines of areas for drawing, of the boundaries that the Office for National Statistics publishes.",
  )
  .argument("<areas>", "the seed file of the areas: which small areas lie in which")
  .requiredOption("--small-areas <file>", "boundaries of the LSOAs, as GeoJSON: generalised and clipped (BGC)")
  .requiredOption("--wards <file>", "boundaries of the wards, likewise")
  .action(async (areas: string, { smallAreas, wards }: Options) => {
    const file = boundaryRecords(
      await read(areas, SeedFile),
      await read(smallAreas, OnsBoundaries),
      await read(wards, OnsBoundaries),
    );
    const records = file.records.map((record) => `    ${JSON.stringify(record)}`).join(",\n");
    const sources = JSON.stringify(file.sources, null, 2).replaceAll("\n", "\n  ");
    process.stdout.write(`{\n  "sources": ${sources},\n  "records": [\n${records}\n  ]\n}\n`);
  })
  .parseAsync();

async function read<Format extends z.ZodType>(path: string, format: Format): Promise<z.output<Format>> {
  const { success, data, error } = format.safeParse(JSON.parse(await readFile(path, "utf8")));
  if (!success) throw new Error(`${path}: ${z.prettifyError(error)}`);
  return data;
}
