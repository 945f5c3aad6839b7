import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";

/** Every condition with its terms and its links: a few hundred rows whatever the number of assets. */
export const vocabularyRowsStatement = {
  name: "vocabularyRows",
  access: "READ",
  text: cypher`
    MATCH (condition:Condition)
    RETURN condition.id AS id, condition.slug AS slug, condition.name AS name, condition.description AS description,
      coalesce(condition.examples, []) AS examples,
      COLLECT { MATCH (condition)-[:BROADER]->(broader:Condition) RETURN broader.id ORDER BY broader.name } AS broader,
      COLLECT {
        MATCH (term:Term)-[means:MEANS]->(condition)
        RETURN {text: term.text, weight: means.weight} ORDER BY means.weight DESC, term.text
      } AS terms,
      COLLECT {
        MATCH (condition)-[often:OFTEN_WITH]-(other:Condition)
        RETURN {id: other.id, weight: often.weight} ORDER BY often.weight DESC, other.name
      } AS oftenWith
    ORDER BY name, id`,
  row: z.object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    examples: z.array(z.string()),
    broader: z.array(z.string()),
    terms: z.array(z.object({ text: z.string(), weight: z.number() })),
    oftenWith: z.array(z.object({ id: z.string(), weight: z.number() })),
  }),
} as const;
