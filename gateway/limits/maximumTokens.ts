/** The longest page of ours that anybody has written has about 400 tokens; reading stops here, so that a long document costs nothing. */
export const maximumTokens = 2000;

/** Whether this is what graphql-js says of a document with more tokens than allowed: it has no code to know it by. */
export function isTooManyTokens(message: string): boolean {
  return /^Syntax Error: Document contains more tha[nt] \d+ tokens/.test(message);
}
