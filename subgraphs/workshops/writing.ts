import { usualDaysOf } from "../../calendar/usualDaysOf.ts";
import { assetKindOf } from "../../core/ids.ts";
import { contactKeysOf } from "../../graph/contactKeys.ts";
import { int, type Parameter } from "../../graph/graph.ts";
import { ourSource } from "../../core/linkIds.ts";
import { assetsOf, type Effect, isAssetEffect, isLinkEffect, kindOfAsset, type LinkEffect } from "./effects.ts";
import { type MapState, withEffects } from "./mapState.ts";
import { propertiesOfLink } from "./queries/linkRecords.ts";

type Parameters = Readonly<Record<string, Parameter>>;

/** The properties of an asset in the graph that a field is kept in. What is a list, a point, a day or a node of its own is written by itself. */
function propertiesOf(name: string, value: unknown): Parameters {
  const part = (value ?? {}) as Readonly<Record<string, Parameter | undefined>>;
  switch (name) {
    case "contact":
      return {
        email: part["email"] ?? null,
        telephone: part["telephone"] ?? null,
        contactUrl: part["url"] ?? null,
        telephoneKey: contactKeysOf({ telephone: (part["telephone"] as string | undefined) ?? null, url: null })
          .telephoneKey,
      };
    case "url":
      return {
        url: (value ?? null) as Parameter,
        urlKey: contactKeysOf({ telephone: null, url: (value as string | undefined) ?? null }).urlKey,
      };
    case "accessibility":
      return {
        stepFree: part["stepFree"] ?? "UNKNOWN",
        accessibleToilet: part["accessibleToilet"] ?? "UNKNOWN",
        hearingLoop: part["hearingLoop"] ?? "UNKNOWN",
      };
    case "cost":
      return {
        isFree: part["isFree"] ?? null,
        costAmount: part["amount"] ?? null,
        costDescription: part["description"] ?? null,
      };
    case "address":
      return {
        streetAddress: part["streetAddress"] ?? null,
        addressLocality: part["addressLocality"] ?? null,
        postalCode: part["postalCode"] ?? null,
      };
    case "alternateNames":
      return { alternateNames: (value ?? []) as Parameter };
    case "sample":
      return { sample: value === true };
    case "location":
    case "area":
    case "confirmedOn":
    case "eligibility":
    case "openingHours":
    case "schedule":
      return {};
    default:
      return { [name]: (value ?? null) as Parameter };
  }
}

const listOf = (value: unknown) => (value ?? []) as readonly Readonly<Record<string, Parameter>>[];

/** A schedule's node, as the loader writes it; what is empty is no property. */
function scheduleNode(rule: Readonly<Record<string, Parameter>>, position: number, sample: boolean) {
  const { during = [], exceptDuring = [], ...rest } = rule;
  const integers = (value: Parameter | undefined) =>
    value === undefined ? null : (value as readonly number[]).map((one) => int(one));
  const { startDate = null, endDate = null, repeatFrequency = null, repeatCount } = rest;
  return {
    properties: {
      startDate,
      endDate,
      startTime: rest["startTime"] ?? null,
      endTime: rest["endTime"] ?? null,
      repeatFrequency,
      repeatCount: repeatCount === undefined ? null : int(repeatCount as number),
      byDay: rest["byDay"] ?? [],
      byWeekOfMonth: integers(rest["byWeekOfMonth"]),
      byMonthDay: integers(rest["byMonthDay"]),
      byMonth: integers(rest["byMonth"]),
      exceptDate: rest["exceptDate"] ?? null,
      extraDate: rest["extraDate"] ?? null,
      usualDays: [...usualDaysOf({ byDay: [], ...rest })],
      lastDate: repeatFrequency === null ? startDate : endDate,
      position: int(position),
      sample,
    },
    during,
    exceptDuring,
  };
}

/** What the loader leaves as editors said it: a link by what it says and its other end, or its own id. */
function editedKey({ link, relationship, from, to }: LinkEffect, anchor: string): string {
  return relationship === "REFERS_TO" ? link : `${relationship} ${anchor === from ? to : from}`;
}

/**
 * What `writeChangeStatement` takes to bring effects about: nodes, properties and relationships, and what follows from them. `state` is the map before. `today` is the local date, which
 * what is added here says it was recorded on.
 */
export function writingOf(effects: readonly Effect[], state: MapState, { today }: { readonly today: string }) {
  const after = withEffects(state, effects);
  const touched = [...new Set(effects.flatMap(assetsOf))].sort();
  const assetEffects = effects.filter(isAssetEffect);
  const linkEffects = effects.filter(isLinkEffect);
  const assets = assetEffects.map(({ asset: id, before, after: part }) => {
    const sample = after.assets.get(id)?.fields["sample"] === true;
    const isNew = before === null;
    const names = Object.keys(part);
    const location = part["location"] as { readonly latitude: number; readonly longitude: number } | null | undefined;
    return {
      id,
      kind: kindOfAsset(id),
      names,
      properties: {
        ...(isNew ? blank : {}),
        ...Object.fromEntries(names.flatMap((name) => Object.entries(propertiesOf(name, part[name])))),
      },
      latitude: location?.latitude ?? null,
      longitude: location?.longitude ?? null,
      confirmedOn: (part["confirmedOn"] as string | undefined) ?? null,
      area: (part["area"] as string | undefined) ?? null,
      source: ourSource,
      record: isNew ? recordOf(id, today, sample) : null,
      eligibility: listOf(part["eligibility"]).map(({ conditions = [], ...statement }, index) => ({
        properties: { excludes: false, ...statement, position: int(index) },
        conditions,
      })),
      openingHours: listOf(part["openingHours"]).map((hours, index) => ({ ...hours, position: int(index) })),
      schedule: listOf(part["schedule"]).map((rule, index) => scheduleNode(rule, index, sample)),
    };
  });
  const links = linkEffects.map((effect) => {
    const { link, relationship, from, to, source } = effect;
    // Of its two ends, the one that has fewer links: a place or a kind of referrer has any number.
    const anchor = relationship === "REFERS_TO" ? to : from;
    const {
      confirmedOn = null,
      formerWaitOn = null,
      waitDays,
      formerWaitDays,
      position,
      ...rest
    } = propertiesOfLink(after.links.get(`${link} ${source}`)?.fields ?? {}) as Readonly<Record<string, Parameter>>;
    const whole = (name: string, value: Parameter | undefined) =>
      value === undefined ? {} : { [name]: int(value as number) };
    return {
      relationship,
      from,
      to,
      anchor,
      source,
      step: relationship === "REFERS_TO" ? link : null,
      key: editedKey(effect, anchor),
      confirmedOn,
      formerWaitOn,
      properties:
        effect.after === null
          ? null
          : {
              sample: false,
              ...rest,
              ...whole("waitDays", waitDays),
              ...whole("formerWaitDays", formerWaitDays),
              ...whole("position", position),
              source,
              ...(relationship === "REFERS_TO" ? { id: link } : {}),
            },
    };
  });
  return {
    touched: touched.map((id) => ({ id, version: int(state.assets.get(id)?.version ?? 0) })),
    assets,
    links,
    derived: [
      ...new Set([
        ...linkEffects.filter(({ relationship }) => relationship === "SUPPORTS").map(({ from }) => from),
        ...assetEffects.filter(({ after: part }) => "eligibility" in part).map(({ asset }) => asset),
      ]),
    ],
    unsettled: [
      ...new Set([
        ...linkEffects
          .filter(({ relationship }) => ["RUNS", "HOSTS", "HELD_AT", "SERVES"].includes(relationship))
          .flatMap(({ from, to }) => [from, to].filter((id) => assetKindOf(id) === "Activity")),
        ...assetEffects.filter(({ after: part }) => "area" in part || "schedule" in part).map(({ asset }) => asset),
      ]),
    ],
  };
}

/** What every asset in the graph has a value for. */
const blank = {
  alternateNames: [],
  stepFree: "UNKNOWN",
  accessibleToilet: "UNKNOWN",
  hearingLoop: "UNKNOWN",
  reach: ["AT_A_PLACE"],
  sample: false,
} satisfies Parameters;

/** The source of what was added here: the directory's own editors. */
function recordOf(id: string, today: string, sample: boolean) {
  return {
    id: `${ourSource}/${id}`,
    key: id,
    source: ourSource,
    sourceId: id,
    name: "Added by this directory's editors",
    publisher: "Common Ground",
    url: null,
    licence: "OGL-UK-3.0",
    asOf: today,
    sample,
    hash: "",
  };
}
