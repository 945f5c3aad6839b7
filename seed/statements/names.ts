import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";

// Which index is said, because the first plan is made for a graph that has nothing in it yet, and kept for a while.

/** Areas by code or slug, conditions, periods and kinds of referrer by slug, assets by the key of their record: what files may point at without containing it. */
export const namedInTheGraph = {
  name: "namedInTheGraph",
  access: "READ",
  text: cypher`
    UNWIND $areas AS name
    CALL (name) {
      MATCH (area:Area {code: name})
      USING INDEX area:Area(code)
      RETURN area
      UNION
      MATCH (area:Area {slug: name})
      USING INDEX area:Area(slug)
      RETURN area
    }
    RETURN 'area' AS what, name, area.id AS id, area.kind AS kind
    UNION ALL
    UNWIND $conditions AS name
    MATCH (condition:Condition {slug: name})
    RETURN 'condition' AS what, name, condition.id AS id, 'Condition' AS kind
    UNION ALL
    UNWIND $periods AS name
    MATCH (period:Period {slug: name})
    RETURN 'period' AS what, name, name AS id, 'Period' AS kind
    UNION ALL
    UNWIND $referrers AS name
    MATCH (referrer:Referrer {slug: name})
    RETURN 'referrer' AS what, name, referrer.id AS id, 'Referrer' AS kind
    UNION ALL
    UNWIND $assets AS name
    MATCH (:SourceRecord {key: name})-[:DESCRIBES]->(asset:Asset)
    RETURN 'asset' AS what, name, asset.id AS id, head([label IN labels(asset) WHERE label <> 'Asset']) AS kind`,
  row: z.object({
    what: z.enum(["area", "condition", "period", "referrer", "asset"]),
    name: z.string(),
    id: z.string(),
    kind: z.string(),
  }),
} as const;

/** Codes and slugs that belong to another node than the one the files mean. */
export const takenNames = {
  name: "takenNames",
  access: "READ",
  text: cypher`
    UNWIND $areas AS wanted
    CALL (wanted) {
      MATCH (area:Area {code: wanted.code})
      USING INDEX area:Area(code)
      RETURN area
      UNION
      MATCH (area:Area {slug: wanted.slug})
      USING INDEX area:Area(slug)
      RETURN area
    }
    WITH wanted, area
    WHERE area.id <> wanted.id
    RETURN wanted.key AS key, area.name AS name
    UNION ALL
    UNWIND $conditions AS wanted
    MATCH (condition:Condition {slug: wanted.slug})
    WHERE condition.id <> wanted.id
    RETURN wanted.key AS key, condition.name AS name
    UNION ALL
    UNWIND $pathways AS wanted
    MATCH (pathway:Pathway {slug: wanted.slug})
    WHERE pathway.id <> wanted.id
    RETURN wanted.key AS key, pathway.name AS name`,
  row: z.object({ key: z.string(), name: z.string() }),
} as const;
