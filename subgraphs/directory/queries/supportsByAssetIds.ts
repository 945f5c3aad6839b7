import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import { pagesRow } from "../../pagesByParent.ts";

const supportRow = z.object({
  id: z.string(),
  name: z.string(),
  condition: z.object({ id: z.string() }),
  strength: z.number(),
  evidence: z.string().nullable(),
  lastConfirmedOn: z.string().nullable(),
  sample: z.boolean(),
});

export type SupportRow = z.output<typeof supportRow>;

/** For each asset, the page of what it supports, the strongest first: its order is told by `name`, which holds the weakness and then the slug. */
export const supportsByAssetIdsStatement = {
  name: "supportsByAssetIds",
  access: "READ",
  text: cypher`
    MATCH (parent:Asset)
    WHERE parent.id IN $parentIds
    RETURN parent.id AS parentId,
      COUNT { (parent)-[:SUPPORTS]->(:Condition) } AS totalCount,
      COLLECT {
        MATCH (parent)-[supports:SUPPORTS]->(condition:Condition)
        WITH supports, condition, toString(2.0 - supports.strength) + ' ' + condition.slug AS name
        WHERE $afterName IS NULL OR name > $afterName OR (name = $afterName AND condition.id > $afterId)
        WITH supports, condition, name ORDER BY name, condition.id LIMIT $limit
        RETURN {
          id: condition.id, name: name, condition: {id: condition.id}, strength: supports.strength,
          evidence: supports.evidence, lastConfirmedOn: toString(supports.confirmedOn),
          sample: coalesce(supports.sample, false)
        }
      } AS rows`,
  row: pagesRow(supportRow),
} as const;
