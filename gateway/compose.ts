import { composeServices, compositionHasErrors } from "@theguild/federation-composition";
import { buildSchema, type DocumentNode, lexicographicSortSchema, printSchema } from "graphql";

export interface Composed {
  /** What the gateway plans from. */
  readonly supergraphSdl: string;
  /** What clients see: the same API, with nothing in it about who owns what. */
  readonly apiSdl: string;
}

/**
 * Composes subgraphs into one API; the same subgraphs give the same texts, in whatever order they come.
 * Throws one Error that lists everything that keeps them from fitting together.
 */
export function composeSupergraph(
  subgraphs: readonly { readonly name: string; readonly typeDefs: DocumentNode }[],
): Composed {
  const result = composeServices(
    [...subgraphs]
      .sort((one, other) => one.name.localeCompare(other.name, "en"))
      // The URL only has to be there: where a subgraph really is, the configuration says.
      .map(({ name, typeDefs }) => ({ name, typeDefs, url: `http://${name}.subgraph` })),
  );
  if (compositionHasErrors(result)) {
    const reasons = result.errors.map(({ message }) => `- ${message}`).sort();
    throw new Error(`The subgraphs do not compose:\n${reasons.join("\n")}`);
  }
  const api = lexicographicSortSchema(buildSchema(result.publicSdl, { assumeValidSDL: true }));
  return { supergraphSdl: ended(result.supergraphSdl), apiSdl: ended(printSchema(api)) };
}

function ended(text: string): string {
  return `${text.trim()}\n`;
}
