import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";

/** What there is of some ids, whatever their kind: all a reference needs. */
export const nodesByIdsStatement = {
  name: "nodesByIds",
  access: "READ",
  text: cypher`
    CALL () {
      MATCH (node:Asset) WHERE node.id IN $asked.ids AND node.status = 'PUBLISHED'
      RETURN node
      UNION ALL
      MATCH (node:Area) WHERE node.id IN $asked.ids
      RETURN node
      UNION ALL
      MATCH (node:Condition) WHERE node.id IN $asked.ids
      RETURN node
      UNION ALL
      MATCH (node:Referrer) WHERE node.id IN $asked.ids
      RETURN node
      UNION ALL
      MATCH (node:Pathway) WHERE node.id IN $asked.ids
      RETURN node
      UNION ALL
      MATCH (node:Change) WHERE node.id IN $asked.ids AND node.appliedSequence IS NOT NULL
      RETURN node
      UNION ALL
      MATCH (node:Session) WHERE node.id IN $asked.ids
      MATCH (node)-[:OF]->(activity:Activity) WHERE activity.status = 'PUBLISHED'
      RETURN node
    }
    RETURN {id: node.id} AS row`,
  row: z.object({ row: z.object({ id: z.string() }) }),
} as const;
