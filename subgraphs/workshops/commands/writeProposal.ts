import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import { inOrder } from "./writeChange.ts";

/**
 * Writes down what somebody proposes, which changes nothing else. Nothing is written when it was before (its id, or its call), or when its workshop is closed or the proposer's seat in it is no
 * longer good. Takes `change`, as `writeChangeStatement` does, with `generation` (null: of no seat).
 */
export const writeProposalStatement = {
  name: "writeProposal",
  access: "WRITE",
  text: cypher`
    ${inOrder}
    OPTIONAL MATCH (same:Change {id: $change.id})
    OPTIONAL MATCH (called:Change {call: $change.call})
    OPTIONAL MATCH (workshop:Workshop {id: $change.properties.workshopId})
    WITH log, coalesce(same, called) AS known,
      $change.properties.workshopId IS NULL
        OR (workshop.closedAt IS NULL AND coalesce(workshop.generation = $change.generation, true)) AS isOpen
    CALL (log, known, isOpen) {
      WITH log, known, isOpen
      WHERE known IS NULL AND isOpen
      SET log.sequence = coalesce(log.sequence, 0) + 1
      CREATE (change:Change {id: $change.id})
      SET change += $change.properties, change.call = $change.call, change.sequence = log.sequence, change.firstSequence = log.sequence, change.at = datetime($change.at)
      RETURN count(change) AS written
    }
    RETURN written, isOpen, known.id AS knownId`,
  row: z.object({ written: z.number().int(), isOpen: z.boolean(), knownId: z.string().nullable() }),
} as const;

/** Makes something else of proposals that are still proposed: turns them down (`asked.status`), or changes what one proposes (`asked.properties`). Of one that is changed, only if nothing has happened to it since it was read (`asked.seen`; null: it does not matter). It is remembered which call did so (`asked.call`; null: it has no name). Returns those it did so to. */
export const settleProposalsStatement = {
  name: "settleProposals",
  access: "WRITE",
  text: cypher`
    ${inOrder}
    UNWIND $asked.ids AS id
    MATCH (change:Change {id: id})
    WHERE change.status = 'PROPOSED' AND coalesce(change.sequence = $asked.seen, true)
    SET log.sequence = coalesce(log.sequence, 0) + 1
    SET change += $asked.properties, change.sequence = log.sequence
    WITH change
    CALL (change) {
      MATCH (call:Call {id: $asked.call})
      MERGE (call)-[:REVIEWED]->(change)
    }
    RETURN change.id AS id`,
  row: z.object({ id: z.string() }),
} as const;
