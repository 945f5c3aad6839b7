import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Context, Handler, MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";

const zipped = promisify(gzip);

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".ttf": "font/ttf",
  ".woff2": "font/woff2",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
};

/** A font is packed already. */
const packed = new Set([".woff2"]);

interface File {
  readonly type: string;
  readonly plain: Uint8Array<ArrayBuffer>;
  /** Null: it would gain nothing. */
  readonly zipped: Uint8Array<ArrayBuffer> | null;
}

const notBuilt = `<!doctype html>
<html lang="en-GB">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>The IDE is not built – Common Ground</title>
  </head>
  <body>
    <main>
      <h1>The IDE is not built</h1>
      <p>Whoever runs this directory can build it, once, with <code>npm run build:ide</code>, and start the directory again.</p>
      <p>What is done in it can be done with <a href="/workshop">plain forms</a> as well.</p>
      <p>If a life is at risk, call <a href="tel:999">999</a>. To talk to somebody at any hour, call Samaritans on <a href="tel:116123">116 123</a>.</p>
    </main>
  </body>
</html>
`;

/**
 * The IDE: `page` answers for /ide and for the files that its page needs below /ide/assets, as `npm run build:ide` left them in `directory`; where it did not, with a page that says so.
 * What is there is looked up in the list of files that were there at the start, so that no address leads anywhere else. `headers` says what the page may do: it runs nothing, asks
 * nobody and shows nothing but what comes from here. Throws when the directory is there and cannot be read.
 */
export async function ide(directory: string): Promise<{ readonly page: Handler; readonly headers: MiddlewareHandler }> {
  const paths = new Map(
    (await filesOf(directory)).map((name) => [name === "index.html" ? "/ide" : `/ide/${name}`, name]),
  );
  const read = new Map<string, Promise<File>>();

  /** Each is read and packed when it is first asked for, and then kept: there are few, and many readers. */
  function fileOf(name: string): Promise<File> {
    const known = read.get(name);
    if (known !== undefined) return known;
    const file = readIt(join(directory, name));
    read.set(name, file);
    file.catch(() => read.delete(name));
    return file;
  }

  return {
    page: async (request) => {
      const { path } = request.req;
      const name = paths.get(path === "/ide/" ? "/ide" : path);
      if (name !== undefined) return sent(request, await fileOf(name), path.startsWith("/ide/assets/"));
      return paths.size === 0 && !path.startsWith("/ide/assets/") ? request.html(notBuilt, 404) : request.notFound();
    },
    headers: secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        scriptSrc: ["'self'"],
        workerSrc: ["'self'"],
        connectSrc: ["'self'"],
        fontSrc: ["'self'", "data:"],
        imgSrc: ["'self'", "data:"],
        // Monaco, which the editor is made of, writes its style sheets and the places of its lines as it goes.
        styleSrc: ["'self'", "'unsafe-inline'"],
      },
      referrerPolicy: "no-referrer",
    }),
  };
}

async function filesOf(directory: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) =>
        join(parentPath, name)
          .slice(directory.length + 1)
          .replaceAll("\\", "/"),
      );
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

async function readIt(path: string): Promise<File> {
  const plain = new Uint8Array(await readFile(path));
  const extension = extname(path);
  return {
    type: types[extension] ?? "application/octet-stream",
    plain,
    zipped: packed.has(extension) ? null : new Uint8Array(await zipped(plain)),
  };
}

/** The names of files below /ide/assets tell their content, so those never change; the page names them, and is asked for each time. */
function sent(request: Context, { type, plain, zipped: small }: File, isForEver: boolean): Response {
  const isZipped = small !== null && /\bgzip\b/.test(request.req.header("accept-encoding") ?? "");
  return request.body(isZipped ? small : plain, 200, {
    "content-type": type,
    "cache-control": isForEver ? "public, max-age=31536000, immutable" : "no-cache",
    vary: "accept-encoding",
    ...(isZipped ? { "content-encoding": "gzip" } : {}),
  });
}
