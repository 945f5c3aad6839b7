import { type Context, Hono } from "hono";
import { compress } from "hono/compress";
import { etag } from "hono/etag";
import { secureHeaders } from "hono/secure-headers";
import { addressesIn } from "./addresses.ts";
import { type Api, apiAt, ApiProblem, type Endpoint } from "./api.ts";
import { filesOf } from "./files.ts";
import { layout } from "./layout/layout.ts";
import type { Page, Shown, Visit } from "./page.ts";
import { pages } from "./pages.ts";
import { notFoundPage } from "./pages/notFoundPage.ts";
import { suggestingWith } from "./pages/suggestEdit/suggesting.ts";
import { problemPage } from "./pages/problemPage.ts";
import { refusedPage } from "./pages/refusedPage.ts";
import { Refusal } from "./refusal.ts";
import type { WebsiteSettings } from "./settings.ts";
import { listCarried } from "./shortlistIds.ts";
import { languages, wordsIn } from "./words/words.ts";

/** So long, in seconds, a page may be kept by whoever fetched it, where the page does not say. */
const usualMaxAgeSeconds = 300;

export interface Website {
  /** Answers a request; `client` stands for the network that it came from, to count by. Left out or null: it is not known. */
  readonly fetch: (request: Request, client?: string | null) => Response | Promise<Response>;
  /** Makes each page once for nobody, with all the patience that takes: whoever comes first then waits no longer than the next. */
  readonly warmUp: () => Promise<void>;
}

interface AboutRequest {
  readonly Bindings: { readonly client?: string | null };
}

/** So long, in milliseconds, whoever makes pages for nobody waits for each: a database that has just been started plans each question first. */
const warmingMs = 60_000;

/** So long visitors wait meanwhile: a page that comes late is better than one that says there is none. */
const patienceAtStartMs = 20_000;

/**
 * The council website, a client of `endpoint` and of nothing else: every page in every language, and the files they need. What it has no page for is answered with 404.
 * Nothing on a page comes from elsewhere, nothing is run but our own modules, and every text of the directory is escaped. Throws when a file of the settings cannot be read.
 */
export async function createWebsite({
  endpoint,
  settings,
  patienceMs = 2_500,
  token = () => Promise.resolve(null),
  formKey = null,
  clock = () => new Date(),
}: {
  readonly endpoint: Endpoint;
  readonly settings: WebsiteSettings;
  /** How long the endpoint may take for a page, in milliseconds. Left out: so long that there is a page within three seconds, whatever has happened to it. */
  readonly patienceMs?: number;
  /** Gives a token with which visitors may propose changes, and do nothing else; null when there is none. Left out: there is none. */
  readonly token?: () => Promise<string | null>;
  /** What the website's forms are signed with, 32 bytes that its other processes know too. Left out or null: this process makes a key, and knows no other's forms. */
  readonly formKey?: Buffer | null;
  /** What time it is. Left out: the machine's clock. */
  readonly clock?: () => Date;
}): Promise<Website> {
  const files = await filesOf(settings);
  const mapServer = settings.mapStyleUrl === null ? [] : [new URL(settings.mapStyleUrl).origin, ...settings.mapOrigins];

  const suggesting = suggestingWith(token, formKey);

  function websiteOver(api: Api): Hono<AboutRequest> {
    const app = new Hono<AboutRequest>();
    // No inline script or style at all, rather than nonces: a page that is kept by caches would have the same nonce for everybody.
    const policy = {
      defaultSrc: ["'none'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
      formAction: ["'self'"],
      scriptSrc: ["'self'"],
      workerSrc: ["'self'", "blob:"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", "data:", ...mapServer],
      connectSrc: ["'self'", ...mapServer],
      fontSrc: ["'self'"],
      frameSrc: ["'self'"],
    };
    const others = {
      referrerPolicy: "strict-origin-when-cross-origin",
      // `frame-ancestors` says the same, and can say that a page may be framed.
      xFrameOptions: false,
    } as const;
    // What an answer says of itself stands: what others may load, or show within theirs, says so.
    app.use(secureHeaders({ contentSecurityPolicy: policy, ...others, overwrite: false }));
    const ofOthers = secureHeaders({
      contentSecurityPolicy: { ...policy, frameAncestors: ["*"] },
      ...others,
      crossOriginResourcePolicy: "cross-origin",
    });
    for (const { prefix } of languages) app.use(`${prefix}/embed/activities`, ofOthers);
    app.get("/assets/*", files.answer);
    app.get("/embed.js", files.answerForOthers);

    // The first language has no beginning of its own, so its page for what is not there comes last.
    for (const language of languages.toReversed()) {
      const words = wordsIn(language);
      const visitOf = (request: Context<AboutRequest>): Visit => {
        const query = new URL(request.req.url).searchParams;
        return {
          request,
          named: request.req.param(),
          query,
          api,
          words,
          addresses: addressesIn(language, listCarried(query)),
          settings,
          now: clock(),
          client: request.env.client ?? null,
          suggesting,
        };
      };
      const answered = async (visit: Visit, make: Page["show"]): Promise<Response> => {
        const made = await madeOrProblem(visit, make);
        return made instanceof Response ? made : sent(visit, made);
      };
      const sent = ({ request, addresses }: Visit, shown: Shown): Response => {
        const { pathname, search } = new URL(request.req.url);
        const path = `${pathname.slice(language.prefix.length) || "/"}${search}`;
        const { status = 200, maxAgeSeconds = usualMaxAgeSeconds } = shown;
        const mayBeKept =
          request.req.method === "GET" && status === 200 && shown.isWhole !== false && maxAgeSeconds !== null;
        return request.html(layout(shown, { words, addresses, settings, files, path }), status, {
          "content-language": language.tag,
          "cache-control": mayBeKept ? `public, max-age=${maxAgeSeconds}` : "no-store",
          ...(status === 503 ? { "retry-after": "60" } : {}),
          ...shown.headers,
        });
      };
      for (const { path, show, take, isSigned = false } of pages) {
        const whole = path === "/" && language.prefix !== "" ? language.prefix : `${language.prefix}${path}`;
        // A form that is signed for one browser is not compressed beside words of the address: how short it gets would tell its signature, letter by letter.
        if (!isSigned) app.use(whole, compress());
        app.get(whole, etag({ weak: true }), (request) => answered(visitOf(request), show));
        if (take !== undefined) app.post(whole, (request) => answered(visitOf(request), take));
      }
      app.get(`${language.prefix}/*`, (request) => answered(visitOf(request), notFoundPage));
    }
    return app;
  }

  let isWarmingUp = false;
  const website = websiteOver(
    apiAt(endpoint, () => (isWarmingUp ? Math.max(patienceAtStartMs, patienceMs) : patienceMs)),
  );
  return {
    fetch: (request, client = null) => website.fetch(request, { client }),
    warmUp: async () => {
      isWarmingUp = true;
      try {
        await makeEachOnce(websiteOver(apiAt(endpoint, () => warmingMs)), files.addressOf("site.css"));
      } finally {
        isWarmingUp = false;
      }
    },
  };
}

/** Makes one page of each kind: of those that are of something, of the first that another page leads to. */
async function makeEachOnce(website: Hono<AboutRequest>, stylesheet: string): Promise<void> {
  const nobody: AboutRequest["Bindings"] = { client: null };
  const links = new Set<string>();
  const make = async (address: string) => {
    const text = await (await website.request(address, {}, nobody)).text();
    for (const [, path = ""] of text.matchAll(/ href="(\/[^"?#]*)"/g)) links.add(path);
  };
  await make(stylesheet);
  const addresses = pages.map(({ path, example = path }) => example);
  for (const address of addresses.filter((one) => !one.includes("/:"))) await make(address);
  for (const path of addresses.filter((one) => one.includes("/:"))) {
    const pattern = new RegExp(`^${path.replaceAll(/:\w+/g, "[^/]+")}$`);
    const address = Array.from(links).find((link) => pattern.test(link));
    if (address !== undefined) await make(address);
  }
}

/** A page; or, where the API has no answer, one that says so kindly and what to do instead. Throws what is a fault of ours. */
async function madeOrProblem(visit: Visit, make: Page["show"]): Promise<Shown | Response> {
  try {
    return await make(visit);
  } catch (error) {
    if (error instanceof ApiProblem) return problemPage(visit, error);
    if (error instanceof Refusal) return refusedPage(visit, error);
    throw error;
  }
}
