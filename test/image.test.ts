import { readFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

/** Every file of ours that a file imports, itself among them, by whatever way. */
async function reached(file: string, known = new Set<string>()): Promise<ReadonlySet<string>> {
  if (known.has(file)) return known;
  known.add(file);
  const text = await readFile(file, "utf8");
  for (const [, path = ""] of text.matchAll(/(?:from|import\() ?"(\.[^"]+\.ts)"/g))
    await reached(join(dirname(file), path), known);
  return known;
}

test.for(["gateway/main.ts", "subgraphs/main.ts", "seed/main.ts", "seed/importMain.ts"])(
  "the image has every folder that %s needs",
  async (entryPoint) => {
    const files = await reached(join(root, entryPoint));
    const folders = new Set([...files].map((file) => relative(root, file).split(sep)[0] ?? ""));
    expect(folders.size).toBeGreaterThan(3);
    const dockerfile = await readFile(join(root, "Dockerfile"), "utf8");
    const ignored = (await readFile(join(root, ".dockerignore"), "utf8")).split("\n");
    expect([...folders].filter((folder) => !dockerfile.includes(`\nCOPY ${folder} ${folder}\n`))).toEqual([]);
    expect([...folders].filter((folder) => !ignored.includes(`!${folder}`))).toEqual([]);
  },
);
