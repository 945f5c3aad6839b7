import { z } from "zod";
import { cursorOf, type PageInfo, page, pageSize, positionOf } from "../../core/page.ts";
import { type Graph, int, type Parameters, type Statement } from "../../graph/graph.ts";
import { called } from "./matchText.ts";
import { rings } from "./queries/candidates.ts";
import { everywhereStatements } from "./queries/everywhere.ts";
import type { Form } from "./queries/form.ts";
import type { FoundRow, foundPage } from "./queries/found.ts";
import { mostAtRing } from "./queries/ranking.ts";
import { walkStatements } from "./queries/walk.ts";
import type { Question } from "./question.ts";

/** Which page of what is found. */
export interface PageAsked {
  readonly orderBy: "RELEVANCE" | "NAME";
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

const relevancePosition = z.tuple([z.number(), z.number(), z.number(), z.string()]);
const namePosition = z.tuple([z.number().int().min(0).max(4), z.string(), z.string()]);

/**
 * Finds a page of assets. With a place it walks: first over a few rings, and again over more only when something further out could still
 * belong on the page, and no further than that could be, so that pages are exact and most cost little.
 * Throws InputError for a page size or cursor that cannot be; else as `Graph.run` does.
 */
export async function find(graph: Graph, question: Question, asked: PageAsked): Promise<Found> {
  const first = pageSize(asked.first);
  // Without a wish and a place nothing is more relevant than anything else.
  const isByName = asked.orderBy === "NAME" || question.start === "everything" || isAreasAlone(question);
  const relevance = isByName ? null : positionOf("relevance", relevancePosition, asked.after);
  const byName = isByName ? positionOf("found by name", namePosition, asked.after) : null;
  const parameters: Parameters = {
    ...question.asked,
    afterTier: relevance?.[0] ?? null,
    afterUnknowns: relevance?.[1] ?? (byName === null ? null : int(byName[0])),
    afterScore: relevance?.[2] ?? null,
    afterName: byName?.[1] ?? null,
    afterId: relevance?.[3] ?? byName?.[2] ?? null,
    mostUnknowns: int(asked.orderBy === "NAME" ? 0 : factsAskedAbout(question.asked)),
    isTotalWanted: asked.isTotalWanted,
    isWhyWanted: asked.isWhyWanted,
    isWayWanted: asked.isWayWanted,
    limit: int(first + 1),
  };
  const { total, rows } = await rowsOf(graph, question, parameters, { ...asked, isByName, first });
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
  };
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
    isByName,
    isTotalWanted,
    assetsPerArea,
    first,
  }: Pick<PageAsked, "isTotalWanted" | "assetsPerArea"> & { readonly isByName: boolean; readonly first: number },
) {
  const order = isByName ? "name" : "relevance";
  const send = async (statement: Statement<typeof foundPage> & { readonly access: "READ" }) =>
    (await graph.run(statement, { asked }))[0] ?? { total: 0, rows: [] };
  if (start !== "here" && start !== "furthest") return send(everywhereStatements[order][start]);
  // What is called by its whole name comes first from wherever the walk gets to.
  const isCalled = Object.values(wish.scores ?? {}).some((score) => score >= called);
  if (isByName) return send(walkStatements.name[start]);
  const withinMetres = wish.parameters["withinMetres"] ?? null;
  if (withinMetres !== null && Number(withinMetres) <= fewMetres) return send(walkStatements.withinMetres);
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
