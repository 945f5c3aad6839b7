import { z } from "zod";
import { cypher, type Cypher } from "../../graph/cypher.ts";

/** What was loaded of each record: a record whose hash is still the same has nothing new to say. */
export const sourceRecordHashes = {
  name: "sourceRecordHashes",
  access: "READ",
  text: cypher`
    MATCH (record:SourceRecord) WHERE record.id IN $ids
    RETURN record.id AS id, record.hash AS hash`,
  row: z.object({ id: z.string(), hash: z.string() }),
} as const;

/** The rows whose record is new (`hash` is then null) or changed: asked again in the transaction that writes, for a loader beside us. */
export const changedRows = cypher`
    UNWIND $rows AS row
    OPTIONAL MATCH (known:SourceRecord {id: row.record.id})
    WITH row, known.hash AS hash
    WHERE hash IS NULL OR hash <> row.record.hash`;

/** Records what was loaded of `subject`, in the transaction that wrote it: a load cut short finds it undone and does it again. */
export function recorded(subject: Cypher): Cypher {
  return cypher`
    MERGE (record:SourceRecord {id: row.record.id})
    SET record += row.record
    MERGE (record)-[:DESCRIBES]->(${subject})
    RETURN hash IS NULL AS created`;
}

export const Recorded = z.object({ created: z.boolean() });
