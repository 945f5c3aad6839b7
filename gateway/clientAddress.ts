import type { Context } from "hono";

/**
 * The network address of whoever sent a request; null when nothing tells it. `proxies`: how many of our own it came through, each of which has added to `X-Forwarded-For` whom it was sent by. What stands in that
 * header beyond those is what anybody may have written there.
 */
export function clientAddress(request: Context, proxies: number): string | null {
  if (proxies > 0) {
    const forwarded = (request.req.header("x-forwarded-for") ?? "").split(",").map((one) => one.trim());
    return forwarded.at(-proxies) || null;
  }
  const { incoming } = (request.env ?? {}) as {
    readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } };
  };
  return incoming?.socket?.remoteAddress ?? null;
}
