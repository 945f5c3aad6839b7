import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";

const point = z.object({ latitude: z.number(), longitude: z.number() });

/** Every area that people name, that is, all but LSOAs, with the local authority it lies in. */
export const namedAreasStatement = {
  name: "namedAreas",
  access: "READ",
  text: cypher`
    MATCH (area:Area)
    WHERE area.kind IN ['NEIGHBOURHOOD', 'WARD', 'MSOA', 'CLUSTER', 'DISTRICT', 'LOCAL_AUTHORITY', 'NATION']
    RETURN area.id AS id, area.kind AS kind, area.name AS name, area.alternateNames AS alternateNames,
      area.slug AS slug, area.code AS code,
      {latitude: area.centre.latitude, longitude: area.centre.longitude} AS centre,
      head(COLLECT {
        MATCH (area)-[:WITHIN*0..4]->(authority:Area {kind: 'LOCAL_AUTHORITY'})
        RETURN authority.name ORDER BY authority.name
      }) AS localAuthority
    ORDER BY name, id`,
  row: z.object({
    id: z.string(),
    kind: z.enum(["NEIGHBOURHOOD", "WARD", "MSOA", "CLUSTER", "DISTRICT", "LOCAL_AUTHORITY", "NATION"]),
    name: z.string(),
    alternateNames: z.array(z.string()),
    slug: z.string().nullable(),
    code: z.string().nullable(),
    centre: point,
    localAuthority: z.string().nullable(),
  }),
} as const;

export type NamedArea = z.output<typeof namedAreasStatement.row>;
