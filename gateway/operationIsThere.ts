import type { ApolloServerPlugin } from "@apollo/server";
import { GraphQLError, Kind } from "graphql";
import type { RequestContext } from "./federation.ts";

/**
 * Refuses, as the caller's mistake, a request whose document has no operation of the name it gives, or several and no name given.
 * Apollo Server leaves that to its gateway, and calls what the gateway says of it a fault of ours.
 */
export const operationIsThere: ApolloServerPlugin<RequestContext> = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ operation, document, request: { operationName } }) => {
        if (operation !== undefined) return Promise.resolve();
        const names = document.definitions.flatMap((one) =>
          one.kind === Kind.OPERATION_DEFINITION && one.name ? [one.name.value] : [],
        );
        const message = operationName
          ? `This document has no operation named "${operationName}".`
          : names.length === 0
            ? "This document has no operation."
            : "This document has several operations: name the one to execute in `operationName`.";
        throw new GraphQLError(message, {
          extensions: { code: "OPERATION_RESOLUTION_FAILURE", http: { status: 400 } },
        });
      },
    }),
};
