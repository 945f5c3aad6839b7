import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import { type Graph, int } from "../../../graph/graph.ts";

/**
 * The assets whose names and descriptions match words best, in both indexes: one knows stems ("walks", "walking"), the other typos and
 * accents. Of long descriptions the beginning is told.
 */
export const textMatchesStatement = {
  name: "textMatches",
  access: "READ",
  text: cypher`
    CALL () {
      CALL db.index.fulltext.queryNodes('asset_text_english', $stems, {limit: $most}) YIELD node, score
      WITH collect({node: node, score: score}) AS hits
      UNWIND hits AS hit
      RETURN hit.node AS node, hit.score AS score, size(hits) = $most AS isOneOfMany
      UNION ALL
      CALL db.index.fulltext.queryNodes('asset_text_folding', $typos, {limit: $most}) YIELD node, score
      WITH collect({node: node, score: score}) AS hits
      UNWIND hits AS hit
      RETURN hit.node AS node, hit.score AS score, size(hits) = $most AS isOneOfMany
    }
    WITH node, max(score) AS score, true IN collect(isOneOfMany) AS isOneOfMany
    WHERE node.status = 'PUBLISHED'
    WITH node, isOneOfMany, score ORDER BY score DESC, node.id LIMIT 200
    RETURN node.id AS id, [node.name] + coalesce(node.alternateNames, []) AS names, coalesce(node.summary, '') AS summary,
      left(coalesce(node.description, ''), 1000) AS description, isOneOfMany`,
  row: z.object({
    id: z.string(),
    names: z.array(z.string()),
    summary: z.string(),
    description: z.string(),
    /** Whether an index had as many as it was asked for, so that there may be more that match. */
    isOneOfMany: z.boolean(),
  }),
} as const;

/** How many matches each index gives. In a whole country a common word has more, and those near by may not be among them: see `localWordsOf`. */
const mostOfAnIndex = 150;

export type TextMatch = z.output<typeof textMatchesStatement.row>;

/** The 200 assets whose texts match some plain words best. None for no words. Throws as `Graph.run` does. */
export async function textMatches(graph: Graph, words: readonly string[]): Promise<readonly TextMatch[]> {
  if (words.length === 0) return [];
  // Plain words in quotes, so that nothing of the text is Lucene's syntax; typos are forgiven in words of five letters and more,
  // since of four a wrong letter makes another word: "kill", "hill", "mill".
  const exactly = words.map((word) => `name:"${word}"^3 "${word}"`).join(" ");
  const nearly = words.map((word) => (word.length < 5 ? `"${word}"` : `"${word}"^2 ${word}~1`)).join(" ");
  return graph.run(textMatchesStatement, { stems: exactly, typos: nearly, most: int(mostOfAnIndex) });
}
