import type { Page } from "./page.ts";
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
import { searchPage } from "./pages/search/searchPage.ts";
import { shortlistPage } from "./pages/shortlist/shortlistPage.ts";
import { suggestEdit, suggestEditPage } from "./pages/suggestEdit/suggestEditPage.ts";

/** Every page of the website. The first whose path fits is shown. */
export const pages: readonly Page[] = [
  { path: "/", show: homePage },
  { path: "/search", show: searchPage },
  { path: "/referral-routes", show: routesPage, take: routesByForm },
  { path: "/pathways", show: pathwaysPage },
  { path: "/pathways/:slug", show: pathwayPage },
  { path: "/suggest-an-edit/:id", show: suggestEditPage, take: suggestEdit },
  { path: "/shortlist", show: shortlistPage },
  { path: "/qr.svg", show: codeToScan },
  { path: "/help-now", show: helpNowPage },
  { path: "/about-the-data", show: aboutTheDataPage },
  { path: "/accessibility", show: accessibilityPage },
  { path: "/privacy", show: privacyPage },
  { path: "/cookies", show: cookiesPage },
  { path: "/developers", show: developersPage },
];
