import { type Cypher, cypher } from "../../../graph/cypher.ts";
import { pagesRow } from "../../pagesByParent.ts";
import { stepFields, stepRow } from "./stepFields.ts";
import { z } from "zod";

const stepInList = stepRow.extend({ name: z.string() });

/** A page of the steps of each parent; `name` tells their order, and their ids that of steps which it does not tell apart. */
function stepsStatement(
  name: string,
  { parents, steps, order }: { readonly parents: Cypher; readonly steps: Cypher; readonly order: Cypher },
) {
  return {
    name,
    access: "READ",
    text: cypher`
    ${parents}
    RETURN parent.id AS parentId,
      COUNT { MATCH ${steps} } AS totalCount,
      COLLECT {
        MATCH ${steps}
        WITH step, from, to, ${order} AS name
        WHERE $asked.afterName IS NULL OR name > $asked.afterName OR (name = $asked.afterName AND step.id > $asked.afterId)
        WITH step, from, to, name ORDER BY name, step.id LIMIT $asked.limit
        RETURN {name: name, ${stepFields}}
      } AS rows`,
    row: pagesRow(stepInList),
  } as const;
}

const assets = cypher`
    MATCH (parent:Asset)
    WHERE parent.id IN $asked.parentIds AND parent.status = 'PUBLISHED'`;

/** Those that lead to each asset: kinds of referrer first, then assets, by name. */
export const stepsToAssetsStatement = stepsStatement("stepsToAssets", {
  parents: assets,
  steps: cypher`(from)-[step:REFERS_TO]->(parent) WHERE coalesce(from.status, 'PUBLISHED') = 'PUBLISHED' MATCH ()-[step]->(to)`,
  order: cypher`CASE WHEN from:Asset THEN '1 ' ELSE '0 ' END + from.name`,
});

/** Those by which each asset sends people on, by the name of where to. */
export const stepsFromAssetsStatement = stepsStatement("stepsFromAssets", {
  parents: assets,
  steps: cypher`(parent)-[step:REFERS_TO]->(to:Asset) WHERE to.status = 'PUBLISHED' MATCH (from)-[step]->()`,
  order: cypher`to.name`,
});

/** Those of each pathway, in its own order. */
export const stepsOfPathwaysStatement = stepsStatement("stepsOfPathways", {
  parents: cypher`
    MATCH (parent:Pathway)
    WHERE parent.id IN $asked.parentIds`,
  steps: cypher`(from)-[step:REFERS_TO]->(to)
        USING INDEX step:REFERS_TO(pathwayId, position)
        WHERE step.pathwayId = parent.id AND step.position IS NOT NULL
          AND to.status = 'PUBLISHED' AND coalesce(from.status, 'PUBLISHED') = 'PUBLISHED'`,
  order: cypher`right('000' + toString(step.position), 4)`,
});
