import { z } from "zod";
import { cypher } from "../../../graph/cypher.ts";
import type { Context } from "../context.ts";
import { inOrder } from "./writeChange.ts";

/** Remembers a call that reviews. Returns how far the order of changes had come when it was first sent, and the ids of the changes that it has reviewed since. */
export const beginCallStatement = {
  name: "beginCall",
  access: "WRITE",
  text: cypher`
    ${inOrder}
    MERGE (call:Call {id: $asked.call})
    ON CREATE SET call.sequence = coalesce(log.sequence, 0), call.at = datetime($asked.at)
    RETURN call.sequence AS sequence, COLLECT { MATCH (call)-[:REVIEWED]->(change:Change) RETURN change.id } AS done`,
  row: z.object({ sequence: z.number().int(), done: z.array(z.string()) }),
} as const;

/** What is known of a call that reviews. */
export interface BegunCall {
  readonly id: string;
  /** Up to which place in the order it means "all": what is proposed later was not there to be seen. */
  readonly sequence: number;
  /** The ids of the changes that it has reviewed already. */
  readonly done: ReadonlySet<string>;
}

/** Begins a call, or finds what came of it when it was sent before; null for a call without a name. Throws as `Graph.write` does. */
export async function beginCall({ graph, now }: Context, call: string | null): Promise<BegunCall | null> {
  if (call === null) return null;
  const [begun] = await graph.write(beginCallStatement, { asked: { call, at: now.toISOString() } });
  if (begun === undefined) throw new Error("A call was begun, and is not there.");
  return { id: call, sequence: begun.sequence, done: new Set(begun.done) };
}
