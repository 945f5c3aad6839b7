/** What we use of Node's own remover of types, which comes without a description of itself. */
declare module "amaro" {
  /** Replaces the types in a text by blanks. Throws where taking them out would not be enough. */
  export function transformSync(source: string, options: { readonly mode: "strip-only" }): { readonly code: string };
}
