import { cypher } from "../../../graph/cypher.ts";
import { asking, type Extent, walked } from "./candidates.ts";
import type { Form } from "./form.ts";
import { fitting, foundFields, foundPage, gathered, one } from "./found.ts";
import { orders } from "./ranking.ts";

/**
 * A page of what a walk finds (see `walked`), each with the way walked to it. Takes what `walked`, `asking`, `fitting` and `gathered` take of
 * its form, and the order; isWhyWanted, isWayWanted, limit.
 */
function walkStatement(extent: Extent, order: keyof typeof orders, form: Form) {
  return {
    name: `walk ${extent} in order of ${order}, ${form}`,
    access: "READ",
    text: cypher`
    ${walked(extent, asking[form], form)}
    ${fitting[form]}
    ${gathered(form)}
    WITH around, collect(${one(form)}) AS found
    RETURN size(found) AS total, COLLECT {
      UNWIND found AS one
      WITH one, one.asset AS asset
      WHERE ${orders[order].after}
      WITH one, asset, one.best.via AS via, one.best.site AS site ORDER BY ${orders[order].by} LIMIT $asked.limit
      RETURN {
        ${foundFields},
        distanceMetres: toInteger(round(one.best.metres)),
        site: CASE WHEN site IS NULL THEN null ELSE site {.id, .name} END,
        siteRelationship: CASE WHEN NOT $asked.isWhyWanted OR site IS NULL OR site = asset THEN null ELSE head(COLLECT {
          MATCH (asset)-[at:HELD_AT|MEETS_AT|BASED_AT]->(site) RETURN type(at) AS at ORDER BY at DESC
        }) END,
        via: {
          id: via.id, name: via.name, kind: via.kind, isServed: one.best.neighbourhoodsAway IS NULL,
          called: CASE WHEN $asked.isWhyWanted THEN head(COLLECT {
            MATCH (via)-[:WITHIN*1..2]->(named:Area) WHERE named.kind IN ['NEIGHBOURHOOD', 'MSOA']
            RETURN named.name ORDER BY named.kind DESC, named.population, named.id
          }) END
        },
        way: coalesce(CASE WHEN NOT $asked.isWayWanted THEN null WHEN one.best.neighbourhoodsAway IS NULL THEN head(COLLECT {
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

function walksOf(form: Form) {
  return {
    here: walkStatement("here", "relevance", form),
    next: walkStatement("next", "relevance", form),
    near: walkStatement("near", "relevance", form),
    further: walkStatement("further", "relevance", form),
    furthest: walkStatement("furthest", "relevance", form),
  } as const;
}

/**
 * The walks, by order, by what they are able to do and by how far they go. By name nothing is known to be first before all of it was met; nor by distance, as
 * what lies beyond more borders may be nearer.
 */
export const walkStatements = {
  relevance: { conditions: walksOf("conditions"), anything: walksOf("anything"), whole: walksOf("whole") },
  name: { here: walkStatement("here", "name", "whole"), furthest: walkStatement("furthest", "name", "whole") },
  distance: {
    here: walkStatement("here", "distance", "whole"),
    furthest: walkStatement("furthest", "distance", "whole"),
  },
  withinMetres: {
    relevance: walkStatement("within metres", "relevance", "whole"),
    distance: walkStatement("within metres", "distance", "whole"),
  },
} as const;
