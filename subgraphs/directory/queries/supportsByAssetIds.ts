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
  byReferral: z.boolean(),
  sample: z.boolean(),
});

export type SupportRow = z.output<typeof supportRow>;

/**
 * For each asset, the page of what it supports, the strongest first: its order is told by `name`, which holds the weakness and then the
 * slug. Of several statements about one condition the strongest speaks.
 */
export const supportsByAssetIdsStatement = {
  name: "supportsByAssetIds",
  access: "READ",
  text: cypher`
    MATCH (parent:Asset)
    WHERE parent.id IN $asked.parentIds AND parent.status = 'PUBLISHED'
    RETURN parent.id AS parentId,
      COUNT { MATCH (parent)-[:SUPPORTS]->(condition:Condition) RETURN DISTINCT condition } AS totalCount,
      COLLECT {
        MATCH (parent)-[supports:SUPPORTS]->(condition:Condition)
        WITH condition, supports ORDER BY supports.strength DESC, supports.source
        WITH condition, head(collect(supports)) AS supports
        WITH supports, condition, toString(2.0 - supports.strength) + ' ' + condition.slug AS name
        WHERE $asked.afterName IS NULL OR name > $asked.afterName OR (name = $asked.afterName AND condition.id > $asked.afterId)
        WITH supports, condition, name ORDER BY name, condition.id LIMIT $asked.limit
        RETURN {
          id: condition.id, name: name, condition: {id: condition.id}, strength: supports.strength,
          evidence: supports.evidence, lastConfirmedOn: toString(supports.confirmedOn),
          byReferral: coalesce(supports.byReferral, false), sample: coalesce(supports.sample, false)
        }
      } AS rows`,
  row: pagesRow(supportRow),
} as const;
