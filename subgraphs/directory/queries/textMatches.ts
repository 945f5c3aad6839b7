import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import type { Graph } from "../../../graph/graph.ts";
import { wordsOf } from "../words.ts";

/**
 * The assets whose names and descriptions match words best, in both indexes: one knows stems ("walks", "walking"), the other typos and
 * accents. The better score counts.
 */
export const textMatchesStatement = {
  name: "textMatches",
  access: "READ",
  text: cypher`
    CALL () {
      CALL db.index.fulltext.queryNodes('asset_text_english', $stems, {limit: 200}) YIELD node, score
      RETURN node, score
      UNION ALL
      CALL db.index.fulltext.queryNodes('asset_text_folding', $typos, {limit: 200}) YIELD node, score
      RETURN node, score
    }
    WITH node, max(score) AS score
    WHERE node.status = 'PUBLISHED'
    RETURN node.id AS id, score
    ORDER BY score DESC, id LIMIT 200`,
  row: z.object({ id: z.string(), score: z.number() }),
} as const;

/**
 * How well the assets match a text best, from 0 to 1, by id: Lucene's score against the best one's. At most 200; none for a text without words.
 * A word that the text has counts more in a name than in a description.
 */
export async function textMatches(graph: Graph, text: string): Promise<Readonly<Record<string, number>>> {
  const words = wordsOf(text).map(({ plain }) => plain);
  if (words.length === 0) return {};
  // Plain words in quotes, so that nothing of the text is Lucene's syntax; typos are forgiven in words of five letters and more,
  // since of four a wrong letter makes another word: "kill", "hill", "mill".
  const exactly = words.map((word) => `name:"${word}"^3 "${word}"`).join(" ");
  const nearly = words.map((word) => (word.length < 5 ? `"${word}"` : `"${word}"^2 ${word}~1`)).join(" ");
  const rows = await graph.run(textMatchesStatement, { stems: exactly, typos: nearly });
  const best = rows[0]?.score ?? 1;
  return Object.fromEntries(rows.map(({ id, score }) => [id, score / best]));
}
