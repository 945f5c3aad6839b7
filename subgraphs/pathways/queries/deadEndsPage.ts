import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import { isOpen, supportsNothing } from "./referralFacts.ts";

/** Whether a bound `asset` is a dead end (`deadEnds`): cheapest first, since most assets have no part in referrals. */
const isDeadEnd = cypher`EXISTS { (asset)<-[:REFERS_TO]-() } AND asset.status = 'PUBLISHED' AND ${supportsNothing}
      AND EXISTS { MATCH (asset)<-[step:REFERS_TO]-(from) WHERE ${isOpen} AND coalesce(from.status, 'PUBLISHED') = 'PUBLISHED' }
      AND NOT EXISTS { MATCH (asset)-[step:REFERS_TO]->(next:Asset) WHERE ${isOpen} AND next.status = 'PUBLISHED' }`;

/** A page of the dead ends of the whole directory, by name. It reads assets in the order of the index until the page is full. */
export const deadEndsPageStatement = {
  name: "deadEndsPage",
  access: "READ",
  text: cypher`
    MATCH (asset:Asset)
    WHERE asset.name >= $asked.afterName AND asset.id IS NOT NULL
      AND (asset.name > $asked.afterName OR asset.id > $asked.afterId) AND ${isDeadEnd}
    RETURN asset.id AS id, asset.name AS name
    ORDER BY asset.name, asset.id LIMIT $asked.limit`,
  row: z.object({ id: z.string(), name: z.string() }),
} as const;

/** How many there are in all. */
export const deadEndsCountStatement = {
  name: "deadEndsCount",
  access: "READ",
  text: cypher`
    MATCH (asset:Asset)
    WHERE asset.name >= '' AND asset.id IS NOT NULL AND ${isDeadEnd}
    RETURN count(*) AS count`,
  row: z.object({ count: z.number().int() }),
} as const;
