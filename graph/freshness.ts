import { Temporal } from "temporal-polyfill";
import type { AssetKind } from "../core/ids.ts";
import { type Cypher, cypher } from "./cypher.ts";

/**
 * For how many months it counts what somebody said, by what it was said of: an asset of each kind, and a link. What is in no row is as the asset it starts from: who runs or
 * hosts something, where it is, whom it serves. As Cypher, into which no value can be put. docs/model.md says why so.
 */
const months = {
  Activity: cypher`6`,
  Group: cypher`12`,
  Organisation: cypher`24`,
  Place: cypher`24`,
  SUPPORTS: cypher`12`,
  REFERS_TO: cypher`6`,
} as const satisfies Readonly<Record<AssetKind, Cypher>> & Readonly<Record<string, Cypher>>;

const monthsOf = (asset: Cypher): Cypher =>
  cypher`CASE WHEN ${asset}:Activity THEN ${months.Activity} WHEN ${asset}:Group THEN ${months.Group} WHEN ${asset}:Organisation THEN ${months.Organisation} ELSE ${months.Place} END`;

/** For how many months what is said of a bound `asset` counts. */
export const monthsOfAsset = monthsOf(cypher`asset`);

/** Likewise of a bound `link`. */
export const monthsOfLink = cypher`CASE type(link)
        WHEN 'SUPPORTS' THEN ${months.SUPPORTS}
        WHEN 'REFERS_TO' THEN ${months.REFERS_TO}
        ELSE ${monthsOf(cypher`startNode(link)`)} END`;

/** The day until which it counts what was confirmed on a day, both expressions; null for what never was. Of a month that has no such day it is the last one. */
export const confirmBy = (confirmedOn: Cypher, monthsItCounts: Cypher): Cypher =>
  cypher`${confirmedOn} + duration({months: ${monthsItCounts}})`;

/** How fresh our knowledge of a bound `asset` is, as `Freshness` of the schema. Takes asked.today, the local date. */
export const freshnessOfAsset = cypher`head([months IN [${monthsOfAsset}] | {
    lastConfirmedOn: toString(asset.confirmedOn),
    confirmBy: toString(${confirmBy(cypher`asset.confirmedOn`, cypher`months`)}),
    status: CASE
      WHEN ${confirmBy(cypher`asset.confirmedOn`, cypher`months - months / 3`)} > date($asked.today) THEN 'CONFIRMED'
      WHEN ${confirmBy(cypher`asset.confirmedOn`, cypher`months`)} >= date($asked.today) THEN 'DUE'
      ELSE 'OVERDUE'
    END
  }])`;

/** Whether what is known of a bound `asset` counts still. Takes asked.freshSince, of each kind the day `freshSince` gives: to compare two days costs a walk less than to reckon one. */
export const isFresh = cypher`coalesce(asset.confirmedOn >= date(CASE
        WHEN asset:Activity THEN $asked.freshSince.Activity WHEN asset:Group THEN $asked.freshSince.Group
        WHEN asset:Organisation THEN $asked.freshSince.Organisation ELSE $asked.freshSince.Place END), false)`;

/** Of each kind of asset the first day that still counts on `today` when something was confirmed on it. Throws RangeError for a text that is no date. */
export function freshSince(today: string): Readonly<Record<AssetKind, string>> {
  const on = Temporal.PlainDate.from(today);
  const since = (text: Cypher): string => {
    const count = Number(text);
    let day = on.subtract({ months: count });
    // Months are not all as long: what was confirmed on 28 February counts until 28 August, and six months before 31 August is 28 February too.
    while (Temporal.PlainDate.compare(day.add({ months: count }), on) < 0) day = day.add({ days: 1 });
    return day.toString();
  };
  return {
    Activity: since(months.Activity),
    Group: since(months.Group),
    Organisation: since(months.Organisation),
    Place: since(months.Place),
  };
}
