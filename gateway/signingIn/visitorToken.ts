import type { Tokens } from "../../core/tokens.ts";

/** Longer than a form takes to be looked at, and too short to be of use to whoever comes by it. */
const goodForMs = 60_000;

/** Who proposes what somebody without an account suggests on the website: nobody in particular. */
const visitor = {
  id: "A visitor of the website",
  role: "MAPPER",
  areas: [],
  organisations: [],
  workshops: [],
} as const;

/** Makes tokens with which the website proposes for its visitors, each good for a minute; null where nobody can sign in. */
export function visitorToken(tokens: Tokens | null, clock: () => Date): () => Promise<string | null> {
  return async () => (tokens === null ? null : tokens.sign(visitor, new Date(clock().getTime() + goodForMs)));
}
