const key = "common-ground-token";

/**
 * The token to send, from the address (`#token=…`), which then no longer has it, or else kept from before. Null: nobody is signed in. It is kept as long as the tab is open
 * and no longer: the next person at a shared computer is somebody else.
 */
export function takeToken(): string | null {
  const given = /^#token=([^&]+)/.exec(location.hash)?.[1];
  if (given === undefined) return sessionStorage.getItem(key);
  history.replaceState(null, "", `${location.pathname}${location.search}`);
  const token = decoded(given);
  keepToken(token);
  return token;
}

/** Keeps a token for as long as the tab is open; null forgets it, and what was typed into the editor with it. */
export function keepToken(token: string | null): void {
  if (token === null) sessionStorage.clear();
  else sessionStorage.setItem(key, token);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
