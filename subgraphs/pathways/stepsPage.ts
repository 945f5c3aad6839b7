import type { Graph } from "../../graph/graph.ts";
import type { Edge, Page } from "../../core/page.ts";
import { stepsByIdsStatement } from "./queries/stepsByIds.ts";
import type { Step } from "./steps.ts";

/** Steps by their ids, those that are gone left out. Throws as `Graph.run` does. */
export async function stepsWithIds(
  { graph }: { readonly graph: Graph },
  ids: readonly string[],
): Promise<ReadonlyMap<string, Step>> {
  if (ids.length === 0) return new Map();
  const rows = await graph.run(stepsByIdsStatement, { asked: { ids: [...ids] } });
  return new Map(rows.map(({ row }) => [row.id, row]));
}

/** A page whose nodes are steps, of one that knows their ids. A step that is gone since is left out. Throws as `Graph.run` does. */
export async function stepsPage<Node extends { readonly id: string }, Told>(
  context: { readonly graph: Graph },
  found: Page<Node> & { readonly totalCount: number },
  told: (step: Step, node: Node) => Told,
) {
  const steps = await stepsWithIds(
    context,
    found.edges.map(({ node }) => node.id),
  );
  const edges = found.edges.flatMap(({ cursor, node }): readonly Edge<Told>[] => {
    const step = steps.get(node.id);
    return step === undefined ? [] : [{ cursor, node: told(step, node) }];
  });
  return { ...found, edges };
}
