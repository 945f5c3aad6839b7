import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";

/** Assets whose names have some words, the last of which may go on. Takes query (Lucene's), limit. */
export const namesBeginningStatement = {
  name: "namesBeginning",
  access: "READ",
  text: cypher`
    CALL db.index.fulltext.queryNodes('asset_text_folding', $query, {limit: 100}) YIELD node
    WHERE node.status = 'PUBLISHED'
    RETURN node.id AS id, node.name AS name
    ORDER BY size(node.name), node.name, node.id LIMIT $limit`,
  row: z.object({ id: z.string(), name: z.string() }),
} as const;
