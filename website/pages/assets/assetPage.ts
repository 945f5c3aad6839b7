import { type AssetType, assetTypes } from "../../addresses.ts";
import { type Answer, ApiProblem } from "../../api.ts";
import { confirmedInWords, sampleTag } from "../../components/assetCard.ts";
import { assetLinks } from "../../components/assetLinks.ts";
import { breadcrumbs } from "../../components/breadcrumbs.ts";
import { costInWords } from "../../components/inWords.ts";
import { markdown } from "../../components/markdown.ts";
import { summaryList } from "../../components/summaryList.ts";
import { type Content, type Html, html } from "../../html.ts";
import {
  activityWholeQuery,
  type ActivityWholeQuery,
  groupWholeQuery,
  type GroupWholeQuery,
  kindOfQuery,
  organisationWholeQuery,
  type OrganisationWholeQuery,
  placeWholeQuery,
  type PlaceWholeQuery,
} from "../../operations.generated.ts";
import type { Shown, Visit } from "../../page.ts";
import { notFoundPage } from "../notFoundPage.ts";
import { assetJsonLd } from "./assetJsonLd.ts";
import {
  about,
  access,
  activitiesOf,
  addressInWords,
  helps,
  joining,
  otherWays,
  placesGoneTo,
  referral,
} from "./sections.ts";
import { activityTimes, placeTimes } from "./when.ts";
import { whoFor } from "./whoFor.ts";

type AnAsset = NonNullable<
  | ActivityWholeQuery["activity"]
  | GroupWholeQuery["group"]
  | OrganisationWholeQuery["organisation"]
  | PlaceWholeQuery["place"]
>;

/** The page of one asset of a kind. What was merged leads to what it became, and an id of another kind to where that is. */
export function assetPage(type: AssetType): (visit: Visit) => Promise<Shown | Response> {
  return async (visit) => {
    const { named, request, addresses } = visit;
    const id = named["id"] ?? "";
    const { data: asset, isWhole } = await asked(type, visit, id);
    if (asset === null) {
      // What cannot be told now is not what is not there.
      if (!isWhole) throw new ApiProblem("UNAVAILABLE", "A part of the directory does not answer.");
      return elsewhere(visit, id);
    }
    return asset.id === id ? shown(asset, isWhole, visit) : request.redirect(addresses.asset(asset), 301);
  };
}

async function asked(type: AssetType, { api }: Visit, id: string): Promise<Answer<AnAsset | null>> {
  switch (type) {
    case "Activity": {
      const { data, isWhole } = await api.ask(activityWholeQuery, { id });
      return { data: data.activity, isWhole };
    }
    case "Group": {
      const { data, isWhole } = await api.ask(groupWholeQuery, { id });
      return { data: data.group, isWhole };
    }
    case "Organisation": {
      const { data, isWhole } = await api.ask(organisationWholeQuery, { id });
      return { data: data.organisation, isWhole };
    }
    case "Place": {
      const { data, isWhole } = await api.ask(placeWholeQuery, { id });
      return { data: data.place, isWhole };
    }
  }
}

async function elsewhere(visit: Visit, id: string): Promise<Shown | Response> {
  const { api, request, addresses } = visit;
  const { data, isWhole } = await api.ask(kindOfQuery, { id });
  const type = assetTypes.find((one) => one === data.node?.__typename);
  if (data.node !== null && type !== undefined) {
    return request.redirect(addresses.asset({ __typename: type, id: data.node.id }), 301);
  }
  if (!isWhole) throw new ApiProblem("UNAVAILABLE", "A part of the directory does not answer.");
  return notFoundPage(visit);
}

function shown(asset: AnAsset, isWhole: boolean, visit: Visit): Shown {
  const { words, addresses, settings } = visit;
  const { say, english } = words;
  const { __typename: type, name, summary, description, source } = asset;
  const path = addresses.asset(asset);
  return {
    title: name,
    description: summary,
    isWhole,
    // Nobody is to come upon something invented by a search engine.
    isIndexed: !source.sample,
    jsonLd: assetJsonLd(asset, `${settings.url}${path}`),
    canonical: path,
    scripts: ["print"],
    // A place may open or close before the usual time is over.
    ...(asset.__typename === "Place" && asset.isOpenAt !== null ? { maxAgeSeconds: 60 } : {}),
    before: breadcrumbs(visit, [
      {
        text: say(`thing.kinds.${type}`),
        href: addresses.search({ kind: type.toUpperCase() }),
      },
    ]),
    main: html`<div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-xl">${english(html`<bdi>${name}</bdi>`)}</h1>
        ${sampleTag(source.sample, words)}
        ${summary === null ? null : html`<p class="govuk-body-l">${english(summary)}</p>`}
        <p class="govuk-body-s">${confirmedInWords(asset, words)}</p>
        ${actions(asset, visit)} ${description === null ? null : english(markdown(description))}
        ${sections(asset, visit)}
      </div>
    </div>`,
  };
}

function sections(asset: AnAsset, visit: Visit): Content {
  switch (asset.__typename) {
    case "Activity":
      return [
        activityTimes(asset, visit),
        where(asset.heldAt, asset, visit),
        cost(asset, visit),
        whoFor(asset, visit),
        joining(asset, [...asset.runBy, ...asset.hostedBy], visit),
        access(asset, asset.heldAt, visit),
        helps(asset, visit),
        referral(asset, visit),
        behind(
          [
            [visit.words.say("thing.people.runBy"), assetLinks(asset.runBy, visit)],
            [visit.words.say("thing.people.hostedBy"), assetLinks(asset.hostedBy, visit)],
          ],
          visit,
        ),
        about(asset, visit),
      ];
    case "Group":
      return [
        where(asset.meetsAt, asset, visit),
        activitiesOf(visit.words.say("thing.activities.Group"), asset.activities, visit),
        cost(asset, visit),
        whoFor(asset, visit),
        joining(asset, asset.runBy, visit),
        access(asset, asset.meetsAt, visit),
        helps(asset, visit),
        referral(asset, visit),
        behind(
          [
            [
              visit.words.say("thing.people.runBy"),
              assetLinks(asset.runBy, visit) ?? visit.words.say("thing.people.ownMembers"),
            ],
          ],
          visit,
        ),
        about(asset, visit),
      ];
    case "Organisation":
      return [
        joining(asset, [], visit),
        activitiesOf(visit.words.say("thing.activities.Organisation"), asset.activities, visit),
        groups(asset, visit),
        where(asset.basedAt, asset, visit),
        cost(asset, visit),
        whoFor(asset, visit),
        access(asset, asset.basedAt, visit),
        helps(asset, visit),
        referral(asset, visit),
        behind([[visit.words.say("thing.people.charity"), asset.charityNumber]], visit),
        about(asset, visit),
      ];
    case "Place":
      return [
        standing(asset, visit),
        placeTimes(asset, visit),
        activitiesOf(visit.words.say("thing.activities.Place"), asset.activities, visit),
        cost(asset, visit),
        whoFor(asset, visit),
        joining(asset, [], visit),
        access(asset, [], visit),
        helps(asset, visit),
        referral(asset, visit),
        about(asset, visit),
      ];
  }
}

/** What one can do with it. Printing needs JavaScript, which shows the button for it. */
function actions(asset: AnAsset, { words: { say }, addresses }: Visit): Html {
  const { id } = asset;
  return html`<ul class="app-actions app-only-on-screen" aria-label="${say("thing.actions")}">
    <li><a class="govuk-link" href="${addresses.shortlist([id])}">${say("thing.addToShortlist")}</a></li>
    ${asset.__typename === "Activity" && asset.scheduleInWords !== null ? html`<li><a class="govuk-link" href="${addresses.calendar("activities", id)}">${say("thing.calendar")}</a></li>` : null}
    <li><a class="govuk-link" href="${addresses.suggestEdit(id)}">${say("thing.suggestEdit")}</a></li>
    <li hidden data-print><button class="app-link-button" type="button">${say("thing.print")}</button></li>
  </ul>`;
}

function where(
  places: Parameters<typeof placesGoneTo>[0],
  asset: Exclude<AnAsset, { readonly __typename: "Place" }>,
  visit: Visit,
): Html {
  const { say } = visit.words;
  const ways = otherWays(asset, visit);
  return html`<h2 class="govuk-heading-m" id="where">
      ${say(asset.__typename === "Group" ? "thing.where.meetsAt" : asset.__typename === "Organisation" ? "thing.where.basedAt" : "thing.where")}
    </h2>
    ${places.length === 0 && ways === null ? html`<p class="govuk-body">${say("thing.where.unknown")}</p>` : null}
    ${places.length === 0 ? null : placesGoneTo(places, visit)} ${ways}`;
}

function standing(
  { address, areas, category }: Extract<AnAsset, { readonly __typename: "Place" }>,
  { words: { say, english }, addresses }: Visit,
): Html {
  const named = areas.filter(({ slug }) => slug !== null);
  const known = addressInWords(address);
  return html`<h2 class="govuk-heading-m" id="where">${say("thing.where")}</h2>
    ${summaryList([
      [say("thing.where.kind"), english(category)],
      [say("thing.where.address"), known === null ? say("thing.where.addressUnknown") : english(known)],
      [
        say("thing.where.nearby"),
        named.length === 0
          ? null
          : named.map(
              (area) =>
                html`<div>
                  <a class="govuk-link" href="${addresses.area(area)}">${english(area.name)}</a>
                </div>`,
            ),
      ],
    ])}`;
}

/** An organisation or a place costs nothing in itself: what is not stated of it is not worth a heading. */
function cost(asset: AnAsset, { words }: Visit): Html | null {
  const { say } = words;
  const stated = costInWords(asset.cost, words);
  if (stated === null && asset.__typename !== "Activity") return null;
  return html`<h2 class="govuk-heading-m" id="cost">${say("thing.cost")}</h2>
    <p class="govuk-body">${stated ?? say("asset.cost.notStated")}</p>`;
}

function groups(
  { groups: { totalCount, edges } }: Extract<AnAsset, { readonly __typename: "Organisation" }>,
  visit: Visit,
): Html | null {
  const { say } = visit.words;
  if (edges.length === 0) return null;
  const more = totalCount - edges.length;
  return html`<h2 class="govuk-heading-m" id="groups">${say("thing.groups")}</h2>
    <ul class="govuk-list govuk-list--bullet">
      ${edges.map(({ node }) => html`<li>${assetLinks([node], visit)}</li>`)}
    </ul>
    ${more <= 0 ? null : html`<p class="govuk-body">${say("thing.activities.more", { count: more })}</p>`}`;
}

function behind(known: readonly (readonly [string, Content])[], { words: { say } }: Visit): Html | null {
  if (known.every(([, fact]) => fact === null)) return null;
  return html`<h2 class="govuk-heading-m" id="people">${say("thing.people")}</h2>
    ${summaryList(known)}`;
}
