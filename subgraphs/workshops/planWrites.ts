import { int, type Graph } from "../../graph/graph.ts";
import { writeChangeStatements } from "./commands/writeChange.ts";

/** Has Neo4j plan what writes changes, which takes it longer than whoever makes the first one would wait. Writes nothing: no change has this status. Throws as `Graph.write` does. */
export async function planWrites(graph: Graph): Promise<void> {
  const given = {
    change: {
      id: "none",
      was: "NEVER",
      seen: int(0),
      call: null,
      review: null,
      undoes: null,
      at: "2000-01-01T00:00:00Z",
      properties: {},
    },
    touched: [{ id: "none", version: int(0) }],
    assets: [],
    links: [],
    derived: [],
    unsettled: [],
  };
  for (const statement of Object.values(writeChangeStatements)) await graph.write(statement, { given });
}
