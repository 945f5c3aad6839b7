import { createHmac, randomBytes } from "node:crypto";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

const most = 5;
const withinSeconds = 600;

export interface Allowance {
  readonly isAllowed: boolean;
  /** In seconds, until there is more. */
  readonly waitSeconds: number;
  /** The same, for programs. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Counts one suggestion of whoever `client` stands for; null: it is not known, and all such are counted together. */
export type SuggestionLimit = (client: string | null) => Promise<Allowance>;

/** Five suggestions in ten minutes. Whose they were is kept in this process's memory alone, for as long, and so that no address can be read from it. */
export function createSuggestionLimit(): SuggestionLimit {
  const key = randomBytes(32);
  const limiter = new RateLimiterMemory({ points: most, duration: withinSeconds });
  return async (client) => {
    const who = createHmac("sha256", key)
      .update(client ?? "")
      .digest("base64url");
    const { isAllowed, left } = await counted(limiter, who);
    const waitSeconds = Math.max(1, Math.ceil(left.msBeforeNext / 1000));
    return {
      isAllowed,
      waitSeconds,
      headers: {
        "ratelimit-limit": String(most),
        "ratelimit-remaining": String(left.remainingPoints),
        "ratelimit-reset": String(waitSeconds),
        ...(isAllowed ? {} : { "retry-after": String(waitSeconds) }),
      },
    };
  };
}

async function counted(limiter: RateLimiterMemory, who: string) {
  try {
    return { isAllowed: true, left: await limiter.consume(who) };
  } catch (error) {
    if (error instanceof RateLimiterRes) return { isAllowed: false, left: error };
    throw error;
  }
}
