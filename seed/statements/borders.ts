import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";
import { inTurn } from "./turns.ts";

/**
 * Makes borders what the rows say; a row comes back for each that was not so before. A border describes no one thing, so it carries its
 * source and date itself. Both its areas lead to each other.
 */
export const describeBorders = {
  name: "describeBorders",
  access: "WRITE",
  text: cypher`
    ${inTurn}
    UNWIND $rows AS row
    MATCH (a:Area {id: row.a})
    MATCH (b:Area {id: row.b})
    OPTIONAL MATCH (a)-[known:BORDERS]->(b)
    WITH row, a, b, known
    WHERE known IS NULL OR known.metres <> row.metres OR known.source <> row.source OR known.asOf <> row.asOf
    MERGE (a)-[border:BORDERS]->(b)
    SET border.metres = row.metres, border.source = row.source, border.asOf = row.asOf
    MERGE (a)-[:LEADS_TO]->(b)
    MERGE (b)-[:LEADS_TO]->(a)
    RETURN known IS NULL AS created`,
  row: z.object({ created: z.boolean() }),
} as const;
