/**
 * "Monday", "Monday and Friday", "Monday, Wednesday and Friday": without a comma before the last, as GOV.UK writes lists.
 * Nothing for an empty list.
 */
export function listInWords(items: readonly string[], conjunction: "and" | "or" = "and"): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}
