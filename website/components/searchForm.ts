import { type Html, html } from "../html.ts";
import type { Visit } from "../page.ts";
import { shortlistField } from "./addToShortlist.ts";
import { govuk } from "./govuk.ts";

/** The two questions that everything begins with. With JavaScript, what is typed is completed (`browser/searchBox.ts`). */
export function searchForm(
  visit: Visit,
  {
    what,
    where,
    problemWithWhere = null,
  }: { readonly what: string; readonly where: string; readonly problemWithWhere?: string | null },
): Html {
  const {
    words: { say },
    addresses,
  } = visit;
  return html`<form
    class="app-search"
    action="${addresses.search()}"
    method="get"
    role="search"
    data-search-box
    data-text-help="${say("suggest.help")}"
    data-text-none="${say("suggest.none")}"
    data-text-count="${say("suggest.count", { count: "{count}" })}"
    data-text-chosen="${say("suggest.chosen", { text: "{text}", number: "{number}", count: "{count}" })}"
    data-text-use-location="${say("location.use")}"
    data-text-asking="${say("location.asking")}"
    data-text-found="${say("location.found")}"
    data-text-refused="${say("location.refused")}"
    data-text-not-found="${say("location.notFound")}"
  >
    ${shortlistField(visit)}
    ${govuk("input", {
      id: "what",
      name: "what",
      value: what,
      label: { text: say("search.what"), classes: "govuk-label--s" },
      hint: { text: say("search.what.hint") },
      attributes: { maxlength: "300", "data-suggest": "what" },
    })}
    ${govuk("input", {
      id: "where",
      name: "where",
      value: where,
      label: { text: say("search.where"), classes: "govuk-label--s" },
      hint: { text: say("search.where.hint") },
      attributes: { maxlength: "200", "data-suggest": "where" },
      autocomplete: "postal-code",
      ...(problemWithWhere === null ? {} : { errorMessage: { text: problemWithWhere } }),
    })}
    ${govuk("button", { text: say("search.button") })}
  </form>`;
}
