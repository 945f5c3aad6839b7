import { type Cypher, cypher } from "../../graph/cypher.ts";

/** Binds former: what is stated of the bound steps that a record is about to say anew, {id, waitDays, formerWaitDays, formerWaitOn, confirmedOn} of each. */
export function formerSteps(steps: Cypher): Cypher {
  return cypher`COLLECT { MATCH ${steps} RETURN step {.id, .waitDays, .formerWaitDays, .formerWaitOn, .confirmedOn} }`;
}

/**
 * Makes the steps of `row.referrals`, each from an asset or a kind of referrer to an asset. A wait that has changed leaves word of what it was before
 * (`former`, see `formerSteps`), unless the record says that itself. Takes source, confirmedOn and former, and the steps' pathwayId (null: of none).
 */
export function steps(pathwayId: Cypher): Cypher {
  return cypher`
      UNWIND row.referrals AS told
      MATCH (to:Asset {id: told.to})
      // What editors have changed or taken away stays as they left it.
      WITH * WHERE NOT told.properties.id IN coalesce(to.editedLinks, [])
      CALL (told) {
        MATCH (from:Asset {id: told.from})
        RETURN from
        UNION
        MATCH (from:Referrer {id: told.from})
        RETURN from
      }
      CREATE (from)-[step:REFERS_TO]->(to)
      SET step = told.properties, step.pathwayId = ${pathwayId}, step.source = source, step.assertedBy = 'import', step.confirmedOn = confirmedOn,
          step.formerWaitOn = date(told.properties.formerWaitOn)
      WITH step, head([one IN former WHERE one.id = step.id]) AS before
      WHERE step.formerWaitOn IS NULL AND before IS NOT NULL
      SET step.formerWaitDays = CASE WHEN before.waitDays <> step.waitDays THEN before.waitDays ELSE before.formerWaitDays END,
          step.formerWaitOn = CASE WHEN before.waitDays <> step.waitDays THEN before.confirmedOn ELSE before.formerWaitOn END`;
}
