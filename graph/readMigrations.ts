import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Cypher } from "./cypher.ts";

/** One file of `graph/migrations`. */
export interface Migration {
  readonly version: number;
  /** The file's name without its ending: `V001__ids_are_unique`. */
  readonly name: string;
  readonly description: string;
  /** SHA-256 of the text, in hexadecimal; the same whatever line endings Git gave the file. */
  readonly checksum: string;
  readonly statements: readonly Cypher[];
}

/**
 * The migrations in a folder, in their order: V001, V002 and so on without a gap.
 * Throws an Error that names the file when one is misnamed, missing from the sequence, twice there, or does not end its last statement.
 */
export async function readMigrations(directory: string): Promise<readonly Migration[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith(".cypher")).sort();
  const migrations = await Promise.all(
    files.map(async (file) => migrationOf(file, await readFile(join(directory, file), "utf8"))),
  );
  for (const [index, { version, name }] of migrations.entries()) {
    if (version === index + 1) continue;
    throw new Error(
      version <= index
        ? `Two migrations have the number ${version}: ${migrations[index - 1]?.name} and ${name}. Give the newer one the next free number.`
        : `Migration ${versionText(index + 1)} is missing before ${name}. Put its file back, or number the migrations without a gap.`,
    );
  }
  return migrations;
}

/** How a version is written: `V007`. */
export function versionText(version: number): string {
  return `V${String(version).padStart(3, "0")}`;
}

function migrationOf(file: string, written: string): Migration {
  const [, number, words] = /^V(\d{3})__([A-Za-z0-9]+(?:_[A-Za-z0-9]+)*)\.cypher$/.exec(file) ?? [];
  if (number === undefined || words === undefined) {
    throw new Error(`${file} is no name for a migration. Name it like V004__sessions_are_found_by_day.cypher.`);
  }
  const text = written.replaceAll("\r\n", "\n");
  return {
    version: Number(number),
    name: file.slice(0, -".cypher".length),
    description: words.replaceAll("_", " "),
    checksum: createHash("sha256").update(text).digest("hex"),
    statements: statementsOf(file, text),
  };
}

/** Comments, quoted texts and names as wholes, so that a semicolon in one of them ends no statement. */
const token = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:``|[^`])*`|[\s\S]/g;

/**
 * The statements of a migration's text, which end in semicolons. Beside the `cypher` tag this is the one place where text becomes Cypher:
 * it is text of this repository, read from a file whose checksum is recorded, and takes no values.
 */
function statementsOf(file: string, text: string): readonly Cypher[] {
  const statements: Cypher[] = [];
  let statement = "";
  for (const [part] of text.matchAll(token)) {
    if (part === ";") {
      statements.push(statement.trim() as Cypher);
      statement = "";
    } else if (!part.startsWith("//") && !part.startsWith("/*")) {
      statement += part;
    }
  }
  if (statement.trim() !== "") throw new Error(`${file} does not end its last statement: put a semicolon after it.`);
  return statements;
}
