import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";

export const workshopFields = cypher`workshop {
      .id, .name, .areaId, .startedBy, .generation, .code,
      open: workshop.closedAt IS NULL, startedAt: toString(workshop.startedAt), closedAt: toString(workshop.closedAt),
      codeExpiresAt: toString(workshop.codeExpiresAt), sample: coalesce(workshop.sample, false),
      areaIds: COLLECT { MATCH (:Area {id: workshop.areaId})-[:WITHIN*0..6]->(area:Area) RETURN DISTINCT area.id }
    }`;

export const workshopRow = z.object({
  id: z.string(),
  name: z.string(),
  areaId: z.string().nullable(),
  /** The area and all those it is in: whoever may edit in one of these is a facilitator. */
  areaIds: z.array(z.string()),
  open: z.boolean(),
  startedAt: z.string(),
  closedAt: z.string().nullable(),
  startedBy: z.string(),
  /** How many codes it has had: seats of an earlier one are no good. */
  generation: z.number().int(),
  code: z.string().nullable(),
  codeExpiresAt: z.string().nullable(),
  sample: z.boolean(),
});

export type WorkshopRow = z.output<typeof workshopRow>;

/** Workshops by their ids. */
export const workshopsByIdsStatement = {
  name: "workshopsByIds",
  access: "READ",
  text: cypher`
    MATCH (workshop:Workshop)
    WHERE workshop.id IN $asked.ids
    RETURN ${workshopFields} AS row`,
  row: z.object({ row: workshopRow }),
} as const;

/** The workshop that a code lets join; at most one. */
export const workshopOfCodeStatement = {
  name: "workshopOfCode",
  access: "READ",
  text: cypher`
    MATCH (workshop:Workshop {code: $asked.code})
    RETURN ${workshopFields} AS row`,
  row: z.object({ row: workshopRow }),
} as const;

/** All workshops that an editor may see, the latest first: those in some areas, or all (`asked.areas` null), or of some ids. */
export const workshopsPageStatement = {
  name: "workshopsPage",
  access: "READ",
  text: cypher`
    MATCH (workshop:Workshop)
    WHERE workshop.startedAt <= datetime($asked.now)
      AND ($asked.open IS NULL OR (workshop.closedAt IS NULL) = $asked.open)
      AND ($asked.isEverywhere OR workshop.id IN $asked.ids
        OR EXISTS { MATCH (:Area {id: workshop.areaId})-[:WITHIN*0..6]->(area:Area) WHERE area.id IN $asked.areas })
    RETURN ${workshopFields} AS row ORDER BY workshop.startedAt DESC, workshop.id`,
  row: z.object({ row: workshopRow }),
} as const;

/** How far some workshops have come: read every second for all that somebody listens to, and so from two indexes alone. */
export const workshopMarksStatement = {
  name: "workshopMarks",
  access: "READ",
  text: cypher`
    MATCH (workshop:Workshop)
    WHERE workshop.id IN $asked.ids
    CALL (workshop) {
      OPTIONAL MATCH (change:Change)
      WHERE change.workshopId = workshop.id AND change.sequence > 0
      RETURN change.sequence AS sequence ORDER BY change.sequence DESC LIMIT 1
    }
    RETURN workshop.id AS id, coalesce(sequence, 0) AS sequence, workshop.generation AS generation`,
  row: z.object({ id: z.string(), sequence: z.number().int(), generation: z.number().int() }),
} as const;
