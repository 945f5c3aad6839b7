import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import { isOpen, supportsNothing } from "./referralFacts.ts";

/**
 * Binds every loop of the directory as `ids`, from the smallest, and `assets`, by their starts in the order of the index of ids: from each start only to what
 * is after it. Takes afterStart.
 */
const loops = cypher`
    MATCH (start:Asset)
    WHERE start.id >= $asked.afterStart
      AND EXISTS { (start)<-[:REFERS_TO]-(:Asset) } AND EXISTS { (start)-[:REFERS_TO]->(:Asset) } AND start.status = 'PUBLISHED'
    CALL (start) {
      MATCH path = (start) (()-[:REFERS_TO]->(next:Asset WHERE next.id > start.id AND next.status = 'PUBLISHED')){1,4} (last)-[:REFERS_TO]->(start)
      WITH DISTINCT nodes(path)[..-1] AS assets
      WHERE all(one IN assets WHERE single(other IN assets WHERE other = one))
      RETURN assets, reduce(text = '', one IN assets | text + one.id + ' ') AS path
    }`;

/** A page of the loops of the whole directory, by the ids of what they pass. It reads assets in the order of the index until the page is full. */
export const loopsPageStatement = {
  name: "loopsPage",
  access: "READ",
  text: cypher`${loops}
    WITH start.id AS startId, assets, path
    WHERE path > $asked.afterPath
    WITH startId, assets, path ORDER BY startId, path LIMIT $asked.limit
    RETURN [one IN assets | one.id] AS ids,
      all(asset IN assets WHERE ${supportsNothing}
        AND NOT EXISTS { MATCH (asset)-[step:REFERS_TO]->(next:Asset) WHERE ${isOpen} AND next.status = 'PUBLISHED' AND NOT next IN assets }) AS isDeadEnd`,
  row: z.object({ ids: z.array(z.string()), isDeadEnd: z.boolean() }),
} as const;

/** How many there are in all. */
export const loopsCountStatement = {
  name: "loopsCount",
  access: "READ",
  text: cypher`${loops}
    RETURN count(*) AS count`,
  row: z.object({ count: z.number().int() }),
} as const;
