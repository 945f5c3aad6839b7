import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";

/**
 * The beginning of every writing statement of the loader. Setting a property takes the node's write lock until the transaction ends, so
 * that loaders at work together write one batch after the other: none deadlocks with another, and each sees what the other has recorded.
 */
export const inTurn = cypher`
    MERGE (turn:Lock {id: 'load'})
    SET turn.askedAt = datetime.realtime()
    WITH turn`;

/** Marks a load into a directory without assets as under way, so that one cut short can be told from one that is done. */
export const beginLoad = {
  name: "beginLoad",
  access: "WRITE",
  text: cypher`
    ${inTurn}
    WHERE NOT EXISTS { (:Asset) }
    SET turn.unfinished = $files
    RETURN turn.id AS id`,
  row: z.object({ id: z.string() }),
} as const;

/** Takes that mark away. */
export const endLoad = {
  name: "endLoad",
  access: "WRITE",
  text: cypher`
    ${inTurn}
    WHERE turn.unfinished = $files
    REMOVE turn.unfinished
    RETURN turn.id AS id`,
  row: z.object({ id: z.string() }),
} as const;

/** Whether there are no assets, and whether the load of these files is marked as under way. */
export const loadState = {
  name: "loadState",
  access: "READ",
  text: cypher`
    OPTIONAL MATCH (turn:Lock {id: 'load'})
    RETURN NOT EXISTS { (:Asset) } AS empty, coalesce(turn.unfinished = $files, false) AS unfinished`,
  row: z.object({ empty: z.boolean(), unfinished: z.boolean() }),
} as const;
