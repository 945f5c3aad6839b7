import { createHash } from "node:crypto";
import { z } from "zod";
import { listInWords } from "../../calendar/listInWords.ts";
import { localDateOf } from "../../calendar/localDate.ts";
import { InputError } from "../../core/errors.ts";
import { cursorOf, page, pageSize, positionOf } from "../../core/page.ts";
import type { Referrers } from "../../knowledge/referrers.ts";
import type { Vocabulary } from "../../knowledge/vocabulary.ts";
import type { Context } from "./context.ts";
import type { OutcomeCounts, OutcomeReport } from "./outcomeReport.ts";
import { type OutcomeCountRow, outcomeCountsStatement } from "./queries/outcomeCounts.ts";
import type { QueryReferralOutcomesArgs, ReferralOutcomeDimension } from "./schema.generated.ts";
import { type ShownRow, suppressed } from "./suppressed.ts";

/** The columns of a report. Whoever is better was among those who attended, and is not added up with them. */
const columns = ["ATTENDED", "DECLINED", "NOT_SUITABLE", "NO_ANSWER", "IMPROVED"] as const;
const isAdded = columns.map((outcome) => outcome !== "IMPROVED");

const firstYear = 2000;

/** A row of a report, and what it is of. */
interface Line {
  /** The id of what it is of, or the month; several ids for conditions; empty for what is of none. */
  readonly key: string;
  readonly name: string | null;
  readonly conditionIds: readonly string[];
  readonly counts: readonly number[];
}

/**
 * What came of the referrals of a year, with small numbers hidden. Throws InputError for a year before 2000 or after this one; else as `Graph.run` does.
 *
 * All reports of a year are worked out together, since they have the same totals: what is hidden of those in one is hidden in all (see `suppressed`). Pathways are the rows of one
 * table, in groups of those for the same conditions, which are the rows of the report by condition: so nothing can be had from those two together either.
 */
export async function referralOutcomes(
  { graph, knowledge, now }: Context,
  { by, year }: QueryReferralOutcomesArgs,
): Promise<OutcomeReport> {
  const thisMonth = localDateOf(now).slice(0, "2000-01".length);
  if (year < firstYear || year > Number(thisMonth.slice(0, 4))) {
    throw new InputError(`A year is from ${firstYear} to ${thisMonth.slice(0, 4)}.`, { field: ["year"] });
  }
  const [counts, referrers, vocabulary] = await Promise.all([
    graph.run(outcomeCountsStatement, { asked: { firstMonth: `${year}-01`, lastMonth: `${year}-12`, thisMonth } }),
    knowledge.referrers(),
    knowledge.vocabulary(),
  ]);
  const { lines, totals } = shownLines(counts, by);
  return {
    order: `outcomes by ${by} in ${year}`,
    lines: lines
      .map(({ line, shown }) => {
        const label = labelOf(line, by, referrers, vocabulary);
        return {
          position: [by === "MONTH" ? line.key : label, line.key] as const,
          row: {
            label,
            referrer: by === "REFERRER" ? (referrers.byId.get(line.key) ?? null) : null,
            pathway: by === "PATHWAY" ? idOrNull(line.key) : null,
            conditions: by === "CONDITION" ? line.conditionIds.map((id) => ({ id })) : [],
            area: by === "AREA" ? idOrNull(line.key) : null,
            month: by === "MONTH" ? line.key : null,
            counts: countsOf(shown),
          },
        };
      })
      .sort((a, b) => comparePositions(a.position, b.position)),
    totals: countsOf(totals),
    asOf: `${thisMonth}-01`,
  };
}

/** A page of the rows of a report. Throws InputError for a page size or a cursor that cannot be. */
export function outcomeRows(
  { order, lines }: OutcomeReport,
  { first, after }: { readonly first?: number | null | undefined; readonly after?: string | null | undefined },
) {
  const size = pageSize(first, 50);
  const from = positionOf(order, z.tuple([z.string(), z.string()]), after);
  const rest = lines.filter(({ position }) => from === null || comparePositions(position, from) > 0);
  return {
    ...page(
      rest.slice(0, size + 1),
      size,
      from !== null,
      ({ position }) => cursorOf(order, position),
      ({ row }) => row,
    ),
    totalCount: lines.length,
  };
}

/** The rows of one report of a year, and the totals that all of them have, as they may be shown. */
function shownLines(rows: readonly OutcomeCountRow[], by: ReferralOutcomeDimension) {
  const { reports, conditions, tables, totals } = shownReports(rows);
  const wanted = by === "CONDITION" ? "PATHWAY" : by;
  const table = tables[Object.keys(reports).indexOf(wanted)];
  const [lines, shown] = by === "CONDITION" ? [conditions, table?.groups] : [reports[wanted], table?.rows];
  return { lines: lines.flatMap((line, index) => withShown(line, shown?.[index])), totals };
}

/** What was worked out last, by what it was worked out from: the same for a month, it may take seconds, during which nobody else is answered. */
const worked = new Map<string, ReturnType<typeof workOut>>();
const mostWorked = 30;

/** All reports of a year, with what may be shown of each. */
function shownReports(rows: readonly OutcomeCountRow[]): ReturnType<typeof workOut> {
  const key = createHash("sha256")
    .update(
      rows
        .map((row) => JSON.stringify(row))
        .sort()
        .join("\n"),
    )
    .digest("hex");
  const before = worked.get(key);
  if (before !== undefined) return before;
  const reports = workOut(rows);
  worked.set(key, reports);
  // A Map hands out what was put in first.
  for (const oldest of worked.keys()) if (worked.size > mostWorked) worked.delete(oldest);
  return reports;
}

function workOut(rows: readonly OutcomeCountRow[]) {
  const linesBy = (dimension: OutcomeCountRow["by"]) => linesOf(rows.filter((row) => row.by === dimension));
  const pathways = linesBy("PATHWAY");
  const conditions = [...new Map(pathways.map((line) => [conditionsKey(line), line])).entries()].map(([key, line]) => ({
    ...line,
    key,
  }));
  const reports = { REFERRER: linesBy("REFERRER"), PATHWAY: pathways, AREA: linesBy("AREA"), MONTH: linesBy("MONTH") };
  const { tables, totals } = suppressed(
    Object.entries(reports).map(([dimension, lines]) => ({
      rows: lines.map(({ counts }) => counts),
      ...(dimension === "PATHWAY"
        ? { groupOf: lines.map((line) => conditions.findIndex(({ key }) => key === conditionsKey(line))) }
        : {}),
    })),
    isAdded,
  );
  return { reports, conditions, tables, totals };
}

function withShown(line: Line, shown: ShownRow | undefined) {
  return shown === undefined ? [] : [{ line, shown }];
}

/** One line for each thing that rows are of. */
function linesOf(rows: readonly OutcomeCountRow[]): readonly Line[] {
  const lines = new Map<string, Line & { readonly counts: number[] }>();
  for (const { key: id, name, conditionIds, outcome, count } of rows) {
    const key = id ?? "";
    const line = lines.get(key) ?? { key, name, conditionIds, counts: columns.map(() => 0) };
    const column = columns.indexOf(outcome);
    line.counts[column] = (line.counts[column] ?? 0) + count;
    lines.set(key, line);
  }
  return [...lines.values()];
}

/** Steps of no pathway are apart from pathways for no condition. */
function conditionsKey({ key, conditionIds }: Line): string {
  return key === "" ? "" : ["for", ...conditionIds].join(" ");
}

function labelOf(line: Line, by: ReferralOutcomeDimension, referrers: Referrers, vocabulary: Vocabulary): string {
  switch (by) {
    case "REFERRER":
      return referrers.byId.get(line.key)?.name ?? "A kind of referrer that is no longer listed";
    case "PATHWAY":
      return line.name ?? "No pathway";
    case "CONDITION": {
      if (line.key === "") return "No pathway";
      const names = line.conditionIds.map((id) => vocabulary.byId.get(id)?.name ?? "a condition no longer listed");
      return listInWords(names.sort(compareText)) || "No condition";
    }
    case "AREA":
      return line.name ?? "No local authority";
    case "MONTH":
      return new Date(`${line.key}-01T00:00:00Z`).toLocaleDateString("en-GB", {
        month: "long",
        year: "numeric",
        timeZone: "UTC",
      });
  }
}

function countsOf({ counts, total }: ShownRow): OutcomeCounts {
  const of = (outcome: (typeof columns)[number]) => counted(counts[columns.indexOf(outcome)] ?? null);
  return {
    attended: of("ATTENDED"),
    declined: of("DECLINED"),
    notSuitable: of("NOT_SUITABLE"),
    noAnswer: of("NO_ANSWER"),
    improved: of("IMPROVED"),
    total: counted(total),
  };
}

function counted(count: number | null) {
  return { count, isSuppressed: count === null };
}

function idOrNull(key: string): { readonly id: string } | null {
  return key === "" ? null : { id: key };
}

function comparePositions(a: readonly [string, string], b: readonly [string, string]): number {
  return compareText(a[0], b[0]) || compareText(a[1], b[1]);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
