import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";

const areaKind = z.enum(["LSOA", "NEIGHBOURHOOD", "WARD", "MSOA", "CLUSTER", "DISTRICT", "LOCAL_AUTHORITY", "NATION"]);

export const areaRow = z.object({
  id: z.string(),
  name: z.string(),
  kind: areaKind,
  slug: z.string().nullable(),
  code: z.string().nullable(),
  centre: z.object({ latitude: z.number(), longitude: z.number() }),
  population: z.number().int().nullable(),
  isProposed: z.boolean(),
  within: z.array(z.object({ id: z.string() })),
});

export type AreaRow = z.output<typeof areaRow>;

/** An area bound as `area`, as the entries of a Cypher map. */
export const areaFields = cypher`
  id: area.id,
  name: area.name,
  kind: area.kind,
  slug: area.slug,
  code: area.code,
  centre: {latitude: area.centre.latitude, longitude: area.centre.longitude},
  population: area.population,
  isProposed: area.proposed,
  within: COLLECT { MATCH (area)-[:WITHIN]->(larger:Area) RETURN {id: larger.id} ORDER BY larger.name, larger.id }`;

export const areasByIdsStatement = {
  name: "areasByIds",
  access: "READ",
  text: cypher`
    MATCH (area:Area)
    WHERE area.id IN $asked.ids
    RETURN {${areaFields}} AS row`,
  row: z.object({ row: areaRow }),
} as const;
