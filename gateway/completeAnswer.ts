import {
  getNullableType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isListType,
  isObjectType,
} from "graphql";
import { type PublicError } from "../core/publicError.ts";
import { isRequired, type Shape, type Variables } from "./shape.ts";

export type Path = readonly (string | number)[];

export interface LocatedError extends PublicError {
  readonly path?: Path | undefined;
}

type Json = Record<string, unknown>;

/** A path while it grows: each step knows the one before it. */
interface Step {
  readonly before: Step | null;
  readonly key: string | number;
}

interface Completing {
  readonly schema: GraphQLSchema;
  readonly variables: Variables;
  /** Where something that may not be null is, so that what holds it became null too. */
  readonly nulled: Step[];
}

/**
 * Makes of what the planner's runtime put together the answer that GraphQL promises, in place:
 * - null where a value is missing, and where something is missing that may not be null, null in the nearest place that may be;
 * - no `__typename` that was not asked for;
 * - an error at most once for each path, and for each null that it caused.
 * `unexplained` makes the error for what is missing with no error to say why: an entity that one subgraph names and its owner does not know.
 */
export function completeAnswer(
  {
    schema,
    type,
    shape,
    variables,
  }: {
    readonly schema: GraphQLSchema;
    readonly type: GraphQLObjectType;
    readonly shape: Shape;
    readonly variables: Variables;
  },
  given: { readonly data: Json; readonly errors: readonly LocatedError[] },
  unexplained: (path: Path) => LocatedError,
): { readonly data: Json | null; readonly errors: readonly LocatedError[] } {
  const completing: Completing = { schema, variables, nulled: [] };
  const data = completeObject(completing, type, shape, given.data, null);
  if (completing.nulled.length === 0 && given.errors.length === 0) return { data, errors: [] };
  const errors = [...given.errors];
  // Of an answer that is null as a whole, one error is explanation enough: a fetch that failed took what was beside it along.
  const toExplain = data === null && errors.length > 0 ? [] : completing.nulled;
  for (const nulled of toExplain) {
    const path = pathOf(nulled);
    if (!errors.some((error) => startsWith(error.path ?? [], path) || startsWith(path, error.path ?? []))) {
      errors.push(unexplained(path));
    }
  }
  return { data, errors: onceEach(inOrder(errors), data) };
}

/** The object, or null when something in it is missing that may not be. */
function completeObject(
  completing: Completing,
  declared: GraphQLOutputType,
  shape: Shape,
  object: Json,
  path: Step | null,
): Json | null {
  const type = isObjectType(declared) ? declared : completing.schema.getType(String(object["__typename"]));
  if (!isObjectType(type)) return null;
  let typenameIsAsked = false;
  for (const field of shape.fieldsOf(completing.schema, type)) {
    if (field.type === undefined) {
      if (field.key === "__typename" && field.isAsked(completing.variables)) typenameIsAsked = true;
      continue;
    }
    if (!field.isAsked(completing.variables)) continue;
    const value = object[field.key];
    const isMissing = value === undefined || value === null;
    if (field.shape === null) {
      if (!isMissing) continue;
      if (isRequired(field.type)) return null;
      object[field.key] = null;
      continue;
    }
    const here: Step = { before: path, key: field.key };
    const completed = isMissing ? null : complete(completing, field.type, field.shape, value, here);
    if (completed === null && isRequired(field.type)) {
      completing.nulled.push(here);
      return null;
    }
    if (completed !== value) object[field.key] = completed;
  }
  // Not deleted: an object that lost a property is slower to write out, and JSON has no undefined.
  if (!typenameIsAsked && object["__typename"] !== undefined) object["__typename"] = undefined;
  return object;
}

function complete(completing: Completing, type: GraphQLOutputType, shape: Shape, value: unknown, path: Step): unknown {
  const nullable = getNullableType(type);
  if (!isListType(nullable)) return completeObject(completing, nullable, shape, value as Json, path);
  const items = value as unknown[];
  for (const [index, item] of items.entries()) {
    const here: Step = { before: path, key: index };
    const isMissing = item === undefined || item === null;
    const completed = isMissing ? null : complete(completing, nullable.ofType, shape, item, here);
    if (completed === null && isRequired(nullable.ofType)) {
      completing.nulled.push(here);
      return null;
    }
    items[index] = completed;
  }
  return items;
}

function pathOf(step: Step): Path {
  const path: (string | number)[] = [];
  for (let at: Step | null = step; at !== null; at = at.before) path.unshift(at.key);
  return path;
}

function startsWith(path: Path, start: Path): boolean {
  return start.length <= path.length && start.every((key, index) => key === path[index]);
}

/**
 * One error for each path, and of errors that say the same, one for each null they led to; none for what a condition left out of the
 * answer, which the planner may have fetched all the same.
 */
function onceEach(errors: readonly LocatedError[], data: Json | null): readonly LocatedError[] {
  const seen = new Set<string>();
  return errors.filter(({ path, message, extensions }) => {
    const missing = missingOn(path ?? [], data);
    if (missing === undefined) return false;
    const atPath = JSON.stringify(path ?? null);
    const atNull = JSON.stringify([missing, extensions.code, message]);
    if (seen.has(atPath) || seen.has(atNull)) return false;
    seen.add(atPath).add(atNull);
    return true;
  });
}

/**
 * As far along the path as the answer goes: to the null that stands in for what was there. Its first step at least, because each thing
 * asked for has its own reason. Undefined when the path leads to something that was not asked for.
 */
function missingOn(path: Path, data: Json | null): Path | undefined {
  let value: unknown = data;
  for (const [index, key] of path.entries()) {
    if (value === null || typeof value !== "object") return path.slice(0, Math.max(1, index));
    value = (value as Record<string | number, unknown>)[key];
    if (value === undefined) return undefined;
  }
  return path;
}

/** In the order of their paths, whatever answered first. */
function inOrder(errors: readonly LocatedError[]): readonly LocatedError[] {
  return [...errors].sort((one, other) => {
    const [path, otherPath] = [one.path ?? [], other.path ?? []];
    for (const [index, key] of path.entries()) {
      const otherKey = otherPath[index];
      if (otherKey === undefined) return 1;
      if (key === otherKey) continue;
      if (typeof key === "number" && typeof otherKey === "number") return key - otherKey;
      return String(key) < String(otherKey) ? -1 : 1;
    }
    return path.length - otherPath.length;
  });
}
