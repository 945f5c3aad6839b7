import { type Content, type Html, html } from "../html.ts";
import type { AssetCardFragment, SessionShortFragment } from "../operations.generated.ts";
import type { Visit } from "../page.ts";
import type { Words } from "../words/words.ts";
import { addToShortlist } from "./addToShortlist.ts";
import { facts } from "./facts.ts";
import { govuk } from "./govuk.ts";
import { costInWords, dateInWords, distanceInWords } from "./inWords.ts";
import { reachedBy } from "./reachedBy.ts";
import { webLink } from "./webAddress.ts";

/** An asset in a list: enough to know whether to go, and how. `why`: why it is in this list, in a sentence of the API. */
export function assetCard(
  asset: AssetCardFragment,
  visit: Visit,
  {
    distanceMetres = null,
    why = null,
    site = null,
    number = null,
    session = null,
    after = null,
  }: {
    readonly distanceMetres?: number | null;
    readonly why?: string | null;
    /** Where it is, of the places where it is, when one was asked about. */
    readonly site?: { readonly name: string } | null;
    /** Its number on a map of the list. */
    readonly number?: number | null;
    /** The session that it is listed for; null: the next of its sessions is told. */
    readonly session?: SessionShortFragment | null;
    /** What stands at its end, in place of the way onto the shortlist. */
    readonly after?: Html | null;
  } = {},
): Html {
  const { words, addresses } = visit;
  const { say, english } = words;
  return html`<li class="app-card" ${number === null ? null : html`id="result-${number}"`}>
    <h2 class="govuk-heading-m app-card__title">
      ${number === null ? null : html`<span class="app-number">${number}</span>`}
      <a class="govuk-link" href="${addresses.asset(asset)}">${english(html`<bdi>${asset.name}</bdi>`)}</a>
    </h2>
    ${sampleTag(asset.source.sample, words)}
    ${asset.summary === null ? null : html`<p class="govuk-body">${english(asset.summary)}</p>`}
    ${facts([
      [say("asset.when"), whenOf(asset, session, visit)],
      [say("asset.where"), whereOf(asset, words, site, distanceMetres)],
      [
        say("asset.cost"),
        costInWords(asset.cost, words) ?? (asset.__typename === "Activity" ? say("asset.cost.notStated") : null),
      ],
      [say("asset.for"), englishOrNull(asset.eligibility.description, words)],
      [say("asset.stepFree"), say(`asset.stepFree.${asset.accessibility.stepFree}`)],
      [say("asset.join"), contactOf(asset.contact)],
      [say("asset.why"), englishOrNull(why, words)],
    ])}
    <p class="govuk-body-s">${confirmedInWords(asset, words)}</p>
    ${after ?? addToShortlist(asset, visit)}
  </li>`;
}

/** "Sample", wherever something invented is shown; null for what is not. */
export function sampleTag(isSample: boolean, { say }: Words): Html | null {
  if (!isSample) return null;
  return html`<p class="govuk-body-s app-sample">
    ${govuk("tag", { text: say("asset.sample"), classes: "govuk-tag--red" })} ${say("asset.sample.text")}
  </p>`;
}

/** When the facts of an asset were last confirmed, and whose they are. */
export function confirmedInWords(
  { freshness, source }: Pick<AssetCardFragment, "freshness" | "source">,
  words: Words,
): string {
  const { say } = words;
  if (freshness.lastConfirmedOn === null) return say("asset.neverConfirmed", { source: source.publisher });
  const date = dateInWords(freshness.lastConfirmedOn, words);
  return say(freshness.status === "OVERDUE" ? "asset.overdue" : "asset.confirmed", { date, source: source.publisher });
}

/** How to reach whoever runs it: each as something to press. Null when nothing is known. */
export function contactOf(contact: AssetCardFragment["contact"]): Html | null {
  if (contact === null) return null;
  const { telephone, email, url } = contact;
  const ways = [
    telephone === null ? null : reachedBy(telephone),
    email === null ? null : reachedBy(email),
    webLink(url),
  ].filter((way) => way !== null);
  return ways.length === 0 ? null : html`${ways.map((way) => html`<div>${way}</div>`)}`;
}

function whenOf(asset: AssetCardFragment, listedFor: SessionShortFragment | null, { words, now }: Visit): Content {
  const { say, english } = words;
  if (asset.__typename === "Place")
    return asset.openingHoursInWords === null ? null : english(asset.openingHoursInWords);
  if (asset.__typename !== "Activity") return null;
  const { scheduleInWords } = asset;
  // A list that is kept for a while may have what has ended since.
  const session = listedFor !== null && Date.parse(listedFor.end) > now.getTime() ? listedFor : asset.nextSession;
  if (scheduleInWords === null && session === null) return null;
  return [
    scheduleInWords === null ? null : html`<div>${english(scheduleInWords)}</div>`,
    session === null
      ? null
      : html`<div>
          ${say(Date.parse(session.start) <= now.getTime() ? "asset.onNow" : "asset.next")}: ${english(session.inWords)}
          ${session.status === "SCHEDULED" ? null : html`<strong>${say(`session.${session.status}`)}</strong>`}
        </div>`,
  ];
}

function whereOf(
  asset: AssetCardFragment,
  words: Words,
  site: { readonly name: string } | null,
  distanceMetres: number | null,
): Content {
  const name =
    site?.name ??
    (asset.__typename === "Activity"
      ? asset.heldAt.map((place) => place.name).join("; ")
      : asset.__typename === "Place"
        ? [asset.address.streetAddress, asset.address.addressLocality, asset.address.postalCode]
            .filter(Boolean)
            .join(", ")
        : "");
  const how = asset.reach.kinds.filter((kind) => kind !== "AT_A_PLACE").map((kind) => words.say(`reach.${kind}`));
  const parts = [
    name === "" ? null : words.english(html`<bdi>${name}</bdi>`),
    distanceMetres === null ? null : distanceInWords(distanceMetres, words),
    ...how,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.map((part, index) => (index === 0 ? part : html`, ${part}`));
}

function englishOrNull(text: string | null, { english }: Words): Html | null {
  return text === null ? null : english(text);
}
