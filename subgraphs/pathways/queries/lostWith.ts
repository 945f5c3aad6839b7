import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";

/** Binds areas, those that a bound `gone` helps, where it supports anything: those it serves; else the neighbourhoods of its sites and those within two borders, and of LSOAs in none the LSOAs themselves. */
const helpedAreas = cypher`
    CALL (gone) {
      CALL (gone) {
        MATCH (gone)-[:SERVES]->(area:Area)
        WHERE gone.supportedIds IS NOT NULL
        RETURN area, 0.0 AS metres
        UNION
        MATCH (gone)-[:HELD_AT|MEETS_AT|BASED_AT*0..1]->(site:Place)-[:IN]->(home:Area)
        WHERE gone.supportedIds IS NOT NULL AND site.status = 'PUBLISHED' AND NOT EXISTS { (gone)-[:SERVES]->() }
        MATCH (home)-[:LEADS_TO*0..2]->(lsoa:Area)
        WITH DISTINCT home, lsoa
        OPTIONAL MATCH (lsoa)-[:WITHIN]->(neighbourhood:Area {kind: 'NEIGHBOURHOOD'})
        WITH home, coalesce(neighbourhood, lsoa) AS area
        RETURN area, point.distance(area.centre, home.centre) AS metres
      }
      WITH area, min(metres) AS metres
      RETURN collect({id: area.id, name: area.name, metres: metres}) AS areas
    }`;

/**
 * An asset and all that goes with it: groups and activities that nobody else runs or hosts, and those that have no other place; what each supports by itself, and which areas it helps.
 * None when no published asset has the id. Its cost is that of what hangs on the asset, and of the areas within two borders of each site. Takes id.
 */
export const lostWithStatement = {
  name: "lostWith",
  access: "READ",
  text: cypher`
    MATCH (asset:Asset {id: $asked.id})
    WHERE asset.status = 'PUBLISHED'
    CALL (asset) {
      CALL (asset) {
        MATCH (asset)-[:RUNS]->(group:Group)
        WHERE group.status = 'PUBLISHED' AND NOT EXISTS { MATCH (other)-[:RUNS]->(group) WHERE other <> asset AND other.status = 'PUBLISHED' }
        RETURN group
        UNION
        MATCH (asset)<-[:MEETS_AT]-(group:Group)
        WHERE group.status = 'PUBLISHED' AND NOT EXISTS { MATCH (group)-[:MEETS_AT]->(other) WHERE other <> asset AND other.status = 'PUBLISHED' }
        RETURN group
      }
      WITH collect(group) AS groups
      RETURN groups
    }
    WITH asset, [asset] + groups AS makers
    CALL (asset, makers) {
      CALL (asset, makers) {
        UNWIND makers AS maker
        MATCH (maker)-[:RUNS|HOSTS]->(activity:Activity)
        WHERE activity.status = 'PUBLISHED'
          AND NOT EXISTS { MATCH (other)-[:RUNS|HOSTS]->(activity) WHERE NOT other IN makers AND other.status = 'PUBLISHED' }
        RETURN activity
        UNION
        MATCH (asset)<-[:HELD_AT]-(activity:Activity)
        WHERE activity.status = 'PUBLISHED' AND NOT EXISTS { MATCH (activity)-[:HELD_AT]->(other) WHERE other <> asset AND other.status = 'PUBLISHED' }
        RETURN activity
      }
      RETURN collect(activity) AS activities
    }
    UNWIND makers + activities AS gone
    WITH DISTINCT gone
    ${helpedAreas}
    RETURN gone.id AS id, gone.name AS name,
      CASE WHEN gone.supportedIds IS NULL THEN [] ELSE COLLECT {
        MATCH (gone)-[supports:SUPPORTS]->(condition:Condition) WHERE supports.byReferral IS NULL RETURN DISTINCT condition.id
      } END AS supportedIds, areas`,
  row: z.object({
    id: z.string(),
    name: z.string(),
    supportedIds: z.array(z.string()),
    /** With how far the middle of each is from that of the area that the nearest site lies in, in metres; 0 for what it serves. */
    areas: z.array(z.object({ id: z.string(), name: z.string(), metres: z.number() })),
  }),
} as const;
