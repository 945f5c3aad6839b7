import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";

/** The published places that have exactly one of some names, with the key of a record by which seed files point at them. */
export const placesNamed = {
  name: "placesNamed",
  access: "READ",
  // Which index is said, as in names.ts; it has id in it, and serves only who asks for that too.
  text: cypher`
    UNWIND $names AS name
    MATCH (place:Place)
    USING INDEX place:Place(name, id)
    WHERE place.name = name AND place.id IS NOT NULL AND place.status = 'PUBLISHED'
    MATCH (record:SourceRecord)-[:DESCRIBES]->(place)
    RETURN place.id AS id, name, min(record.key) AS key, place.postalCode AS postalCode,
      place.location.latitude AS latitude, place.location.longitude AS longitude`,
  row: z.object({
    id: z.string(),
    name: z.string(),
    key: z.string(),
    postalCode: z.string().nullable(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
  }),
} as const;
