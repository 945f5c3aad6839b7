import type { ApolloServerPlugin } from "@apollo/server";
import { GraphQLError, OperationTypeNode } from "graphql";
import type { OperationUnderWay } from "../../core/operation.ts";
import { badVariable, type RequestContext } from "../federation.ts";
import { type AskedByQuery, asQuery } from "./asQuery.ts";

export interface Subscriptions {
  /** Goes last among the plugins: what the others refuse is not subscribed to. */
  readonly plugin: ApolloServerPlugin<RequestContext>;
  /** To be called before an operation that is asked of the stream: what it subscribes to, once it was let through. */
  readonly expect: (operation: OperationUnderWay) => Expected;
}

export interface Expected {
  /** Null as long as nothing was let through. */
  asked: AskedByQuery | null;
}

/**
 * Has Apollo Server check subscriptions as it does all else, with the same limits and the same refusals, and execute none: what was let through is handed to the stream. Refuses, with 400, a subscription that is
 * not asked of the stream, and whatever else is. `onWritten` is called after every mutation.
 */
export function subscriptions(onWritten: () => void): Subscriptions {
  const expected = new WeakMap<OperationUnderWay, Expected>();
  return {
    expect: (operation) => {
      const expecting: Expected = { asked: null };
      expected.set(operation, expecting);
      return expecting;
    },
    plugin: {
      requestDidStart: () =>
        Promise.resolve({
          didResolveOperation: ({ operation, document, schema, request: { variables }, contextValue }) => {
            if (operation === undefined) return Promise.resolve();
            const expecting = expected.get(contextValue.operation);
            const isSubscription = operation.operation === OperationTypeNode.SUBSCRIPTION;
            if (isSubscription !== (expecting !== undefined)) throw elsewhere(isSubscription);
            if (expecting === undefined) return Promise.resolve();
            const asked = asQuery(schema, document, { operation, given: variables ?? {} });
            const [error] = "errors" in asked ? asked.errors : [];
            if (error !== undefined) throw badVariable(error);
            if (!("errors" in asked)) expecting.asked = asked;
            return Promise.resolve();
          },
          responseForOperation: ({ contextValue, response: { http } }) =>
            Promise.resolve(
              expected.has(contextValue.operation)
                ? { http, body: { kind: "single" as const, singleResult: { data: {} } } }
                : null,
            ),
          willSendResponse: ({ operation }) => {
            if (operation?.operation === OperationTypeNode.MUTATION) onWritten();
            return Promise.resolve();
          },
        }),
    },
  };
}

function elsewhere(isSubscription: boolean): GraphQLError {
  return new GraphQLError(
    isSubscription
      ? "Subscriptions are answered at /graphql/stream, as server-sent events."
      : "Subscriptions alone are answered here. Queries and mutations are at /graphql.",
    { extensions: { code: "BAD_REQUEST", http: { status: 400 } } },
  );
}
