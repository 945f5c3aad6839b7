import { type z } from "zod";
import { type Asked, isAsked } from "./isAsked.ts";

/**
 * The entries of a row that Neo4j reads from more than the node itself, each with the fields that are made of it. A statement leaves
 * out those that are not in `asked.parts`: most pages show a name and a summary, and each part is a search of its own from every asset.
 */
export type Parts = Readonly<Record<string, readonly string[]>>;

/** Which parts an operation reads of what is being resolved, or of what is further down (`edges`, `node`). */
export function partsAsked(parts: Parts, info: Asked, ...path: readonly string[]): readonly string[] {
  return Object.keys(parts).filter((part) => parts[part]?.some((field) => isAsked(info, ...path, field)));
}

/** What Neo4j returns for a part: null where it was not asked for, and then nobody reads it. */
export function part<Value extends z.ZodType>(value: Value) {
  return value.nullable().transform((read) => read as z.output<Value>);
}
