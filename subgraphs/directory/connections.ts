import type { AssetKind, DayOfWeek, Facets, ReachKind } from "./schema.generated.ts";
import type { Answer, SearchAnswer } from "./search.ts";
import type { FoundRow } from "./queries/found.ts";
import { why } from "./why.ts";
import { daysOfWeek } from "../../calendar/schedule.ts";

/** A search's answer in the shape of SearchConnection. What was not wanted is empty. */
export function searchConnection(answer: SearchAnswer) {
  const { found, question, near, vocabulary, reading, crisis, repairs, covering } = answer;
  const needs = question?.wish.needs ?? [];
  const conditionAt = (position: number) => vocabulary.byId.get(needs[position]?.conditionId ?? "");
  const conditionsAt = (positions: readonly number[]) =>
    positions.map(conditionAt).filter((condition) => condition !== undefined);
  return {
    understood: {
      conditions: reading.conditions.flatMap(({ conditionId, matched, by }) => {
        const condition = vocabulary.byId.get(conditionId);
        return condition === undefined ? [] : [{ condition, matched, by }];
      }),
      near,
      age: reading.age,
      days: reading.days,
      partOfDay: reading.partOfDay,
      from: reading.time?.from ?? null,
      to: reading.time?.to ?? null,
      free: reading.free,
      stepFree: reading.stepFree,
      reach: reading.reach,
      text: reading.text,
    },
    crisis,
    edges: found.edges.map(({ cursor, node }) => ({
      cursor,
      node: { id: node.id },
      score: {
        total: node.score,
        relevance: node.relevance,
        support: node.support,
        text: node.text,
        closeness: node.closeness,
        freshness: node.freshness,
        neighbourhoodsAway: node.neighbourhoodsAway,
        isNational: node.tier > 0,
        unstated: node.unstated,
      },
      distanceMetres: node.distanceMetres,
      site: node.site,
      why: question === null ? { sentence: "", steps: [] } : why(node, question, vocabulary),
    })),
    pageInfo: found.pageInfo,
    totalCount: found.totalCount,
    facets: facetsOf(answer),
    repairs,
    needs:
      covering === null
        ? null
        : {
            assets: covering.assets.map(({ id, met }) => ({ node: { id }, conditions: conditionsAt(met) })),
            uncovered: conditionsAt(covering.uncovered),
          },
  };
}

const kindOfLabel: Readonly<Record<string, AssetKind>> = {
  Group: "GROUP",
  Activity: "ACTIVITY",
  Organisation: "ORGANISATION",
  Place: "PLACE",
};

/** The counts in the shape of Facets. Where the filter names some values already, a count of another would not be what filtering by it finds. */
function facetsOf({ overview, question, vocabulary }: SearchAnswer) {
  const named = (field: string): ReadonlySet<unknown> | null => {
    const values = question?.asked[field];
    return Array.isArray(values) ? new Set(values) : null;
  };
  const listed = (
    counts: readonly { readonly value: string; readonly count: number }[],
    values: ReadonlySet<unknown> | null,
  ) => (values === null ? counts : counts.filter(({ value }) => values.has(value)));
  const windows = question?.wish.windows ?? null;
  return {
    kinds: listed(overview?.kinds ?? [], named("kinds")).flatMap(({ value, count }) => {
      const kind = kindOfLabel[value];
      return kind === undefined ? [] : [{ kind, count }];
    }),
    reach: listed(overview?.reach ?? [], named("reach")).map(({ value, count }) => ({
      kind: value as ReachKind,
      count,
    })),
    conditions: listed(overview?.conditions ?? [], filteredConditions(question))
      .slice(0, mostListed)
      .flatMap(({ value, count }) => {
        const condition = vocabulary.byId.get(value);
        return condition === undefined ? [] : [{ condition, count }];
      }),
    areas: listed(overview?.areas ?? [], filteredAreas(question))
      .slice(0, mostListed)
      .map(({ value, count }) => ({ area: { id: value }, count })),
    days: daysOfWeek.flatMap((day: DayOfWeek) => {
      const count = overview?.days.find(({ value }) => value === day)?.count ?? 0;
      return count > 0 && (windows === null || windows.some((window) => window.day === day)) ? [{ day, count }] : [];
    }),
    free: overview?.free ?? 0,
    stepFree: overview?.stepFree ?? 0,
  } satisfies Omit<Facets, "conditions" | "areas"> & { conditions: unknown; areas: unknown };
}

const mostListed = 50;

function filteredConditions(question: SearchAnswer["question"]): ReadonlySet<unknown> | null {
  const also = question?.wish.alsoConditions ?? [];
  return also.length === 0 ? null : new Set(also);
}

function filteredAreas(question: SearchAnswer["question"]): ReadonlySet<unknown> | null {
  if (question === null) return null;
  if (question.wish.isOnlyHere) return new Set([question.wish.near?.area.id]);
  const areaIds = question.asked["areaIds"];
  return Array.isArray(areaIds) ? new Set<unknown>(areaIds) : null;
}

/** An answer in the shape of AssetConnection, and of the connections of each kind. */
export function assetConnection({ found: { edges, pageInfo, totalCount } }: Answer) {
  return {
    edges: edges.map(({ cursor, node }: { readonly cursor: string; readonly node: FoundRow }) => ({
      cursor,
      node: { id: node.id },
      distanceMetres: node.distanceMetres,
      site: node.site,
    })),
    pageInfo,
    totalCount,
  };
}
