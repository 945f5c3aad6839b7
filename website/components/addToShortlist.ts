import { type Html, html } from "../html.ts";
import type { Visit } from "../page.ts";
import { mostListed } from "../shortlistIds.ts";

/** The form that all buttons of shortlists send, wherever they stand: the list is in each page once, and not in each button. */
const form = "shortlist-form";

/** That form. The layout has it. */
export function shortlistForm({ addresses }: Pick<Visit, "addresses">): Html {
  return html`<form id="${form}" action="${addresses.shortlist()}" method="get" hidden>
    ${addresses.list.length === 0 ? null : html`<input type="hidden" name="ids" value="${addresses.list.join(",")}" />`}
  </form>`;
}

/**
 * Puts something on the shortlist, or takes it off: the answer is the list, in an address. With JavaScript the page stays, and the list is kept in the browser
 * (`browser/shortlist.ts`). Null where the list is full.
 */
export function addToShortlist(
  { id, name }: { readonly id: string; readonly name: string },
  visit: Visit,
): Html | null {
  const { say, english } = visit.words;
  const { list } = visit.addresses;
  const isOn = list.includes(id);
  if (!isOn && list.length >= mostListed) return null;
  return html`<button
    form="${form}"
    name="${isOn ? "remove" : "add"}"
    value="${id}"
    class="govuk-button govuk-button--secondary govuk-!-margin-bottom-1 app-only-on-screen"
    data-shortlist="${say("shortlist.add")}"
    data-remove="${say("shortlist.remove")}"
  >
    <span>${say(isOn ? "shortlist.remove" : "shortlist.add")}</span
    ><span class="govuk-visually-hidden">: ${english(name)}</span>
  </button>`;
}

/** What a form that is sent by its address takes along, so that the shortlist is not lost. */
export function shortlistField({ addresses: { list } }: Pick<Visit, "addresses">): Html | null {
  return list.length === 0 ? null : html`<input type="hidden" name="list" value="${list.join(",")}" />`;
}
