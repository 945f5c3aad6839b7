import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";

const referrerRow = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  broader: z.array(z.string()),
});

export type ReferrerRow = z.output<typeof referrerRow>;

/** Every kind of referrer with the kinds it is part of: a few dozen rows whatever the number of assets. */
export const referrersStatement = {
  name: "referrers",
  access: "READ",
  text: cypher`
    MATCH (referrer:Referrer)
    RETURN referrer.id AS id, referrer.slug AS slug, referrer.name AS name, referrer.description AS description,
      COLLECT { MATCH (referrer)-[:BROADER]->(broader:Referrer) RETURN broader.id ORDER BY broader.name } AS broader
    ORDER BY name, id`,
  row: referrerRow,
} as const;
