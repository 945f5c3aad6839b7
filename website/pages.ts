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
import { mapData } from "./pages/map/mapData.ts";
import { searchPage } from "./pages/search/searchPage.ts";
import { suggestions } from "./pages/suggestions/suggestions.ts";
import { shortlistPage } from "./pages/shortlist/shortlistPage.ts";

/** Every page of the website. The first whose path fits is shown. */
export const pages: readonly Page[] = [
  { path: "/", show: homePage },
  { path: "/search", show: searchPage, example: "/search?what=somebody to talk to" },
  { path: "/areas", show: areasPage },
  { path: "/areas/:area", show: areaPage },
  ...assetTypes.map((type): Page => ({ path: `/${folders[type]}/:id`, show: assetPage(type) })),
  { path: "/referral-routes", show: routesPage, take: routesByForm },
  { path: "/pathways", show: pathwaysPage },
  { path: "/pathways/:slug", show: pathwayPage },
  { path: "/shortlist", show: shortlistPage },
  { path: "/qr.svg", show: codeToScan },
  { path: "/help-now", show: helpNowPage },
  { path: "/about-the-data", show: aboutTheDataPage },
  { path: "/accessibility", show: accessibilityPage },
  { path: "/privacy", show: privacyPage },
  { path: "/cookies", show: cookiesPage },
  { path: "/developers", show: developersPage },
  { path: "/suggest", show: suggestions, example: "/suggest?for=where&text=ros" },
  { path: "/map.json", show: mapData, example: "/map.json?where=Rose+Hill" },
];
