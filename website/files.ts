import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { transformSync } from "amaro";
import type { Context } from "hono";
import type { WebsiteSettings } from "./settings.ts";
import { styleSheet } from "./theme/styleSheet.ts";

const zipped = promisify(gzip);
const { resolve } = createRequire(import.meta.url);
const theme = join(import.meta.dirname, "theme");

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

/** A file that pages need, by the name it is served under below /assets. */
interface Source {
  readonly make: () => Promise<string | Uint8Array>;
  /** Whether its bytes are packed already. */
  readonly isPacked?: boolean;
}

interface Made {
  readonly plain: Uint8Array<ArrayBuffer>;
  readonly zipped: Uint8Array<ArrayBuffer> | null;
}

/** The files that pages need, each under an address that names its content and so never changes. */
export interface Files {
  /** The address of a file. Throws for one that there is not. */
  readonly addressOf: (name: string) => string;
  /** Answers for an address below /assets. */
  readonly answer: (request: Context) => Promise<Response>;
  /** Answers for the one script that other websites load, under an address that they can rely on. */
  readonly answerForOthers: (request: Context) => Promise<Response>;
}

/** The modules of `browser/` that pages may name, and what they load from others' packages, as those packages have it. */
const modules = ["embed", "map", "print", "searchBox", "shortlist", "useMyLocation"] as const;
const maplibre = dirname(resolve("maplibre-gl/package.json"));
const packaged: Readonly<Record<string, string>> = {
  "maplibre-gl.mjs": join(maplibre, "dist", "maplibre-gl.mjs"),
  "maplibre-gl-worker.mjs": join(maplibre, "dist", "maplibre-gl-worker.mjs"),
  "maplibre-gl.css": join(maplibre, "dist", "maplibre-gl.css"),
  "accessible-autocomplete.js": resolve("accessible-autocomplete"),
  "accessible-autocomplete.css": join(dirname(resolve("accessible-autocomplete")), "accessible-autocomplete.min.css"),
};

/**
 * Makes each file when it is first asked for, and keeps it: there are few, and many readers. `version` changes whenever any of them may have: it is part of every address, so that
 * a browser that keeps one for ever never keeps it too long. Throws when a file of the settings cannot be read.
 */
export async function filesOf(settings: WebsiteSettings): Promise<Files> {
  const logo = settings.logoFile === null ? null : await readFile(settings.logoFile);
  const sources = new Map<string, Source>([
    ["site.css", { make: () => styleSheet(settings) }],
    ["icon.svg", { make: () => Promise.resolve(icon(settings)) }],
    ...modules.map((name): [string, Source] => [`${name}.js`, { make: () => moduleText(name) }]),
    ...Object.entries(packaged).map(([name, path]): [string, Source] => [name, { make: () => readFile(path) }]),
    ...(logo === null || settings.logoFile === null
      ? []
      : [[`logo${extname(settings.logoFile)}`, { make: () => Promise.resolve(logo), isPacked: true }] as const]),
  ]);
  const version = await versionOf(settings, logo);
  const made = new Map<string, Promise<Made>>();

  function fileOf(name: string, source: Source): Promise<Made> {
    const known = made.get(name);
    if (known !== undefined) return known;
    const file = make(source);
    made.set(name, file);
    file.catch(() => made.delete(name));
    return file;
  }

  async function sent(request: Context, name: string, source: Source, headers: Readonly<Record<string, string>>) {
    const { plain, zipped: small } = await fileOf(name, source);
    const isZipped = small !== null && /\bgzip\b/.test(request.req.header("accept-encoding") ?? "");
    return request.body(isZipped ? small : plain, 200, {
      "content-type": types[extname(name)] ?? "application/octet-stream",
      vary: "accept-encoding",
      ...headers,
      ...(isZipped ? { "content-encoding": "gzip" } : {}),
    });
  }

  return {
    addressOf: (name) => {
      if (!sources.has(name)) throw new Error(`There is no file ${name}.`);
      return `/assets/${version}/${name}`;
    },
    answer: async (request) => {
      const [, asked, name = ""] = /^\/assets\/([\w-]+)\/([\w.-]+)$/.exec(new URL(request.req.url).pathname) ?? [];
      const source = sources.get(name);
      if (asked === undefined || source === undefined) return request.text("There is no such file.\n", 404);
      return sent(request, name, source, {
        // Another version's address is answered with what there is now, which is not to be kept under that name.
        "cache-control": asked === version ? "public, max-age=31536000, immutable" : "no-cache",
      });
    },
    answerForOthers: async (request) => {
      const source = sources.get("embed.js");
      if (source === undefined) return request.text("There is no such file.\n", 404);
      return sent(request, "embed.js", source, {
        "cache-control": "public, max-age=3600",
        "access-control-allow-origin": "*",
        "cross-origin-resource-policy": "cross-origin",
      });
    },
  };
}

async function make({ make: made, isPacked = false }: Source): Promise<Made> {
  const content = await made();
  const plain = new Uint8Array(typeof content === "string" ? Buffer.from(content) : content);
  return { plain, zipped: isPacked ? null : new Uint8Array(await zipped(plain)) };
}

/** What browsers show in front of a page's name: two people on common ground, in the council's colour. */
function icon({ brandColour }: WebsiteSettings): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="${brandColour}"/><g fill="#fff"><circle cx="11" cy="11" r="4"/><circle cx="21" cy="11" r="4"/><path d="M5 22c0-8 12-8 12 0zM15 22c0-8 12-8 12 0zM5 24h22v3H5z"/></g></svg>`;
}

/** Browsers do not read types: they are taken out, and nothing else is changed. */
async function moduleText(name: string): Promise<string> {
  const source = await readFile(join(import.meta.dirname, "browser", `${name}.ts`), "utf8");
  return transformSync(source, { mode: "strip-only" }).code;
}

async function versionOf(settings: WebsiteSettings, logo: Uint8Array | null): Promise<string> {
  const hash = createHash("sha256");
  const own = [
    ...modules.map((name) => join(import.meta.dirname, "browser", `${name}.ts`)),
    ...(await readdir(theme)).map((name) => join(theme, name)),
    resolve("govuk-frontend/package.json"),
    ...Object.values(packaged),
  ];
  for (const path of own) hash.update(await readFile(path));
  hash.update(JSON.stringify([settings.brandColour, settings.fontFamily]));
  if (logo !== null) hash.update(logo);
  return hash.digest("base64url").slice(0, 16);
}
