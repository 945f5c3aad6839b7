import { assetLink } from "../../components/assetLinks.ts";
import { govuk } from "../../components/govuk.ts";
import { dateInWords } from "../../components/inWords.ts";
import { sessionTag } from "../../components/sessionTag.ts";
import { type Html, html } from "../../html.ts";
import { clockInWords, localTimeOf } from "../../localTime.ts";
import type { ActivityWholeQuery, PlaceWholeQuery } from "../../operations.generated.ts";
import type { Visit } from "../../page.ts";

type Activity = NonNullable<ActivityWholeQuery["activity"]>;
type Place = NonNullable<PlaceWholeQuery["place"]>;

/** When it is on: as a rule, and the next times with what happened to each of them. */
export function activityTimes(activity: Activity, visit: Visit): Html {
  const { say, english } = visit.words;
  const { scheduleInWords, sessions, heldAt } = activity;
  const isUsualPlace = (id: string) => heldAt.length === 1 && heldAt[0]?.id === id;
  return html`<h2 class="govuk-heading-m" id="when">${say("thing.when")}</h2>
    <p class="govuk-body">${scheduleInWords === null ? say("thing.when.unknown") : english(scheduleInWords)}</p>
    ${
      sessions.edges.length === 0
        ? null
        : html`<h3 class="govuk-heading-s">${say("thing.when.sessions")}</h3>
            <ul class="govuk-list govuk-list--bullet">
              ${sessions.edges.map(
                ({ node: { inWords, status, note, place, sample } }) =>
                  html`<li>
                    ${status === "CANCELLED" ? html`<s>${english(inWords)}</s>` : english(inWords)}
                    ${sessionTag(status, visit.words)}
                    ${sample && !activity.source.sample ? govuk("tag", { text: say("thing.when.sample"), classes: "govuk-tag--red app-tag" }) : null}
                    ${place === null || isUsualPlace(place.id) ? null : html`<div>${assetLink(place, visit)}</div>`}
                    ${note === null ? null : html`<div>${english(note)}</div>`}
                  </li>`,
              )}
            </ul>`
    }`;
}

/** When a place is open: as a rule, now, and when not though the rule says so. */
export function placeTimes(place: Place, visit: Visit): Html {
  const { words, now } = visit;
  const { say, english } = words;
  const { openingHoursInWords, isOpenAt, opensNext, closures } = place;
  const today = localTimeOf(now).date;
  const toCome = closures.filter(({ through }) => through >= today).slice(0, 12);
  return html`<h2 class="govuk-heading-m" id="when">${say("thing.when.hours")}</h2>
    <p class="govuk-body">
      ${openingHoursInWords === null ? say("thing.when.hoursUnknown") : english(openingHoursInWords)}
    </p>
    ${
      isOpenAt === null
        ? null
        : html`<p class="govuk-body">
            ${isOpenAt ? say("thing.when.open") : say("thing.when.closed")}
            ${isOpenAt || opensNext === null ? null : say("thing.when.opensNext", { day: dateInWords(localTimeOf(new Date(opensNext)).date, words), time: clockInWords(new Date(opensNext)) })}
          </p>`
    }
    ${
      toCome.length === 0
        ? null
        : html`<h3 class="govuk-heading-s">${say("thing.when.closures")}</h3>
            <ul class="govuk-list govuk-list--bullet">
              ${toCome.map(({ from, through, reason }) => html`<li>${from === through ? dateInWords(from, words) : say("thing.when.closures.range", { from: dateInWords(from, words), through: dateInWords(through, words) })}: ${english(reason)}</li>`)}
            </ul>`
    }`;
}
