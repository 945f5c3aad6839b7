import { parse } from "postcode";
import { type AssetKind as KindOfAsset, assetKindOf } from "../../core/ids.ts";
import { InputError } from "../../core/errors.ts";
import { contactKeysOf } from "../../graph/contactKeys.ts";
import type { Graph } from "../../graph/graph.ts";
import { wordsOf } from "../../knowledge/words.ts";
import { duplicateCandidatesStatement } from "./queries/duplicateCandidates.ts";
import { type DuplicateFacts, duplicateFactsStatement, duplicateSitesStatement } from "./queries/duplicateFacts.ts";
import { likelyFrom, sameness } from "./sameness.ts";

/** What is about to be added, as far as it is known; or `id` alone, of an asset that is there. What is no postcode, no number or no place that is there tells nothing. */
export interface DuplicatesAsked {
  readonly id?: string | null | undefined;
  readonly kind?: "GROUP" | "ACTIVITY" | "ORGANISATION" | "PLACE" | null | undefined;
  readonly name?: string | null | undefined;
  readonly alternateNames?: readonly string[] | null | undefined;
  /** Ids. */
  readonly places?: readonly string[] | null | undefined;
  readonly postcode?: string | null | undefined;
  readonly location?: { readonly latitude: number; readonly longitude: number } | null | undefined;
  readonly telephone?: string | null | undefined;
  readonly url?: URL | string | null | undefined;
  readonly charityNumber?: string | null | undefined;
  /** Slugs or ids of areas. */
  readonly serves?: readonly string[] | null | undefined;
  /** Ids of organisations that run it, and of groups that put it on. */
  readonly runBy?: readonly string[] | null | undefined;
}

/** An asset that may be the same, as `PossibleDuplicate` of the schema. */
export interface PossiblyTheSame {
  readonly asset: { readonly id: string; readonly name: string; readonly kind: KindOfAsset };
  readonly score: number;
  readonly reasons: readonly string[];
}

const mostShown = 10;
/** More words say nothing more. */
const mostWords = 30;
const longestWord = 40;
const mostNames = 21;
const mostPlaces = 20;

const kinds = { GROUP: "Group", ACTIVITY: "Activity", ORGANISATION: "Organisation", PLACE: "Place" } as const;

/**
 * What is on the map and may be the same as something about to be added, or as what is there: the likeliest first, at most 10 (`sameness.ts` says how likely). Two reads, of what indexes find.
 * Throws InputError where `asked` has neither an id nor a kind, and for an id that no published asset has; else as `Graph.run` does.
 */
export async function possibleDuplicates(graph: Graph, asked: DuplicatesAsked): Promise<readonly PossiblyTheSame[]> {
  const described = isGiven(asked.id) ? await factsOf(graph, asked.id) : await factsGiven(graph, asked);
  const words = [...new Set(described.names.flatMap((name) => wordsOf(name).map(({ plain }) => plain)))]
    .filter((word) => word.length <= longestWord)
    .slice(0, mostWords);
  const rows = await graph.run(duplicateCandidatesStatement, {
    asked: {
      id: described.id,
      kind: described.kind,
      // Plain words in quotes, so that nothing of a name is Lucene's syntax.
      stems: queryOf(words, (word) => `name:"${word}"^2 alternateNames:"${word}"`),
      typos: queryOf(
        words,
        (word) => `name:"${word}"^2 alternateNames:"${word}"${word.length < 5 ? "" : ` name:${word}~1`}`,
      ),
      names: described.names.filter((name) => name !== ""),
      telephoneKey: described.telephoneKey,
      urlKey: described.urlKey,
      charityNumbers: isGiven(described.charityNumber) ? [described.charityNumber] : [],
      siteIds: described.kind === "Place" ? [] : described.sites.flatMap(({ id }) => id ?? []),
      postcodes: [...new Set(described.sites.flatMap(({ postcode }) => postcode ?? []))],
      points: described.sites.flatMap(({ point, isOf }) => (point === null || isOf === "AREA" ? [] : [{ ...point }])),
      runBy: described.runBy,
    },
  });
  return rows
    .flatMap(({ facts }) => {
      const { score, reasons } = sameness(described, withNumber(facts));
      const [name = ""] = facts.names;
      return facts.id === null || score < likelyFrom
        ? []
        : [{ asset: { id: facts.id, name, kind: facts.kind }, score: Math.round(score * 100) / 100, reasons }];
    })
    .toSorted((a, b) => b.score - a.score || (a.asset.id < b.asset.id ? -1 : 1))
    .slice(0, mostShown);
}

function isGiven<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}

function queryOf(words: readonly string[], termOf: (word: string) => string): string | null {
  return words.length === 0 ? null : words.map(termOf).join(" ");
}

async function factsOf(graph: Graph, id: string): Promise<DuplicateFacts> {
  const [found] = assetKindOf(id) === null ? [] : await graph.run(duplicateFactsStatement, { asked: { id } });
  if (found === undefined) {
    throw new InputError("There is no asset with this id on the map.", { field: ["input", "id"] });
  }
  return withNumber(found.facts);
}

async function factsGiven(graph: Graph, asked: DuplicatesAsked): Promise<DuplicateFacts> {
  if (!isGiven(asked.kind)) {
    throw new InputError("Say which `kind` it is, or give the `id` of an asset that is there.", {
      field: ["input", "kind"],
    });
  }
  const kind = kinds[asked.kind];
  const { postcode } = parse(asked.postcode ?? "");
  const location = asked.location ?? null;
  const places = kind === "Place" ? [] : [...new Set(asked.places ?? [])].slice(0, mostPlaces);
  const [found] = await graph.run(duplicateSitesStatement, {
    asked: { places, postcode, serves: [...(asked.serves ?? [])].slice(0, mostPlaces) },
  });
  const point = location ?? found?.point ?? null;
  const sites = found?.sites ?? [];
  const spot: DuplicateFacts["sites"] =
    postcode === null && point === null
      ? []
      : [{ id: null, postcode, point, isOf: location === null ? "POSTCODE" : "PLACE", words: [] }];
  return withNumber({
    id: null,
    kind,
    names: [asked.name ?? "", ...(asked.alternateNames ?? [])].map((name) => name.trim()).slice(0, mostNames),
    ...contactKeysOf({ telephone: asked.telephone ?? null, url: asked.url?.toString() ?? null }),
    charityNumber: asked.charityNumber ?? null,
    // A place that is named says more than a postcode typed beside it.
    sites: sites.length > 0 ? sites : spot,
    served: found?.served ?? [],
    runBy: [...(asked.runBy ?? [])],
  });
}

/** With its charity number as the Charity Commission writes it, or none. */
function withNumber(facts: DuplicateFacts): DuplicateFacts {
  const number = facts.charityNumber?.replace(/[^0-9A-Za-z-]/g, "").toUpperCase() ?? "";
  return { ...facts, charityNumber: /\d/.test(number) ? number : null };
}
