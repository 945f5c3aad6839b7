import type { Page } from "./page.ts";
import { assetTypes, folders } from "./addresses.ts";
import { assetPage } from "./pages/assets/assetPage.ts";
import { homePage } from "./pages/home/homePage.ts";
import { searchPage } from "./pages/search/searchPage.ts";

/** Every page of the website. The first whose path fits is shown. */
export const pages: readonly Page[] = [
  { path: "/", show: homePage },
  { path: "/search", show: searchPage, example: "/search?what=somebody to talk to" },
  { path: "/search", show: searchPage },
  ...assetTypes.map((type): Page => ({ path: `/${folders[type]}/:id`, show: assetPage(type) })),
];
