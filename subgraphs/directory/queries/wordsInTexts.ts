import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import type { Graph } from "../../../graph/graph.ts";

/** Which of some words the public texts of the directory have, asked at once. */
export const wordsInTextsStatement = {
  name: "wordsInTexts",
  access: "READ",
  text: cypher`
    UNWIND $words AS word
    CALL (word) {
      CALL db.index.fulltext.queryNodes('asset_text_folding', '"' + word + '"', {limit: 20}) YIELD node
      WHERE node.status = 'PUBLISHED'
      RETURN count(node) AS assets
    }
    WITH word WHERE assets > 0
    RETURN word`,
  row: z.object({ word: z.string() }),
} as const;

/**
 * Which of some words the directory's own texts have: those are no typing errors. `words` are plain ones (see `Word`), so that nothing of
 * them is Lucene's syntax. Throws as `Graph.run` does.
 */
export async function wordsInTexts(graph: Graph, words: readonly string[]): Promise<ReadonlySet<string>> {
  if (words.length === 0) return new Set();
  const rows = await graph.run(wordsInTextsStatement, { words });
  return new Set(rows.map(({ word }) => word));
}
