import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";
import { inTurn } from "./turns.ts";

const differing = cypher`
    UNWIND $rows AS row
    MATCH (a:Area {id: row.a})
    MATCH (b:Area {id: row.b})
    OPTIONAL MATCH (a)-[known:BORDERS]->(b)
    WITH row, a, b, known
    WHERE known IS NULL OR known.metres <> row.metres OR known.source <> row.source OR known.asOf <> row.asOf`;

/** Which of the borders are not in the graph as the row says. */
export const differingBorders = {
  name: "differingBorders",
  access: "READ",
  text: cypher`
    ${differing}
    RETURN row.a AS a, row.b AS b`,
  row: z.object({ a: z.string(), b: z.string() }),
} as const;

/** Makes borders what the rows say. A border describes no one thing, so it carries its source and date itself. */
export const describeBorders = {
  name: "describeBorders",
  access: "WRITE",
  text: cypher`
    ${inTurn}
    ${differing}
    MERGE (a)-[border:BORDERS]->(b)
    SET border.metres = row.metres, border.source = row.source, border.asOf = row.asOf
    RETURN known IS NULL AS created`,
  row: z.object({ created: z.boolean() }),
} as const;
