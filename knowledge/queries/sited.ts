import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";

/** Somewhere to start a walk from: a point, and the area it lies in. */
export const sitedRow = z.object({
  name: z.string(),
  placeId: z.string().nullable(),
  areaId: z.string(),
  location: z.object({ latitude: z.number(), longitude: z.number() }),
  /** Whether the point is the middle of many postcodes. */
  isApproximate: z.boolean().default(false),
});

export type Sited = z.output<typeof sitedRow>;

/**
 * The first of some postcodes, sectors and districts that we know, with its LSOA. Where a postcode has no point of its own, the LSOA's
 * stands in.
 */
export const postcodeSitedStatement = {
  name: "postcodeSited",
  access: "READ",
  text: cypher`
    UNWIND range(0, size($codes) - 1) AS position
    MATCH (postcode:Postcode {code: $codes[position]})-[:IN]->(area:Area)
    WITH position, postcode, area, coalesce(postcode.location, area.centre) AS point
    RETURN postcode.code AS name, null AS placeId, area.id AS areaId,
      {latitude: point.latitude, longitude: point.longitude} AS location,
      coalesce(postcode.isApproximate, false) AS isApproximate
    ORDER BY position, areaId LIMIT 1`,
  row: sitedRow,
} as const;

/**
 * The LSOA whose middle is nearest to a point, of those within 5 km: a good guess at the one that holds it, since we keep no boundaries.
 */
export const pointSitedStatement = {
  name: "pointSited",
  access: "READ",
  text: cypher`
    WITH point({latitude: $latitude, longitude: $longitude}) AS here
    MATCH (area:Area)
    WHERE point.distance(area.centre, here) < 5000 AND area.kind = 'LSOA'
    WITH area, here ORDER BY point.distance(area.centre, here), area.id LIMIT 1
    RETURN area.name AS name, null AS placeId, area.id AS areaId,
      {latitude: here.latitude, longitude: here.longitude} AS location`,
  row: sitedRow,
} as const;

/** Places whose name holds every word asked for. The caller keeps those whose name is the one asked for. */
export const placesNamedStatement = {
  name: "placesNamed",
  access: "READ",
  text: cypher`
    CALL db.index.fulltext.queryNodes('asset_text_folding', $query, {limit: 50}) YIELD node
    WHERE node:Place AND node.status = 'PUBLISHED'
    MATCH (node)-[:IN]->(area:Area)
    WITH node, area, coalesce(node.location, area.centre) AS point
    RETURN node.name AS name, node.id AS placeId, area.id AS areaId,
      {latitude: point.latitude, longitude: point.longitude} AS location
    ORDER BY name, placeId`,
  row: sitedRow,
} as const;

/** A place, or an LSOA, by its id or its ONS code. */
export const idSitedStatement = {
  name: "idSited",
  access: "READ",
  text: cypher`
    CALL () {
      MATCH (place:Asset {id: $id})-[:IN]->(area:Area)
      WHERE place.status = 'PUBLISHED'
      RETURN place.name AS name, place.id AS placeId, area, coalesce(place.location, area.centre) AS point
      UNION ALL
      MATCH (area:Area {id: $id})
      RETURN area.name AS name, null AS placeId, area, area.centre AS point
      UNION ALL
      MATCH (area:Area {code: $id})
      RETURN area.name AS name, null AS placeId, area, area.centre AS point
    }
    RETURN name, placeId, area.id AS areaId, {latitude: point.latitude, longitude: point.longitude} AS location
    LIMIT 1`,
  row: sitedRow,
} as const;

/** An LSOA by its name, as the Office for National Statistics writes it: "Oxford 016F". */
export const lsoaSitedStatement = {
  name: "lsoaSited",
  access: "READ",
  text: cypher`
    MATCH (area:Area {kind: 'LSOA', name: $name})
    // Without this the index of kind, name and id does not serve.
    WHERE area.id IS NOT NULL
    RETURN area.name AS name, null AS placeId, area.id AS areaId,
      {latitude: area.centre.latitude, longitude: area.centre.longitude} AS location
    ORDER BY areaId LIMIT 1`,
  row: sitedRow,
} as const;

/** Named areas that hold postcodes beginning alike, the one with the most first. */
export const areasOfPostcodesStatement = {
  name: "areasOfPostcodes",
  access: "READ",
  text: cypher`
    MATCH (postcode:Postcode)
    WHERE postcode.code STARTS WITH $beginning AND postcode.isApproximate IS NULL
    WITH postcode LIMIT 200
    MATCH (postcode)-[:IN]->(:Area)-[:WITHIN*1..3]->(area:Area)
    WHERE area.kind IN ['NEIGHBOURHOOD', 'WARD']
    RETURN area.id AS id, count(DISTINCT postcode) AS postcodes
    ORDER BY postcodes DESC, id LIMIT 5`,
  row: z.object({ id: z.string(), postcodes: z.number() }),
} as const;
