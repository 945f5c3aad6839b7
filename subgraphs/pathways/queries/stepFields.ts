import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";

const named = z.object({ id: z.string(), name: z.string() });

/** The shape of `stepFields`. */
export const stepRow = z.object({
  id: z.string(),
  from: named,
  to: named,
  method: z.enum(["WALK_IN", "PHONE", "FORM", "EMAIL", "LETTER", "WARM_INTRODUCTION"]),
  contact: z.string().nullable(),
  ownCriteria: z.string().nullable(),
  minimumAge: z.number().nullable(),
  maximumAge: z.number().nullable(),
  serves: z.array(named),
  accepts: z.array(named),
  excludes: z.array(named),
  waitDays: z.number().int().nullable(),
  formerWaitDays: z.number().int().nullable(),
  formerWaitOn: z.string().nullable(),
  capacity: z.enum(["OPEN", "FULL", "PAUSED", "CLOSED"]).nullable(),
  pathway: z.object({ id: z.string() }).nullable(),
  evidence: z.string().nullable(),
  lastConfirmedOn: z.string().nullable(),
  sample: z.boolean(),
  /** Whether the step, or what it leads from or to, was invented. */
  passesSample: z.boolean(),
  /** Whom the asset it leads to says that it is for, and for which areas. */
  forWhom: z.array(
    z.object({
      minimumAge: z.number().nullable(),
      maximumAge: z.number().nullable(),
      description: z.string().nullable(),
    }),
  ),
  servedByAsset: z.array(named),
});

export type StepRow = z.output<typeof stepRow>;

/** The entries, in a Cypher map, of a bound `step` from a bound `from` to a bound `to`. */
export const stepFields = cypher`
  id: step.id, from: from {.id, .name}, to: to {.id, .name},
  method: step.method, contact: step.contact, ownCriteria: step.criteria,
  minimumAge: step.minimumAge, maximumAge: step.maximumAge,
  serves: COLLECT { MATCH (area:Area) WHERE area.id IN step.areaIds RETURN area {.id, .name} ORDER BY area.name, area.id },
  accepts: COLLECT { MATCH (one:Condition) WHERE one.id IN step.acceptedConditionIds RETURN one {.id, .name} ORDER BY one.name },
  excludes: COLLECT { MATCH (one:Condition) WHERE one.id IN step.excludedConditionIds RETURN one {.id, .name} ORDER BY one.name },
  waitDays: step.waitDays, formerWaitDays: step.formerWaitDays, formerWaitOn: toString(step.formerWaitOn),
  capacity: step.capacity,
  pathway: CASE WHEN step.pathwayId IS NULL THEN null ELSE {id: step.pathwayId} END,
  evidence: step.evidence, lastConfirmedOn: toString(step.confirmedOn), sample: coalesce(step.sample, false),
  passesSample: any(sample IN [step.sample, from.sample AND from:Asset, to.sample] WHERE sample),
  forWhom: COLLECT {
    MATCH (to)-[:STATES]->(statement:Eligibility {excludes: false})
    RETURN statement {.minimumAge, .maximumAge, .description} ORDER BY statement.position
  },
  servedByAsset: COLLECT { MATCH (to)-[:SERVES]->(area:Area) RETURN DISTINCT area {.id, .name} AS row ORDER BY row.name, row.id }`;
