import { stringify } from "csv-stringify/sync";

/** What a spreadsheet would take for a formula, and carry out. */
const formula = /^[=+\-@\t\r]/;

/** Rows as CSV, with the marks that have Excel read it as UTF-8. What would be a formula begins with an apostrophe, which spreadsheets take for text. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => row.map((cell) => (formula.test(cell) ? `'${cell}` : cell))),
    { bom: true, record_delimiter: "windows" },
  );
}

/** A cell as it was before `csvOf`. */
export function withoutGuard(cell: string): string {
  return cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell;
}
