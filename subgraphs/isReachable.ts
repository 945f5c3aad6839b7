import { z } from "zod";
import { cypher } from "../graph/cypher.ts";
import type { Graph } from "../graph/graph.ts";

export const isReachableStatement = {
  name: "isReachable",
  access: "READ",
  text: cypher`RETURN true AS reachable`,
  row: z.object({ reachable: z.literal(true) }),
} as const;

/** Whether Neo4j answers a statement within `timeoutMs` milliseconds. Never throws. */
export async function isReachable(graph: Graph, timeoutMs: number): Promise<boolean> {
  const given = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  // The driver may take longer than it was given to notice that nobody is there: whoever asks is not kept waiting for that.
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => {
      given.abort();
      resolve(false);
    }, timeoutMs);
  });
  const operation = { signal: given.signal, deadline: Date.now() + timeoutMs, requestId: "readiness" };
  const answered = graph
    .within(operation)
    .run(isReachableStatement)
    .then(
      () => true,
      () => false,
    );
  try {
    return await Promise.race([answered, late]);
  } finally {
    clearTimeout(timer);
  }
}
