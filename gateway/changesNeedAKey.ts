import type { ApolloServerPlugin } from "@apollo/server";
import { GraphQLError, OperationTypeNode } from "graphql";
import { anybody, type Caller } from "../core/caller.ts";
import type { PublicError } from "../core/publicError.ts";
import { isSecret } from "../core/secret.ts";
import type { RequestContext } from "./federation.ts";

/** What somebody is told whose key is none of ours, whatever they ask: they believe they may do what they may not. */
export const wrongKey: PublicError = {
  message:
    "This key is not one of this directory's. Ask whoever runs it for the right one, or leave the Authorization header out: reading needs no key.",
  extensions: { code: "NOT_ALLOWED" },
};

/** Who asks, by the key that they show (null: none); null for a key that is not ours. `recordingKey` null: there is none. */
export function callerWith(key: string | null, recordingKey: string | null): Caller | null {
  if (key === null) return anybody;
  return recordingKey !== null && isSecret(key, recordingKey) ? { scopes: ["RECORD_OUTCOMES"], actor: null } : null;
}

/**
 * Refuses every mutation of a caller who may do nothing beyond reading, before it is planned. What in particular a caller may do is checked by whoever does it.
 * `isThereAKey`: whether anybody may.
 */
export function changesNeedAKey(isThereAKey: boolean): ApolloServerPlugin<RequestContext> {
  const message = isThereAKey
    ? "Only who has the key for recording may do this: send it in the header `Authorization: Bearer <key>`."
    : "Nobody may do this: whoever runs this directory has set no key for recording (RECORDING_KEY).";
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ operation, contextValue }) => {
          if (operation?.operation !== OperationTypeNode.MUTATION || contextValue.operation.caller.scopes.length > 0) {
            return Promise.resolve();
          }
          throw new GraphQLError(message, { extensions: { code: "NOT_ALLOWED", http: { status: 401 } } });
        },
      }),
  };
}
