import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";
import { changedRows, Recorded, recorded } from "./sourceRecords.ts";
import { inTurn } from "./turns.ts";

/** What things are called that proposals are about, as far as they are there. */
export const namesOfProposed = {
  name: "namesOfProposed",
  access: "READ",
  text: cypher`
    CALL () {
      MATCH (node:Asset) WHERE node.id IN $ids
      RETURN node
      UNION ALL
      MATCH (node:Area) WHERE node.id IN $ids
      RETURN node
      UNION ALL
      MATCH (node:Condition) WHERE node.id IN $ids
      RETURN node
    }
    RETURN node.id AS id, node.name AS name`,
  row: z.object({ id: z.string(), name: z.string() }),
} as const;

/**
 * Makes each workshop what its record says, and writes down what is proposed in it, in the order of all that happens to changes: the log's lock is what commands take as well. A workshop that was
 * closed stays so. Of a proposal what was said since counts: one that was approved, turned down or amended stays as it is.
 */
export const describeWorkshops = {
  name: "describeWorkshops",
  access: "WRITE",
  text: cypher`
    ${inTurn}
    ${changedRows}
    MERGE (workshop:Workshop {id: row.id})
    ON CREATE SET workshop.startedAt = datetime(row.startedAt), workshop.generation = 1
    SET workshop += row.properties
    WITH row, hash, workshop
    CALL (row) {
      MERGE (log:ChangeLog {id: 'changes'})
      SET log.askedAt = datetime.realtime()
      WITH log, row
      UNWIND row.proposals AS proposal
      OPTIONAL MATCH (known:Change {id: proposal.id})
      WITH log, row, proposal, known
      WHERE known IS NULL
        OR (known.status = 'PROPOSED' AND known.amendedBy IS NULL AND known.effects <> proposal.properties.effects)
      WITH log, row, collect(proposal) AS proposals, coalesce(log.sequence, 0) AS last
      SET log.sequence = last + size(proposals)
      WITH row, proposals, last
      UNWIND range(0, size(proposals) - 1) AS index
      WITH row, proposals[index] AS proposal, last + index + 1 AS sequence
      MERGE (change:Change {id: proposal.id})
      ON CREATE SET change.firstSequence = sequence, change.at = datetime(proposal.at), change.status = 'PROPOSED', change.workshopId = row.id
      SET change += proposal.properties, change.names = proposal.named, change.sequence = sequence
    }
    ${recorded(cypher`workshop`)}`,
  row: Recorded,
} as const;
