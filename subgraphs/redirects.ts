import { z } from "zod";
import { cypher } from "../graph/cypher.ts";

/** Where the ids of assets lead that became one with another: to what is on the map of it now. */
export const redirectsStatement = {
  name: "redirects",
  access: "READ",
  text: cypher`
    MATCH (asset:Asset)
    WHERE asset.id IN $asked.ids AND asset.status = 'MERGED'
    MATCH (asset)-[:MERGED_INTO*1..20]->(now:Asset)
    WHERE now.status <> 'MERGED'
    RETURN asset.id AS id, now.id AS to`,
  row: z.object({ id: z.string(), to: z.string() }),
} as const;
