import qrcode from "qrcode";
import type { Visit } from "../page.ts";
import { notFoundPage } from "./notFoundPage.ts";

/** What codes are made for: the pages of things, and shortlists. */
const pattern =
  /^(\/[a-z]{2})?\/(activities|groups|organisations|places)\/[\w-]{1,40}$|^(\/[a-z]{2})?\/shortlist\?ids=([\w-]|%2C){1,1700}$/;

/** A code that telephones scan (QR), which leads to a page of this website: never to another's. */
export async function codeToScan(visit: Visit) {
  const { query, request, settings } = visit;
  const to = query.get("to") ?? "";
  if (!pattern.test(to)) return notFoundPage(visit);
  const svg = await qrcode.toString(`${settings.url}${to}`, { type: "svg", errorCorrectionLevel: "L", margin: 4 });
  return request.body(svg, 200, {
    "content-type": "image/svg+xml; charset=utf-8",
    "cache-control": "public, max-age=31536000, immutable",
  });
}
