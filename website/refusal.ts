import type { Key } from "./words/en.ts";

/** Why what was sent is not looked at: the status of HTTP that says so, and a sentence for whoever sent it. It has no word of what was sent. */
export class Refusal extends Error {
  readonly status: 400 | 403 | 413 | 415;
  readonly key: Key;

  constructor(status: Refusal["status"], key: Key) {
    super(key);
    this.status = status;
    this.key = key;
  }
}
