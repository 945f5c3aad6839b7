import { z } from "zod";
import { daysOfWeek } from "../../../calendar/schedule.ts";
import { cypher } from "../../../graph/cypher.ts";
import { assetFields, assetParts, assetRow } from "../../assetFields.ts";
import { part, type Parts } from "../../parts.ts";

export const placeRow = z.object({
  ...assetRow,
  category: z.string(),
  address: z.object({
    streetAddress: z.string().nullable(),
    addressLocality: z.string().nullable(),
    postalCode: z.string().nullable(),
  }),
  location: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
  areas: part(z.array(z.object({ id: z.string() }))),
  closures: part(z.array(z.object({ from: z.string(), through: z.string(), reason: z.string() }))),
  openingHours: part(z.array(z.object({ byDay: z.array(z.enum(daysOfWeek)), opens: z.string(), closes: z.string() }))),
});

/** The parts of `placeRow`. */
export const placeParts = {
  ...assetParts,
  areas: ["areas"],
  openingHours: ["openingHours", "openingHoursInWords", "isOpenAt", "opensNext"],
  closures: ["closures", "isOpenAt", "opensNext"],
} as const satisfies Parts;

export type PlaceRow = z.output<typeof placeRow>;

export const placesByIdsStatement = {
  name: "placesByIds",
  access: "READ",
  text: cypher`
    MATCH (asset:Asset)
    WHERE asset.id IN $asked.ids AND asset:Place AND asset.status = 'PUBLISHED'
    RETURN {${assetFields},
      category: asset.category,
      address: {
        streetAddress: asset.streetAddress, addressLocality: asset.addressLocality, postalCode: asset.postalCode
      },
      location: CASE WHEN asset.location IS NOT NULL
        THEN {latitude: asset.location.latitude, longitude: asset.location.longitude} END,
      areas: CASE WHEN 'areas' IN $asked.parts THEN COLLECT {
        MATCH (asset)-[:IN]->(:Area)-[:WITHIN*0..6]->(area:Area)
        WITH DISTINCT area
        // No source of ours counts a ward's residents: about 9,000, to tell wards from what is larger and smaller.
        RETURN {id: area.id}
        ORDER BY coalesce(area.population, CASE area.kind WHEN 'WARD' THEN 9000 ELSE 1000000000 END), area.id
      } END,
      openingHours: CASE WHEN 'openingHours' IN $asked.parts THEN COLLECT {
        MATCH (asset)-[:OPENS]->(hours:OpeningHours)
        RETURN hours {.byDay, .opens, .closes} ORDER BY hours.byDay, hours.opens
      } END,
      closures: CASE WHEN 'closures' IN $asked.parts THEN COLLECT {
        MATCH (asset)-[:CLOSED_DURING]->(closing)
        UNWIND range(0, size(closing.validFrom) - 1) AS i
        WITH DISTINCT closing.validFrom[i] AS from, closing.validThrough[i] AS through, closing.reasons[i] AS reason
        RETURN {from: from, through: through, reason: reason} ORDER BY from, through, reason
      } END
    } AS row`,
  row: z.object({ row: placeRow }),
} as const;
