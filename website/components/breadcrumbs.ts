import type { Html } from "../html.ts";
import type { Visit } from "../page.ts";
import { govuk } from "./govuk.ts";

/** Where in the website a page is, below the home page; the page itself is not among them. */
export function breadcrumbs(
  { words: { say }, addresses }: Visit,
  above: readonly { readonly text: string; readonly href: string }[],
): Html {
  return govuk("breadcrumbs", {
    labelText: say("breadcrumbs.label"),
    items: [{ text: say("breadcrumbs.home"), href: addresses.home }, ...above],
  });
}
