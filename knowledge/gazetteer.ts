import MiniSearch from "minisearch";
import type { Graph } from "../graph/graph.ts";
import { type NamedArea, namedAreasStatement } from "./queries/namedAreas.ts";
import { createSpellings, type Spellings } from "./spelling.ts";
import { phraseOf } from "./words.ts";

/** The areas people name, held in memory: thousands for a country, and every search reads them. */
export interface Gazetteer {
  readonly byId: ReadonlyMap<string, NamedArea>;
  /** Areas by what they are called (see `phraseOf`), slugs and ONS codes among it. */
  readonly byPhrase: ReadonlyMap<string, readonly NamedArea[]>;
  readonly longestPhrase: number;
  /** All words of all names. */
  readonly words: Spellings;
  /** All names, each written as one word. */
  readonly joined: Spellings;
  /** Areas whose names are like a text that is none of them, the likest first. */
  readonly like: (text: string) => readonly NamedArea[];
  /** What it was made of: a gazetteer with the same fingerprint says the same. */
  readonly fingerprint: string;
}

/** Which of several areas of one name in one town is meant: the one people mean first. */
const preference: readonly NamedArea["kind"][] = [
  "NEIGHBOURHOOD",
  "WARD",
  "LOCAL_AUTHORITY",
  "DISTRICT",
  "CLUSTER",
  "MSOA",
  "NATION",
];

/**
 * Reads the named areas from the graph; `before` when nothing has changed since, so that what was made of it stays. Throws as `Graph.run` does.
 */
export async function readGazetteer(graph: Graph, before: Gazetteer | null = null): Promise<Gazetteer> {
  const areas = await graph.run(namedAreasStatement);
  const fingerprint = JSON.stringify(areas);
  if (before?.fingerprint === fingerprint) return before;
  const byPhrase = new Map<string, NamedArea[]>();
  for (const area of areas) {
    const names = [area.name, ...area.alternateNames];
    const phrases = [...names, area.slug ?? "", area.code ?? ""].map(phraseOf);
    // "Barton & Sandhills" is also written in full, and "St Mary's, Oxford" tells it from Oldham's.
    for (const name of names) {
      const inFull = phraseOf(name.replaceAll(" & ", " and "));
      phrases.push(inFull, inFull.replaceAll(" and ", " "));
      if (area.localAuthority !== null) phrases.push(phraseOf(`${name} ${area.localAuthority}`));
      phrases.push(inFull.replaceAll(" ", ""));
    }
    for (const phrase of new Set(phrases)) {
      if (phrase !== "") byPhrase.set(phrase, [...(byPhrase.get(phrase) ?? []), area]);
    }
  }
  const index = new MiniSearch<NamedArea>({
    fields: ["name", "others"],
    extractField: (area, field) =>
      field === "others" ? area.alternateNames.join(" ") : field === "id" ? area.id : area.name,
    searchOptions: { fuzzy: 0.25, prefix: true, boost: { name: 2 } },
  });
  index.addAll(areas.filter(({ kind }) => kind !== "NATION"));
  const byId = new Map(areas.map((area) => [area.id, area]));
  const phrases = [...byPhrase.keys()];
  return {
    fingerprint,
    byId,
    byPhrase,
    longestPhrase: Math.max(0, ...phrases.map((phrase) => phrase.split(" ").length)),
    words: createSpellings(phrases.flatMap((phrase) => phrase.split(" "))),
    joined: createSpellings(phrases.filter((phrase) => !phrase.includes(" "))),
    like: (text) =>
      index
        .search(phraseOf(text))
        .slice(0, 5)
        .map(({ id }) => byId.get(String(id)))
        .filter((area) => area !== undefined),
  };
}

/**
 * The areas a phrase may mean: one where all that have the name lie in one town, since then the most local of them is meant;
 * else one for each town.
 */
export function areasCalled(gazetteer: Gazetteer, phrase: string): readonly NamedArea[] {
  const bestByTown = new Map<string | null, NamedArea>();
  for (const area of gazetteer.byPhrase.get(phrase) ?? []) {
    const best = bestByTown.get(area.localAuthority);
    if (best === undefined || preference.indexOf(area.kind) < preference.indexOf(best.kind)) {
      bestByTown.set(area.localAuthority, area);
    }
  }
  return [...bestByTown.values()];
}
