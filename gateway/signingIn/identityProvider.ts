import { createHmac } from "node:crypto";
import { createRemoteJWKSet, customFetch, errors, jwtVerify, type JWTVerifyGetKey } from "jose";
import { z } from "zod";
import { actorRoles } from "../../core/caller.ts";
import type { IdentityProviderSettings } from "../../core/config.ts";
import { CodedError } from "../../core/errors.ts";
import type { Log } from "../../core/log.ts";
import type { SignedIn } from "../../core/tokens.ts";

/** An OpenID provider, as somebody's own organisation runs it. */
export interface IdentityProvider {
  readonly issuer: string;
  /** Who is signed in with a token of it, at `now`; null for one that is not good. Throws CodedError UNAVAILABLE when the provider's keys cannot be had. */
  readonly verify: (token: string, now: Date) => Promise<SignedIn | null>;
}

/** Those with two keys: with a shared one, whoever can check a token could make one. */
const algorithms = ["RS256", "PS256", "ES256", "EdDSA"];

const clockToleranceSeconds = 30;
const longestWaitMs = 3000;
/** So long is not asked again whoever could not be reached. */
const waitAfterFailureMs = 5000;
/** So long the provider's keys are not asked for again because of a token whose key is unknown. */
const defaultCooldownMs = 30_000;

const Discovered = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });

const Ids = z.array(z.string().min(1).max(100)).max(100).readonly().default([]);

const Granted = z.object({
  role: z
    .string()
    .transform((role) => role.toUpperCase())
    .pipe(z.enum(actorRoles)),
  areas: Ids,
  organisations: Ids,
});

const Claims = z.looseObject({ sub: z.string().min(1), exp: z.number() });

/**
 * Signs people in with tokens (JWT) of the OpenID provider at `issuer`. Its keys are fetched when they are first needed, and again for a token whose key is not among them.
 * An actor's id is made of issuer and subject with `actorKey`: it stands for the same person and does not tell who that is. `cooldownMs` left out: half a minute.
 */
export function identityProvider(
  { issuer, audience, claim }: IdentityProviderSettings,
  {
    actorKey,
    log,
    cooldownMs = defaultCooldownMs,
  }: { readonly actorKey: string; readonly log: Log; readonly cooldownMs?: number },
): IdentityProvider {
  let failedAt = -Infinity;
  let finding: Promise<JWTVerifyGetKey> | undefined;

  async function reach(url: string, options: RequestInit): Promise<Response> {
    if (performance.now() - failedAt < Math.min(waitAfterFailureMs, cooldownMs)) {
      throw new Error("It did not answer a moment ago.");
    }
    try {
      const response = await fetch(url, options);
      if (!response.ok) throw new Error(`It answered ${response.status}.`);
      return response;
    } catch (error) {
      failedAt = performance.now();
      log.error({ err: error }, "the identity provider (OIDC_ISSUER) does not answer");
      throw error;
    }
  }

  async function find(): Promise<JWTVerifyGetKey> {
    const response = await reach(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`, {
      redirect: "error",
      signal: AbortSignal.timeout(longestWaitMs),
    });
    const found = Discovered.parse(await response.json());
    if (found.issuer !== issuer) {
      log.error("what is at OIDC_ISSUER says that it is another issuer");
      throw new Error("It is another issuer.");
    }
    return createRemoteJWKSet(new URL(found.jwks_uri), {
      timeoutDuration: longestWaitMs,
      cooldownDuration: cooldownMs,
      [customFetch]: reach,
    });
  }

  const keyOf: JWTVerifyGetKey = async (header, token) => {
    try {
      finding ??= find();
      let keys;
      try {
        keys = await finding;
      } catch (error) {
        finding = undefined;
        throw error;
      }
      return await keys(header, token);
    } catch (error) {
      // The keys are there, and this token's is none of them.
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      throw new CodedError(
        "UNAVAILABLE",
        "Who you are cannot be checked at the moment, because the service that you sign in with does not answer. Try again shortly. Reading needs no signing in.",
      );
    }
  };

  return {
    issuer,
    verify: async (token, now) => {
      try {
        const { payload } = await jwtVerify(token, keyOf, {
          algorithms,
          issuer,
          audience,
          requiredClaims: ["exp", "sub"],
          clockTolerance: clockToleranceSeconds,
          currentDate: now,
        });
        const { sub, exp, ...claims } = Claims.parse(payload);
        return {
          actor: { id: actorIdOf(issuer, sub, actorKey), ...Granted.parse(claims[claim]), workshops: [] },
          expiresAt: new Date(exp * 1000),
        };
      } catch (error) {
        if (error instanceof CodedError) throw error;
        return null;
      }
    },
  };
}

function actorIdOf(issuer: string, subject: string, key: string): string {
  // Nothing that is signed with this key begins like this, so that the one cannot be had from the other.
  return createHmac("sha256", key)
    .update(JSON.stringify(["actor", issuer, subject]))
    .digest("base64url")
    .slice(0, 22);
}
