import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";

/** The id of the pathway with a slug. */
export const pathwayBySlugStatement = {
  name: "pathwayBySlug",
  access: "READ",
  text: cypher`
    MATCH (pathway:Pathway {slug: $slug})
    RETURN pathway.id AS id`,
  row: z.object({ id: z.string() }),
} as const;

/** A page of pathways by name: all of them, or, where $asked.conditionIds is not null, those that are for any of these. */
export const pathwaysPageStatement = {
  name: "pathwaysPage",
  access: "READ",
  text: cypher`
    MATCH (pathway:Pathway)
    USING INDEX pathway:Pathway(name, id)
    WHERE pathway.name >= coalesce($asked.afterName, '') AND pathway.id IS NOT NULL
      AND ($asked.conditionIds IS NULL OR EXISTS { MATCH (pathway)-[:FOR]->(condition:Condition) WHERE condition.id IN $asked.conditionIds })
      AND ($asked.afterName IS NULL OR pathway.name > $asked.afterName OR (pathway.name = $asked.afterName AND pathway.id > $asked.afterId))
    RETURN pathway.id AS id, pathway.name AS name
    ORDER BY name, id LIMIT $asked.limit`,
  row: z.object({ id: z.string(), name: z.string() }),
} as const;

/** How many there are in all; takes the same. */
export const pathwaysCountStatement = {
  name: "pathwaysCount",
  access: "READ",
  text: cypher`
    MATCH (pathway:Pathway)
    WHERE $asked.conditionIds IS NULL OR EXISTS { MATCH (pathway)-[:FOR]->(condition:Condition) WHERE condition.id IN $asked.conditionIds }
    RETURN count(*) AS count`,
  row: z.object({ count: z.number().int() }),
} as const;
