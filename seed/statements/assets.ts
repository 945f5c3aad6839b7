import { z } from "zod";
import { cypher } from "../../graph/cypher.ts";
import { derivedOfAsset } from "../../graph/derived.ts";
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

/**
 * The relationships that the row of an `asset` asserts, and the nodes that are the asset's alone. A partial date stands for its first day:
 * `date('2019-05')` is 1 May 2019.
 */
const asserted = cypher`
    WITH *, row.record.id AS source, row.record.sample AS sample, date(row.record.asOf) AS confirmedOn
    CALL (asset, row, source, sample, confirmedOn) {
      UNWIND row.links AS link
      MATCH (other:Asset {id: link.to})
      // Only a referral has a method and a time to wait: of the others they are null, which is no property.
      CREATE (asset)-[:$(link.type) {
        source: source, assertedBy: 'import', confirmedOn: confirmedOn, sample: sample,
        method: link.method, waitDays: link.waitDays
      }]->(other)
    }
    CALL (asset, row, source, sample, confirmedOn) {
      UNWIND row.serves AS id
      MATCH (area:Area {id: id})
      CREATE (asset)-[:SERVES {source: source, assertedBy: 'import', confirmedOn: confirmedOn, sample: sample}]->(area)
    }
    CALL (asset, row, source, sample, confirmedOn) {
      UNWIND row.supports AS support
      MATCH (condition:Condition {id: support.condition})
      CREATE (asset)-[:SUPPORTS {
        strength: support.strength, evidence: support.evidence,
        source: source, assertedBy: 'import', confirmedOn: confirmedOn, sample: sample OR support.sample
      }]->(condition)
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
      SET schedule = times
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
    ${asserted}
    RETURN count(*) AS created`,
  row: z.object({ created: z.number() }),
} as const;

/**
 * Makes each asset what its record says, and takes back what an earlier version of the same record asserted. What editors and other
 * records assert carries another `source` and stays.
 */
export const describeAssets = {
  name: "describeAssets",
  access: "WRITE",
  text: cypher`
    ${inTurn}
    ${changedRows}
    MATCH (asset:Asset {id: row.id})
    SET asset += row.properties,
        asset.location = point({latitude: row.latitude, longitude: row.longitude}),
        asset.confirmedOn = date(row.record.asOf),
        asset.version = asset.version + CASE WHEN hash IS NULL THEN 0 ELSE 1 END
    WITH row, hash, asset, row.record.id AS replaced
    CALL (asset, replaced) {
      MATCH (asset)-[:IN {source: replaced}]->(:Area)<-[:IN {source: replaced}]-(postcode:Postcode)
      DETACH DELETE postcode
    }
    CALL (asset, replaced) {
      MATCH (asset)-[:OPENS|FOLLOWS|STATES {source: replaced}]->(owned)
      DETACH DELETE owned
    }
    CALL (asset, replaced) {
      MATCH (asset)-[:IN {source: replaced}]->(area:Area)
      RETURN collect(area) AS left
    }
    CALL (asset, replaced) {
      MATCH (asset)-[asserted {source: replaced}]->()
      DELETE asserted
    }
    ${asserted}
    CALL (left) {
      UNWIND left AS area
      WITH area
      WHERE NOT EXISTS { (area)<-[:IN]-(:Place) }
      REMOVE area:WithPlaces
    }
    ${recorded(cypher`asset`)}`,
  row: Recorded,
} as const;
