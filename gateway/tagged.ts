import { createHash } from "node:crypto";
import type { Context } from "hono";

/**
 * An answer that whoever fetched it may keep for `maxAgeSeconds`, and after that ask whether it is still so: 304 when it is.
 * `of`: what the answer says, as JSON can tell it. Two that say the same have the same tag.
 */
export function tagged(
  request: Context,
  {
    of,
    body,
    maxAgeSeconds,
    headers,
  }: {
    readonly of: unknown;
    readonly body: () => string;
    readonly maxAgeSeconds: number;
    readonly headers: Readonly<Record<string, string>>;
  },
): Response {
  // Weak: two that say the same need not be the same bytes.
  const etag = `W/"${createHash("sha256").update(JSON.stringify(of)).digest("base64url").slice(0, 27)}"`;
  const kept = { etag, "cache-control": `public, max-age=${maxAgeSeconds}` };
  const known = (request.req.header("if-none-match") ?? "").split(",").map((one) => one.trim());
  if (known.includes(etag) || known.includes("*")) return request.body(null, 304, kept);
  return request.body(body(), 200, { ...kept, ...headers });
}
