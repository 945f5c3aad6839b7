import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import { part, type Parts } from "../../parts.ts";

const pathwayRow = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  summary: z.string(),
  description: z.string().nullable(),
  url: z.string().nullable(),
  owner: part(z.object({ id: z.string() }).nullable()),
  conditions: part(z.array(z.object({ id: z.string() }))),
  lastConfirmedOn: z.string().nullable(),
  source: part(
    z.object({
      name: z.string(),
      publisher: z.string(),
      url: z.string().nullable(),
      licence: z.string(),
      asOf: z.string(),
      sample: z.boolean(),
    }),
  ),
});

export type PathwayRow = z.output<typeof pathwayRow>;

/** The parts of `pathwayRow`. */
export const pathwayParts = {
  owner: ["owner"],
  conditions: ["conditions"],
  source: ["source"],
} as const satisfies Parts;

/** Pathways by their ids. */
export const pathwaysByIdsStatement = {
  name: "pathwaysByIds",
  access: "READ",
  text: cypher`
    MATCH (pathway:Pathway)
    WHERE pathway.id IN $asked.ids
    RETURN {
      id: pathway.id, slug: pathway.slug, name: pathway.name, summary: pathway.summary, description: pathway.description, url: pathway.url,
      owner: CASE WHEN 'owner' IN $asked.parts THEN head(COLLECT {
        MATCH (organisation:Organisation)-[:OWNS]->(pathway)
        WHERE organisation.status = 'PUBLISHED'
        RETURN {id: organisation.id} AS row ORDER BY row.id
      }) END,
      conditions: CASE WHEN 'conditions' IN $asked.parts THEN COLLECT {
        MATCH (pathway)-[:FOR]->(condition:Condition)
        WITH DISTINCT condition ORDER BY condition.name
        RETURN {id: condition.id}
      } END,
      lastConfirmedOn: toString(pathway.confirmedOn),
      source: CASE WHEN 'source' IN $asked.parts THEN head(COLLECT {
        MATCH (record:SourceRecord)-[:DESCRIBES]->(pathway)
        RETURN {
          name: record.name, publisher: record.publisher, url: record.url, licence: record.licence, asOf: record.asOf,
          sample: pathway.sample
        }
        ORDER BY record.asOf DESC, record.id
      }) END
    } AS row`,
  row: z.object({ row: pathwayRow }),
} as const;
