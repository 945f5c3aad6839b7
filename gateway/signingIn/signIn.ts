import type { Context, Env } from "hono";
import { bodyLimit } from "hono/body-limit";
import { CodedError } from "../../core/errors.ts";
import type { SignedIn } from "../../core/tokens.ts";
import { type Ask, askApi, Refused } from "../askApi.ts";
import type { Html } from "../pages/layout.ts";
import { type Callers, notOurs } from "./callers.ts";
import { beginSession, endSession, isFromOurPages, longestSession, sessionOf } from "./session.ts";
import { type SignInProblem, signInPage, signOutPage } from "./signInPage.ts";

type Status = 200 | 400 | 401 | 403 | 413 | 503;
type Handler = (request: Context<Env, string>) => Promise<Response>;

const namesQuestion = `query Names($ids: [ID!]!) { nodes(ids: $ids) { ... on Area { name } ... on Asset { name } } }`;

/** A token that is too long for us, and the link around it. */
const mostFormBytes = 16 * 1024;

const elsewhere: SignInProblem = {
  message: "This was not sent from a page of this directory. Do it again from this page.",
  isOfToken: false,
};

/**
 * The pages /sign-in and /sign-out, which work without a script: with an invitation or a token, the browser is given a session of it; and what is sent from another site's pages
 * is refused. Nothing of them may be kept by anybody on the way. `canSignIn`: whether any token is taken.
 */
export function signIn({
  callers,
  ask,
  clock,
  canSignIn,
}: {
  readonly callers: Callers;
  readonly ask: Ask;
  readonly clock: () => Date;
  readonly canSignIn: boolean;
}): {
  readonly signInPages: Handler;
  readonly signInByForm: Handler;
  readonly signOutPages: Handler;
  readonly signOutByForm: Handler;
} {
  async function shown(
    request: Context,
    known: SignedIn | null,
    problem: SignInProblem | null = null,
    status: Status = 200,
  ): Promise<Response> {
    const where = known?.actor.role === "EDITOR" ? await namesOf(ask, known) : [];
    return answer(request, signInPage({ known, where, problem, canSignIn }), status);
  }

  /** Who is signed in by the session; a session that is no good any more is ended. Throws as `Callers.signedIn` does. */
  async function signedInBySession(request: Context): Promise<SignedIn | null> {
    const session = sessionOf(request);
    if (session === null) return null;
    const known = await callers.signedIn(session);
    if (known === null) endSession(request);
    return known;
  }

  return {
    signInPages: async (request) => {
      try {
        return await shown(request, await signedInBySession(request));
      } catch (error) {
        return shown(request, null, problemOf(error), 503);
      }
    },
    signInByForm: async (request) => {
      if (!isFromOurPages(request)) return shown(request, null, elsewhere, 403);
      const given = await tokenIn(request);
      if (given === null) {
        return shown(request, null, { message: "This is longer than any invitation.", isOfToken: true }, 413);
      }
      try {
        const known = await callers.signedIn(given);
        if (known === null) return await shown(request, null, { message: notOurs, isOfToken: true }, 401);
        if (given.length > longestSession) {
          const message = "This token is good, but too long for a browser to keep. Programs can send it in a header.";
          return await shown(request, null, { message, isOfToken: true }, 400);
        }
        beginSession(request, given, { now: clock(), expiresAt: known.expiresAt });
      } catch (error) {
        return shown(request, null, problemOf(error), 503);
      }
      return request.redirect("/sign-in", 303);
    },
    signOutPages: (request) => answer(request, signOutPage(sessionOf(request) !== null, null), 200),
    signOutByForm: async (request) => {
      if (!isFromOurPages(request)) {
        return answer(request, signOutPage(sessionOf(request) !== null, elsewhere), 403);
      }
      endSession(request);
      return request.redirect("/sign-in", 303);
    },
  };
}

/** The names of the areas and organisations that somebody may edit in or for; none when they cannot be had. */
async function namesOf(ask: Ask, { actor }: SignedIn): Promise<readonly string[]> {
  const ids = [...actor.areas, ...actor.organisations].slice(0, 100);
  if (ids.length === 0) return [];
  try {
    const { nodes } = await askApi<{ nodes: readonly ({ readonly name?: string } | null)[] }>(ask, namesQuestion, {
      ids,
    });
    return nodes.flatMap((node) => node?.name ?? []);
  } catch (error) {
    if (error instanceof Refused) return ids;
    throw error;
  }
}

/** The token of a form, without the link that it may be in; null for a form that is too long. */
async function tokenIn(request: Context<Env, string>): Promise<string | null> {
  const read: { text: string | null } = { text: null };
  await bodyLimit({ maxSize: mostFormBytes, onError: () => new Response() })(request, async () => {
    read.text = await request.req.text();
  });
  if (read.text === null) return null;
  const given = new URLSearchParams(read.text).get("token") ?? "";
  return given.trim().replace(/^.*#token=/, "");
}

/** What is said of a failure to find out who somebody is. Throws what is a fault of ours. */
function problemOf(error: unknown): SignInProblem {
  if (error instanceof CodedError) return { message: error.message, isOfToken: false };
  throw error;
}

async function answer(request: Context, page: Html, status: Status): Promise<Response> {
  return request.body((await page).toString(), status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
  });
}
