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

const entryPoints = ["gateway/main.ts", "subgraphs/main.ts", "seed/main.ts", "seed/importMain.ts"];
const dockerfile = await readFile(join(root, "Dockerfile"), "utf8");
const allowed = (await readFile(join(root, ".dockerignore"), "utf8")).split("\n");

test("the image has every folder that its commands need, and no other", async () => {
  const files = await Promise.all(entryPoints.map(async (entryPoint) => [...(await reached(join(root, entryPoint)))]));
  const needed = new Set(files.flat().map((file) => relative(root, file).split(sep)[0] ?? ""));
  const copied = [...dockerfile.matchAll(/^COPY (\w+) \1$/gm)].map(([, folder]) => folder);
  expect(copied.sort()).toEqual([...needed].sort());
  expect([...needed].filter((folder) => !allowed.includes(`!${folder}`))).toEqual([]);
});

test("the image has no development tools", () => {
  expect(dockerfile).toMatch(/npm ci --omit=dev/);
});
