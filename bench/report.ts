import { type Figure, isMet, type Budget } from "./part.ts";

/** A figure as `--json` writes it. */
export interface FigureRow {
  readonly part: string;
  readonly name: string;
  readonly ratio: number | null;
  readonly spread: readonly [number, number] | null;
  /** "≤ 1.5"; null where there is none. */
  readonly budget: string | null;
  readonly met: boolean | null;
  readonly value: string;
}

export function figureRow(part: string, figure: Figure): FigureRow {
  const { name, ratio, spread, budget, value } = figure;
  return { part, name, ratio, spread, budget: budget === null ? null : budgetText(budget), met: isMet(figure), value };
}

function budgetText(budget: Budget): string {
  return "atMost" in budget ? `≤ ${budget.atMost}` : `≥ ${budget.atLeast}`;
}

const columns = ["part", "what", "ratio", "spread", "budget", "", "measured"] as const;

/** The table, in lines as wide as their longest cell. */
export function tableOf(rows: readonly FigureRow[]): string {
  const cells = [[...columns], ...rows.map(cellsOf)];
  const widths = columns.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function cellsOf({ part, name, ratio, spread, budget, met, value }: FigureRow): string[] {
  const isEqual = spread !== null && spread[0] < 1 && spread[1] > 1;
  return [
    part,
    name,
    ratio === null ? "–" : `${number(ratio)}${isEqual ? " (equal)" : ""}`,
    spread === null ? "" : `${number(spread[0])}–${number(spread[1])}`,
    budget ?? "",
    met === null ? "" : met ? "met" : "MISSED",
    value,
  ];
}

function number(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
