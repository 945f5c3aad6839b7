import { z } from "zod";
import { beginningOf, daysAfter, localDateOf } from "../../calendar/localDate.ts";
import { daysAhead } from "../../calendar/sessionsOf.ts";
import { InputError } from "../../core/errors.ts";
import { cursorOf, page, pageSize, positionOf } from "../../core/page.ts";
import { type Graph, int, type Parameters } from "../../graph/graph.ts";
import { type CheckedFilter, checkFilter } from "./assetFilter.ts";
import { fewMetres } from "./find.ts";
import { type Located, locateOne } from "../../knowledge/locate.ts";
import { conditionsAskedAbout } from "./question.ts";
import {
  sessionsCountStatements,
  type SessionsFound,
  sessionsFoundStatements,
  type SessionStart,
} from "./queries/sessionsFound.ts";
import type { SessionFilter } from "./schema.generated.ts";
import type { Directory } from "./search.ts";
import type { Vocabulary } from "../../knowledge/vocabulary.ts";
import { windowsOf } from "./windows.ts";

const order = "sessions by start";

/** Where a list of sessions begins, whatever the time since then, and the last row shown. */
const sessionPosition = z.tuple([z.string(), z.string(), z.string()]);

/** No session is longer: a day on which clocks go back. */
const longestMs = 25 * 60 * 60_000;

/** How far a page looks for its rows in time, the first time and after that, in days; then as far as is known. */
const daysLooked = [3, 21] as const;

/** How many sessions are looked at closely for a page, to begin with. */
const fewestLooked = 200;

/**
 * What is on. Throws InputError for a filter that contradicts itself or is out of range, or for a page size or cursor that cannot be; CodedError
 * PLACE_NOT_FOUND or AMBIGUOUS_PLACE when where is not clear; else as `Graph.run` does.
 */
export async function sessions(
  { graph, knowledge, now }: Directory,
  {
    filter,
    first,
    after,
  }: {
    readonly filter: SessionFilter;
    readonly first?: number | null | undefined;
    readonly after?: string | null | undefined;
  },
  isTotalWanted: boolean,
) {
  const size = pageSize(first);
  const position = positionOf(order, sessionPosition, after);
  const [vocabulary, gazetteer, referrers] = await Promise.all([
    knowledge.vocabulary(),
    knowledge.gazetteer(),
    knowledge.referrers(),
  ]);
  const { from, to, groupBy, includeCancelled, ...rest } = filter;
  const checked = checkFilter(rest, { vocabulary, referrers });
  const near = checked.near === null ? null : await locateOne(graph, gazetteer, checked.near, ["filter", "near"]);
  const time = timeAsked(from, to, position?.[0], now);
  const start = startOf(checked, near);
  const parameters = {
    ...asked(checked, near, vocabulary),
    since: time.from.toISOString(),
    to: time.to.toISOString(),
    readFrom: new Date(time.from.getTime() - longestMs).toISOString(),
    isByActivity: groupBy === "ACTIVITY",
    isOffWanted: includeCancelled === true,
    limit: int(size + 1),
  };
  const [rows, [total]] = await Promise.all([
    rowsOf(graph, start, parameters, { after: position, size, ...time }),
    isTotalWanted
      ? graph.run(sessionsCountStatements[start], {
          asked: { ...parameters, readTo: parameters.to, afterStart: null, afterId: null },
        })
      : [],
  ]);
  const shown = page(
    rows,
    size,
    position !== null,
    (row) => cursorOf(order, [parameters.since, row.start, row.id]),
    (row) => row,
  );
  return {
    pageInfo: shown.pageInfo,
    totalCount: total?.count ?? rows.length,
    edges: shown.edges.map(({ cursor, node: { id, distanceMetres, further } }) => ({
      cursor,
      node: { id },
      distanceMetres,
      furtherSessions: further,
    })),
  };
}

/** From the moment asked for, or from now, which for later pages is when the first was asked for; to the end of what is laid out. */
function timeAsked(
  from: Date | null | undefined,
  to: Date | null | undefined,
  listFrom: string | undefined,
  now: Date,
): { readonly from: Date; readonly to: Date } {
  const begins = from ?? new Date(listFrom ?? now);
  const ends = to ?? beginningOf(daysAfter(localDateOf(now), daysAhead + 1));
  if (to !== null && to !== undefined && to <= begins) {
    throw new InputError("`to` comes after `from`.", { field: ["filter", "to"] });
  }
  return { from: begins, to: ends };
}

function startOf({ areaIds, parameters }: CheckedFilter, near: Located | null): SessionStart {
  const withinMetres = parameters["withinMetres"] ?? null;
  if (near === null && withinMetres !== null) {
    throw new InputError("Say of what: give `near` too.", { field: ["filter", "withinMetres"] });
  }
  if (near !== null && areaIds !== null) {
    throw new InputError("Ask for a place or for areas, not for both: leave one of them out.", {
      field: ["filter", "areas"],
    });
  }
  if (areaIds !== null) return "areas";
  if (near === null) return "everywhere";
  if (withinMetres === null) return "near";
  return Number(withinMetres) <= fewMetres ? "within metres" : "everywhere";
}

/** What the filter asks, but for when, as the statements take it. */
function asked(
  { conditions, areaIds, when, parameters }: CheckedFilter,
  near: Located | null,
  vocabulary: Vocabulary,
): Parameters {
  return {
    ...parameters,
    ...conditionsAskedAbout(
      vocabulary,
      conditions.map(({ id }) => id),
    ),
    areaId: near?.area.id ?? null,
    areaIds,
    latitude: near?.location.latitude ?? null,
    longitude: near?.location.longitude ?? null,
    windows: null,
    spanFrom: null,
    spanTo: null,
    isUntimedWanted: false,
    isUnpricedWanted: false,
    sessionWindows: windowsOf(when)?.map((window) => ({ ...window })) ?? null,
  };
}

/** The rows of a page and one more, where there are so many: looked for in the days to come, and then further ahead and among more. */
async function rowsOf(
  graph: Graph,
  start: SessionStart,
  parameters: Parameters,
  {
    after,
    size,
    from,
    to,
  }: { readonly after: readonly string[] | null; readonly size: number; readonly from: Date; readonly to: Date },
): Promise<SessionsFound["rows"]> {
  const rows: SessionsFound["rows"][number][] = [];
  let [, afterStart = null, afterId = null] = after ?? [];
  const begins = new Date(afterStart ?? from).getTime();
  const ends = daysLooked.map((days) => new Date(begins + days * 24 * 60 * 60_000)).filter((end) => end < to);
  let mostLooked = Math.max(fewestLooked, 8 * size);
  for (const end of [...ends, to]) {
    for (let isMore = true; isMore;) {
      const [found] = await graph.run(sessionsFoundStatements[start], {
        asked: { ...parameters, afterStart, afterId, readTo: end.toISOString(), mostLooked: int(mostLooked) },
      });
      rows.push(...(found?.rows ?? []));
      if (rows.length > size) return rows.slice(0, size + 1);
      if (found?.last) [afterStart, afterId] = [found.last.start, found.last.id];
      isMore = found?.looked === mostLooked;
      if (isMore) mostLooked *= 4;
    }
  }
  return rows;
}
