import { z } from "zod";
import { type Cypher, cypher } from "../../../graph/cypher.ts";

const point = z.object({ latitude: z.number(), longitude: z.number() });

const site = z.object({
  id: z.string().nullable(),
  postcode: z.string().nullable(),
  point: point.nullable(),
  /** What the point is of: the place itself, the middle of its postcode, or of its LSOA. */
  isOf: z.enum(["PLACE", "POSTCODE", "AREA"]),
  /** Names of the place, and of what is around it: what is there may have them in its own name. */
  words: z.array(z.string()),
});

/** What tells one asset from another. */
export const duplicateFacts = z.object({
  id: z.string().nullable(),
  kind: z.enum(["Group", "Activity", "Organisation", "Place"]),
  /** What it is called, and then what else. */
  names: z.array(z.string()),
  telephoneKey: z.string().nullable(),
  urlKey: z.string().nullable(),
  charityNumber: z.string().nullable(),
  sites: z.array(site),
  /** The middles of the areas that it serves, but for nations. */
  served: z.array(point),
  /** Ids of organisations that run it and of groups that put it on. */
  runBy: z.array(z.string()),
});

export type DuplicateFacts = z.output<typeof duplicateFacts>;
export type DuplicateSite = z.output<typeof site>;

/** A bound place `site`, as a row of `sites`. */
const siteFields = cypher`head(COLLECT {
          OPTIONAL MATCH (site)-[:IN]->(lsoa:Area)
          OPTIONAL MATCH (postcode:Postcode {code: site.postalCode}) WHERE postcode.isApproximate IS NULL
          WITH site, lsoa, postcode, coalesce(site.location, postcode.location, lsoa.centre) AS point ORDER BY lsoa.id LIMIT 1
          RETURN {
            id: site.id, postcode: site.postalCode,
            point: CASE WHEN point IS NULL THEN null ELSE {latitude: point.latitude, longitude: point.longitude} END,
            isOf: CASE WHEN site.location IS NOT NULL THEN 'PLACE' WHEN postcode.location IS NOT NULL THEN 'POSTCODE' ELSE 'AREA' END,
            words: [word IN [site.name, site.addressLocality] WHERE word IS NOT NULL] + COLLECT {
              MATCH (lsoa)-[:WITHIN]->(around:Area) WHERE around.kind = 'NEIGHBOURHOOD' RETURN around.name ORDER BY around.name
            }
          }
        })`;

/** The middles of some bound areas `area`, as rows of `served`. */
const middlesOfAreas = cypher`WHERE area.kind <> 'NATION' AND area.centre IS NOT NULL
        WITH DISTINCT area ORDER BY area.id LIMIT 20
        RETURN {latitude: area.centre.latitude, longitude: area.centre.longitude}`;

/** The facts of a bound `asset`. Who has more than 20 sites is not told by where they are. */
export const factsOfAsset: Cypher = cypher`{
      id: asset.id,
      kind: head([label IN labels(asset) WHERE label <> 'Asset' AND label IN ['Group', 'Activity', 'Organisation', 'Place']]),
      names: [asset.name] + coalesce(asset.alternateNames, []),
      telephoneKey: asset.telephoneKey, urlKey: asset.urlKey, charityNumber: asset.charityNumber,
      sites: COLLECT {
        MATCH (asset)-[:HELD_AT|MEETS_AT|BASED_AT*0..1]->(site:Place)
        WHERE site.status = 'PUBLISHED'
        WITH DISTINCT site ORDER BY site.id LIMIT 20
        RETURN ${siteFields}
      },
      served: COLLECT {
        MATCH (asset)-[:SERVES]->(area:Area)
        ${middlesOfAreas}
      },
      runBy: COLLECT {
        MATCH (asset)<-[:RUNS|HOSTS]-(by:Asset)
        WHERE by.status = 'PUBLISHED'
        RETURN DISTINCT by.id AS id ORDER BY id LIMIT 20
      }
    }`;

/** What tells an asset that is there from others: no row where there is none. Takes id. */
export const duplicateFactsStatement = {
  name: "duplicateFacts",
  access: "READ",
  text: cypher`
    MATCH (asset:Asset {id: $asked.id})
    WHERE asset.status = 'PUBLISHED'
    RETURN ${factsOfAsset} AS facts`,
  row: z.object({ facts: duplicateFacts }),
} as const;

/** Where something is that is about to be added: at places, at a postcode, and for whom. Takes places (ids), postcode (or null), and serves (slugs or ids of areas). */
export const duplicateSitesStatement = {
  name: "duplicateSites",
  access: "READ",
  text: cypher`
    RETURN
      COLLECT {
        UNWIND $asked.places AS id
        MATCH (site:Asset {id: id})
        WHERE site:Place AND site.status = 'PUBLISHED'
        RETURN ${siteFields}
      } AS sites,
      head(COLLECT {
        MATCH (postcode:Postcode {code: $asked.postcode})
        WHERE postcode.isApproximate IS NULL AND postcode.location IS NOT NULL
        RETURN {latitude: postcode.location.latitude, longitude: postcode.location.longitude}
      }) AS point,
      COLLECT {
        CALL () {
          MATCH (area:Area) WHERE area.id IN $asked.serves
          RETURN area
          UNION
          MATCH (area:Area) WHERE area.slug IN $asked.serves
          RETURN area
        }
        WITH area
        ${middlesOfAreas}
      } AS served`,
  row: z.object({
    sites: z.array(site),
    /** In the middle of the postcode; null when we do not know it. */
    point: point.nullable(),
    served: z.array(point),
  }),
} as const;
