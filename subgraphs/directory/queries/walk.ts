import { cypher } from "../../../graph/cypher.ts";
import { type Extent, relevant, walked } from "./candidates.ts";
import { fittingOnWalk, foundFields, foundPage, gathered, one } from "./found.ts";
import { orders } from "./ranking.ts";

/**
 * A page of what a walk finds (see `walked`), each with the way walked to it. Takes what `walked`, `relevant`, `fittingOnWalk` and `gathered`
 * take, and the order; limit.
 */
function walkStatement(extent: Extent, order: keyof typeof orders) {
  return {
    name: `walk ${extent} in order of ${order}`,
    access: "READ",
    text: cypher`
    ${walked(extent, relevant)}
    ${fittingOnWalk}
    ${gathered}
    WITH around, collect(${one}) AS found
    RETURN size(found) AS total, COLLECT {
      UNWIND found AS one
      WITH one, one.asset AS asset
      WHERE ${orders[order].after}
      WITH one, asset, one.best.via AS via, one.best.site AS site ORDER BY ${orders[order].by} LIMIT $asked.limit
      RETURN {
        ${foundFields},
        distanceMetres: toInteger(round(one.best.metres)),
        site: CASE WHEN site IS NULL THEN null ELSE site {.id, .name} END,
        siteRelationship: CASE WHEN site IS NULL OR site = asset THEN null ELSE head(COLLECT {
          MATCH (asset)-[at:HELD_AT|MEETS_AT|BASED_AT]->(site) RETURN type(at) AS at ORDER BY at DESC
        }) END,
        via: {
          id: via.id, name: via.name, kind: via.kind, isServed: one.best.neighbourhoodsAway IS NULL,
          called: head(COLLECT {
            MATCH (via)-[:WITHIN*1..2]->(named:Area) WHERE named.kind IN ['NEIGHBOURHOOD', 'MSOA']
            RETURN named.name ORDER BY named.kind DESC, named.population, named.id
          })
        },
        way: coalesce(CASE WHEN one.best.neighbourhoodsAway IS NULL THEN head(COLLECT {
          MATCH path = SHORTEST 1 (around)<-[:WITHIN]-{0,6}(:Area)-[:WITHIN]->{0,6}(via)
          RETURN [step IN relationships(path) | {
            from: {id: startNode(step).id, name: startNode(step).name}, relationship: type(step),
            to: {id: endNode(step).id, name: endNode(step).name}
          }]
        }) ELSE head(COLLECT {
          MATCH path = SHORTEST 1 (via)-[:BORDERS]-{0,12}(:Area)-[:WITHIN]->{0,6}(around)
          RETURN [i IN range(0, size(relationships(path)) - 1) | {
            from: {id: nodes(path)[i].id, name: nodes(path)[i].name}, relationship: type(relationships(path)[i]),
            to: {id: nodes(path)[i + 1].id, name: nodes(path)[i + 1].name}
          }]
        }) END, [])
      }
    } AS rows`,
    row: foundPage,
  } as const;
}

/** The walks, by order and by how far they go. By name nothing is known to be first before all of it was met. */
export const walkStatements = {
  relevance: {
    here: walkStatement("here", "relevance"),
    first: walkStatement("first", "relevance"),
    furthest: walkStatement("furthest", "relevance"),
  },
  name: { here: walkStatement("here", "name"), furthest: walkStatement("furthest", "name") },
} as const;
