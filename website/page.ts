import type { Context } from "hono";
import type { Addresses } from "./addresses.ts";
import type { Api } from "./api.ts";
import type { Html } from "./html.ts";
import type { Suggesting } from "./pages/suggestEdit/suggesting.ts";
import type { WebsiteSettings } from "./settings.ts";
import type { Words } from "./words/words.ts";

/** Everything a page is made with: who asks for what, in which language, and what it can use. */
export interface Visit {
  readonly request: Context;
  /** What stands in the place of the `:names` of the page's path. */
  readonly named: Readonly<Record<string, string>>;
  /** The part of the address after its `?`. */
  readonly query: URLSearchParams;
  readonly api: Api;
  readonly words: Words;
  readonly addresses: Addresses;
  readonly settings: WebsiteSettings;
  readonly now: Date;
  /** The network address of whoever asks; null when it is not known. It is kept nowhere. */
  readonly client: string | null;
  readonly suggesting: Suggesting;
}

/** A page as it is shown, within the layout that all have. */
export interface Shown {
  /** What it is, before the name of the website in its title. Null: the website itself. */
  readonly title: string | null;
  /** In a sentence or two, for search engines and for who is sent a link. Null: there is nothing to say. */
  readonly description?: string | null;
  /** Begins with its h1. */
  readonly main: Html;
  /** What stands above the main part: a way back, or where in the website one is. */
  readonly before?: Html | null;
  /** 200 when left out. */
  readonly status?: 200 | 400 | 403 | 404 | 413 | 415 | 429 | 503;
  /** False: a part of the directory did not answer, which the page then says. */
  readonly isWhole?: boolean;
  /** What search engines read, as schema.org has it. */
  readonly jsonLd?: readonly object[];
  /** Feeds of what is on the page. */
  readonly feeds?: readonly { readonly type: string; readonly title: string; readonly href: string }[];
  /** False: it is of no use to search engines: one of many ways to ask the same, or somebody's own. */
  readonly isIndexed?: boolean;
  /** Its address for search engines, where the same page is under several. The one that was asked for when left out. */
  readonly canonical?: string;
  /** The part of the navigation it belongs to. */
  readonly section?: Section;
  /** How long it may be kept by whoever fetched it, in seconds; null: not at all. Five minutes when left out. */
  readonly maxAgeSeconds?: number | null;
  /** Headers of its own, beside those that every page has. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether it is there to be shown within other websites' pages: nothing stands around it, and its links open beside them. */
  readonly isEmbedded?: boolean;
  /** Modules of `browser/` that make it better where there is JavaScript. */
  readonly scripts?: readonly string[];
}

export type Section = "search" | "whats-on" | "areas" | "topics" | "routes" | "shortlist";

/** A page: where it is, in Hono's notation for paths, and what makes it. Throws ApiProblem, which is answered by a page that says so. */
export interface Page {
  readonly path: string;
  /** An address that asks the API what the page asks for anybody, so that it is asked once before anybody does. Left out: `path`, or, of a page of something, what another page leads to. */
  readonly example?: string;
  readonly show: (visit: Visit) => Promise<Shown | Response> | Shown | Response;
  /** Whether it has a form that is signed for its visitor's browser. Left out: not. */
  readonly isSigned?: boolean;
  /** What a form on the page sends is taken by; left out: nothing is. */
  readonly take?: (visit: Visit) => Promise<Shown | Response>;
}
