import { z } from "zod";
import { cypher } from "../graph/cypher.ts";
import type { Graph } from "../graph/graph.ts";

const deleteEverything = {
  name: "deleteEverything",
  access: "WRITE",
  text: cypher`MATCH (node) DETACH DELETE node`,
  row: z.object({}),
} as const;

const constraints = {
  name: "constraints",
  access: "READ",
  text: cypher`SHOW CONSTRAINTS YIELD name`,
  row: z.object({ name: z.string() }),
} as const;

const dropConstraint = {
  name: "dropConstraint",
  access: "WRITE",
  text: cypher`DROP CONSTRAINT $name IF EXISTS`,
  row: z.object({}),
} as const;

const indexes = {
  name: "indexes",
  access: "READ",
  text: cypher`SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'`,
  row: z.object({ name: z.string() }),
} as const;

const dropIndex = {
  name: "dropIndex",
  access: "WRITE",
  text: cypher`DROP INDEX $name IF EXISTS`,
  row: z.object({}),
} as const;

/** Leaves the database as a new one: no nodes, no constraints, no indexes, no migrations. */
export async function wipe(graph: Graph): Promise<void> {
  await graph.write(deleteEverything);
  for (const { name } of await graph.run(constraints)) await graph.write(dropConstraint, { name });
  for (const { name } of await graph.run(indexes)) await graph.write(dropIndex, { name });
}
