import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hono } from "hono";
import { afterAll, expect, test } from "vitest";
import { ide } from "../gateway/ide.ts";

const directory = await mkdtemp(join(tmpdir(), "common-ground-ide-"));
await mkdir(join(directory, "dist/assets"), { recursive: true });
await writeFile(join(directory, "secret.txt"), "nobody's");
await writeFile(join(directory, "dist/index.html"), "<!doctype html><title>IDE</title>");
await writeFile(join(directory, "dist/assets/index-1a2b3c.js"), "export const one = 1;\n".repeat(100));
afterAll(() => rm(directory, { recursive: true }));

async function served(folder: string) {
  const app = new Hono();
  const { page, headers } = await ide(join(directory, folder));
  app.use("/ide/*", headers);
  app.get("/ide/*", page);
  return app;
}

test("the page of the IDE is asked for each time, and may run, load and ask nothing but what comes from here", async () => {
  const response = await (await served("dist")).request("/ide");
  expect(response.status).toBe(200);
  expect(await response.text()).toContain("<title>IDE</title>");
  expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(response.headers.get("cache-control")).toBe("no-cache");
  expect(response.headers.get("content-security-policy")?.split("; ")).toEqual([
    "default-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    "script-src 'self'",
    "worker-src 'self'",
    "connect-src 'self'",
    "font-src 'self' data:",
    "img-src 'self' data:",
    "style-src 'self' 'unsafe-inline'",
  ]);
});

test("what its page needs is named by its content, and so kept for ever; packed for who takes it so", async () => {
  const app = await served("dist");
  const plain = await app.request("/ide/assets/index-1a2b3c.js");
  expect(plain.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  expect(plain.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect((await plain.text()).length).toBe(2200);
  const packed = await app.request("/ide/assets/index-1a2b3c.js", { headers: { "accept-encoding": "gzip, br" } });
  expect(packed.headers.get("content-encoding")).toBe("gzip");
  expect((await packed.arrayBuffer()).byteLength).toBeLessThan(200);
});

test.each([
  "/ide/assets/../../secret.txt",
  "/ide/%2e%2e/secret.txt",
  "/ide/assets/..%2f..%2fsecret.txt",
  "/ide/assets/..%5c..%5csecret.txt",
  "/ide/assets/",
  "/ide/assets/missing.js",
  "/ide/index.html/",
  "/ide/__proto__",
])("no address leads out of the IDE's own files: %s", async (path) => {
  const response = await (await served("dist")).request(path);
  expect(response.status).toBe(404);
  expect(await response.text()).not.toContain("nobody's");
});

test("where the IDE is not built, its page says how to build it and where the same can be done", async () => {
  const app = await served("nowhere");
  const response = await app.request("/ide");
  expect(response.status).toBe(404);
  const text = await response.text();
  expect(text).toContain("npm run build:ide");
  expect(text).toContain('href="/workshop"');
  expect(text).toContain("116 123");
  expect((await app.request("/ide/assets/index-1a2b3c.js")).status).toBe(404);
});
