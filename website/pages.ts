import type { Page } from "./page.ts";
import { assetTypes, folders } from "./addresses.ts";
import { areaPage } from "./pages/areas/areaPage.ts";
import { areasPage } from "./pages/areas/areasPage.ts";
import { assetPage } from "./pages/assets/assetPage.ts";
import { homePage } from "./pages/home/homePage.ts";
import { feed } from "./pages/machines/feed.ts";
import { robots, sitemap, sitemapIndex } from "./pages/machines/sitemap.ts";
import { notFoundPage } from "./pages/notFoundPage.ts";
import { searchPage } from "./pages/search/searchPage.ts";
import { topicPage } from "./pages/topics/topicPage.ts";
import { topicsPage } from "./pages/topics/topicsPage.ts";
import { whatsOnPage } from "./pages/whatsOn/whatsOnPage.ts";

/** What machines read is at one address, in the first language. */
const once =
  (show: Page["show"]): Page["show"] =>
  (visit) =>
    visit.words.language.prefix === "" ? show(visit) : notFoundPage(visit);

/** Every page of the website. The first whose path fits is shown. */
export const pages: readonly Page[] = [
  { path: "/", show: homePage },
  { path: "/search", show: searchPage },
  { path: "/whats-on", show: whatsOnPage },
  { path: "/areas", show: areasPage },
  { path: "/areas/:area", show: areaPage },
  { path: "/topics", show: topicsPage },
  { path: "/topics/:slug", show: topicPage },
  { path: "/robots.txt", show: once(robots) },
  { path: "/sitemap.xml", show: once(sitemapIndex) },
  { path: "/sitemaps/:part", show: once(sitemap) },
  { path: "/feed.atom", show: once(feed) },
  ...assetTypes.map((type): Page => ({ path: `/${folders[type]}/:id`, show: assetPage(type) })),
];
