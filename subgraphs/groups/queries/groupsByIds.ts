import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import { assetFields, assetRow } from "../../assetFields.ts";

export const groupRow = z.object({
  ...assetRow,
  meetsAt: z.array(z.object({ id: z.string() })),
  runBy: z.array(z.object({ id: z.string() })),
});

export type GroupRow = z.output<typeof groupRow>;

/** A group bound as `asset`, as the entries of a Cypher map. */
export const groupFields = cypher`${assetFields},
  meetsAt: COLLECT {
    MATCH (asset)-[:MEETS_AT]->(place:Place)
    WHERE place.status = 'PUBLISHED'
    WITH DISTINCT place ORDER BY place.name, place.id
    RETURN {id: place.id}
  },
  runBy: COLLECT {
    MATCH (asset)<-[:RUNS]-(organisation:Organisation)
    WHERE organisation.status = 'PUBLISHED'
    WITH DISTINCT organisation ORDER BY organisation.name, organisation.id
    RETURN {id: organisation.id}
  }`;

export const groupsByIdsStatement = {
  name: "groupsByIds",
  access: "READ",
  text: cypher`
    MATCH (asset:Asset)
    WHERE asset.id IN $asked.ids AND asset:Group AND asset.status = 'PUBLISHED'
    RETURN {${groupFields}} AS row`,
  row: z.object({ row: groupRow }),
} as const;
