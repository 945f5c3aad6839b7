import { z } from "zod";
import { type AssetKind, kindOf } from "../../../core/ids.ts";
import { cypher } from "../../../graph/cypher.ts";
import { withoutNothing } from "../assetFields.ts";
import type { Fields } from "../effects.ts";

/** What the graph has of an asset, links apart. */
export interface AssetRecord {
  readonly id: string;
  readonly kind: AssetKind;
  /** How many changes it has seen, from 1. */
  readonly version: number;
  readonly fields: Fields;
}

const plain = z.record(z.string(), z.unknown());

/** The versions that assets have. */
export const versionsStatement = {
  name: "versions",
  access: "READ",
  text: cypher`
    MATCH (asset:Asset)
    WHERE asset.id IN $asked.ids
    RETURN asset.id AS id, asset.version AS version`,
  row: z.object({ id: z.string(), version: z.number().int() }),
} as const;

/** Assets as they are kept, whatever their status. */
export const assetRecordsStatement = {
  name: "assetRecords",
  access: "READ",
  text: cypher`
    MATCH (asset:Asset)
    WHERE asset.id IN $asked.ids
    RETURN {
      id: asset.id, version: asset.version,
      properties: asset {
        .name, .alternateNames, .summary, .description, .url, .email, .telephone, .contactUrl, .stepFree, .accessibleToilet, .hearingLoop,
        .isFree, .costAmount, .costDescription, .reach, .charityNumber, .category, .streetAddress, .addressLocality, .postalCode,
        .status, .mergedInto, .sample, confirmedOn: toString(asset.confirmedOn),
        latitude: asset.location.latitude, longitude: asset.location.longitude
      },
      eligibility: COLLECT {
        MATCH (asset)-[states:STATES]->(statement:Eligibility)
        WITH states, statement ORDER BY states.source, statement.position
        RETURN statement {
          .excludes, .minimumAge, .maximumAge, .description,
          conditions: COLLECT { MATCH (statement)-[:CONCERNS]->(condition:Condition) RETURN condition.id ORDER BY condition.id }
        }
      },
      schedule: COLLECT {
        MATCH (asset)-[:FOLLOWS]->(schedule:Schedule)
        WITH schedule ORDER BY schedule.position, schedule.byDay, schedule.startTime, schedule.startDate, schedule.endTime
        RETURN schedule {
          .startDate, .endDate, .startTime, .endTime, .repeatFrequency, .byDay, .byWeekOfMonth, .byMonthDay, .byMonth, .repeatCount, .exceptDate, .extraDate,
          during: COLLECT { MATCH (schedule)-[:DURING]->(period:Period) RETURN period.slug ORDER BY period.slug },
          exceptDuring: COLLECT { MATCH (schedule)-[:EXCEPT_DURING]->(period:Period) RETURN period.slug ORDER BY period.slug }
        }
      },
      openingHours: COLLECT {
        MATCH (asset)-[:OPENS]->(hours:OpeningHours)
        WITH hours ORDER BY hours.position, hours.byDay, hours.opens
        RETURN hours {.byDay, .opens, .closes}
      },
      areas: COLLECT { MATCH (asset)-[:IN]->(area:Area) RETURN area.id ORDER BY area.id }
    } AS row`,
  row: z.object({
    row: z
      .object({
        id: z.string(),
        version: z.number().int(),
        properties: plain,
        eligibility: z.array(plain),
        schedule: z.array(plain),
        openingHours: z.array(plain),
        areas: z.array(z.string()),
      })
      .transform(({ id, version, properties: has, eligibility, schedule, openingHours, areas }): AssetRecord => {
        const { streetAddress, addressLocality, postalCode, latitude, longitude } = has;
        const { email, telephone, contactUrl, isFree, costAmount, costDescription } = has;
        const { stepFree, accessibleToilet, hearingLoop } = has;
        const stated = {
          name: has["name"],
          alternateNames: has["alternateNames"],
          summary: has["summary"],
          description: has["description"],
          url: has["url"],
          contact: { email, telephone, url: contactUrl },
          eligibility,
          accessibility: { stepFree, accessibleToilet, hearingLoop },
          cost: { isFree, amount: costAmount, description: costDescription },
          reach: has["reach"],
          charityNumber: has["charityNumber"],
          category: has["category"],
          address: { streetAddress, addressLocality, postalCode },
          location: { latitude, longitude },
          area: areas[0],
          schedule,
          openingHours,
          status: has["status"],
          mergedInto: has["mergedInto"],
          confirmedOn: has["confirmedOn"],
          sample: has["sample"] === true ? true : null,
        };
        return {
          id,
          kind: kindOf(id) as AssetKind,
          version,
          fields: withoutNothing(stated) as Fields,
        };
      }),
  }),
} as const;
