import type { Answer, SearchAnswer } from "./search.ts";
import type { FoundRow } from "./queries/found.ts";
import { why } from "./why.ts";

/** A search's answer in the shape of SearchConnection. */
export function searchConnection({ found, near, vocabulary, reading, crisis }: SearchAnswer) {
  return {
    understood: {
      conditions: reading.conditions.flatMap(({ conditionId, matched, by }) => {
        const condition = vocabulary.byId.get(conditionId);
        return condition === undefined ? [] : [{ condition, matched, by }];
      }),
      near,
      text: reading.text,
    },
    crisis,
    edges: found.edges.map(({ cursor, node }) => ({
      cursor,
      node: { id: node.id },
      score: {
        total: node.score,
        support: node.support,
        closeness: node.closeness,
        neighbourhoodsAway: node.neighbourhoodsAway,
        isNational: node.tier > 0,
      },
      distanceMetres: node.distanceMetres,
      site: node.site,
      why: why(node, found.counting, vocabulary, near),
    })),
    pageInfo: found.pageInfo,
    totalCount: found.totalCount,
  };
}

/** An answer in the shape of AssetConnection, and of the connections of each kind. */
export function assetConnection({ found: { edges, pageInfo, totalCount } }: Answer) {
  return {
    edges: edges.map(({ cursor, node }: { readonly cursor: string; readonly node: FoundRow }) => ({
      cursor,
      node: { id: node.id },
      distanceMetres: node.distanceMetres,
    })),
    pageInfo,
    totalCount,
  };
}
