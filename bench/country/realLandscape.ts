import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import type { Landscape } from "./landscape.ts";

const file = join(import.meta.dirname, "../../../shared/data/geo/lsoa21-england-wales.csv.gz");

const Row = z.object({
  lsoa21_code: z.string(),
  lsoa21_name: z.string(),
  lat: z.coerce.number(),
  lng: z.coerce.number(),
  msoa21_code: z.string(),
  msoa_hcl_name: z.string(),
  lad24_code: z.string(),
  lad24_name: z.string(),
  residents_2021: z.coerce.number().int(),
});

const nations = [
  { code: "E92000001", name: "England" },
  { code: "W92000004", name: "Wales" },
];

/**
 * The areas of England and Wales (Census 2021), from a table of all their LSOAs that lies beside this repository and is no part of it.
 * Null where it is not there. Throws for a table that is not as expected.
 */
export async function realLandscape(): Promise<Landscape | null> {
  const packed = await readFile(file).catch(() => null);
  if (packed === null) return null;
  const [header = [], ...lines] = gunzipSync(packed).toString("utf8").trim().split("\n").map(cellsOf);
  const rows = lines
    .map((cells) => Row.parse(Object.fromEntries(header.map((name, column) => [name, cells[column]]))))
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  return {
    isReal: true,
    nations,
    authorities: once(rows, (row) => ({
      code: row.lad24_code,
      name: row.lad24_name,
      nation: nationOf(row.lad24_code),
    })),
    msoas: once(rows, (row) => ({ code: row.msoa21_code, name: row.msoa_hcl_name, authority: row.lad24_code })),
    lsoas: rows.map((row) => ({
      code: row.lsoa21_code,
      name: row.lsoa21_name,
      latitude: row.lat,
      longitude: row.lng,
      residents: row.residents_2021,
      msoa: row.msoa21_code,
      authority: row.lad24_code,
      nation: nationOf(row.lad24_code),
    })),
  };
}

function nationOf(code: string): string {
  return code.startsWith("W") ? "W92000004" : "E92000001";
}

/** A name with a comma in it stands between quotes, and none has quotes in it. */
function cellsOf(line: string): readonly string[] {
  return [...line.trim().matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}

function placeOf({ lad24_code, msoa21_code, lsoa21_code }: z.output<typeof Row>): string {
  return `${lad24_code} ${msoa21_code} ${lsoa21_code}`;
}

function once<Row, Area extends { readonly code: string }>(rows: readonly Row[], areaOf: (row: Row) => Area): Area[] {
  return [...new Map(rows.map(areaOf).map((area) => [area.code, area])).values()];
}
