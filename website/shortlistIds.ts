/** So many things a shortlist holds. */
export const mostListed = 25;

/** The ids that a list in an address names, in its order, each once; what is no id is left out. There may be more than a shortlist holds. */
export function idsIn(list: string | null): readonly string[] {
  return [...new Set((list ?? "").split(",").filter((id) => /^[a-z]{3}_[0-9A-Z]{26}$/.test(id)))];
}

/**
 * The shortlist that an address carries: where there is no JavaScript, it travels from page to page as `list`, and is `ids` on its own page. At most as long as a shortlist is.
 */
export function listCarried(query: URLSearchParams): readonly string[] {
  return idsIn(query.get("list") ?? query.get("ids")).slice(0, mostListed);
}
