import type { ApolloServerPlugin } from "@apollo/server";
import { GraphQLError, Kind, type OperationDefinitionNode } from "graphql";
import type { Caller, Scope } from "../../core/caller.ts";
import type { ErrorCode } from "../../core/errors.ts";
import { listInWords } from "../../calendar/listInWords.ts";
import type { RequestContext } from "../federation.ts";
import { has, type Need, needsOf } from "./needs.ts";

/** Who has a scope, in words. */
const holders: Readonly<Record<Scope, readonly string[]>> = {
  RECORD_OUTCOMES: ["an editor", "an admin", "who has the key for recording"],
  PROPOSE: ["a mapper", "an editor", "an admin"],
  EDIT: ["an editor", "an admin"],
  ADMINISTER: ["an admin"],
};

/**
 * Refuses, before it is planned, an operation that asks for what its caller may not, as `@authenticated` and `@requiresScopes` in the supergraph say: with 401 where nobody
 * is signed in, and 403 where somebody is who may not. What may be asked does not depend on variables, and the refusal on nothing but the document and the caller. Questions about
 * the schema need nothing. `canAnybody`: whether there is any way to be signed in. Throws as `needsOf` does.
 */
export function onlyWhoMay(supergraphSdl: string, canAnybody: boolean): ApolloServerPlugin<RequestContext> {
  const needsOfOperation = needsOf(supergraphSdl);
  const known = new WeakMap<OperationDefinitionNode, readonly Need[]>();
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation: ({ operation, document, schema, contextValue }) => {
          if (operation === undefined) return Promise.resolve();
          let needs = known.get(operation);
          if (needs === undefined) {
            const fragments = document.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
            needs = needsOfOperation(schema, fragments, operation);
            known.set(operation, needs);
          }
          const { caller } = contextValue.operation;
          const missing = needs.find((need) => !has(caller, need));
          if (missing !== undefined) throw refusal(missing, caller, canAnybody);
          return Promise.resolve();
        },
      }),
  };
}

function refusal(need: Need, caller: Caller, canAnybody: boolean): GraphQLError {
  const isSomebody = caller.actor !== null || caller.scopes.length > 0;
  const code: ErrorCode = "NOT_ALLOWED";
  return new GraphQLError(sentence(need, isSomebody, canAnybody), {
    extensions: { code, http: { status: isSomebody ? 403 : 401 } },
  });
}

function sentence(need: Need, isSomebody: boolean, canAnybody: boolean): string {
  const field = need.of.split(".").at(-1) ?? need.of;
  if (!canAnybody) {
    return `Nobody may ask for ${field}: whoever runs this directory has set no way to sign in (SIGNING_KEY, OIDC_ISSUER or RECORDING_KEY).`;
  }
  const who = `Only ${whoMay(need)} may ask for ${field}.`;
  return isSomebody ? who : `${who} Send the token or key in the header \`Authorization: Bearer <token>\`.`;
}

function whoMay({ anyOf }: Need): string {
  if (anyOf === null) return "somebody who is signed in";
  const [all = []] = anyOf;
  const [fewest = []] = all.map((scope) => holders[scope]).toSorted((one, other) => one.length - other.length);
  return listInWords(fewest, "or");
}
