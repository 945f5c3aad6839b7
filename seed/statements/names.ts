import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";

/** Areas by code or slug, conditions by slug, assets by the key of their record: what files may point at without containing it. */
export const namedInTheGraph = {
  name: "namedInTheGraph",
  access: "READ",
  text: cypher`
    UNWIND $areas AS name
    MATCH (area:Area) WHERE area.code = name OR area.slug = name
    RETURN 'area' AS what, name, area.id AS id, area.kind AS kind
    UNION ALL
    UNWIND $conditions AS name
    MATCH (condition:Condition {slug: name})
    RETURN 'condition' AS what, name, condition.id AS id, 'Condition' AS kind
    UNION ALL
    UNWIND $assets AS name
    MATCH (:SourceRecord {key: name})-[:DESCRIBES]->(asset:Asset)
    RETURN 'asset' AS what, name, asset.id AS id, head([label IN labels(asset) WHERE label <> 'Asset']) AS kind`,
  row: z.object({
    what: z.enum(["area", "condition", "asset"]),
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
    MATCH (area:Area)
    WHERE (area.code = wanted.code OR area.slug = wanted.slug) AND area.id <> wanted.id
    RETURN wanted.key AS key, area.name AS name
    UNION ALL
    UNWIND $conditions AS wanted
    MATCH (condition:Condition {slug: wanted.slug})
    WHERE condition.id <> wanted.id
    RETURN wanted.key AS key, condition.name AS name`,
  row: z.object({ key: z.string(), name: z.string() }),
} as const;
