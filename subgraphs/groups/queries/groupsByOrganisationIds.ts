import { cypher } from "../../../graph/cypher.ts";
import { pagesRow } from "../../pagesByParent.ts";
import { groupFields, groupRow } from "./groupsByIds.ts";

/** For each organisation, the page of the groups it runs, by name. */
export const groupsByOrganisationIdsStatement = {
  name: "groupsByOrganisationIds",
  access: "READ",
  text: cypher`
    MATCH (parent:Asset)
    WHERE parent.id IN $asked.parentIds AND parent:Organisation
    RETURN parent.id AS parentId,
      COUNT { MATCH (parent)-[:RUNS]->(asset:Group) WHERE asset.status = 'PUBLISHED' RETURN DISTINCT asset } AS totalCount,
      COLLECT {
        MATCH (parent)-[:RUNS]->(asset:Group)
        WHERE asset.status = 'PUBLISHED'
          AND ($asked.afterName IS NULL OR asset.name > $asked.afterName OR (asset.name = $asked.afterName AND asset.id > $asked.afterId))
        WITH DISTINCT asset ORDER BY asset.name, asset.id LIMIT $asked.limit
        RETURN {${groupFields}}
      } AS rows`,
  row: pagesRow(groupRow),
} as const;
