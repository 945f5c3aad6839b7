import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import { stepFields, stepRow } from "./stepFields.ts";

/** Steps by their ids, whatever they belong to. */
export const stepsByIdsStatement = {
  name: "stepsByIds",
  access: "READ",
  text: cypher`
    MATCH (from)-[step:REFERS_TO]->(to:Asset)
    USING INDEX step:REFERS_TO(id)
    WHERE step.id IN $asked.ids AND to.status = 'PUBLISHED' AND coalesce(from.status, 'PUBLISHED') = 'PUBLISHED'
    RETURN {${stepFields}} AS row`,
  row: z.object({ row: stepRow }),
} as const;
