declare const brand: unique symbol;

/** Cypher text made by the tag below: the only text the graph runs. */
export type Cypher = string & { readonly [brand]: "Cypher" };

/**
 * Cypher, put together from literals and other Cypher alone. A value cannot enter the text: the compiler refuses a string here, so
 * values travel as parameters.
 */
export function cypher(text: TemplateStringsArray, ...fragments: readonly Cypher[]): Cypher {
  return String.raw({ raw: text.raw }, ...fragments) as Cypher;
}
