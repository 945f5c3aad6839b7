import { cypher } from "../../../graph/cypher.ts";
import { pagesRow } from "../../pagesByParent.ts";
import { activityFields, activityRow } from "./activitiesByIds.ts";

/** For each place, the page of the activities held there, by name. */
export const activitiesByPlaceIdsStatement = {
  name: "activitiesByPlaceIds",
  access: "READ",
  text: cypher`
    MATCH (parent:Asset)
    WHERE parent.id IN $asked.parentIds AND parent:Place
    RETURN parent.id AS parentId,
      COUNT { MATCH (parent)<-[:HELD_AT]-(asset:Activity) WHERE asset.status = 'PUBLISHED' RETURN DISTINCT asset } AS totalCount,
      COLLECT {
        MATCH (parent)<-[:HELD_AT]-(asset:Activity)
        WHERE asset.status = 'PUBLISHED'
          AND ($asked.afterName IS NULL OR asset.name > $asked.afterName OR (asset.name = $asked.afterName AND asset.id > $asked.afterId))
        WITH DISTINCT asset ORDER BY asset.name, asset.id LIMIT $asked.limit
        RETURN {${activityFields}}
      } AS rows`,
  row: pagesRow(activityRow),
} as const;
