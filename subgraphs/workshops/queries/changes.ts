import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import type { Effect } from "../effects.ts";

export const changeStatuses = ["PROPOSED", "APPLIED", "REJECTED", "UNDONE"] as const;

export type ChangeStatus = (typeof changeStatuses)[number];

/** A change as it is kept. */
export interface ChangeRow {
  readonly id: string;
  readonly at: string;
  readonly appliedAt: string | null;
  readonly sequence: number;
  /** Its place among what took effect; null for what did not. Effects done again in this order, from nothing, make the map. */
  readonly appliedSequence: number | null;
  /** Its place among what stands: that of when it was last done, which for what was undone and done again is later. */
  readonly liveSequence: number | null;
  readonly by: string;
  readonly workshopId: string | null;
  readonly kind: string;
  readonly status: ChangeStatus;
  readonly subjectId: string;
  readonly effects: readonly Effect[];
  /** What the ends of its links, and its assets, were called. */
  readonly names: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly reason: string | null;
  readonly undoes: string | null;
  readonly undoneBy: string | null;
}

export const changeFields = cypher`change {
      .id, .sequence, .appliedSequence, .liveSequence, .by, .workshopId, .kind, .status, .subjectId, .effects, .names, .summary, .reason, .undoes, .undoneBy,
      at: toString(change.at), appliedAt: toString(change.appliedAt)
    }`;

export const changeRow = z
  .object({
    id: z.string(),
    at: z.string(),
    appliedAt: z.string().nullable(),
    sequence: z.number().int(),
    appliedSequence: z.number().int().nullable(),
    liveSequence: z.number().int().nullable(),
    by: z.string(),
    workshopId: z.string().nullable(),
    kind: z.string(),
    status: z.enum(changeStatuses),
    subjectId: z.string(),
    effects: z.string(),
    names: z.string(),
    summary: z.string(),
    reason: z.string().nullable(),
    undoes: z.string().nullable(),
    undoneBy: z.string().nullable(),
  })
  // Written by nobody but us: what it says is as `writeChange` was given it.
  .transform(
    (row): ChangeRow => ({
      ...row,
      effects: JSON.parse(row.effects) as readonly Effect[],
      names: JSON.parse(row.names) as Readonly<Record<string, string>>,
    }),
  );

/** Changes by their ids. */
export const changesByIdsStatement = {
  name: "changesByIds",
  access: "READ",
  text: cypher`
    MATCH (change:Change)
    WHERE change.id IN $asked.ids
    RETURN ${changeFields} AS row`,
  row: z.object({ row: changeRow }),
} as const;

/** The change that a call made before, if it did. */
export const changeOfCallStatement = {
  name: "changeOfCall",
  access: "READ",
  text: cypher`
    MATCH (change:Change {call: $asked.call})
    RETURN ${changeFields} AS row`,
  row: z.object({ row: changeRow }),
} as const;

/** All that is proposed in a workshop, the earliest first. */
export const proposalsOfWorkshopStatement = {
  name: "proposalsOfWorkshop",
  access: "READ",
  text: cypher`
    MATCH (change:Change)
    WHERE change.workshopId = $asked.workshopId AND change.status = 'PROPOSED'
    RETURN ${changeFields} AS row ORDER BY change.id`,
  row: z.object({ row: changeRow }),
} as const;

/** What has taken effect on some assets after a place in the order, and was not undone; the latest first. Undoings do not count: what they took back is undone. */
export const laterChangesStatement = {
  name: "laterChanges",
  access: "READ",
  text: cypher`
    MATCH (asset:Asset)<-[:CHANGED]-(change:Change)
    WHERE asset.id IN $asked.ids AND change.liveSequence > $asked.after AND change.status = 'APPLIED' AND change.undoes IS NULL
    WITH DISTINCT change
    RETURN ${changeFields} AS row ORDER BY change.liveSequence DESC`,
  row: z.object({ row: changeRow }),
} as const;

/** What took effect on an asset from one of its versions on, the latest first. */
export const changesSinceVersionStatement = {
  name: "changesSinceVersion",
  access: "READ",
  text: cypher`
    MATCH (:Asset {id: $asked.id})<-[changed:CHANGED]-(change:Change)
    WHERE changed.version > $asked.version
    RETURN ${changeFields} AS row ORDER BY changed.version DESC`,
  row: z.object({ row: changeRow }),
} as const;

/** What took effect on an asset after a moment, the latest first: taken back in that order, it gives what was so at that moment. */
export const changesSinceMomentStatement = {
  name: "changesSinceMoment",
  access: "READ",
  text: cypher`
    MATCH (:Asset {id: $asked.id})<-[:CHANGED]-(change:Change)
    WHERE change.appliedAt > datetime($asked.moment)
    RETURN ${changeFields} AS row ORDER BY change.appliedSequence DESC`,
  row: z.object({ row: changeRow }),
} as const;
