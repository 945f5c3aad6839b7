import { assetTypes, folders } from "../../addresses.ts";
import { ApiProblem } from "../../api.ts";
import { type Html, html, raw } from "../../html.ts";
import { kept } from "../../kept.ts";
import {
  areasPublishedQuery,
  type AreasPublishedQuery,
  topicsQuery,
  type TopicsQuery,
} from "../../operations.generated.ts";
import type { Visit } from "../../page.ts";
import { assetsPublished } from "./assetsPublished.ts";
import { languages } from "../../words/words.ts";
import { xml } from "./xml.ts";

/** Search engines read it every few days; it is made once in so long. */
const keptSeconds = 3600;

/** A file of it may have 50,000 addresses; of each kind, so many hundreds are read at most. */
const mostPages = 200;

/** The files that the sitemap consists of, by the last part of their address. */
const parts = ["pages", ...assetTypes.map((type) => folders[type])] as const;

interface Entry {
  readonly path: string;
  /** The day on which what is there was last confirmed. Null: not known. */
  readonly changedOn: string | null;
}

/** Which files list the pages of the website, for search engines. */
export function sitemapIndex({ settings }: Visit): Response {
  return xml(
    "application/xml",
    html`<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      ${parts.map((part) => html`<sitemap><loc>${settings.url}/sitemaps/${part}.xml</loc></sitemap>`)}
    </sitemapindex>`,
    keptSeconds,
  );
}

/** One of those files: pages that are always there, areas and topics; or what there is of a kind of asset, apart from what is invented. */
export async function sitemap(visit: Visit): Promise<Response> {
  const { api, named, now, settings, request } = visit;
  const part = parts.find((one) => `${one}.xml` === named["part"]);
  if (part === undefined) return request.text("There is no such file.\n", 404);
  try {
    const entries = await kept(api, `sitemap ${part}`, { seconds: keptSeconds, now }, () =>
      part === "pages" ? ownPages(visit) : assetEntries(visit, part),
    );
    return xml(
      "application/xml",
      html`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
        ${entries.map(({ path, changedOn }) => html`<url><loc>${settings.url}${path}</loc>${lastChanged(changedOn)}</url>`)}
      </urlset>`,
      keptSeconds,
    );
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    return request.text("The directory does not answer. Try again later.\n", 503, { "retry-after": "600" });
  }
}

/** What robots may read: all that has one address. Lists with filters have no end, and forms are for people. */
export function robots({ settings, request }: Visit): Response {
  return request.text(
    [
      "User-agent: *",
      ...languages.flatMap(({ prefix }) =>
        ["/search", "/whats-on?", "/shortlist", "/suggest-an-edit/"].map((path) => `Disallow: ${prefix}${path}`),
      ),
      "Disallow: /workshop",
      "Disallow: /sign-in",
      `Sitemap: ${settings.url}/sitemap.xml`,
      "",
    ].join("\n"),
    200,
    { "cache-control": `public, max-age=${keptSeconds}` },
  );
}

async function assetEntries({ api, addresses }: Visit, folder: string): Promise<readonly Entry[]> {
  const type = assetTypes.find((one) => folders[one] === folder);
  if (type === undefined) return [];
  const kind = ({ Activity: "ACTIVITY", Group: "GROUP", Organisation: "ORGANISATION", Place: "PLACE" } as const)[type];
  const assets = await assetsPublished(api, { kinds: [kind] }, mostPages);
  return assets.map((asset) => ({ path: addresses.asset(asset), changedOn: asset.freshness.lastConfirmedOn }));
}

async function ownPages({ api, addresses }: Visit): Promise<readonly Entry[]> {
  const paths = [
    addresses.home,
    addresses.whatsOn(),
    addresses.areas,
    addresses.topics,
    addresses.routes(),
    addresses.pathways,
    addresses.helpNow,
    addresses.aboutTheData,
    addresses.accessibility,
    addresses.privacy,
    addresses.cookies,
    addresses.developers,
  ];
  let after: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const { data }: { data: AreasPublishedQuery } = await api.ask(areasPublishedQuery, { after });
    // Those without a name of their own are of the census, and nobody looks for them.
    for (const { node } of data.areas.edges) if (node.slug !== null) paths.push(addresses.area(node));
    after = data.areas.pageInfo.endCursor;
    if (!data.areas.pageInfo.hasNextPage) break;
  }
  after = null;
  for (let page = 0; page < mostPages; page += 1) {
    const { data }: { data: TopicsQuery } = await api.ask(topicsQuery, { after });
    for (const { node } of data.conditions.edges) paths.push(addresses.topic(node.slug));
    after = data.conditions.pageInfo.endCursor;
    if (!data.conditions.pageInfo.hasNextPage) break;
  }
  return paths.map((path) => ({ path, changedOn: null }));
}

function lastChanged(day: string | null): Html {
  return day === null ? raw("") : html`<lastmod>${day}</lastmod>`;
}
