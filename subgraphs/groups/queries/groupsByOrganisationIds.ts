import { cypher } from "../../../graph/cypher.ts";
import { pagesRow } from "../../pagesByParent.ts";
import { groupFields, groupRow } from "./groupsByIds.ts";

/** For each organisation, the page of the groups it runs, by name. */
export const groupsByOrganisationIdsStatement = {
  name: "groupsByOrganisationIds",
  access: "READ",
  text: cypher`
    MATCH (parent:Asset)
    WHERE parent.id IN $parentIds AND parent:Organisation
    RETURN parent.id AS parentId,
      COUNT { MATCH (parent)-[:RUNS]->(asset:Group) WHERE asset.status = 'PUBLISHED' RETURN DISTINCT asset } AS totalCount,
      COLLECT {
        MATCH (parent)-[:RUNS]->(asset:Group)
        WHERE asset.status = 'PUBLISHED'
          AND ($afterName IS NULL OR asset.name > $afterName OR (asset.name = $afterName AND asset.id > $afterId))
        WITH DISTINCT asset ORDER BY asset.name, asset.id LIMIT $limit
        RETURN {${groupFields}}
      } AS rows`,
  row: pagesRow(groupRow),
} as const;
