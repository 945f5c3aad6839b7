import {
  BREAK,
  type DocumentNode,
  execute,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  isAbstractType,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  OperationTypeNode,
  visit,
} from "graphql";
import { type CompiledQuery, compileQuery, isCompiledQuery } from "graphql-jit";
import { anybody, type Caller } from "../core/caller.ts";
import type { Log } from "../core/log.ts";
import { publicError, type PublicError } from "../core/publicError.ts";
import type { Graph, Operation } from "../graph/graph.ts";
import type { Subgraph } from "./subgraph.ts";

/** What is asked of a subgraph: a document with one operation, valid against its schema. */
export interface SubgraphRequest {
  readonly document: DocumentNode;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/** An error at one path of the answer; of the whole answer when it has no path. */
export interface AnswerError extends PublicError {
  readonly path?: readonly (string | number)[];
}

/** What a subgraph answers: plain JSON values, and at most one error per path. */
export interface SubgraphAnswer {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly AnswerError[];
}

/** The operation that something is asked for, and who asks; left out: nobody in particular. */
export interface AskedOperation extends Operation {
  readonly caller?: Caller;
}

/** Asks a subgraph. Never rejects: what goes wrong is in the answer. */
export type ExecuteSubgraph = (request: SubgraphRequest, operation: AskedOperation) => Promise<SubgraphAnswer>;

export interface ExecutorOptions {
  readonly graph: Graph;
  readonly log: Log;
  /**
   * How many times a document is interpreted before it is compiled: compiling costs about what seven interpreted runs save, and many
   * documents are never sent twice. 0 compiles at once, Infinity never.
   */
  readonly compileAfter?: number;
}

/**
 * How a subgraph is asked, in this process or behind HTTP: the same function, so that both give the same answers.
 * All that is asked within one Operation (the same object) shares one context, so that loaders batch and remember across fetches.
 */
export function executorOf(subgraph: Subgraph, { graph, log, compileAfter = 1 }: ExecutorOptions): ExecuteSubgraph {
  const { name, schema } = subgraph;
  answerPlainValues(schema);
  keepTypeErrorsIn(schema, name, log);
  const contexts = new WeakMap<Operation, object>();
  const documents = new WeakMap<DocumentNode, { runs: number; compiled: CompiledQuery | null; compilable: boolean }>();

  function contextOf(document: DocumentNode, operation: AskedOperation): object {
    // What a mutation read before it wrote is out of date after.
    const shared = !isMutation(document);
    const existing = shared ? contexts.get(operation) : undefined;
    if (existing !== undefined) return existing;
    const context = subgraph.createContext(graph.within(operation), operation.caller ?? anybody);
    if (shared) contexts.set(operation, context);
    return context;
  }

  function compiledOf(document: DocumentNode): CompiledQuery | null {
    let known = documents.get(document);
    if (known === undefined) {
      // graphql-jit leaves a key with no value where a condition leaves a field out, which is not what graphql-js answers.
      known = { runs: 0, compiled: null, compilable: !isConditional(document) };
      documents.set(document, known);
    }
    if (known.compiled === null && known.compilable && known.runs >= compileAfter) {
      const compiled = compileQuery(schema, document, undefined, { disablingCapturingStackErrors: true });
      if (isCompiledQuery(compiled)) known.compiled = compiled;
      else known.compilable = false;
    }
    known.runs += 1;
    return known.compiled;
  }

  return async ({ document, variables }, operation) => {
    try {
      const contextValue = contextOf(document, operation);
      const compiled = compiledOf(document);
      const { data = null, errors } = (await (compiled === null
        ? execute({ schema, document, contextValue, variableValues: variables ?? {} })
        : compiled.query(undefined, contextValue, variables ?? {}))) as ExecutionResult;
      if (errors === undefined || errors.length === 0) return { data };
      const asked = { log, requestId: operation.requestId, where: `subgraph ${name}` };
      return { data: entitiesInPlace(data, variables), errors: oneErrorPerPath(errors, asked) };
    } catch (error) {
      return {
        data: null,
        errors: [publicError(error, { log, requestId: operation.requestId, where: `subgraph ${name}` })],
      };
    }
  };
}

/** The first error of each path: graphql-jit adds that a field cannot be null to the reason why it is. */
function oneErrorPerPath(
  errors: readonly GraphQLError[],
  asked: { readonly log: Log; readonly requestId: string; readonly where: string },
): AnswerError[] {
  const byPath = new Map<string, AnswerError>();
  for (const error of errors) {
    const key = JSON.stringify(error.path ?? null);
    if (byPath.has(key)) continue;
    byPath.set(key, {
      ...publicError(error.originalError ?? error, asked),
      ...(error.path === undefined ? {} : { path: error.path }),
    });
  }
  return [...byPath.values()];
}

/** graphql-jit appends a null for an entity that failed, wherever it stood: each entity is put back where it was asked for. */
function entitiesInPlace(data: ExecutionResult["data"], variables: SubgraphRequest["variables"]) {
  const entities: unknown = data?.["_entities"];
  const representations = variables?.["representations"];
  if (!data || !Array.isArray(entities) || !Array.isArray(representations)) return data ?? null;
  return { ...data, _entities: representations.map((_, index) => (entities[index] as unknown) ?? null) };
}

/**
 * Makes scalars answer what JSON has, where they would answer an object with a `toJSON`, such as a Date: the planner copies answers
 * field by field, which empties such objects, and over HTTP they would arrive as their JSON anyway.
 */
function answerPlainValues(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isScalarType(type) || isSpecifiedScalarType(type)) continue;
    const serialize = type.serialize.bind(type);
    type.serialize = (value) => {
      const plain = serialize(value) as { toJSON?: () => unknown } | null;
      return typeof plain?.toJSON === "function" ? plain.toJSON() : plain;
    };
  }
}

/** Keeps what a type resolver throws within its field: in compiled execution it would end the process. */
function keepTypeErrorsIn(schema: GraphQLSchema, name: string, log: Log): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isAbstractType(type) || !type.resolveType) continue;
    const resolveType = type.resolveType.bind(type);
    type.resolveType = (...values) => {
      try {
        return resolveType(...values);
      } catch (error) {
        log.error({ where: `subgraph ${name}, type ${type.name}`, err: error }, "a fault of ours");
        return undefined;
      }
    };
  }
}

function isMutation(document: DocumentNode): boolean {
  return document.definitions.some(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION && definition.operation === OperationTypeNode.MUTATION,
  );
}

function isConditional(document: DocumentNode): boolean {
  let conditional = false;
  visit(document, {
    Directive: () => {
      conditional = true;
      return BREAK;
    },
  });
  return conditional;
}
