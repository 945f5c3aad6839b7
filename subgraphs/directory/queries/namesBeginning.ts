import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";

/** Assets whose names have some words, the last of which may go on, each with the town it is met in. Takes query (Lucene's), limit. */
export const namesBeginningStatement = {
  name: "namesBeginning",
  access: "READ",
  text: cypher`
    CALL db.index.fulltext.queryNodes('asset_text_folding', $query, {limit: 100}) YIELD node
    WHERE node.status = 'PUBLISHED'
    WITH node ORDER BY size(node.name), node.name, node.id LIMIT $limit
    RETURN node.id AS id, node.name AS name, head(COLLECT {
      MATCH (node)-[:HELD_AT|MEETS_AT|BASED_AT*0..1]->(:Place)-[:IN]->(:Area)-[:WITHIN*1..4]->(town:Area)
      WHERE town.kind = 'LOCAL_AUTHORITY'
      RETURN town.name ORDER BY town.name
    }) AS town`,
  row: z.object({ id: z.string(), name: z.string(), town: z.string().nullable() }),
} as const;
