import { contactOf } from "../../components/assetCard.ts";
import { assetLink } from "../../components/assetLinks.ts";
import { govuk } from "../../components/govuk.ts";
import { asOfInWords, dateInWords } from "../../components/inWords.ts";
import { summaryList } from "../../components/summaryList.ts";
import { webLink } from "../../components/webAddress.ts";
import { type Html, html } from "../../html.ts";
import type {
  ActivityListedFragment,
  AssetNamedFragment,
  AssetWholeFragment,
  PlaceGoneToFragment,
} from "../../operations.generated.ts";
import type { Visit } from "../../page.ts";

/** "12 High Street, Oldham, OL1 1AA", of what of it is known; null when nothing is. */
export function addressInWords({
  streetAddress,
  addressLocality,
  postalCode,
}: PlaceGoneToFragment["address"]): string | null {
  const parts = [streetAddress, addressLocality, postalCode].filter((part) => part !== null && part !== "");
  return parts.length === 0 ? null : parts.join(", ");
}

/** How to get in touch; where nothing is known of it, whom to ask instead. */
export function joining(asset: AssetWholeFragment, runBy: readonly AssetNamedFragment[], visit: Visit): Html {
  const { say } = visit.words;
  const contact = contactOf(asset.contact);
  const website = webLink(asset.url);
  return html`<h2 class="govuk-heading-m" id="join">
      ${say(asset.__typename === "Activity" || asset.__typename === "Group" ? "thing.join" : "thing.contact")}
    </h2>
    ${
      contact === null && website === null
        ? runBy.length === 0
          ? html`<p class="govuk-body">${say("thing.join.unknown")}</p>`
          : html`<p class="govuk-body">${say("thing.join.askRunBy")}</p>
              <ul class="govuk-list govuk-list--bullet">
                ${runBy.map((one) => html`<li>${assetLink(one, visit)}</li>`)}
              </ul>`
        : summaryList([
            [say("thing.contactPage"), contact],
            [say("thing.website"), website],
          ])
    }`;
}

/** What is known of getting in, of the thing itself and of the places one would go to. */
export function access(
  { accessibility }: Pick<AssetWholeFragment, "accessibility">,
  places: readonly PlaceGoneToFragment[],
  { words: { say, english } }: Visit,
): Html {
  const known = ({ stepFree, accessibleToilet, hearingLoop }: AssetWholeFragment["accessibility"]) =>
    [stepFree, accessibleToilet, hearingLoop].every((answer) => answer === "UNKNOWN")
      ? html`<p class="govuk-body">${say("thing.access.unknown")}</p>`
      : summaryList([
          [say("asset.stepFree"), say(`asset.stepFree.${stepFree}`)],
          [say("thing.access.toilet"), say(`asset.stepFree.${accessibleToilet}`)],
          [say("thing.access.loop"), say(`asset.stepFree.${hearingLoop}`)],
        ]);
  return html`<h2 class="govuk-heading-m" id="access">${say("thing.access")}</h2>
    ${known(accessibility)}
    ${places.map(
      (place) =>
        html`<h3 class="govuk-heading-s">${english(html`<bdi>${place.name}</bdi>`)}</h3>
          ${known(place.accessibility)}`,
    )}`;
}

/** Places, each with what one has to know to go there. */
export function placesGoneTo(places: readonly PlaceGoneToFragment[], visit: Visit): Html {
  const { say, english } = visit.words;
  return html`<ul class="govuk-list govuk-list--spaced">
    ${places.map((place) => {
      const address = addressInWords(place.address);
      return html`<li>
        ${assetLink(place, visit)} ${address === null ? null : html`<div>${english(address)}</div>`}
        ${place.openingHoursInWords === null ? null : html`<div>${say("thing.where.hours")}: ${english(place.openingHoursInWords)}</div>`}
      </li>`;
    })}
  </ul>`;
}

/** How it reaches people beside at a place. Null when it does in no other way. */
export function otherWays({ reach }: Pick<AssetWholeFragment, "reach">, { words: { say } }: Visit): Html | null {
  const ways = reach.kinds.filter((kind) => kind !== "AT_A_PLACE");
  if (ways.length === 0) return null;
  return html`<ul class="govuk-list govuk-list--bullet">
    ${ways.map((kind) => html`<li>${say(`reach.${kind}`)}</li>`)}
  </ul>`;
}

/** What it helps with, the most first, and where ways to get that help are told. Null when nothing is stated. */
export function helps(
  { supports }: AssetWholeFragment,
  { words: { say, mark, english }, addresses }: Visit,
): Html | null {
  const [first] = supports.edges;
  if (first === undefined) return null;
  const { condition: most } = first.node;
  return html`<h2 class="govuk-heading-m" id="helps">${say("thing.helps")}</h2>
    <ul class="govuk-list govuk-list--bullet">
      ${supports.edges.map(
        ({ node: { condition, byReferral, evidence } }) =>
          html`<li>
            <a class="govuk-link" href="${addresses.topic(condition.slug)}">${english(condition.name)}</a
            >${byReferral ? html` (${say("thing.helps.byReferral")})` : null}
            ${evidence === null ? null : html`<div class="govuk-hint govuk-!-margin-bottom-1">${say("thing.helps.evidence")}: ${english(evidence)}</div>`}
          </li>`,
      )}
    </ul>
    <p class="govuk-body">
      <a class="govuk-link" href="${addresses.routes({ condition: most.slug })}"
        >${mark("thing.helps.ways", {}, { topic: english(most.name) })}</a
      >
    </p>`;
}

/** Who may send people to it, and how, in short. Null when nobody is known to. */
export function referral({ referredFrom }: AssetWholeFragment, visit: Visit): Html | null {
  const { say, english } = visit.words;
  if (referredFrom.edges.length === 0) return null;
  const more = referredFrom.totalCount - referredFrom.edges.length;
  return html`<h2 class="govuk-heading-m" id="referral">${say("thing.referral")}</h2>
    <ul class="govuk-list govuk-list--spaced">
      ${referredFrom.edges.map(({ node: { from, method, criteria, capacity, waitDays, contact, sample } }) => {
        const who =
          from === null || !("name" in from)
            ? say("thing.referral.someone")
            : from.__typename === "Referrer"
              ? english(from.name)
              : assetLink(from, visit);
        return html`<li>
          <strong>${who}</strong>: ${say(`thing.referral.method.${method}`)}
          ${contact === null ? null : (webLink(contact) ?? english(contact))}
          ${criteria === null || isSaid(criteria, from) ? null : english(criteria)}
          ${capacity === null || capacity === "OPEN" ? null : html`<strong>${say(`thing.referral.capacity.${capacity}`)}</strong>`}
          ${waitDays === null ? null : say("thing.referral.wait", { days: waitDays })}
          ${sample ? govuk("tag", { text: say("thing.referral.sample"), classes: "govuk-tag--red app-tag" }) : null}
        </li>`;
      })}
    </ul>
    ${more <= 0 ? null : html`<p class="govuk-body">${say("thing.referral.more", { count: more })}</p>`}`;
}

/** Whether the name of whoever refers people says it already: "Anyone" of anyone. */
function isSaid(criteria: string, from: object | null): boolean {
  return from !== null && "name" in from && from.name === criteria.replace(/\.$/, "");
}

/** Activities under whoever puts them on, or where they are. Null when there are none. */
export function activitiesOf(
  title: string,
  {
    totalCount,
    edges,
  }: { readonly totalCount: number; readonly edges: readonly { readonly node: ActivityListedFragment }[] },
  visit: Visit,
): Html | null {
  const { say, english } = visit.words;
  if (edges.length === 0) return null;
  const more = totalCount - edges.length;
  return html`<h2 class="govuk-heading-m" id="activities">${title}</h2>
    <ul class="govuk-list govuk-list--spaced">
      ${edges.map(
        ({ node }) =>
          html`<li>
            ${assetLink(node, visit)}
            ${node.scheduleInWords === null ? null : html`<div>${english(node.scheduleInWords)}</div>`}
          </li>`,
      )}
    </ul>
    ${more <= 0 ? null : html`<p class="govuk-body">${say("thing.activities.more", { count: more })}</p>`}`;
}

/** Where what is on the page comes from, when it was true, and under which licence it may be used. */
export function about({ id, freshness, source }: AssetWholeFragment, { words, addresses }: Visit): Html {
  const { say, mark, english } = words;
  const { lastConfirmedOn, confirmBy, status } = freshness;
  const date = lastConfirmedOn === null ? null : dateInWords(lastConfirmedOn, words);
  return html`<h2 class="govuk-heading-m" id="about">${say("thing.about")}</h2>
    ${summaryList([
      [
        say("thing.about.confirmed"),
        date === null
          ? say("thing.about.confirmed.never")
          : status === "OVERDUE"
            ? say("thing.about.confirmed.overdue", { date })
            : date,
      ],
      [say("thing.about.confirmBy"), confirmBy === null || status === "OVERDUE" ? null : dateInWords(confirmBy, words)],
      [say("thing.about.source"), english(webLink(source.url, source.name) ?? source.name)],
      [say("thing.about.publisher"), english(source.publisher)],
      [say("thing.about.asOf"), asOfInWords(source.asOf, words)],
      [say("thing.about.licence"), english(source.licence)],
    ])}
    <p class="govuk-body">
      ${mark("thing.about.wrong", { edit: (text) => html`<a class="govuk-link" href="${addresses.suggestEdit(id)}">${text}</a>` })}
    </p>`;
}
