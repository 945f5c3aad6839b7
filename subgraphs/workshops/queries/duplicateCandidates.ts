import { z } from "zod";
import { type Cypher, cypher } from "../../../graph/cypher.ts";
import { duplicateFacts, factsOfAsset } from "./duplicateFacts.ts";

/** How many each way of looking gives at most: what more there is differs in all that is told apart here. */
const most = cypher`100`;

/** Whether a bound `asset` is one that may be meant. */
const isWanted = cypher`$asked.kind IN labels(asset) AND asset.status = 'PUBLISHED' AND ($asked.id IS NULL OR asset.id <> $asked.id)`;

const called = (index: Cypher, words: Cypher): Cypher => cypher`
      WITH ${words} AS words WHERE words IS NOT NULL
      CALL db.index.fulltext.queryNodes(${index}, words, {limit: 150}) YIELD node AS asset
      WITH asset WHERE ${isWanted}
      RETURN asset LIMIT ${most}`;

/**
 * The assets of a kind that share something with one asked about: words of its name, telephone number, website, number with the Charity Commission, place, postcode, what is within 250 metres, who runs it. Each is found
 * by an index, or by a link from what is; none that was said not to be the same. Takes kind; id (or null); stems and typos (Lucene queries, or null), names; telephoneKey, urlKey, charityNumbers; siteIds, postcodes,
 * points; runBy.
 */
export const duplicateCandidatesStatement = {
  name: "duplicateCandidates",
  access: "READ",
  text: cypher`
    CALL () {${called(cypher`'asset_text_english'`, cypher`$asked.stems`)}
      UNION
      ${called(cypher`'asset_text_folding'`, cypher`$asked.typos`)}
      UNION
      MATCH (asset:Asset)
      // Without the id the index of name and id does not serve.
      WHERE asset.name IN $asked.names AND asset.id IS NOT NULL AND ${isWanted}
      RETURN asset LIMIT ${most}
      UNION
      MATCH (asset:Asset {telephoneKey: $asked.telephoneKey})
      WHERE ${isWanted}
      RETURN asset LIMIT ${most}
      UNION
      MATCH (asset:Asset {urlKey: $asked.urlKey})
      WHERE ${isWanted}
      RETURN asset LIMIT ${most}
      UNION
      MATCH (asset:Organisation)
      WHERE asset.charityNumber IN $asked.charityNumbers AND ${isWanted}
      RETURN asset LIMIT ${most}
      UNION
      UNWIND $asked.siteIds AS siteId
      MATCH (site:Asset {id: siteId})<-[:HELD_AT|MEETS_AT|BASED_AT]-(asset:Asset)
      WHERE ${isWanted}
      RETURN asset LIMIT ${most}
      UNION
      UNWIND $asked.postcodes AS postcode
      MATCH (site:Place {postalCode: postcode})
      MATCH (site)<-[:HELD_AT|MEETS_AT|BASED_AT*0..1]-(asset:Asset)
      WHERE ${isWanted}
      RETURN asset LIMIT ${most}
      UNION
      UNWIND $asked.points AS near
      WITH point({latitude: near.latitude, longitude: near.longitude}) AS here
      MATCH (site:Place)
      USING POINT INDEX site:Place(location)
      WHERE point.distance(site.location, here) <= 250
      MATCH (site)<-[:HELD_AT|MEETS_AT|BASED_AT*0..1]-(asset:Asset)
      WHERE ${isWanted}
      WITH asset, site, here ORDER BY point.distance(site.location, here), asset.id LIMIT ${most}
      RETURN asset
      UNION
      UNWIND $asked.runBy AS by
      MATCH (:Asset {id: by})-[:RUNS|HOSTS]->(asset:Asset)
      WHERE ${isWanted}
      RETURN asset LIMIT ${most}
    }
    WITH DISTINCT asset
    WHERE NOT EXISTS { MATCH (asset)-[:NOT_THE_SAME]-(other:Asset) WHERE other.id = $asked.id }
    RETURN ${factsOfAsset} AS facts`,
  row: z.object({ facts: duplicateFacts }),
} as const;
