import { jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { type Actor, actorRoles } from "./caller.ts";

/** Who may be told from a token, and until when. */
export interface SignedIn {
  readonly actor: Actor;
  readonly expiresAt: Date;
}

/** What makes tokens: whoever has one is the actor in it. */
export interface Tokens {
  /** A token that is good until `expiresAt`. Send it as `Authorization: Bearer <token>`. */
  readonly sign: (actor: Actor, expiresAt: Date) => Promise<string>;
}

/** The tokens of this directory itself: for who is invited, and for who joins a workshop with its code. */
export interface OwnTokens extends Tokens {
  /** What they have in `iss`. */
  readonly issuer: string;
  /** Who is signed in with a token, at `now`; null for one that we did not sign, or that is no longer good. */
  readonly verify: (token: string, now: Date) => Promise<SignedIn | null>;
}

/** Who signs them, and whom they are for: no other directory takes them for its own unless it has the same key. */
const ownIssuer = "common-ground";

const algorithm = "HS256";

const Claims = z.object({
  sub: z.string().min(1).max(100),
  exp: z.number(),
  role: z.enum(actorRoles),
  areas: z.array(z.string()).readonly(),
  organisations: z.array(z.string()).readonly(),
  workshops: z.array(z.object({ id: z.string(), generation: z.int() }).readonly()).readonly(),
});

/** Tokens (JWT, HS256) signed with `signingKey`, of 32 characters or more. Who has the key can be anybody. */
export function createTokens(signingKey: string): OwnTokens {
  const key = new TextEncoder().encode(signingKey);
  return {
    issuer: ownIssuer,
    // The actor's id is the subject as it is: we make these ids ourselves, and they tell nothing of anybody.
    sign: ({ id, role, areas, organisations, workshops }, expiresAt) =>
      new SignJWT({ role, areas, organisations, workshops })
        .setProtectedHeader({ alg: algorithm, typ: "JWT" })
        .setIssuer(ownIssuer)
        .setAudience(ownIssuer)
        .setSubject(id)
        .setExpirationTime(Math.floor(expiresAt.getTime() / 1000))
        .sign(key),
    verify: async (token, now) => {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: [algorithm],
          issuer: ownIssuer,
          audience: ownIssuer,
          requiredClaims: ["exp", "sub"],
          currentDate: now,
        });
        const { sub, exp, ...rest } = Claims.parse(payload);
        return {
          actor: {
            id: sub,
            role: rest.role,
            areas: rest.areas,
            organisations: rest.organisations,
            workshops: rest.workshops,
          },
          expiresAt: new Date(exp * 1000),
        };
      } catch {
        // Whatever is wrong with it: whoever sent it is told no more than that.
        return null;
      }
    },
  };
}
