import { decodeJwt } from "jose";
import { anybody, type Caller, callerAs } from "../../core/caller.ts";
import { CodedError } from "../../core/errors.ts";
import { unavailable } from "../../core/publicError.ts";
import { isSecret } from "../../core/secret.ts";
import type { OwnTokens, SignedIn } from "../../core/tokens.ts";
import { type Ask, Refused } from "../askApi.ts";
import { areasBySlug } from "./areasBySlug.ts";
import type { IdentityProvider } from "./identityProvider.ts";

/** How people can be known here; null: not so. */
export interface WaysIn {
  /** The secret of whoever may record what came of referrals. */
  readonly recordingKey: string | null;
  readonly tokens: OwnTokens | null;
  readonly identityProvider: IdentityProvider | null;
}

export const noWayIn: WaysIn = { recordingKey: null, tokens: null, identityProvider: null };

/** Who asks, and until when what they show is good; null: without end. */
export interface Known {
  readonly caller: Caller;
  readonly until: Date | null;
}

export interface Callers {
  /** Whoever shows this token or key; null: whoever shows none. Throws CodedError NOT_ALLOWED for one that is not good, and as `signedIn` does. */
  readonly callerWith: (token: string | null) => Promise<Known>;
  /** Who is signed in with a token; null when it is not good. Throws CodedError UNAVAILABLE when that cannot be found out at the moment. */
  readonly signedIn: (token: string) => Promise<SignedIn | null>;
}

/** What somebody is told whose token or key is not good, whatever is wrong with it: they believe that they may do what they may not. */
export const notOurs =
  "This key or token is not one of this directory's, or is no longer good. Ask whoever runs it for another, or leave it out: reading needs none.";

/** Longer than any token that was meant for us. */
const longestToken = 8192;

/** Knows callers by what they show. `ask` is the API, for the areas that a token names by their slugs. */
export function callersBy(
  { recordingKey, tokens, identityProvider }: WaysIn,
  { ask, clock }: { readonly ask: Ask; readonly clock: () => Date },
): Callers {
  const areaIds = areasBySlug(ask);

  async function verified(token: string): Promise<SignedIn | null> {
    if (token.length > longestToken) return null;
    const issuer = issuerNamedIn(token);
    const by = [tokens, identityProvider].find((one) => one?.issuer === issuer);
    return by ? by.verify(token, clock()) : null;
  }

  async function signedIn(token: string): Promise<SignedIn | null> {
    const known = await verified(token);
    if (known?.actor.role !== "EDITOR") return known;
    try {
      return { ...known, actor: { ...known.actor, areas: await areaIds(known.actor.areas) } };
    } catch (error) {
      // Somebody whose rights are not known is not let in with fewer: what they meant to publish would only be proposed.
      if (error instanceof Refused) throw new CodedError("UNAVAILABLE", unavailable.message, {}, { cause: error });
      throw error;
    }
  }

  return {
    signedIn,
    callerWith: async (token) => {
      if (token === null) return { caller: anybody, until: null };
      if (recordingKey !== null && isSecret(token, recordingKey)) {
        return { caller: { scopes: ["RECORD_OUTCOMES"], actor: null }, until: null };
      }
      const known = await signedIn(token);
      if (known === null) throw new CodedError("NOT_ALLOWED", notOurs);
      return { caller: callerAs(known.actor), until: known.expiresAt };
    },
  };
}

/** Whom a token says it is from. Not to be believed before it is verified; null when it says nothing. */
function issuerNamedIn(token: string): string | null {
  try {
    const { iss } = decodeJwt(token);
    return typeof iss === "string" ? iss : null;
  } catch {
    return null;
  }
}
