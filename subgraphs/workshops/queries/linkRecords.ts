import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import { linkIdOf, type Relationship, relationships } from "../../../core/linkIds.ts";
import type { Fields } from "../effects.ts";
import { withoutNothing } from "../assetFields.ts";

/** A link as one source asserts it. */
export interface LinkRecord {
  readonly link: string;
  readonly relationship: Relationship;
  readonly from: string;
  readonly to: string;
  readonly source: string;
  readonly fields: Fields;
}

/** What the graph calls otherwise. */
const names: Readonly<Record<string, string>> = {
  areaIds: "areas",
  acceptedConditionIds: "accepts",
  excludedConditionIds: "excludes",
};

/** A link's properties as fields, and the other way round. */
export function propertiesOfLink(fields: Fields): Fields {
  const graphNames = Object.fromEntries(Object.entries(names).map(([graph, name]) => [name, graph]));
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [graphNames[name] ?? name, value]));
}

const row = z.object({
  row: z
    .object({
      relationship: z.enum(relationships),
      from: z.string(),
      to: z.string(),
      properties: z.record(z.string(), z.unknown()),
    })
    .transform(({ relationship, from, to, properties }): LinkRecord => {
      const { source, id, ...rest } = properties;
      const fields = Object.fromEntries(Object.entries(rest).map(([name, value]) => [names[name] ?? name, value]));
      return {
        link: typeof id === "string" ? id : linkIdOf(relationship, from, to),
        relationship,
        from,
        to,
        source: typeof source === "string" ? source : "",
        fields: withoutNothing(fields) as Fields,
      };
    }),
});

const linkRow = cypher`{
        relationship: type(link), from: startNode(link).id, to: endNode(link).id,
        properties: link {.*, confirmedOn: toString(link.confirmedOn), formerWaitOn: toString(link.formerWaitOn)}
      }`;

/** Every link of some assets, in either direction, by every source. */
export const linksOfAssetsStatement = {
  name: "linksOfAssets",
  access: "READ",
  text: cypher`
    MATCH (asset:Asset)
    WHERE asset.id IN $asked.ids
    MATCH (asset)-[link:RUNS|HOSTS|HELD_AT|MEETS_AT|BASED_AT|SERVES|SUPPORTS|REFERS_TO]-()
    WITH DISTINCT link
    RETURN ${linkRow} AS row`,
  row,
} as const;

/** Links by what they are: `asked.links` has {relationship, from, to}, and `asked.steps` the ids of steps. */
export const linksByIdsStatement = {
  name: "linksByIds",
  access: "READ",
  text: cypher`
    CALL () {
      UNWIND $asked.links AS wanted
      MATCH (asset:Asset {id: wanted.from})-[link:RUNS|HOSTS|HELD_AT|MEETS_AT|BASED_AT|SERVES|SUPPORTS]->(to)
      WHERE type(link) = wanted.relationship AND to.id = wanted.to
      RETURN link
      UNION
      MATCH ()-[link:REFERS_TO]->()
      USING INDEX link:REFERS_TO(id)
      WHERE link.id IN $asked.steps
      RETURN link
    }
    RETURN ${linkRow} AS row`,
  row,
} as const;

/** What things are called, whatever they are. */
export const namesOfStatement = {
  name: "namesOf",
  access: "READ",
  text: cypher`
    CALL () {
      MATCH (node:Asset) WHERE node.id IN $asked.ids
      RETURN node, head([label IN labels(node) WHERE label <> 'Asset']) AS kind
      UNION ALL
      MATCH (node:Area) WHERE node.id IN $asked.ids
      RETURN node, 'Area' AS kind
      UNION ALL
      MATCH (node:Condition) WHERE node.id IN $asked.ids
      RETURN node, 'Condition' AS kind
      UNION ALL
      MATCH (node:Referrer) WHERE node.id IN $asked.ids
      RETURN node, 'Referrer' AS kind
    }
    RETURN node.id AS id, node.name AS name, kind, node.status AS status`,
  row: z.object({ id: z.string(), name: z.string(), kind: z.string(), status: z.string().nullable() }),
} as const;
