import { govuk } from "../../components/govuk.ts";
import type { Html } from "../../html.ts";
import type { Words } from "../../words/words.ts";
import { milesToChoose, partsOfDay, type SearchAsked } from "./searchAsked.ts";

/** The field for the part of the day that something is on. */
export function partOfDayField({ partOfDay }: Pick<SearchAsked, "partOfDay">, { say }: Words): Html {
  return govuk("select", {
    id: "part",
    name: "part",
    label: { text: say("search.filters.part"), classes: "govuk-label--s" },
    items: [
      { value: "", text: say("search.filters.any") },
      ...partsOfDay.map((part) => ({ value: part, text: say(`part.${part}`), selected: part === partOfDay })),
    ],
  });
}

/** The field for how far away something may be; of use where a place is asked about. */
export function withinField({ withinMiles }: Pick<SearchAsked, "withinMiles">, { say }: Words): Html {
  return govuk("select", {
    id: "within",
    name: "within",
    label: { text: say("search.filters.within"), classes: "govuk-label--s" },
    items: [
      { value: "", text: say("search.filters.any") },
      ...milesToChoose.map((miles) => ({
        value: miles,
        text: say("search.filters.withinMiles", { miles }),
        selected: miles === withinMiles,
      })),
    ],
  });
}

/** The field for how old the person is whom it is for. */
export function ageField({ age }: Pick<SearchAsked, "age">, { say }: Words): Html {
  return govuk("input", {
    id: "age",
    name: "age",
    value: age ?? "",
    label: { text: say("search.filters.age"), classes: "govuk-label--s" },
    hint: { text: say("search.filters.age.hint") },
    classes: "govuk-input--width-3",
    inputmode: "numeric",
  });
}
