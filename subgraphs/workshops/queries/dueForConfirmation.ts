import { z } from "zod";
import { type Cypher, cypher } from "../../../graph/cypher.ts";
import { confirmBy, monthsOfAsset, monthsOfLink } from "../../../graph/freshness.ts";

const end = z.object({ id: z.string(), name: z.string(), kind: z.string() });

/** A bound node as `LinkEnd` of the schema. */
const endOf = (
  node: Cypher,
): Cypher => cypher`{id: ${node}.id, name: coalesce(${node}.name, ${node}.id), kind: head([label IN labels(${node})
      WHERE label IN ['Group', 'Activity', 'Organisation', 'Place', 'Area', 'Condition', 'Referrer']])}`;

/** The id of a bound `link` between bound `from` and `to`: a step has its own, and any other is what it says. */
const linkId = cypher`CASE type(link) WHEN 'REFERS_TO' THEN link.id ELSE 'lnk_' + CASE type(link)
        WHEN 'RUNS' THEN 'R' WHEN 'HOSTS' THEN 'H' WHEN 'HELD_AT' THEN 'A' WHEN 'MEETS_AT' THEN 'M' WHEN 'BASED_AT' THEN 'B'
        WHEN 'SERVES' THEN 'S' ELSE 'P' END + from.id + to.id END`;

/**
 * What is to be confirmed of what is at a place in an area, or serves it or an area in it: those assets, and the links from and to them. It starts at the area and goes no further than
 * one link from what is there, so that its cost is that of the area. A link that several records tell of is confirmed when the last of them was. One row, or none where there is no such area; total and rows are empty for
 * a nation, of which there would be as much as in the country. Takes area (id or slug), until (the last deadline that counts), afterDay and afterId (null from the start), limit.
 */
export const dueForConfirmationStatement = {
  name: "dueForConfirmation",
  access: "READ",
  text: cypher`
    CALL () {
      MATCH (area:Area {id: $asked.area}) RETURN area
      UNION
      MATCH (area:Area {slug: $asked.area}) RETURN area
    }
    CALL (area) {
      WITH area WHERE area.kind <> 'NATION'
      MATCH (area)<-[:WITHIN*0..6]-(within:Area)
      WITH DISTINCT within
      CALL (within) {
        MATCH (within)<-[:IN]-(site:Place)
        WHERE site.status = 'PUBLISHED'
        MATCH (site)<-[:HELD_AT|MEETS_AT|BASED_AT*0..1]-(asset:Asset)
        RETURN asset
        UNION
        MATCH (within)<-[:SERVES]-(asset:Asset)
        RETURN asset
      }
      WITH DISTINCT asset
      WHERE asset.status = 'PUBLISHED'
      RETURN collect(asset) AS assets
    }
    CALL (assets) {
      CALL (assets) {
        UNWIND assets AS asset
        RETURN asset.id AS id, asset AS from, null AS to, null AS relationship, asset.confirmedOn AS confirmedOn,
          ${confirmBy(cypher`asset.confirmedOn`, monthsOfAsset)} AS confirmBy
        UNION ALL
        UNWIND assets AS asset
        MATCH (asset)-[link:RUNS|HOSTS|HELD_AT|MEETS_AT|BASED_AT|SERVES|SUPPORTS|REFERS_TO]-(other)
        WHERE NOT other:Asset OR other.status = 'PUBLISHED'
        WITH DISTINCT link
        WITH link, startNode(link) AS from, endNode(link) AS to
        WITH ${linkId} AS id, from, to, type(link) AS relationship, ${monthsOfLink} AS months, max(link.confirmedOn) AS confirmedOn
        RETURN id, from, to, relationship, confirmedOn, ${confirmBy(cypher`confirmedOn`, cypher`months`)} AS confirmBy
      }
      WITH id, from, to, relationship, confirmedOn, confirmBy, coalesce(toString(confirmBy), '') AS day
      WHERE confirmBy IS NULL OR confirmBy <= date($asked.until)
      RETURN collect({id: id, from: from, to: to, relationship: relationship, confirmedOn: confirmedOn, confirmBy: confirmBy, day: day}) AS found
    }
    RETURN area.kind AS kind, size(found) AS total, COLLECT {
      UNWIND found AS one
      WITH one, one.from AS from, one.to AS to
      WHERE $asked.afterDay IS NULL OR one.day > $asked.afterDay OR (one.day = $asked.afterDay AND one.id > $asked.afterId)
      WITH one, from, to ORDER BY one.day, one.id LIMIT $asked.limit
      RETURN {
        asset: ${endOf(cypher`from`)},
        link: CASE WHEN to IS NULL THEN null ELSE one.id END,
        relationship: one.relationship,
        to: CASE WHEN to IS NULL THEN null ELSE ${endOf(cypher`to`)} END,
        lastConfirmedOn: toString(one.confirmedOn),
        confirmBy: toString(one.confirmBy)
      }
    } AS rows`,
  row: z.object({
    kind: z.string(),
    total: z.number().int(),
    rows: z.array(
      z.object({
        asset: end,
        link: z.string().nullable(),
        relationship: z
          .enum(["RUNS", "HOSTS", "HELD_AT", "MEETS_AT", "BASED_AT", "SERVES", "SUPPORTS", "REFERS_TO"])
          .nullable(),
        to: end.nullable(),
        lastConfirmedOn: z.string().nullable(),
        confirmBy: z.string().nullable(),
      }),
    ),
  }),
} as const;

/** Something to be confirmed, as `DueForConfirmation` of the schema. */
export type DueRow = z.output<typeof dueForConfirmationStatement.row>["rows"][number];
