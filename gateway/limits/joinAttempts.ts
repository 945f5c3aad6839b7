import type { ApolloServerPlugin } from "@apollo/server";
import { GraphQLError, Kind, OperationTypeNode } from "graphql";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { ErrorCode } from "../../core/errors.ts";
import type { OperationUnderWay } from "../../core/operation.ts";
import type { RequestContext } from "../federation.ts";
import { rootFieldsOf } from "../rootFieldsOf.ts";

/** Several workshops in one building join through one address, with two devices each and a slip of the finger now and then. */
const limit = 100;
const seconds = 600;

export interface JoinAttempts {
  readonly plugin: ApolloServerPlugin<RequestContext>;
  /** To be called before an operation: what stands for the network that it is asked from; null: it is not known. */
  readonly from: (operation: OperationUnderWay, client: string | null) => void;
}

/**
 * Refuses, with 429, to join a workshop for who has tried more than a hundred codes within ten minutes, good ones and others: a code is ten of thirty letters, and nobody is to go through them. Each `joinWorkshop` of an operation
 * counts. It is counted by this process alone, and forgotten after ten minutes.
 */
export function joinAttempts(): JoinAttempts {
  const clients = new WeakMap<OperationUnderWay, string>();
  const attempts = new RateLimiterMemory({ points: limit, duration: seconds });
  return {
    from: (operation, client) => {
      if (client !== null) clients.set(operation, client);
    },
    plugin: {
      requestDidStart: () =>
        Promise.resolve({
          didResolveOperation: async ({ operation, document, contextValue }) => {
            if (operation?.operation !== OperationTypeNode.MUTATION) return;
            const fragments = new Map(
              document.definitions.flatMap((one) =>
                one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [],
              ),
            );
            const joins = rootFieldsOf(operation.selectionSet.selections, fragments).filter(
              ({ name }) => name.value === "joinWorkshop",
            );
            if (joins.length === 0) return;
            try {
              await attempts.consume(clients.get(contextValue.operation) ?? "unknown", joins.length);
            } catch (error) {
              throw error instanceof RateLimiterRes ? tooMany(error.msBeforeNext) : error;
            }
          },
        }),
    },
  };
}

function tooMany(waitMs: number): GraphQLError {
  const retryAfterSeconds = Math.ceil(waitMs / 1000);
  const minutes = Math.ceil(retryAfterSeconds / 60);
  const code: ErrorCode = "RATE_LIMITED";
  return new GraphQLError(
    `Too many codes were tried from where you are. Try again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`,
    {
      extensions: {
        code,
        limit,
        retryAfterSeconds,
        http: { status: 429 },
      },
    },
  );
}
