import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";

/** Which of some assets there are. Takes ids. */
export const assetsThereStatement = {
  name: "assetsThere",
  access: "READ",
  text: cypher`
    MATCH (asset:Asset)
    WHERE asset.id IN $asked.ids AND asset.status = 'PUBLISHED'
    RETURN asset.id AS id`,
  row: z.object({ id: z.string() }),
} as const;

/**
 * Remembers of each two of some assets that they are not the same: one NOT_THE_SAME from the lesser id to the greater, once, with who said so first and when. Takes ids, in their order, so that of two who remember the same at once one waits for the other; by (or null); and now.
 * Returns how many of these there are now.
 */
export const writeNotTheSameStatement = {
  name: "writeNotTheSame",
  access: "WRITE",
  text: cypher`
    UNWIND $asked.ids AS oneId
    UNWIND [id IN $asked.ids WHERE id > oneId] AS otherId
    MATCH (one:Asset {id: oneId})
    WITH one, otherId ORDER BY one.id, otherId
    MATCH (other:Asset {id: otherId})
    MERGE (one)-[apart:NOT_THE_SAME]->(other)
    ON CREATE SET apart.assertedBy = $asked.by, apart.assertedAt = datetime($asked.now)
    RETURN count(apart) AS remembered`,
  row: z.object({ remembered: z.number().int() }),
} as const;
