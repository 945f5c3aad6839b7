import type { Page } from "./page.ts";
import { assetTypes, folders } from "./addresses.ts";
import { areaPage } from "./pages/areas/areaPage.ts";
import { areasPage } from "./pages/areas/areasPage.ts";
import { assetPage } from "./pages/assets/assetPage.ts";
import { homePage } from "./pages/home/homePage.ts";
import { aboutTheDataPage } from "./pages/aboutTheData/aboutTheDataPage.ts";
import { accessibilityPage } from "./pages/aboutTheSite/accessibilityPage.ts";
import { cookiesPage } from "./pages/aboutTheSite/cookiesPage.ts";
import { developersPage } from "./pages/aboutTheSite/developersPage.ts";
import { privacyPage } from "./pages/aboutTheSite/privacyPage.ts";
import { codeToScan } from "./pages/codeToScan.ts";
import { helpNowPage } from "./pages/helpNow/helpNowPage.ts";
import { pathwayPage } from "./pages/pathways/pathwayPage.ts";
import { pathwaysPage } from "./pages/pathways/pathwaysPage.ts";
import { routesByForm, routesPage } from "./pages/routes/routesPage.ts";
import { embeddedActivities } from "./pages/embed/embeddedActivities.ts";
import { embedPage } from "./pages/embed/embedPage.ts";
import { mapData } from "./pages/map/mapData.ts";
import { searchPage } from "./pages/search/searchPage.ts";
import { suggestions } from "./pages/suggestions/suggestions.ts";
import { shortlistPage } from "./pages/shortlist/shortlistPage.ts";
import { feed } from "./pages/machines/feed.ts";
import { robots, sitemap, sitemapIndex } from "./pages/machines/sitemap.ts";
import { notFoundPage } from "./pages/notFoundPage.ts";
import { topicPage } from "./pages/topics/topicPage.ts";
import { topicsPage } from "./pages/topics/topicsPage.ts";
import { whatsOnPage } from "./pages/whatsOn/whatsOnPage.ts";

/** What machines read is at one address, in the first language. */
const once =
  (show: Page["show"]): Page["show"] =>
  (visit) =>
    visit.words.language.prefix === "" ? show(visit) : notFoundPage(visit);
import { suggestEdit, suggestEditPage } from "./pages/suggestEdit/suggestEditPage.ts";

/** Every page of the website. The first whose path fits is shown. */
export const pages: readonly Page[] = [
  { path: "/", show: homePage },
  { path: "/search", show: searchPage, example: "/search?what=somebody to talk to" },
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
  { path: "/referral-routes", show: routesPage, take: routesByForm },
  { path: "/pathways", show: pathwaysPage },
  { path: "/pathways/:slug", show: pathwayPage },
  { path: "/suggest-an-edit/:id", show: suggestEditPage, take: suggestEdit, isSigned: true },
  { path: "/shortlist", show: shortlistPage },
  { path: "/qr.svg", show: codeToScan },
  { path: "/help-now", show: helpNowPage },
  { path: "/about-the-data", show: aboutTheDataPage },
  { path: "/accessibility", show: accessibilityPage },
  { path: "/privacy", show: privacyPage },
  { path: "/cookies", show: cookiesPage },
  { path: "/developers", show: developersPage },
  { path: "/suggest", show: suggestions, example: "/suggest?for=where&text=ros" },
  { path: "/embed", show: embedPage },
  { path: "/embed/activities", show: embeddedActivities, example: "/embed/activities?area=rose-hill" },
  { path: "/map.json", show: mapData, example: "/map.json?where=Rose+Hill" },
];
