import { z } from "zod";
import { type Cypher, cypher } from "../../graph/cypher.ts";
import { laidOut, neverLaidOut, settled } from "../../calendar/laidOut.ts";
import { derivedOfAsset } from "../../graph/derived.ts";
import { formerSteps, steps } from "./referrals.ts";
import { changedRows, Recorded, recorded } from "./sourceRecords.ts";
import { inTurn } from "./turns.ts";

/** Makes the assets that are not there yet, for others that point at them and are written before them. */
export const createAssets = {
  name: "createAssets",
  access: "WRITE",
  text: cypher`
    ${inTurn}
    UNWIND $rows AS row
    MERGE (asset:Asset {id: row.id})
    ON CREATE SET asset:$(row.kind), asset += row.properties,
                  asset.location = point({latitude: row.latitude, longitude: row.longitude}),
                  asset.confirmedOn = date(row.record.asOf),
                  asset.status = 'PUBLISHED',
                  asset.version = 1`,
  row: z.object({}),
} as const;

/** Passes over a link that editors have changed or taken away, by its key on the asset that it is told of: what they said stays (subgraphs/workshops/writing.ts). */
const unlessEdited = (key: Cypher, teller: Cypher) =>
  cypher`WITH * WHERE NOT ${key} IN coalesce(${teller}.editedLinks, [])`;

/**
 * The relationships that the row of an `asset` asserts, and the nodes that are the asset's alone. A partial date stands for its first day:
 * `date('2019-05')` is 1 May 2019. Takes former (see `formerSteps`).
 */
const asserted = cypher`
    WITH *, row.record.id AS source, row.record.sample AS sample, date(row.record.asOf) AS confirmedOn
    CALL (asset, row, source, sample, confirmedOn) {
      UNWIND row.links AS link
      MATCH (other:Asset {id: link.to})
      ${unlessEdited(cypher`link.type + ' ' + other.id`, cypher`asset`)}
      CREATE (asset)-[:$(link.type) {source: source, assertedBy: 'import', confirmedOn: confirmedOn, sample: sample}]->(other)
    }
    CALL (asset, row, source, sample, confirmedOn) {
      UNWIND row.linksTo AS link
      MATCH (other:Asset {id: link.from})
      ${unlessEdited(cypher`link.type + ' ' + asset.id`, cypher`other`)}
      CREATE (asset)<-[:$(link.type) {source: source, assertedBy: 'import', confirmedOn: confirmedOn, sample: sample}]-(other)
    }
    CALL (asset, row, source, sample, confirmedOn) {
      UNWIND row.serves AS id
      MATCH (area:Area {id: id})
      ${unlessEdited(cypher`'SERVES ' + area.id`, cypher`asset`)}
      CREATE (asset)-[:SERVES {source: source, assertedBy: 'import', confirmedOn: confirmedOn, sample: sample}]->(area)
    }
    CALL (asset, row, source, sample, confirmedOn) {
      UNWIND row.supports AS support
      MATCH (condition:Condition {id: support.condition})
      ${unlessEdited(cypher`'SUPPORTS ' + condition.id`, cypher`asset`)}
      CREATE (asset)-[:SUPPORTS {
        strength: support.strength, evidence: support.evidence, byReferral: support.byReferral,
        source: source, assertedBy: 'import', confirmedOn: confirmedOn, sample: sample OR support.sample
      }]->(condition)
    }
    CALL (row, source, confirmedOn, former) {
      ${steps(cypher`null`)}
    }
    CALL (asset, row, source) {
      // Only a place is in an area. The label is for walks (see docs/model.md).
      MATCH (area:Area {id: row.area})
      CREATE (asset)-[:IN {source: source}]->(area)
      SET area:WithPlaces
    }
    CALL (asset, row, source) {
      UNWIND row.eligibility AS statement
      CREATE (asset)-[:STATES {source: source}]->(eligibility:Eligibility)
      SET eligibility = statement.properties
      WITH eligibility, statement
      UNWIND statement.conditions AS id
      MATCH (condition:Condition {id: id})
      CREATE (eligibility)-[:CONCERNS]->(condition)
    }
    CALL (asset, row, source) {
      UNWIND row.openingHours AS hours
      CREATE (asset)-[:OPENS {source: source}]->(opening:OpeningHours)
      SET opening = hours
    }
    CALL (asset, row, source) {
      UNWIND row.schedules AS times
      CREATE (asset)-[:FOLLOWS {source: source}]->(schedule:Schedule)
      SET schedule = times {.startDate, .endDate, .startTime, .endTime, .repeatFrequency, .byDay, .exceptDate, .extraDate, .usualDays,
            .lastDate, .sample,
            repeatCount: toInteger(times.repeatCount),
            byWeekOfMonth: [week IN times.byWeekOfMonth | toInteger(week)],
            byMonthDay: [day IN times.byMonthDay | toInteger(day)],
            byMonth: [month IN times.byMonth | toInteger(month)]},
          // Whoever lays out sessions next does these first; where it is done in this statement, it says so below.
          asset.laidOutThrough = ${neverLaidOut}
      WITH schedule, times
      CALL (schedule, times) {
        UNWIND times.during AS id
        MATCH (period:Period {slug: id})
        CREATE (schedule)-[:DURING]->(period)
      }
      CALL (schedule, times) {
        UNWIND times.exceptDuring AS id
        MATCH (period:Period {slug: id})
        CREATE (schedule)-[:EXCEPT_DURING]->(period)
      }
    }
    CALL (asset, row, source, confirmedOn) {
      UNWIND row.sessionChanges AS change
      CREATE (asset)-[:CHANGES {source: source}]->(changed:SessionChange)
      SET changed = change.properties, changed.assertedOn = confirmedOn
      WITH changed, change
      MATCH (place:Asset {id: change.place})
      CREATE (changed)-[:MOVED_TO]->(place)
    }
    CALL (asset, row, source) {
      UNWIND row.closures AS closure
      CREATE (asset)-[:CLOSED_DURING {source: source}]->(:Closure {
        validFrom: [closure.validFrom], validThrough: [closure.validThrough], reasons: [closure.reason]
      })
    }
    CALL (asset, row, source) {
      UNWIND row.closedDuring AS id
      MATCH (period:Period {slug: id})
      CREATE (asset)-[:CLOSED_DURING {source: source}]->(period)
    }
    ${derivedOfAsset}`;

/**
 * Makes the assets whose record is new, with all it says: in one go, and with nothing to take back, which is what most of a large load is.
 * A record that is no longer new when its turn comes is left alone. Returns how many were.
 */
export const addAssets = {
  name: "addAssets",
  access: "WRITE",
  text: cypher`
    ${inTurn}
    UNWIND $rows AS row
    OPTIONAL MATCH (known:SourceRecord {id: row.record.id})
    WITH row, known
    WHERE known IS NULL
    MERGE (asset:Asset {id: row.id})
    SET asset:$(row.kind), asset += row.properties,
        asset.location = point({latitude: row.latitude, longitude: row.longitude}),
        asset.confirmedOn = date(row.record.asOf),
        asset.status = coalesce(asset.status, 'PUBLISHED'),
        asset.version = coalesce(asset.version, 1)
    CREATE (record:SourceRecord)-[:DESCRIBES]->(asset)
    SET record = row.record
    WITH row, asset, [] AS former
    ${asserted}
    // Sessions are laid out after a load. Of what was laid out before, some may be closed by what is said here.
    CALL (asset, row) {
      UNWIND [link IN row.links WHERE link.type IN ['HOSTS', 'RUNS']] AS link
      WITH asset, row, link WHERE size(row.closures) + size(row.closedDuring) > 0
      MATCH (activity:Asset {id: link.to})
      WHERE activity.laidOutThrough IS NOT NULL
      SET activity.laidOutThrough = ${neverLaidOut}
    }
    RETURN count(*) AS created`,
  row: z.object({ created: z.number() }),
} as const;

/**
 * Makes each asset what its record says, and takes back what an earlier version of the same record asserted. What editors and other
 * records assert carries another `source` and stays. The sessions of an activity are laid out anew with it, those of `row.occurrences`; and what is said
 * of a place, group or organisation is worked out for the sessions of its activities. Takes $layingOut.
 */
export const describeAssets = {
  name: "describeAssets",
  access: "WRITE",
  text: cypher`
    ${inTurn}
    ${changedRows}
    MATCH (asset:Asset {id: row.id})
    // What editors have said stays: rows come without it.
    SET asset += row.properties,
        asset.location = CASE WHEN 'location' IN coalesce(asset.editedFields, []) THEN asset.location
          ELSE point({latitude: row.latitude, longitude: row.longitude}) END,
        asset.confirmedOn = CASE WHEN 'confirmedOn' IN coalesce(asset.editedFields, []) AND asset.confirmedOn > date(row.record.asOf) THEN asset.confirmedOn
          ELSE date(row.record.asOf) END,
        asset.version = asset.version + CASE WHEN hash IS NULL THEN 0 ELSE 1 END
    WITH row, hash, asset, row.record.id AS replaced
    WITH *, ${formerSteps(cypher`(asset)-[step:REFERS_TO {source: replaced}]-()`)} AS former
    CALL (asset, replaced) {
      MATCH (asset)-[:IN {source: replaced}]->(:Area)<-[:IN {source: replaced}]-(postcode:Postcode)
      DETACH DELETE postcode
    }
    CALL (asset, replaced) {
      MATCH (asset)-[:OPENS|FOLLOWS|STATES|CHANGES {source: replaced}]->(owned)
      DETACH DELETE owned
    }
    CALL (asset, replaced) {
      MATCH (asset)-[:CLOSED_DURING {source: replaced}]->(closure:Closure)
      DETACH DELETE closure
    }
    CALL (asset, replaced) {
      MATCH (asset)-[:HOSTS|RUNS {source: replaced}]->(activity:Activity)
      RETURN collect(activity) AS letGo
    }
    CALL (asset, replaced) {
      MATCH (asset)-[:IN {source: replaced}]->(area:Area)
      RETURN collect(area) AS left
    }
    CALL (asset, replaced) {
      MATCH (asset)-[asserted {source: replaced}]->(other)
      ${unlessEdited(cypher`type(asserted) + ' ' + other.id`, cypher`asset`)}
      WITH * WHERE NOT coalesce(asserted.id, '') IN coalesce(other.editedLinks, [])
      DELETE asserted
    }
    CALL (asset, replaced) {
      // The sorts of relationship that the record at its end can assert.
      MATCH (asset)<-[asserted:HOSTS|RUNS|REFERS_TO {source: replaced}]-(other)
      ${unlessEdited(cypher`type(asserted) + ' ' + asset.id`, cypher`other`)}
      ${unlessEdited(cypher`coalesce(asserted.id, '')`, cypher`asset`)}
      DELETE asserted
    }
    ${asserted}
    CALL (left) {
      UNWIND left AS area
      WITH area
      WHERE NOT EXISTS { (area)<-[:IN]-(:Place) }
      REMOVE area:WithPlaces
    }
    CALL (asset, row) {
      WITH asset, row.occurrences AS occurrences
      WHERE asset:Activity
      WITH asset AS activity, occurrences
      ${laidOut}
    }
    CALL (asset, letGo) {
      CALL (asset, letGo) {
        UNWIND letGo AS activity
        RETURN activity
        UNION
        MATCH (asset)-[:HOSTS|RUNS]->(activity:Activity)
        RETURN activity
        UNION
        MATCH (asset)<-[:HELD_AT]-(activity:Activity)
        RETURN activity
      }
      WITH activity
      ${settled}
    }
    ${recorded(cypher`asset`)}`,
  row: Recorded,
} as const;

/** Which fields of some assets editors have changed: those assets of which they have any. */
export const editedFieldsStatement = {
  name: "editedFields",
  access: "READ",
  text: cypher`
    MATCH (asset:Asset)
    WHERE asset.id IN $ids AND asset.editedFields IS NOT NULL
    RETURN asset.id AS id, asset.editedFields AS fields`,
  row: z.object({ id: z.string(), fields: z.array(z.string()) }),
} as const;
