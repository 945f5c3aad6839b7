import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";

/** Areas by id, ONS code or slug. */
export const areasCalledStatement = {
  name: "areasCalled",
  access: "READ",
  text: cypher`
    UNWIND $asked.names AS name
    CALL (name) {
      MATCH (area:Area {id: name})
      RETURN area
      UNION
      MATCH (area:Area {code: name})
      USING INDEX area:Area(code)
      RETURN area
      UNION
      MATCH (area:Area {slug: name})
      USING INDEX area:Area(slug)
      RETURN area
    }
    RETURN name AS asked, area.id AS id, area.name AS name, area.kind AS kind`,
  row: z.object({ asked: z.string(), id: z.string(), name: z.string(), kind: z.string() }),
} as const;

/** Periods by their slugs, as schedules follow them. */
export const periodsCalledStatement = {
  name: "periodsCalled",
  access: "READ",
  text: cypher`
    MATCH (period:Period)
    WHERE period.slug IN $asked.slugs
    RETURN period.slug AS slug, period.name AS name,
      [i IN range(0, size(period.validFrom) - 1) | {from: period.validFrom[i], through: period.validThrough[i]}] AS ranges`,
  row: z.object({
    slug: z.string(),
    name: z.string(),
    ranges: z.array(z.object({ from: z.string(), through: z.string() })),
  }),
} as const;
