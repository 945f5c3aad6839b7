import { createFormTokens, type FormTokens } from "./formTokens.ts";
import { createSuggestionLimit, type SuggestionLimit } from "./suggestionLimit.ts";

/** What suggestions need that outlives a visit. */
export interface Suggesting {
  /** A token with which a visitor may propose and do nothing else; null: none is given, and nobody can suggest anything here. */
  readonly token: () => Promise<string | null>;
  readonly formTokens: FormTokens;
  readonly limit: SuggestionLimit;
}

/** What suggestions need in one process; `formKey` is as `createFormTokens` takes it. */
export function suggestingWith(token: Suggesting["token"], formKey: Buffer | null): Suggesting {
  return { token, formTokens: createFormTokens(formKey), limit: createSuggestionLimit() };
}
