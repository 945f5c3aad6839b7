import type { DayOfWeek, Event, Organization, Place, Schedule, Thing, WithContext } from "schema-dts";
import { webAddress } from "../../components/webAddress.ts";
import type {
  ActivityWholeQuery,
  AssetWholeFragment,
  GroupWholeQuery,
  OrganisationWholeQuery,
  PlaceGoneToFragment,
  PlaceWholeQuery,
} from "../../operations.generated.ts";

type AnActivity = NonNullable<ActivityWholeQuery["activity"]>;
type AGroup = NonNullable<GroupWholeQuery["group"]>;
type AnOrganisation = NonNullable<OrganisationWholeQuery["organisation"]>;
type APlace = NonNullable<PlaceWholeQuery["place"]>;

const context = "https://schema.org";

/** What schema.org says of an asset, for search engines, at the address of its page. Empty for what is invented: nobody is to find it there. */
export function assetJsonLd(
  asset: AnActivity | AGroup | AnOrganisation | APlace,
  address: string,
): readonly WithContext<Thing>[] {
  if (asset.source.sample) return [];
  switch (asset.__typename) {
    case "Activity":
      return [{ "@context": context, ...event(asset, address) }];
    case "Group":
      return [{ "@context": context, ...organization(asset, asset.meetsAt, address) }];
    case "Organisation":
      return [
        {
          "@context": context,
          ...organization(asset, asset.basedAt, address),
          ...(asset.charityNumber === null
            ? {}
            : {
                identifier: {
                  "@type": "PropertyValue",
                  propertyID: "Charity Commission for England and Wales",
                  value: asset.charityNumber,
                },
              }),
        },
      ];
    case "Place":
      return [{ "@context": context, ...placeWhole(asset, address) }];
  }
}

function event(activity: AnActivity, address: string): Exclude<Event, string> {
  const { name, summary, cost, sessions, schedule, heldAt, runBy, hostedBy } = activity;
  const next = sessions.edges.find(({ node }) => node.status !== "CANCELLED" && !node.sample)?.node;
  return {
    "@type": "Event",
    "@id": address,
    name,
    ...(summary === null ? {} : { description: summary }),
    url: webAddress(activity.url)?.href ?? address,
    ...(next === undefined ? {} : { startDate: next.start, endDate: next.end }),
    ...(cost === null ? {} : { isAccessibleForFree: cost.isFree }),
    eventSchedule: schedule.filter(isSayable).map(scheduleOf),
    location: heldAt.filter(({ source }) => !source.sample).map(place),
    organizer: [...runBy, ...hostedBy]
      .filter(({ source }) => !source.sample)
      .map((one) => ({ "@type": "Organization", name: one.name })),
  };
}

type Rule = AnActivity["schedule"][number];

/** Schema.org has no words for school holidays, and a rule without them would send people in vain. */
function isSayable({ isDated, sample, during, exceptDuring }: Rule): boolean {
  return isDated && !sample && during.length === 0 && exceptDuring.length === 0;
}

function scheduleOf(rule: Rule): Schedule {
  const { startDate, endDate, startTime, endTime, repeatFrequency, repeatCount, byDay } = rule;
  return {
    "@type": "Schedule",
    scheduleTimezone: "Europe/London",
    ...(startDate === null ? {} : { startDate }),
    ...(endDate === null ? {} : { endDate }),
    ...(startTime === null ? {} : { startTime }),
    ...(endTime === null ? {} : { endTime }),
    ...(repeatFrequency === null ? {} : { repeatFrequency }),
    ...(repeatCount === null ? {} : { repeatCount }),
    ...(byDay.length === 0 ? {} : { byDay: byDay.map(schemaDay) }),
    ...(rule.byMonth.length === 0 ? {} : { byMonth: rule.byMonth }),
    ...(rule.byMonthDay.length === 0 ? {} : { byMonthDay: rule.byMonthDay }),
    ...(rule.byWeekOfMonth.length === 0 ? {} : { byMonthWeek: rule.byWeekOfMonth }),
    ...(rule.exceptDate.length === 0 ? {} : { exceptDate: rule.exceptDate }),
  };
}

function organization(
  { name, summary, url, contact }: AssetWholeFragment,
  places: readonly PlaceGoneToFragment[],
  address: string,
): Exclude<Organization, string> {
  return {
    "@type": "Organization",
    "@id": address,
    name,
    ...(summary === null ? {} : { description: summary }),
    url: webAddress(url)?.href ?? address,
    ...reachedBy(contact),
    location: places.filter(({ source }) => !source.sample).map(place),
  };
}

function placeWhole(asset: APlace, address: string): Exclude<Place, string> {
  const { summary, url, contact, openingHours, accessibility } = asset;
  return {
    ...place(asset),
    "@id": address,
    ...(summary === null ? {} : { description: summary }),
    url: webAddress(url)?.href ?? address,
    ...reachedBy(contact),
    openingHoursSpecification: openingHours.map(({ byDay, opens, closes }) => ({
      "@type": "OpeningHoursSpecification",
      dayOfWeek: byDay.map(schemaDay),
      opens,
      closes,
    })),
    ...(accessibility.stepFree === "UNKNOWN"
      ? {}
      : {
          amenityFeature: {
            "@type": "LocationFeatureSpecification",
            name: "Step-free access",
            value: accessibility.stepFree === "YES",
          },
        }),
  };
}

function place({ name, address, location }: Pick<PlaceGoneToFragment, "name" | "address" | "location">) {
  const { streetAddress, addressLocality, postalCode } = address;
  return {
    "@type": "Place" as const,
    name,
    address: {
      "@type": "PostalAddress" as const,
      ...(streetAddress === null ? {} : { streetAddress }),
      ...(addressLocality === null ? {} : { addressLocality }),
      ...(postalCode === null ? {} : { postalCode }),
      addressCountry: "GB",
    },
    ...(location === null ? {} : { geo: { "@type": "GeoCoordinates" as const, ...location } }),
  };
}

function reachedBy(contact: AssetWholeFragment["contact"]) {
  const { telephone = null, email = null } = contact ?? {};
  return { ...(telephone === null ? {} : { telephone }), ...(email === null ? {} : { email }) };
}

/** "MONDAY" as schema.org has it. */
function schemaDay(day: Rule["byDay"][number]): DayOfWeek {
  return `https://schema.org/${day.slice(0, 1)}${day.slice(1).toLowerCase()}` as DayOfWeek;
}
