import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";

/** Whether there is an asset with an id that people may be sent on from. */
export const startingAtStatement = {
  name: "startingAt",
  access: "READ",
  text: cypher`
    MATCH (asset:Asset {id: $id})
    WHERE asset.status = 'PUBLISHED'
    RETURN asset.id AS id, asset.name AS name`,
  row: z.object({ id: z.string(), name: z.string() }),
} as const;
