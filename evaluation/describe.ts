import type { UnderstandingTimes } from "./timeUnderstanding.ts";
import type { Outcome } from "./evaluate.ts";
import { lostOf, ndcgOf, type Summary } from "./summarise.ts";

const percent = (share: number | null) => (share === null ? "–" : `${(share * 100).toFixed(0)} %`);
const decimal = (share: number | null) => (share === null ? "–" : share.toFixed(2));

const columns: readonly (readonly [string, (summary: Summary) => string])[] = [
  ["kind", ({ kind }) => kind],
  ["queries", ({ queries }) => String(queries)],
  ["reading", ({ reading }) => percent(reading)],
  ["details", ({ details }) => percent(details)],
  ["nDCG@10", ({ ndcg }) => decimal(ndcg)],
  ["MRR", ({ mrr }) => decimal(mrr)],
  ["nothing found", ({ nothingFound }) => percent(nothingFound)],
];

/** The measures as a table to read, a line for each kind of query. */
export function describeSummaries(summaries: readonly Summary[]): string {
  const rows = [
    columns.map(([title]) => title),
    ...summaries.map((summary) => columns.map(([, cell]) => cell(summary))),
  ];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join("  "),
    )
    .join("\n");
}

/** What went wrong with a query, and its first results with their grades; null when it was read well and its order is good. */
export function describeFailure(outcome: Outcome): string | null {
  const { query, understood, isRead, wrongDetails, found } = outcome;
  const order = ndcgOf(outcome);
  const lost = lostOf(outcome);
  if (isRead && wrongDetails.length === 0 && lost.length === 0 && (order === null || order >= 0.9)) return null;
  const lines = [`${query.id}: ${JSON.stringify(query.text)}`];
  if (!isRead || wrongDetails.length > 0) {
    lines.push(`  wrong       ${[...(isRead ? [] : ["reading"]), ...wrongDetails].join(", ")}`);
    lines.push(`  expected    ${JSON.stringify(query.expected)}`);
    lines.push(`  understood  ${typeof understood === "string" ? understood : readable(understood)}`);
  }
  if (query.relevant !== undefined) {
    lines.push(`  nDCG@10     ${decimal(order)}${lost.length === 0 ? "" : `, lost: ${lost.join(", ")}`}`);
    lines.push(
      ...found
        .slice(0, 10)
        .map((key, index) => `  ${String(index + 1).padStart(2)}. ${query.relevant?.[key] ?? 0}  ${key}`),
    );
  }
  return lines.join("\n");
}

function readable({ conditions, near, ...rest }: Exclude<Outcome["understood"], string>): string {
  const said = Object.entries(rest).filter(([, value]) => value !== null && value !== false && String(value) !== "");
  return JSON.stringify({
    conditions: conditions.map(({ condition, by }) => `${condition.slug} (${by})`),
    near: near?.name ?? null,
    ...Object.fromEntries(said),
  });
}

/** What understanding takes, in a sentence: it is for information, since it depends on the machine. */
export function describeTimes({ reading, guessing }: UnderstandingTimes): string {
  const said = ({ median, slow }: UnderstandingTimes["reading"]) =>
    `${median.toFixed(1)} ms in the middle, ${slow.toFixed(1)} ms for the slowest of twenty`;
  return `Reading the words takes ${said(reading)}; ${guessing === null ? "there is no model to guess with" : `a guess takes ${said(guessing)} more`}.`;
}
