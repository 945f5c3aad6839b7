import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import { assetFields, assetParts, assetRow } from "../../assetFields.ts";
import { part, type Parts } from "../../parts.ts";

export const groupRow = z.object({
  ...assetRow,
  meetsAt: part(z.array(z.object({ id: z.string() }))),
  runBy: part(z.array(z.object({ id: z.string() }))),
});

/** The parts of `groupRow`. */
export const groupParts = {
  ...assetParts,
  meetsAt: ["meetsAt"],
  runBy: ["runBy"],
} as const satisfies Parts;

export type GroupRow = z.output<typeof groupRow>;

/** A group bound as `asset`, as the entries of a Cypher map. */
export const groupFields = cypher`${assetFields},
  meetsAt: CASE WHEN 'meetsAt' IN $asked.parts THEN COLLECT {
    MATCH (asset)-[:MEETS_AT]->(place:Place)
    WHERE place.status = 'PUBLISHED'
    WITH DISTINCT place ORDER BY place.name, place.id
    RETURN {id: place.id}
  } END,
  runBy: CASE WHEN 'runBy' IN $asked.parts THEN COLLECT {
    MATCH (asset)<-[:RUNS]-(organisation:Organisation)
    WHERE organisation.status = 'PUBLISHED'
    WITH DISTINCT organisation ORDER BY organisation.name, organisation.id
    RETURN {id: organisation.id}
  } END`;

export const groupsByIdsStatement = {
  name: "groupsByIds",
  access: "READ",
  text: cypher`
    MATCH (asset:Asset)
    WHERE asset.id IN $asked.ids AND asset:Group AND asset.status = 'PUBLISHED'
    RETURN {${groupFields}} AS row`,
  row: z.object({ row: groupRow }),
} as const;
