import { z } from "zod";
import { cursorOf, type PageInfo, page, pageSize, positionOf } from "../../core/page.ts";
import { type Graph, int, type Parameters } from "../../graph/graph.ts";
import type { Located } from "./locate.ts";
import { everywhereStatements, inAreasStatements } from "./queries/everywhere.ts";
import type { FoundRow, Wanted } from "./queries/found.ts";
import { type Extent, firstRing, furthestRing, servedRings, walkStatements } from "./queries/walk.ts";
import { type Counting, countingFor, type Vocabulary } from "./vocabulary.ts";

/** What to find, all of it understood and checked. */
export interface Wish {
  /** Ids of conditions, any of them; empty: whatever else is asked for. */
  readonly conditions: readonly string[];
  /** Ids of conditions any of which it has to support besides, which has no part in the order; empty: it need not. */
  readonly alsoConditions: readonly string[];
  /** How well assets' texts match, by id; null: no text was asked for. */
  readonly scores: Readonly<Record<string, number>> | null;
  /** Where to walk from; null: everywhere. */
  readonly near: Located | null;
  /** How far: only what is in `near` or serves it, or on outward. */
  readonly isOnlyHere: boolean;
  /** What `checkFilter` made of the filter. */
  readonly parameters: Parameters;
  readonly orderBy: "RELEVANCE" | "NAME";
  readonly first: number | null | undefined;
  readonly after: string | null | undefined;
  /** Whether the caller will be told how many there are in all: to count, a walk goes to its furthest. */
  readonly isTotalWanted: boolean;
}

export interface Found {
  readonly edges: readonly { readonly cursor: string; readonly node: FoundRow }[];
  readonly pageInfo: PageInfo;
  /** Right when it was wanted; else how many were met on the way. */
  readonly totalCount: number;
  /** By id, the conditions that counted, and the way from each up to the one asked for. */
  readonly counting: ReadonlyMap<string, Counting>;
}

/** What is found where nothing was looked for. */
export const nothing: Found = {
  edges: [],
  pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  totalCount: 0,
  counting: new Map(),
};

const relevancePosition = z.tuple([z.number(), z.number(), z.number(), z.string()]);
const namePosition = z.tuple([z.number().int().min(0).max(2), z.string(), z.string()]);

/** No asset further out than the first rings can score more than this: `1 ÷ (1 + rings)`, with the fullest support. */
const bestBeyondFirstRing = 1 / (1 + firstRing + 1);

/**
 * Finds a page of assets. With a place it walks: first over a few rings, and on to the furthest only when something further out could
 * still belong on the page, so that pages are exact and most cost little.
 * Throws InputError for a page size or cursor that cannot be; else as `Graph.run` does.
 */
export async function find(graph: Graph, vocabulary: Vocabulary, wish: Wish): Promise<Found> {
  const first = pageSize(wish.first);
  const counting = countingFor(vocabulary, wish.conditions);
  const wanted: Wanted = wish.conditions.length > 0 ? "condition" : wish.scores === null ? "anything" : "text";
  // Without a wish and a place nothing is more relevant than anything else.
  const isByName = wish.orderBy === "NAME" || (wanted === "anything" && wish.near === null);
  const relevance = isByName ? null : positionOf("relevance", relevancePosition, wish.after);
  const byName = isByName ? positionOf("found by name", namePosition, wish.after) : null;
  // Handed over as one map: Neo4j plans a statement anew, which takes a second or two, for each combination of its parameters' types, null
  // among them, and all maps are of one type.
  const parameters: Parameters = {
    ...wish.parameters,
    shares: Object.fromEntries(Array.from(counting, ([id, { share }]) => [id, share])),
    scores: wish.scores ?? {},
    conditionIds: [...counting.keys()],
    alsoConditionIds:
      wish.alsoConditions.length === 0 ? null : [...countingFor(vocabulary, wish.alsoConditions).keys()],
    afterTier: relevance?.[0] ?? null,
    afterUnknowns: relevance?.[1] ?? (byName === null ? null : int(byName[0])),
    afterScore: relevance?.[2] ?? null,
    afterName: byName?.[1] ?? null,
    afterId: relevance?.[3] ?? byName?.[2] ?? null,
    mostUnknowns: int(wish.orderBy === "NAME" ? 0 : factsAskedAbout(wish.parameters)),
    isTotalWanted: wish.isTotalWanted,
    limit: int(first + 1),
  };
  const order = isByName ? "name" : "relevance";
  const { near } = wish;
  const { total, rows } =
    near === null
      ? await everywhere(graph, order, wanted, parameters)
      : await walk(graph, order, wanted, near, parameters, wish, first);
  return {
    ...page(
      rows,
      first,
      relevance !== null || byName !== null,
      (row) =>
        isByName
          ? cursorOf("found by name", [row.unknowns, row.name, row.id])
          : cursorOf("relevance", [row.tier, row.unknowns, row.score, row.id]),
      (row) => row,
    ),
    totalCount: total,
    counting,
  };
}

/** How many facts a filter asks about that an asset need not state. */
function factsAskedAbout({ stepFree, age }: Parameters): number {
  return (stepFree === true ? 1 : 0) + (age === null || age === undefined ? 0 : 1);
}

async function everywhere(graph: Graph, order: "relevance" | "name", wanted: Wanted, parameters: Parameters) {
  const statements = parameters["areaIds"] === null ? everywhereStatements : inAreasStatements;
  const [found] = await graph.run(statements[order][wanted], { asked: parameters });
  return found ?? { total: 0, rows: [] };
}

async function walk(
  graph: Graph,
  order: "relevance" | "name",
  wanted: Wanted,
  near: Located,
  parameters: Parameters,
  { isOnlyHere, isTotalWanted }: Wish,
  first: number,
) {
  const walks = walkStatements[order][wanted];
  const go = async (extent: Extent) => {
    const [found] = await graph.run(walks[extent], {
      asked: {
        ...parameters,
        areaId: near.area.id,
        latitude: near.location.latitude,
        longitude: near.location.longitude,
        servedRings,
        furthestRing,
        isNationalWanted: !isOnlyHere,
      },
    });
    return found ?? { total: 0, rows: [] };
  };
  if (isOnlyHere) return go("here");
  if (isTotalWanted || order === "name") return go("furthest");
  const nearBy = await go("first");
  const last = nearBy.rows[first];
  const isSettled = last?.tier === 0 && last.unknowns === 0 && last.score > bestBeyondFirstRing;
  return isSettled ? nearBy : go("furthest");
}
