import type { Page } from "./page.ts";
import { homePage } from "./pages/home/homePage.ts";
import { embeddedActivities } from "./pages/embed/embeddedActivities.ts";
import { embedPage } from "./pages/embed/embedPage.ts";
import { mapData } from "./pages/map/mapData.ts";
import { searchPage } from "./pages/search/searchPage.ts";
import { suggestions } from "./pages/suggestions/suggestions.ts";

/** Every page of the website. The first whose path fits is shown. */
export const pages: readonly Page[] = [
  { path: "/", show: homePage },
  { path: "/search", show: searchPage, example: "/search?what=somebody to talk to" },
  { path: "/suggest", show: suggestions, example: "/suggest?for=where&text=ros" },
  { path: "/embed", show: embedPage },
  { path: "/embed/activities", show: embeddedActivities, example: "/embed/activities?area=rose-hill" },
  { path: "/map.json", show: mapData, example: "/map.json?where=Rose+Hill" },
];
