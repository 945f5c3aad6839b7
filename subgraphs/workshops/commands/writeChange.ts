import { z } from "zod";
import { neverLaidOut } from "../../../calendar/laidOut.ts";
import { cypher } from "../../../graph/cypher.ts";
import { derivedOfAsset } from "../../../graph/derived.ts";

/** The lock that puts all that happens to changes into one order. Of two commands at once, the second begins when the first is done. */
export const inOrder = cypher`
    MERGE (log:ChangeLog {id: 'changes'})
    SET log.askedAt = datetime.realtime()
    WITH log`;

const nothing = cypher``;

/** Writes what is said of assets, but for their links. */
const assetsWritten = cypher`
      CALL (change) {
        UNWIND $given.assets AS row
        MERGE (asset:Asset {id: row.id})
        SET asset:$(row.kind), asset += row.properties,
            asset.editedFields = coalesce(asset.editedFields, []) + [name IN row.names WHERE NOT name IN coalesce(asset.editedFields, [])]
        WITH row, asset
        CALL (row, asset) {
          WITH row, asset WHERE 'location' IN row.names
          SET asset.location = point({latitude: row.latitude, longitude: row.longitude})
        }
        CALL (row, asset) {
          WITH row, asset WHERE 'confirmedOn' IN row.names
          SET asset.confirmedOn = date(row.confirmedOn)
        }
        CALL (row, asset) {
          WITH row, asset WHERE row.record IS NOT NULL
          MERGE (record:SourceRecord {id: row.record.id})
          ON CREATE SET record = row.record
          MERGE (record)-[:DESCRIBES]->(asset)
        }
        CALL (row, asset) {
          WITH row, asset WHERE 'eligibility' IN row.names
          CALL (asset) {
            MATCH (asset)-[:STATES]->(statement:Eligibility)
            DETACH DELETE statement
          }
          UNWIND row.eligibility AS stated
          CREATE (asset)-[:STATES {source: row.source}]->(statement:Eligibility)
          SET statement = stated.properties
          WITH statement, stated
          UNWIND stated.conditions AS id
          MATCH (condition:Condition {id: id})
          CREATE (statement)-[:CONCERNS]->(condition)
        }
        CALL (row, asset) {
          WITH row, asset WHERE 'openingHours' IN row.names
          CALL (asset) {
            MATCH (asset)-[:OPENS]->(hours:OpeningHours)
            DETACH DELETE hours
          }
          UNWIND row.openingHours AS hours
          CREATE (asset)-[:OPENS {source: row.source}]->(opening:OpeningHours)
          SET opening = hours
        }
        CALL (row, asset) {
          WITH row, asset WHERE 'schedule' IN row.names
          CALL (asset) {
            MATCH (asset)-[:FOLLOWS]->(schedule:Schedule)
            DETACH DELETE schedule
          }
          WITH row, asset
          UNWIND row.schedule AS times
          CREATE (asset)-[:FOLLOWS {source: row.source}]->(schedule:Schedule)
          SET schedule = times.properties
          WITH schedule, times
          CALL (schedule, times) {
            UNWIND times.during AS slug
            MATCH (period:Period {slug: slug})
            CREATE (schedule)-[:DURING]->(period)
          }
          CALL (schedule, times) {
            UNWIND times.exceptDuring AS slug
            MATCH (period:Period {slug: slug})
            CREATE (schedule)-[:EXCEPT_DURING]->(period)
          }
        }
        CALL (row, asset) {
          WITH row, asset WHERE 'area' IN row.names
          CALL (asset) {
            MATCH (asset)-[inArea:IN]->(area:Area)
            DELETE inArea
            WITH area
            WHERE NOT EXISTS { (area)<-[:IN]-(:Place) }
            REMOVE area:WithPlaces
          }
          MATCH (area:Area {id: row.area})
          CREATE (asset)-[:IN {source: row.source}]->(area)
          SET area:WithPlaces
        }
        CALL (row, asset) {
          WITH row, asset WHERE 'mergedInto' IN row.names
          CALL (asset) {
            // What tells of the one tells of the other as well, for as long as they are one.
            MATCH (asset)-[:MERGED_INTO]->(:Asset)<-[describes:DESCRIBES {through: asset.id}]-()
            DELETE describes
          }
          CALL (asset) {
            MATCH (asset)-[merged:MERGED_INTO]->()
            DELETE merged
          }
          MATCH (into:Asset {id: row.properties.mergedInto})
          CREATE (asset)-[:MERGED_INTO]->(into)
          WITH asset, into
          MATCH (record:SourceRecord)-[:DESCRIBES]->(asset)
          WHERE NOT EXISTS { (record)-[:DESCRIBES]->(into) }
          CREATE (record)-[:DESCRIBES {through: asset.id}]->(into)
        }
      }
`;

/** Writes, replaces and takes away links. */
const linksWritten = cypher`
      CALL () {
        UNWIND $given.links AS row
        CALL (row) {
          MATCH (from:Asset {id: row.from})
          RETURN from
          UNION
          MATCH (from:Referrer {id: row.from})
          RETURN from
        }
        CALL (row) {
          MATCH (to:Asset {id: row.to})
          RETURN to
          UNION
          MATCH (to:Area {id: row.to})
          RETURN to
          UNION
          MATCH (to:Condition {id: row.to})
          RETURN to
        }
        CALL (row, from, to) {
          // A kind of referrer, or a place, has far more of them than what is at the other end.
          MATCH (asset:Asset {id: row.anchor})-[old:RUNS|HOSTS|HELD_AT|MEETS_AT|BASED_AT|SERVES|SUPPORTS|REFERS_TO]-()
          WHERE type(old) = row.relationship AND startNode(old) = from AND endNode(old) = to AND old.source = row.source AND coalesce(old.id, '') = coalesce(row.step, '')
          DELETE old
        }
        CALL (row) {
          MATCH (asset:Asset {id: row.anchor})
          SET asset.editedLinks = coalesce(asset.editedLinks, []) + [key IN [row.key] WHERE NOT key IN coalesce(asset.editedLinks, [])]
        }
        CALL (row, from, to) {
          WITH row, from, to WHERE row.properties IS NOT NULL
          CREATE (from)-[link:$(row.relationship)]->(to)
          SET link = row.properties, link.confirmedOn = date(row.confirmedOn), link.formerWaitOn = date(row.formerWaitOn)
        }
      }
`;

const derivedOfAssets = cypher`
      CALL () {
        UNWIND $given.derived AS assetId
        MATCH (asset:Asset {id: assetId})
        ${derivedOfAsset}
      }
`;

/** Leaves word that the sessions of activities are to be laid out anew: whoever wrote the change does so next, and else whoever lays out sessions. */
const sessionsUnsettled = cypher`
      CALL () {
        UNWIND $given.unsettled AS assetId
        MATCH (asset:Asset {id: assetId})
        CALL (asset) {
          WITH asset WHERE asset:Activity
          RETURN asset AS activity
          UNION
          MATCH (asset)<-[:HELD_AT]-(activity:Activity)
          WHERE asset:Place
          RETURN activity
        }
        WITH activity
        WHERE EXISTS { (activity)-[:FOLLOWS]->() } OR EXISTS { (:Session)-[:OF]->(activity) }
        SET activity.laidOutThrough = ${neverLaidOut}
      }
`;

/**
 * Writes a change together with all its effects, or nothing at all. Nothing is done when the change was written before (its id, or its call, is there with another status
 * than `change.was`, or amended since it was at `change.seen`), or an asset has seen other changes than `touched` says: then it is read anew.
 *
 * Takes, all in `given`, since Neo4j plans a statement anew for a list that is ten times as long: `change`, the properties of the change and its status and its place in the order before (`was` and `seen`: NONE and 0 for a new one), and the call that approves it (`review`; null: none); `touched`, every asset that it changes or links, with the version it has (0: none yet);
 * `assets`, `links` and what else follows from the effects (see `writing.ts`).
 */
function writeChangeOf(what: "assets" | "links" | "assets and links") {
  return {
    name: `writeChange of ${what}`,
    access: "WRITE",
    text: cypher`
    ${inOrder}
    OPTIONAL MATCH (same:Change {id: $given.change.id})
    OPTIONAL MATCH (called:Change {call: $given.change.call})
    WITH log, coalesce(same, called) AS known
    CALL (known) {
      OPTIONAL MATCH (undone:Change {id: $given.change.undoes})
      RETURN undone
    }
    CALL (log) {
      UNWIND $given.touched AS one
      OPTIONAL MATCH (asset:Asset {id: one.id})
      // Neo4j reads without locking: what a loader beside us is about to commit is waited for here, and read after.
      SET asset.askedBy = $given.change.id
      WITH one, asset
      WITH one, CASE WHEN asset IS NULL THEN 0 ELSE asset.version END AS version, asset
      REMOVE asset.askedBy
      RETURN collect(CASE WHEN version <> one.version THEN one.id END) AS stale
    }
    WITH log, known, undone, stale,
      coalesce(known.status, 'NONE') = $given.change.was AND coalesce(known.sequence, 0) = $given.change.seen AND size(stale) = 0
        AND ($given.change.undoes IS NULL OR undone.status = 'APPLIED') AS isToBeDone
    CALL (log, undone, isToBeDone) {
      WITH log, undone, isToBeDone
      WHERE isToBeDone
      MERGE (change:Change {id: $given.change.id})
      SET log.sequence = coalesce(log.sequence, 0) + 1
      SET change += $given.change.properties, change.call = coalesce(change.call, $given.change.call), change.sequence = log.sequence, change.appliedSequence = log.sequence,
          change.liveSequence = log.sequence, change.firstSequence = coalesce(change.firstSequence, log.sequence), change.at = coalesce(change.at, datetime($given.change.at)), change.appliedAt = datetime($given.change.at)
      WITH log, undone, change
      CALL (log, undone, change) {
        WITH log, undone, change
        WHERE undone IS NOT NULL
        SET log.sequence = log.sequence + 1
        SET undone.status = 'UNDONE', undone.undoneBy = change.id, undone.sequence = log.sequence
        // Whoever takes back an undoing has done again what was undone.
        WITH log, undone
        MATCH (again:Change {id: undone.undoes})
        SET log.sequence = log.sequence + 1
        SET again.status = 'APPLIED', again.sequence = log.sequence, again.liveSequence = log.sequence
        REMOVE again.undoneBy
      }
      CALL (change) {
        MATCH (call:Call {id: $given.change.review})
        MERGE (call)-[:REVIEWED]->(change)
      }
${what === "links" ? nothing : assetsWritten}      CALL (change) {
        UNWIND $given.touched AS one
        MATCH (asset:Asset {id: one.id})
        SET asset.version = one.version + 1
        CREATE (change)-[:CHANGED {version: one.version + 1}]->(asset)
      }
${what === "assets" ? nothing : linksWritten}${derivedOfAssets}${sessionsUnsettled}      RETURN count(change) AS written
    }
    RETURN written, stale, known.id AS knownId, known.status AS knownStatus`,
    row: z.object({
      written: z.number().int(),
      stale: z.array(z.string()),
      knownId: z.string().nullable(),
      knownStatus: z.string().nullable(),
    }),
  } as const;
}

/** The statements that write changes: of assets, of links, of both. What is left out Neo4j need not plan, which for all of it takes a second. */
export const writeChangeStatements = {
  ofAssets: writeChangeOf("assets"),
  ofLinks: writeChangeOf("links"),
  ofBoth: writeChangeOf("assets and links"),
} as const;
