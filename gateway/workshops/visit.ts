import { randomUUID } from "node:crypto";
import type { Context } from "hono";
import type { SignedIn } from "../../core/tokens.ts";
import { Refused } from "../askApi.ts";
import { plain } from "../plain.ts";
import type { Html } from "../pages/layout.ts";
import type { Problem } from "./problems.ts";

/** One request of somebody signed in. */
export interface Visit {
  readonly request: Context;
  readonly known: SignedIn;
  /** Asks the API as them, and takes out of its answer what no page is to show. Throws as `askApi` does. */
  readonly asked: <Data>(query: string, variables?: Readonly<Record<string, unknown>>) => Promise<Data>;
  /** What a form sent; nothing else for a page that is asked for by its address. */
  readonly sent: URLSearchParams;
  /** What the address asks for, without characters that no page is to show. */
  readonly query: URLSearchParams;
}

/** A page about a workshop; or what is done by a form, and where it leads. */
export type Page = (visit: Visit) => Promise<Response>;

type Status = 200 | 400 | 401 | 403 | 404 | 409 | 413 | 415 | 429 | 500 | 503 | 504;

/** Sends a page, which nobody on the way may keep: it may be for one person alone. */
export async function shown(request: Context, page: Html, status: Status = 200): Promise<Response> {
  return request.body((await page).toString(), status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    ...(status === 503 ? { "retry-after": "120" } : {}),
  });
}

/** Leads to a page after a form was carried out, so that loading that page again does nothing again. `done`: what it tells first. */
export function seeOther(request: Context, path: string, done: string | null = null): Response {
  return request.redirect(done === null ? path : `${path}${path.includes("?") ? "&" : "?"}done=${done}`, 303);
}

/** A part of the address that `name` stands for. */
export function partOf({ request }: Visit, name: string): string {
  return plain(request.req.param(name) ?? "");
}

/** The address of the workshop that a page is about. */
export function pathOf(visit: Visit): string {
  return `/workshop/${encodeURIComponent(partOf(visit, "workshop"))}`;
}

/** What a form calls itself, so that sending it twice does it once; a new name for a form that has none yet. */
export function callOf(sent: URLSearchParams): string {
  const given = sent.get("clientMutationId") ?? "";
  return /^[\w-]{8,100}$/.test(given) ? given : randomUUID();
}

/** What a payload's `userErrors` say, one by one. */
export interface UserError {
  readonly code: string;
  readonly message: string;
  readonly field: readonly string[];
}

/** The problems of a form with one field, or none: what was refused, as it was said. */
export function problemsOf(errors: readonly UserError[], field: string | null = null): readonly Problem[] {
  return errors.map(({ message }) => ({ field, message }));
}

/** The error that there is nothing at an address. */
export function notThere(): Refused {
  return new Refused(
    404,
    "There is nothing here that you can see. It may have been taken away, or the address may be wrong.",
  );
}
