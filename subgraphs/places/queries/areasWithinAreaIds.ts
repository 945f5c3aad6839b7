import DataLoader from "dataloader";
import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import type { Graph } from "../../../graph/graph.ts";
import type { AreaRow } from "./areasByIds.ts";

const rows = z.object({ id: z.string(), areas: z.array(z.object({ id: z.string() })) });

export const areasDirectlyWithinAreaIdsStatement = {
  name: "areasDirectlyWithinAreaIds",
  access: "READ",
  text: cypher`
    MATCH (larger:Area)
    WHERE larger.id IN $asked.ids
    RETURN larger.id AS id,
      COLLECT { MATCH (larger)<-[:WITHIN]-(area:Area) RETURN {id: area.id} ORDER BY area.name, area.id } AS areas`,
  row: rows,
} as const;

export const areasOfKindWithinAreaIdsStatement = {
  name: "areasOfKindWithinAreaIds",
  access: "READ",
  text: cypher`
    MATCH (larger:Area)
    WHERE larger.id IN $asked.ids
    RETURN larger.id AS id,
      COLLECT {
        MATCH (larger)<-[:WITHIN*1..6]-(area:Area {kind: $asked.kind})
        WITH DISTINCT area
        RETURN {id: area.id} ORDER BY area.name, area.id
      } AS areas`,
  row: rows,
} as const;

/** Whose contents are asked for, and of what kind: null for whatever lies directly in it. */
export interface Contents {
  readonly id: string;
  readonly kind: AreaRow["kind"] | null;
}

/** Loads the ids of the areas that lie in areas, one statement for each kind asked for. */
export function areasWithinAreaIds(graph: Graph) {
  return new DataLoader<Contents, readonly { readonly id: string }[], string>(
    async (asked) => {
      const found = new Map<string, readonly { readonly id: string }[]>();
      await Promise.all(
        [...new Set(asked.map(({ kind }) => kind))].map(async (kind) => {
          const ids = asked.filter((one) => one.kind === kind).map(({ id }) => id);
          const answers =
            kind === null
              ? await graph.run(areasDirectlyWithinAreaIdsStatement, { asked: { ids } })
              : await graph.run(areasOfKindWithinAreaIdsStatement, { asked: { ids, kind } });
          for (const { id, areas } of answers) found.set(keyOf({ id, kind }), areas);
        }),
      );
      return asked.map((one) => found.get(keyOf(one)) ?? []);
    },
    { cacheKeyFn: keyOf },
  );
}

function keyOf({ id, kind }: Contents): string {
  return `${id} ${kind ?? ""}`;
}
