import type { ApolloServerOptionsWithGateway, BaseContext } from "@apollo/server";
import {
  executeSync,
  getVariableValues,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from "graphql";
import type { Log } from "../core/log.ts";
import type { OperationUnderWay } from "../core/operation.ts";
import { internal, isErrorCode, publicError, timedOut } from "../core/publicError.ts";
import type { SubgraphAnswer } from "../subgraphs/execute.ts";
import { completeAnswer, type LocatedError } from "./completeAnswer.ts";
import { locateErrors } from "./locateErrors.ts";
import { createPlanner, type FetchFrom, type Gather, type Gathered } from "./planner.ts";
import { type PreparedOperation, prepareOperation } from "./prepareOperation.ts";
import type { Variables } from "./shape.ts";
import type { SubgraphConnection } from "./subgraphConnection.ts";
import { toGraphQLErrors } from "./toGraphQLErrors.ts";

export interface RequestContext extends BaseContext {
  readonly operation: OperationUnderWay;
}

/** What an operation shares with its fetches. */
interface Gathering {
  readonly operation: OperationUnderWay;
  /** Resolves when the operation has to end, to what is then answered for every fetch that is missing. */
  readonly cutShort: Promise<SubgraphAnswer>;
}

interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLError[];
}

type Json = Record<string, unknown>;

const nothingInTime: SubgraphAnswer = { data: null, errors: [timedOut] };

/** Once every fetch has ended, putting the rest together takes far less than this; planning may take longer, and is then left behind. */
const graceMs = 100;

/**
 * The subgraphs as one API, for Apollo Server to take as its `gateway`: plans what a client asks, fetches it from those who own it, puts
 * the answer together. `apiSchema` is the API as clients see it, with scalars that check what they are given.
 * Throws, when it is loaded, for a supergraph that names a subgraph with no connection.
 */
export function federation({
  supergraphSdl,
  apiSchema,
  connections,
  log,
}: {
  readonly supergraphSdl: string;
  readonly apiSchema: GraphQLSchema;
  readonly connections: readonly SubgraphConnection[];
  readonly log: Log;
}): ApolloServerOptionsWithGateway<RequestContext>["gateway"] {
  const executeByName = new Map(connections.map(({ name, execute }) => [name, execute]));
  const preparedOperations = new WeakMap<OperationDefinitionNode, PreparedOperation>();

  const fetchFrom: FetchFrom<Gathering> = async (name, request, { operation, cutShort }) => {
    const execute = executeByName.get(name);
    if (execute === undefined) throw new Error(`There is no connection to the subgraph ${name}.`);
    const answer = operation.signal.aborted
      ? nothingInTime
      : await Promise.race([execute(request, operation), cutShort]);
    return answer.errors === undefined && answer.data !== null
      ? answer
      : { data: answer.data, errors: locateErrors(apiSchema, request, answer) };
  };

  async function answerOperation(
    gather: Gather<Gathering>,
    { operation: asked, planned, introspection, shape }: PreparedOperation,
    given: Variables,
    operation: OperationUnderWay,
  ): Promise<Answer> {
    const values = getVariableValues(apiSchema, asked.variableDefinitions ?? [], given, { maxErrors: 10 });
    if (values.errors !== undefined) return { errors: values.errors.map(badVariable) };
    const variables = values.coerced;
    const type = apiSchema.getRootType(asked.operation);
    if (!type) throw new Error(`The API has no ${asked.operation}.`);

    const roots = shape.fieldsOf(apiSchema, type).filter((field) => field.isAsked(variables));
    const gathered: Gathered =
      // With every field left out by a condition there is nothing to plan, which the planner takes for a mistake.
      planned === null || roots.every((field) => field.type === undefined)
        ? {}
        : ((await inTime(gather(planned, given, gatheringOf(operation)), operation)) ?? lateFor(roots));
    const { data, errors } = completeAnswer(
      { schema: apiSchema, type, shape, variables },
      { data: gathered.data ?? {}, errors: (gathered.errors ?? []).map((error) => shown(error, operation)) },
      (path) => {
        log.error(
          { requestId: operation.requestId, path },
          "an entity that one subgraph names is unknown to its owner",
        );
        return { ...internal(operation.requestId), path };
      },
    );
    const aboutSchema =
      introspection === null ? {} : executeSync({ schema: apiSchema, document: introspection, variableValues: given });
    const told = [...toGraphQLErrors(errors, data !== null), ...(aboutSchema.errors ?? [])];
    return {
      data: data === null ? null : inOrderAsked(roots, type, data, aboutSchema.data ?? {}),
      ...(told.length === 0 ? {} : { errors: told }),
    };
  }

  /** An error as it may be shown: ours is, and what the planner's runtime says of its own accord is logged instead. */
  function shown(error: NonNullable<Gathered["errors"]>[number], { requestId }: OperationUnderWay): LocatedError {
    const { message, path, extensions } = error;
    const code = extensions?.["code"];
    return isErrorCode(code)
      ? { message, path, extensions: { ...extensions, code } }
      : { ...publicError(error, { log, requestId, where: "gateway" }), path };
  }

  let loaded: ((schema: { apiSchema: GraphQLSchema; coreSupergraphSdl: string }) => void) | undefined;
  return {
    onSchemaLoadOrUpdate: (callback) => {
      loaded = callback;
      return () => {
        loaded = undefined;
      };
    },
    load: async () => {
      const gather = await createPlanner({ supergraphSdl, subgraphs: [...executeByName.keys()], fetchFrom });
      loaded?.({ apiSchema, coreSupergraphSdl: supergraphSdl });
      return {
        executor: async ({ document, operation: asked, request, context }) => {
          const { operation } = context as RequestContext;
          try {
            let prepared = preparedOperations.get(asked);
            if (prepared === undefined) {
              prepared = prepareOperation(apiSchema, document, asked);
              preparedOperations.set(asked, prepared);
            }
            return (await answerOperation(gather, prepared, request.variables ?? {}, operation)) as object;
          } catch (error) {
            const told = publicError(error, { log, requestId: operation.requestId, where: "gateway" });
            return { data: null, errors: toGraphQLErrors([told], false) };
          }
        },
      };
    },
    stop: () => Promise.resolve(),
  };
}

function gatheringOf(operation: OperationUnderWay): Gathering {
  const cutShort = new Promise<SubgraphAnswer>((resolve) => {
    operation.signal.addEventListener("abort", () => {
      resolve(nothingInTime);
    });
  });
  return { operation, cutShort };
}

/** What is gathered, or null when the operation had to end before there was anything to gather. */
async function inTime(gathering: Promise<Gathered>, { signal }: OperationUnderWay): Promise<Gathered | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    const giveUp = () => {
      timer = setTimeout(resolve, graceMs, null);
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener("abort", giveUp);
  });
  try {
    return await Promise.race([gathering, late]);
  } finally {
    clearTimeout(timer);
  }
}

function lateFor(roots: readonly { readonly key: string }[]): Gathered {
  return { errors: roots.map(({ key }) => ({ ...timedOut, path: [key] })) };
}

/** The answer with its root fields in the order in which they were asked for, those about the schema among them. */
function inOrderAsked(
  roots: readonly { readonly key: string; readonly name: string }[],
  type: GraphQLObjectType,
  data: Json,
  aboutSchema: Json,
): Json {
  return Object.fromEntries(
    roots.map(({ key, name }) => [
      key,
      name === "__typename" ? type.name : name.startsWith("__") ? aboutSchema[key] : data[key],
    ]),
  );
}

/** A variable's value that does not fit its type: the caller's mistake, said at the variable. */
export function badVariable({ message, nodes }: GraphQLError): GraphQLError {
  const [definition] = nodes ?? [];
  const field = definition?.kind === Kind.VARIABLE_DEFINITION ? [definition.variable.name.value] : [];
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    extensions: { code: "BAD_INPUT", field, http: { status: 400 } },
  });
}
