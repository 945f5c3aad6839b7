import type { Page } from "./page.ts";
import { assetTypes, folders } from "./addresses.ts";
import { areaPage } from "./pages/areas/areaPage.ts";
import { areasPage } from "./pages/areas/areasPage.ts";
import { assetPage } from "./pages/assets/assetPage.ts";
import { homePage } from "./pages/home/homePage.ts";
import { searchPage } from "./pages/search/searchPage.ts";

/** Every page of the website. The first whose path fits is shown. */
export const pages: readonly Page[] = [
  { path: "/", show: homePage },
  { path: "/search", show: searchPage },
  { path: "/areas", show: areasPage },
  { path: "/areas/:area", show: areaPage },
  ...assetTypes.map((type): Page => ({ path: `/${folders[type]}/:id`, show: assetPage(type) })),
];
