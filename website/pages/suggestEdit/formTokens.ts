import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { WebsiteSettings } from "../../settings.ts";
import type { Words } from "../../words/words.ts";

/** What of a visit tells whose form it is. `page.ts` has the rest, and knows of this. */
interface Visit {
  readonly request: Context;
  readonly words: Words;
  readonly settings: WebsiteSettings;
  readonly now: Date;
}

/** So long, in seconds, a form may be open before it has to be looked at again. */
const goodForSeconds = 4 * 3600;

const cookie = "suggest";

/** Shows that a form that comes back is one that this browser was given by us, and not one that another site made it send. */
export interface FormTokens {
  /** What the form has to send; the browser is told its half in a cookie. */
  readonly issue: (visit: Visit) => string;
  /** Whether the form that a visit sent has what its browser was told. */
  readonly isGood: (visit: Visit, sent: string) => boolean;
}

/**
 * A signed double submit: the cookie is random, and the form has it signed with a key, with the time until which it is good. Who can set a cookie of ours without being us has no such form. `sharedKey`: one that other processes know,
 * so that a form of one is good at another; null: one of this process alone.
 */
export function createFormTokens(sharedKey: Buffer | null): FormTokens {
  const key = sharedKey ?? randomBytes(32);
  const signed = (browser: string, until: number) =>
    `${until}.${createHmac("sha256", key).update(`${browser}.${until}`).digest("base64url")}`;
  const browserOf = ({ request }: Visit) => {
    const value = getCookie(request, cookie) ?? "";
    return /^[\w-]{43}$/.test(value) ? value : null;
  };

  return {
    issue: (visit) => {
      // The same for a browser that has one: it may have another form open.
      const browser = browserOf(visit) ?? randomBytes(32).toString("base64url");
      setCookie(visit.request, cookie, browser, {
        httpOnly: true,
        sameSite: "Strict",
        secure: visit.settings.url.startsWith("https:"),
        path: `${visit.words.language.prefix}/suggest-an-edit`,
        maxAge: goodForSeconds,
      });
      return signed(browser, Math.floor(visit.now.getTime() / 1000) + goodForSeconds);
    },
    isGood: (visit, sent) => {
      const browser = browserOf(visit);
      const until = Number(sent.split(".")[0]);
      if (browser === null || !Number.isInteger(until) || until < visit.now.getTime() / 1000) return false;
      const [given, wanted] = [Buffer.from(sent), Buffer.from(signed(browser, until))];
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    },
  };
}
