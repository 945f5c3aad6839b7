import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import { pagesRow } from "../../pagesByParent.ts";
import type { Effect } from "../effects.ts";

export const changeStatuses = ["PROPOSED", "APPLIED", "REJECTED", "UNDONE"] as const;

export type ChangeStatus = (typeof changeStatuses)[number];

/** A change as it is kept. */
export interface ChangeRow {
  readonly id: string;
  readonly at: string;
  readonly appliedAt: string | null;
  readonly sequence: number;
  /** Its place when it was first written: the order in which commands were given. */
  readonly firstSequence: number;
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
      .id, .sequence, .firstSequence, .appliedSequence, .liveSequence, .by, .workshopId, .kind, .status, .subjectId, .effects, .names, .summary, .reason, .undoes, .undoneBy,
      at: toString(change.at), appliedAt: toString(change.appliedAt)
    }`;

export const changeRow = z
  .object({
    id: z.string(),
    at: z.string(),
    appliedAt: z.string().nullable(),
    sequence: z.number().int(),
    firstSequence: z.number().int(),
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
  .transform((row): ChangeRow => ({
    ...row,
    effects: JSON.parse(row.effects) as readonly Effect[],
    names: JSON.parse(row.names) as Readonly<Record<string, string>>,
  }));

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
    WHERE change.workshopId = $asked.workshopId AND change.sequence > 0 AND change.status = 'PROPOSED'
    RETURN ${changeFields} AS row ORDER BY change.firstSequence`,
  row: z.object({ row: changeRow }),
} as const;

/** What is proposed in no workshop, or was and was not approved; the latest thousand. */
export const proposalsOfNoWorkshopStatement = {
  name: "proposalsOfNoWorkshop",
  access: "READ",
  text: cypher`
    MATCH (change:Change)
    // The index that has the status has the day with it.
    WHERE change.status IN ['PROPOSED', 'REJECTED'] AND change.at IS NOT NULL AND change.workshopId IS NULL AND change.appliedSequence IS NULL
    RETURN ${changeFields} AS row ORDER BY change.sequence DESC LIMIT 1000`,
  row: z.object({ row: changeRow }),
} as const;

/** What has taken effect on some assets after a place in the order, and was not undone; the latest first. Undoings do not count: what they took back is undone. */
export const laterChangesStatement = {
  name: "laterChanges",
  access: "READ",
  text: cypher`
    MATCH (asset:Asset)<-[:CHANGED]-(change:Change)
    USING INDEX asset:Asset(id)
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

/** What everybody may see of changes is what was applied; proposals are for members of their workshop (`asked.isMember`), and those of none for whom they are listed for (`asked.theirs`). */
const isSeen = cypher`(change.appliedSequence IS NOT NULL OR $asked.isMember OR change.id IN $asked.theirs)`;

const isAskedFor = cypher`($asked.status IS NULL OR change.status = $asked.status)
      AND ($asked.from IS NULL OR coalesce(change.appliedAt, change.at) >= datetime($asked.from))
      AND ($asked.to IS NULL OR coalesce(change.appliedAt, change.at) < datetime($asked.to))
      AND ${isSeen}`;

const pageEnd = cypher`RETURN ${changeFields} AS row ORDER BY change.sequence DESC LIMIT $asked.limit`;

/** A page of all changes, the latest first. */
export const changesPageStatement = {
  name: "changesPage",
  access: "READ",
  text: cypher`
    MATCH (change:Change)
    WHERE change.sequence < $asked.before AND ${isAskedFor}
    ${pageEnd}`,
  row: z.object({ row: changeRow }),
} as const;

/** A page of the changes of an asset, the latest first; of those in a workshop where that is asked. */
export const changesOfAssetPageStatement = {
  name: "changesOfAssetPage",
  access: "READ",
  text: cypher`
    MATCH (:Asset {id: $asked.assetId})<-[:CHANGED]-(change:Change)
    WHERE change.sequence < $asked.before AND ($asked.workshopId IS NULL OR change.workshopId = $asked.workshopId) AND ${isAskedFor}
    WITH DISTINCT change
    ${pageEnd}`,
  row: z.object({ row: changeRow }),
} as const;

/** A page of the changes of a workshop, the latest first. */
export const changesInWorkshopPageStatement = {
  name: "changesInWorkshopPage",
  access: "READ",
  text: cypher`
    MATCH (change:Change)
    WHERE change.workshopId = $asked.workshopId AND change.sequence < $asked.before AND ${isAskedFor}
    ${pageEnd}`,
  row: z.object({ row: changeRow }),
} as const;

/** How many there are of what the three pages above list. */
export const changesCountStatement = {
  name: "changesCount",
  access: "READ",
  text: cypher`
    CALL () {
      WITH 1 AS one WHERE $asked.assetId IS NOT NULL
      MATCH (:Asset {id: $asked.assetId})<-[:CHANGED]-(change:Change)
      WHERE $asked.workshopId IS NULL OR change.workshopId = $asked.workshopId
      RETURN DISTINCT change
      UNION ALL
      WITH 1 AS one WHERE $asked.assetId IS NULL AND $asked.workshopId IS NOT NULL
      MATCH (change:Change)
      WHERE change.workshopId = $asked.workshopId AND change.sequence > 0
      RETURN change
      UNION ALL
      WITH 1 AS one WHERE $asked.assetId IS NULL AND $asked.workshopId IS NULL
      MATCH (change:Change)
      WHERE change.sequence > 0
      RETURN change
    }
    WITH change
    WHERE ${isAskedFor}
    RETURN count(change) AS count`,
  row: z.object({ count: z.number().int() }),
} as const;

/** The changes of a workshop that are new, or that something has become of, since a place in the order; in that order. */
export const changesSinceStatement = {
  name: "changesSince",
  access: "READ",
  text: cypher`
    MATCH (change:Change)
    WHERE change.workshopId = $asked.workshopId AND change.sequence > $asked.since AND ($asked.status IS NULL OR change.status = $asked.status)
    RETURN ${changeFields} AS row ORDER BY change.sequence LIMIT $asked.limit`,
  row: z.object({ row: changeRow }),
} as const;

/** The greatest place in the order that a change of a workshop has. */
export const lastSequenceStatement = {
  name: "lastSequence",
  access: "READ",
  text: cypher`
    MATCH (change:Change)
    WHERE change.workshopId = $asked.workshopId AND change.sequence > 0
    RETURN change.sequence AS sequence ORDER BY change.sequence DESC LIMIT 1`,
  row: z.object({ sequence: z.number().int() }),
} as const;

/** For each asset, a page of what was applied to it and its links, the latest first: \`name\` tells the order. */
export const changesByAssetIdsStatement = {
  name: "changesByAssetIds",
  access: "READ",
  text: cypher`
    MATCH (parent:Asset)
    WHERE parent.id IN $asked.parentIds
    RETURN parent.id AS parentId,
      COUNT { MATCH (parent)<-[:CHANGED]-(change:Change) RETURN DISTINCT change } AS totalCount,
      COLLECT {
        MATCH (parent)<-[:CHANGED]-(change:Change)
        WITH DISTINCT change, right('000000000000' + toString(999999999999 - change.appliedSequence), 12) AS name
        WHERE $asked.afterName IS NULL OR name > $asked.afterName
        WITH change, name ORDER BY name LIMIT $asked.limit
        RETURN {id: change.id, name: name, change: ${changeFields}}
      } AS rows`,
  row: pagesRow(z.object({ id: z.string(), name: z.string(), change: changeRow })),
} as const;
