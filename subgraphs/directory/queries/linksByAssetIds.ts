import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import { pagesRow } from "../../pagesByParent.ts";

const linkRow = z.object({
  id: z.string(),
  name: z.string(),
  from: z.object({ id: z.string() }),
  relationship: z.string(),
  to: z.object({ id: z.string() }),
  evidence: z.string().nullable(),
  lastConfirmedOn: z.string().nullable(),
  sample: z.boolean(),
});

export type LinkRow = z.output<typeof linkRow>;

/** For each asset, the page of its relationships in either direction: `name` is the relationship, `id` the other end.
 * Of several statements of one relationship the latest speaks. */
export const linksByAssetIdsStatement = {
  name: "linksByAssetIds",
  access: "READ",
  text: cypher`
    MATCH (parent:Asset)
    WHERE parent.id IN $asked.parentIds AND parent.status = 'PUBLISHED'
    RETURN parent.id AS parentId,
      COUNT {
        MATCH (parent)-[link:RUNS|HOSTS|HELD_AT|MEETS_AT|BASED_AT|SERVES|SUPPORTS|REFERS_TO|IN]-(other)
        WHERE coalesce(other.status, 'PUBLISHED') = 'PUBLISHED' AND other.id IS NOT NULL
        RETURN DISTINCT type(link), other
      } AS totalCount,
      COLLECT {
        MATCH (parent)-[link:RUNS|HOSTS|HELD_AT|MEETS_AT|BASED_AT|SERVES|SUPPORTS|REFERS_TO|IN]-(other)
        WHERE coalesce(other.status, 'PUBLISHED') = 'PUBLISHED' AND other.id IS NOT NULL
        WITH other, type(link) AS name, link ORDER BY link.confirmedOn DESC, link.source
        WITH other, name, head(collect(link)) AS link
        WHERE ($asked.afterName IS NULL OR name > $asked.afterName OR (name = $asked.afterName AND other.id > $asked.afterId))
        WITH link, other, name ORDER BY name, other.id LIMIT $asked.limit
        RETURN {
          id: other.id, name: name, from: {id: startNode(link).id}, relationship: name, to: {id: endNode(link).id},
          evidence: link.evidence, lastConfirmedOn: toString(link.confirmedOn), sample: coalesce(link.sample, false)
        }
      } AS rows`,
  row: pagesRow(linkRow),
} as const;
