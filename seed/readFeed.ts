import { createReadStream } from "node:fs";

const timeoutMs = 30_000;
const mostBytes = 10 * 1024 * 1024;
const mostRedirects = 5;

/**
 * The bytes of a calendar: of the file of that name, or of what answers at that address (http, https, or webcal, which is https). Waits 30 seconds
 * at most, reads 10 MB at most, and follows at most 5 redirects, to http and https alone.
 *
 * Any file and any host is read that this process can reach, those of its own network too: what to import is the word of whoever runs the
 * command, and not of anybody who asks over the network.
 *
 * Throws an Error of one sentence for what cannot be had whole.
 */
export async function readFeed(from: string, { signal }: { readonly signal: AbortSignal }): Promise<Uint8Array> {
  const url = feedUrlOf(from);
  if (url === null) {
    try {
      return await bytesOf(createReadStream(from, { signal }));
    } catch (error) {
      throw new Error(`${from} cannot be read: ${reasonOf(error)}. Nothing was changed.`, { cause: error });
    }
  }
  try {
    return await fetched(url, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]));
  } catch (error) {
    throw new Error(`${url.origin}${url.pathname} cannot be fetched: ${reasonOf(error)}. Nothing was changed.`, {
      cause: error,
    });
  }
}

/** The address that a calendar is at, or null where it is the name of a file. */
export function feedUrlOf(from: string): URL | null {
  if (!/^(https?|webcals?):\/\//i.test(from) || !URL.canParse(from)) return null;
  return new URL(from.replace(/^webcals?:/i, "https:"));
}

async function fetched(first: URL, signal: AbortSignal): Promise<Uint8Array> {
  let url = first;
  // fetch refuses them, and repeats them in what it says of it.
  if (first.username !== "" || first.password !== "") throw new Error("its address has a user name or password in it");
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const response = await fetch(url, { redirect: "manual", headers: { accept: "text/calendar" }, signal });
    const location = response.headers.get("location");
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await response.body?.cancel();
      if (!URL.canParse(location, url.href)) throw new Error("it sends us on to what is no address");
      url = new URL(location, url);
      if (!/^https?:$/.test(url.protocol)) throw new Error("it sends us on to an address that is not of the web");
      continue;
    }
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`the answer is ${response.status} ${response.statusText}`.trim());
    }
    return bytesOf(response.body ?? []);
  }
  throw new Error(`it sends us on more than ${mostRedirects} times`);
}

/** All of them, or an Error as soon as they are too many: leaving the loop ends the stream, so that the rest is not read. */
async function bytesOf(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > mostBytes) throw new Error("it is larger than 10 MB");
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `there was no whole answer within ${timeoutMs / 1000} seconds`;
  // What fetch says is "fetch failed"; why is in its cause, whose text is empty when several addresses were tried.
  const cause =
    error.cause instanceof Error ? (error.cause as NodeJS.ErrnoException) : (error as NodeJS.ErrnoException);
  const known: Readonly<Record<string, string>> = {
    ENOENT: "there is no such file",
    EACCES: "this user may not read it",
    EISDIR: "it is a folder",
    ENOTFOUND: "there is no such host",
    ECONNREFUSED: "nothing answers there",
  };
  return known[cause.code ?? ""] ?? (cause.message || cause.code || error.message);
}
