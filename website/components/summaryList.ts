import { type Content, type Html, html } from "../html.ts";
import { govuk } from "./govuk.ts";

/** What is known, each by its name, on a page of its own: on a narrow screen the one stands above the other. What is null is left out. */
export function summaryList(known: readonly (readonly [name: string, fact: Content])[]): Html {
  return govuk("summary-list", {
    classes: "app-summary",
    rows: known
      .filter(([, fact]) => fact !== null && fact !== undefined && fact !== "")
      .map(([name, fact]) => ({ key: { text: name }, value: { html: html`${fact}` } })),
  });
}
