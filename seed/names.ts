import { idOf, type Kind } from "../core/ids.ts";
import type { SeedRecord } from "./formats/directory.ts";
import type { NamedSeedFile } from "./readSeed.ts";
import type { Problem } from "./seedError.ts";

/** A record of one thing, which a SourceRecord is kept of: all but borders. */
export type Subject = Exclude<SeedRecord, { type: "border" }>;

export type NamedThing = "area" | "condition" | "period" | "asset" | "referrer";

/** What a name in a seed file stands for. `kind` is the node's label, or for an area its kind ("LSOA"). */
export interface Named {
  readonly id: string;
  readonly kind: string;
}

/** What seed files may point at, by the name they use: areas by code and by slug, conditions and kinds of referrer by slug, periods and assets by key. */
export type Names = Readonly<Record<NamedThing, ReadonlyMap<string, Named>>>;

export const kinds = {
  area: "Area",
  condition: "Condition",
  place: "Place",
  organisation: "Organisation",
  group: "Group",
  activity: "Activity",
  referrer: "Referrer",
  pathway: "Pathway",
  workshop: "Workshop",
} as const satisfies Record<Exclude<Subject["type"], "postcode" | "period" | "boundary">, Kind>;

/** The record's id in its source. */
export function sourceIdOf(record: Subject): string {
  return record.sourceId ?? record.key;
}

/**
 * The id of the node that a record describes: by ONS code or slug where that is what everybody calls it, else by its source. A postcode has
 * its code alone, a period its key. A boundary is no node, and has its key as well.
 */
export function nodeIdOf(record: Subject): string {
  if (record.type === "area") {
    return record.code === undefined
      ? idOf("Area", "common-ground", record.slug ?? record.key)
      : idOf("Area", "ons", record.code);
  }
  if (record.type === "postcode") return record.code;
  if (record.type === "condition") return idOf("Condition", "common-ground", record.key);
  if (record.type === "referrer") return idOf("Referrer", "common-ground", record.key);
  if (record.type === "period" || record.type === "boundary") return record.key;
  return idOf(kinds[record.type], record.source, sourceIdOf(record));
}

/**
 * The names that files give to their records. Tells `problem` of each that is given twice: keys over all files, codes and slugs of
 * areas, and records of a source.
 */
export function namesIn(files: readonly NamedSeedFile[], problem: (problem: Problem) => void): Names {
  const names = {
    area: new Map<string, Named>(),
    condition: new Map<string, Named>(),
    period: new Map<string, Named>(),
    asset: new Map<string, Named>(),
    referrer: new Map<string, Named>(),
  };
  const owners = new Map<string, string>();
  for (const file of files) {
    for (const record of file.records) {
      if (record.type === "border") continue;
      const { key, type } = record;
      const claim = (field: string, what: string, name: string) => {
        const owner = owners.get(`${what} ${name}`);
        if (owner === undefined) owners.set(`${what} ${name}`, `"${key}" in ${file.name}`);
        else problem({ file: file.name, key, field, message: `the ${what} ${name} is already that of ${owner}` });
      };
      claim("key", "key", key);
      claim("sourceId", "record of a source", `${record.source}/${sourceIdOf(record)}`);
      if (type === "postcode") {
        claim("code", "postcode", record.code);
        continue;
      }
      if (type === "boundary") {
        claim("area", "boundary of", record.area);
        continue;
      }
      if (type === "period") {
        names.period.set(key, { id: key, kind: "Period" });
        continue;
      }
      const named = { id: nodeIdOf(record), kind: type === "area" ? record.kind : kinds[type] };
      if (type === "area") {
        if (record.code !== undefined) claim("code", "code", record.code);
        if (record.slug !== undefined) claim("slug", "slug", record.slug);
        if (record.code === undefined && record.slug === undefined) {
          problem({
            file: file.name,
            key,
            field: "slug",
            message: "an area without a code needs a slug to be named by",
          });
        }
        for (const name of [record.code, record.slug]) if (name !== undefined) names.area.set(name, named);
      } else if (type !== "pathway" && type !== "workshop") {
        names[type === "condition" || type === "referrer" ? type : "asset"].set(key, named);
      }
    }
  }
  return names;
}
