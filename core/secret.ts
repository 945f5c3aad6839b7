import { createHash, timingSafeEqual } from "node:crypto";

/** Whether a text is a secret. How long it takes says nothing of how much of it is right, nor of how long the secret is. */
export function isSecret(given: string, secret: string): boolean {
  // Digests have one length, which comparing asks for.
  return timingSafeEqual(digest(given), digest(secret));
}

/** The token of an `Authorization: Bearer …` header, "" where it has none; null where there is no such header, or one of another scheme. */
export function bearerOf(header: string | undefined): string | null {
  const found = /^Bearer(?: +(.*))?$/i.exec(header ?? "");
  return found === null ? null : (found[1] ?? "");
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
