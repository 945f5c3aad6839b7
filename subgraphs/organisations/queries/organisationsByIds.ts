import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import { assetFields, assetParts, assetRow } from "../../assetFields.ts";
import { part, type Parts } from "../../parts.ts";

export const organisationRow = z.object({
  ...assetRow,
  charityNumber: z.string().nullable(),
  basedAt: part(z.array(z.object({ id: z.string() }))),
});

/** The parts of `organisationRow`. */
export const organisationParts = {
  ...assetParts,
  basedAt: ["basedAt"],
} as const satisfies Parts;

export type OrganisationRow = z.output<typeof organisationRow>;

export const organisationsByIdsStatement = {
  name: "organisationsByIds",
  access: "READ",
  text: cypher`
    MATCH (asset:Asset)
    WHERE asset.id IN $asked.ids AND asset:Organisation AND asset.status = 'PUBLISHED'
    RETURN {${assetFields},
      charityNumber: asset.charityNumber,
      basedAt: CASE WHEN 'basedAt' IN $asked.parts THEN COLLECT {
        MATCH (asset)-[:BASED_AT]->(place:Place)
        WHERE place.status = 'PUBLISHED'
        WITH DISTINCT place ORDER BY place.name, place.id
        RETURN {id: place.id}
      } END
    } AS row`,
  row: z.object({ row: organisationRow }),
} as const;
