import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { z } from "zod";
import { SeedFile } from "./formats/directory.ts";
import { seedError, type Problem } from "./seedError.ts";

/** A seed file and what to call it when something is wrong with it. */
export interface NamedSeedFile extends SeedFile {
  readonly name: string;
}

const dataDirectory = join(import.meta.dirname, "data");

/** The paths of the project's own seed files, in alphabetical order. */
export async function seedPaths(): Promise<readonly string[]> {
  const names = await readdir(dataDirectory);
  return names
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => join(dataDirectory, name));
}

/**
 * Reads and validates seed files: those at `paths`, or all of the project's own.
 * Throws CodedError BAD_INPUT that lists every file that cannot be read and every field that is wrong, with the record's key.
 */
export async function readSeed(paths?: readonly string[]): Promise<readonly NamedSeedFile[]> {
  const problems: Problem[] = [];
  const files: NamedSeedFile[] = [];
  for (const path of paths ?? (await seedPaths())) {
    const name = dirname(path) === dataDirectory ? basename(path) : path;
    const say = (problem: Pick<Problem, "message"> & Partial<Problem>) =>
      problems.push({ file: name, key: null, field: null, ...problem });
    let written: unknown;
    try {
      written = JSON.parse(await readFile(path, "utf8"));
    } catch (error) {
      say({ message: error instanceof SyntaxError ? `is not JSON: ${error.message}` : "cannot be read" });
      continue;
    }
    const { success, data, error } = SeedFile.safeParse(written);
    if (success) files.push({ name, ...data });
    else for (const issue of error.issues) say(problemOf(issue, written));
  }
  if (problems.length > 0) throw seedError(problems);
  return files;
}

function problemOf(issue: z.core.$ZodIssue, written: unknown): Pick<Problem, "key" | "field" | "message"> {
  const [top, index, ...rest] = issue.path;
  const inRecord = top === "records" && typeof index === "number";
  const path = inRecord ? rest : issue.path;
  const field = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return {
    key: inRecord ? nameOf((written as { readonly records: readonly unknown[] }).records[index], index) : null,
    field: field === "" ? null : field.replace(/^\./, ""),
    // A union says only that none of its members fits; the first of them says why.
    message: (issue.code === "invalid_union" && issue.errors[0]?.[0]?.message) || issue.message,
  };
}

/** What to call a record that is not valid: it may not even have a key. */
function nameOf(record: unknown, index: number): string {
  const key = typeof record === "object" && record !== null && "key" in record ? record.key : undefined;
  return typeof key === "string" ? key : `record ${index + 1}`;
}
