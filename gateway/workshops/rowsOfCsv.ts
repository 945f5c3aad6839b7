import { parse } from "csv-parse/sync";
import { daysOfWeek } from "../../calendar/schedule.ts";
import { type Choices, type Column, columns, columnsOf, listColumns, newInputOf, timeOf } from "./assetForm.ts";
import type { Fields } from "./asked.ts";
import { withoutGuard } from "./csv.ts";
import type { Option } from "./fields.ts";
import { kinds, type Type } from "./inWords.ts";
import type { Problem } from "./problems.ts";

/** One row of a CSV file of things to be added. */
export interface Row {
  /** Its line in the file, as a spreadsheet counts it: the heading is 1. */
  readonly line: number;
  readonly name: string;
  /** Null for a kind that there is not. */
  readonly type: Type | null;
  readonly input: Fields;
  readonly problems: readonly Problem[];
}

/** What a file says, or what is wrong with all of it. */
export type Read = { readonly rows: readonly Row[] } | { readonly problem: string };

const mostRows = 100;

const keyOf = (label: string) => label.toLowerCase().replaceAll(/[^a-z]/g, "");

const columnByKey = new Map<string, Column | "kind">([
  ["kind", "kind"],
  ...(Object.entries(columns) as [Column, string][]).map(([column, label]) => [keyOf(label), column] as const),
]);

/** The first row of a file to be filled in. */
export const csvHeading: readonly string[] = ["Kind", ...Object.values(columns)];

/**
 * Reads a CSV file of things to be added, and checks each cell as far as that can be done before anything is written. `serves` is whom they are for where the file has no column that says so, as in the
 * form of one; null: anybody. Throws nothing.
 */
export function rowsOfCsv(text: string, choices: Choices, serves: string | null): Read {
  let lines: readonly (readonly string[])[];
  try {
    const [head = ""] = text.split("\n", 1);
    // What is copied out of a spreadsheet has tabs, and what some save has semicolons.
    const delimiter = ["\t", ";", ","].find((one) => head.includes(one)) ?? ",";
    lines = parse(text, { bom: true, delimiter, relax_column_count: true, skip_empty_lines: true, trim: true });
  } catch {
    return { problem: "This is not CSV that can be read: a quotation mark may be missing." };
  }
  const [head, ...body] = lines;
  if (head === undefined) return { problem: "Choose a file, or paste its text." };
  const known = head.map((label) => columnByKey.get(keyOf(label)) ?? null);
  const [unknown] = head.filter((label, index) => known[index] === null && label !== "");
  if (unknown !== undefined) return { problem: `There is no column “${unknown}”. The columns are listed below.` };
  if (!known.includes("kind") || !known.includes("name")) return { problem: "The columns Kind and Name are needed." };
  if (body.length === 0) return { problem: "There are no rows below the headings." };
  if (body.length > mostRows)
    return { problem: `There are ${body.length} rows; at most ${mostRows} can be added at once.` };
  return {
    rows: body.map((cells, index) => {
      const row = new Map(known.map((column, at) => [column, withoutGuard(cells[at] ?? "").trim()] as const));
      if (serves !== null && !known.includes("serves")) row.set("serves", serves);
      return rowOf(row, index + 2, choices);
    }),
  };
}

function rowOf(cells: ReadonlyMap<Column | "kind" | null, string>, line: number, choices: Choices): Row {
  const problems: Problem[] = [];
  const name = cells.get("name") ?? "";
  const given = (cells.get("kind") ?? "").toLowerCase();
  const type = Object.values(kinds).find((one) => one.type.toLowerCase() === given)?.type ?? null;
  if (type === null) {
    return {
      line,
      name,
      type,
      input: {},
      problems: [{ field: "kind", message: "Kind is group, activity, organisation or place." }],
    };
  }
  const values = new URLSearchParams();
  for (const [column, cell] of cells) {
    if (column === null || column === "kind" || cell === "") continue;
    if (!columnsOf(type).includes(column)) {
      problems.push({ field: column, message: `${columns[column]} does not go with this kind.` });
      continue;
    }
    const parts = listColumns.includes(column)
      ? cell
          .split(/[;|]/)
          .map((part) => part.trim())
          .filter(Boolean)
      : [cell];
    for (const part of parts) {
      const value = valueOf(column, part, choices);
      if (value === null) problems.push({ field: column, message: `${columns[column]} cannot be “${part}”.` });
      else values.append(column, value);
    }
  }
  const input = newInputOf(type, values, problems);
  return { line, name, type, input, problems: [...problems, ...checked(type, values)] };
}

function chosen(options: readonly Option[], part: string): string | null {
  const wanted = part.toLowerCase();
  return (
    options.find(({ value, label }) => value === wanted || value === part || label.toLowerCase() === wanted)?.value ??
    null
  );
}

/** What a cell stands for, as the form sends it; null for what it cannot be. */
function valueOf(column: Column, part: string, { needs, areas, places }: Choices): string | null {
  const said = part.toLowerCase();
  switch (column) {
    case "days":
      return daysOfWeek.find((day) => said.length >= 2 && day.toLowerCase().startsWith(said.replace(/s$/, ""))) ?? null;
    case "needs":
      return chosen(needs, part);
    case "serves":
      return chosen(areas, part);
    case "place":
      return chosen(places, part);
    case "cost":
      return said === "free" ? "free" : said === "paid" || said === "costs something" ? "paid" : null;
    case "stepFree":
      return { yes: "YES", no: "NO", unknown: "UNKNOWN", "not known": "UNKNOWN" }[said] ?? null;
    case "begins":
    case "ends":
      return /^([01]\d|2[0-3]):[0-5]\d$/.test(timeOf(part)) ? timeOf(part) : null;
    default:
      return part;
  }
}

const postcode = /^[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}$/i;

/** What is wrong with values that is sure to be refused. */
function checked(type: Type, values: URLSearchParams): readonly Problem[] {
  const given = (column: Column) => values.get(column) ?? "";
  const wrong = (column: Column, isWrong: boolean, message: string) =>
    isWrong ? [{ field: column, message: `${columns[column]} ${message}` }] : [];
  const ages = [given("minimumAge"), given("maximumAge")];
  return [
    ...wrong("name", given("name") === "", "is missing."),
    ...wrong("name", given("name").length > 200, "has more than 200 characters."),
    ...wrong("summary", given("summary").length > 300, "has more than 300 characters."),
    ...wrong("category", type === "Place" && given("category") === "", "is missing."),
    ...wrong(
      "postcode",
      given("postcode") !== "" && !postcode.test(given("postcode")),
      "is not a whole UK postcode, such as OX4 4HF.",
    ),
    ...wrong(
      "email",
      given("email") !== "" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(given("email")),
      "is not an email address.",
    ),
    ...wrong("telephone", !/^[\d ()+./-]*((ext|x)\.? ?\d+)?$/i.test(given("telephone")), "is not a telephone number."),
    ...wrong(
      "website",
      given("website") !== "" && !/^https?:\/\/[^\s/]+\.[^\s]+$/i.test(given("website")),
      "is not an address such as https://example.org.",
    ),
    ...wrong(
      "maximumAge",
      ages.every((age) => age !== "") && Number(ages[0]) > Number(ages[1]),
      "is less than the youngest age.",
    ),
    ...wrong("begins", given("begins") === "" && given("ends") !== "", "is missing, and there is an end."),
    ...wrong("ends", given("begins") !== "" && given("ends") === "", "is missing, and there is a beginning."),
  ];
}
