import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";

const name = "session";

/** Browsers keep no cookie of more than 4,096 characters, its name and what else is said of it among them, and none for more than 400 days. */
export const longestSession = 3800;
const longestSeconds = 400 * 24 * 3600;

/** The token that a browser of somebody signed in sends by itself; null when it sends none. */
export function sessionOf(request: Context): string | null {
  return getCookie(request, name) ?? null;
}

/** Has the browser keep a token until `expiresAt`, out of the reach of scripts and of other sites. */
export function beginSession(
  request: Context,
  token: string,
  { now, expiresAt }: { readonly now: Date; readonly expiresAt: Date },
): void {
  const seconds = Math.floor((expiresAt.getTime() - now.getTime()) / 1000);
  setCookie(request, name, token, { ...attributesOf(request), maxAge: Math.min(Math.max(seconds, 0), longestSeconds) });
}

/** Has the browser forget its token. */
export function endSession(request: Context): void {
  deleteCookie(request, name, attributesOf(request));
}

/**
 * Whether a browser says that a page of ours sent a request. Others cannot make it say so: what a browser sends by itself, such as a session, is no sign that the person in
 * front of it meant it. Browsers that do not say where a request is from (`Sec-Fetch-Site`) say so by its `Origin`.
 */
export function isFromOurPages(request: Context): boolean {
  const site = request.req.header("sec-fetch-site");
  if (site !== undefined) return site === "same-origin";
  const origin = request.req.header("origin") ?? "";
  // By host alone: what is in front of us may speak https where we are spoken to in http.
  return URL.canParse(origin) && new URL(origin).host === new URL(request.req.url).host;
}

function attributesOf(request: Context) {
  return { httpOnly: true, sameSite: "Strict", path: "/", secure: isByHttps(request) } as const;
}

/** Whether the browser speaks https, to us or to what is in front of us. */
function isByHttps(request: Context): boolean {
  return (
    new URL(request.req.url).protocol === "https:" || /^https\b/.test(request.req.header("x-forwarded-proto") ?? "")
  );
}
