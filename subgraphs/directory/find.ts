import { z } from "zod";
import { cursorOf, type PageInfo, page, pageSize, type Position, positionOf } from "../../core/page.ts";
import { type Graph, int, type Parameters, type Statement } from "../../graph/graph.ts";
import { called } from "./matchText.ts";
import { rings } from "./queries/candidates.ts";
import { everywhereStatements } from "./queries/everywhere.ts";
import type { Form } from "./queries/form.ts";
import type { FoundRow, foundPage } from "./queries/found.ts";
import { mostAtRing, nowhereMetres } from "./queries/ranking.ts";
import { walkStatements } from "./queries/walk.ts";
import type { Question } from "./question.ts";
import type { AssetOrder } from "./schema.generated.ts";

/** Which page of what is found. */
export interface PageAsked {
  /** Null: as RELEVANCE. */
  readonly orderBy: AssetOrder | null | undefined;
  readonly first: number | null | undefined;
  readonly after: string | null | undefined;
  /** Whether the caller will be told how many there are in all: to count, a walk goes to its furthest. */
  readonly isTotalWanted: boolean;
  /** Whether the caller will be told why each is there: by what it is tied to its site, and what that neighbourhood is called. */
  readonly isWhyWanted: boolean;
  /** Whether the caller will be told the areas walked over: to find them costs as much again as the rest. */
  readonly isWayWanted: boolean;
  /** How many assets there are to an area in all, which says how far to go first. */
  readonly assetsPerArea: number;
}

export interface Found {
  readonly edges: readonly { readonly cursor: string; readonly node: FoundRow }[];
  readonly pageInfo: PageInfo;
  /** Right when it was wanted, or when all of it is on the page; else how many were met on the way. */
  readonly totalCount: number;
}

/** What is found where nothing was looked for. */
export const nothing: Found = {
  edges: [],
  pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
  totalCount: 0,
};

/** An order that answers are paged in: what its cursors hold of a row, and what a statement takes to go on after one. */
interface Paging {
  readonly after: (cursor: string | null | undefined) => Parameters | null;
  readonly cursorOf: (row: FoundRow) => string;
}

function pagingBy<Shape extends z.ZodType<Position>>(
  kind: string,
  position: Shape,
  afterPosition: (position: z.output<Shape>) => Parameters,
  positionIn: (row: FoundRow) => Position,
): Paging {
  return {
    after: (cursor) => {
      const at = positionOf(kind, position, cursor);
      return at === null ? null : afterPosition(at);
    },
    cursorOf: (row) => cursorOf(kind, positionIn(row)),
  };
}

const paging = {
  relevance: pagingBy(
    "relevance",
    z.tuple([z.number(), z.number(), z.number(), z.string()]),
    ([afterTier, afterUnknowns, afterScore, afterId]) => ({ afterTier, afterUnknowns, afterScore, afterId }),
    ({ tier, unknowns, score, id }) => [tier, unknowns, score, id],
  ),
  distance: pagingBy(
    "found by distance",
    z.tuple([z.number(), z.number(), z.string()]),
    ([afterMetres, afterScore, afterId]) => ({ afterMetres, afterScore, afterId }),
    ({ distanceMetres, score, id }) => [distanceMetres ?? nowhereMetres, score, id],
  ),
  name: pagingBy(
    "found by name",
    z.tuple([z.number().int().min(0).max(4), z.string(), z.string()]),
    ([afterUnknowns, afterName, afterId]) => ({ afterUnknowns: int(afterUnknowns), afterName, afterId }),
    ({ unknowns, name, id }) => [unknowns, name, id],
  ),
} as const;

const fromTheStart: Parameters = {
  afterTier: null,
  afterUnknowns: null,
  afterScore: null,
  afterMetres: null,
  afterName: null,
  afterId: null,
};

/**
 * Finds a page of assets. With a place it walks: first over a few rings, and again over more only when something further out could still
 * belong on the page, and no further than that could be, so that pages are exact and most cost little.
 * Throws InputError for a page size or cursor that cannot be; else as `Graph.run` does.
 */
export async function find(graph: Graph, question: Question, asked: PageAsked): Promise<Found> {
  const first = pageSize(asked.first);
  const order = orderOf(asked, question);
  const after = paging[order].after(asked.after);
  const parameters: Parameters = {
    ...question.asked,
    ...fromTheStart,
    ...after,
    nowhereMetres: int(nowhereMetres),
    mostUnknowns: int(asked.orderBy === "NAME" ? 0 : factsAskedAbout(question.asked)),
    isTotalWanted: asked.isTotalWanted,
    isWhyWanted: asked.isWhyWanted,
    isWayWanted: asked.isWayWanted,
    limit: int(first + 1),
  };
  const { total, rows } = await rowsOf(graph, question, parameters, { ...asked, order, first });
  return {
    ...page(rows, first, after !== null, paging[order].cursorOf, (row) => row),
    totalCount: total,
  };
}

/** The order that a question can be answered in: nothing is nearer than anything else without a place, nor more relevant without a wish as well. */
function orderOf({ orderBy }: Pick<PageAsked, "orderBy">, question: Question): keyof typeof paging {
  if (orderBy === "NAME" || question.start === "everything" || isAreasAlone(question)) return "name";
  return orderBy === "DISTANCE" && isFromPlace(question.start) ? "distance" : "relevance";
}

function isFromPlace(start: Question["start"]): start is "here" | "furthest" {
  return start === "here" || start === "furthest";
}

function isAreasAlone({ start, isAnything }: Question): boolean {
  return start === "areas" && isAnything;
}

/** How many facts a filter asks about that an asset need not state. */
function factsAskedAbout({ stepFree, age, isUntimedWanted, isUnpricedWanted }: Parameters): number {
  return [stepFree === true, (age ?? null) !== null, isUntimedWanted === true, isUnpricedWanted === true].filter(
    Boolean,
  ).length;
}

/**
 * Up to so many metres away, what is there is found by where it is: in the country that is a few LSOAs, of which a walk would go over twelve
 * rings to be sure, and in a city about as many as those rings are.
 */
export const fewMetres = 10_000;

async function rowsOf(
  graph: Graph,
  { start, wish, form }: Question,
  asked: Parameters,
  {
    order,
    isTotalWanted,
    assetsPerArea,
    first,
  }: Pick<PageAsked, "isTotalWanted" | "assetsPerArea"> & {
    readonly order: keyof typeof paging;
    readonly first: number;
  },
) {
  const send = async (statement: Statement<typeof foundPage> & { readonly access: "READ" }) =>
    (await graph.run(statement, { asked }))[0] ?? { total: 0, rows: [] };
  if (!isFromPlace(start)) return send(everywhereStatements[order === "name" ? "name" : "relevance"][start]);
  // What is called by its whole name comes first from wherever the walk gets to.
  const isCalled = Object.values(wish.scores ?? {}).some((score) => score >= called);
  if (order === "name") return send(walkStatements.name[start]);
  const withinMetres = wish.parameters["withinMetres"] ?? null;
  if (withinMetres !== null && Number(withinMetres) <= fewMetres) {
    return send(walkStatements.withinMetres[order]);
  }
  if (order === "distance") return send(walkStatements.distance[start]);
  const walks = walkStatements.relevance[form];
  if (isTotalWanted || isCalled || start === "here") return send(walks[start]);
  for (let extent = firstExtent(assetsPerArea * shareFound[form], asked, first); ;) {
    const found = await send(walks[extent]);
    const next = nextExtent(extent, found.rows[first]);
    if (next === null) return found;
    extent = next;
  }
}

/** How far a walk for a page goes, the nearest first. */
const outward = ["next", "near", "further", "furthest"] as const;

type Outward = (typeof outward)[number];

/** How many of the assets that a walk comes past are on its list, about: one in ten supports what is asked for. It decides how far to go first, and nothing else. */
const shareFound: Readonly<Record<Form, number>> = { conditions: 0.1, anything: 1, whole: 0.1 };

/** A page is settled by what lies within about this share of the rings walked: further out another could still come before it. */
const shareSettled = 0.7;

/** How many LSOAs lie within so many rings of one, as hexagons do. */
const areasWithin = (ringsAround: number) => 1 + 3 * ringsAround * (ringsAround + 1);

/** How far to go first: where a page is to be expected with so many found in an area, and no nearer than what the page before has settled. */
function firstExtent(
  foundPerArea: number,
  { afterTier, afterUnknowns, afterScore }: Parameters,
  first: number,
): Outward {
  if (afterTier !== null && (afterTier !== 0 || Number(afterUnknowns) !== 0)) return "furthest";
  return (
    outward.find(
      (extent) =>
        areasWithin(rings[extent] * shareSettled) * foundPerArea > first &&
        (afterScore === null || Number(afterScore) > mostAtRing(rings[extent] + 1)),
    ) ?? "furthest"
  );
}

/**
 * How far to go next, when the row after the page is `last`, if there is one; null: who is further out scores less than that, so that the
 * page is what it would be if the walk had gone everywhere.
 */
function nextExtent(walked: Outward, last: FoundRow | undefined): Outward | null {
  if (walked === "furthest") return null;
  const further = outward.slice(outward.indexOf(walked) + 1);
  if (last?.tier !== 0 || last.unknowns !== 0) return further[0] ?? null;
  const { score } = last;
  if (score > mostAtRing(rings[walked] + 1)) return null;
  return further.find((extent) => score > mostAtRing(rings[extent] + 1)) ?? "furthest";
}
