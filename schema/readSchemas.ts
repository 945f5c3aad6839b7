import { readFile } from "node:fs/promises";
import { join } from "node:path";

const read = (name: string) => readFile(join(import.meta.dirname, name), "utf8");

/** The composed schemas as they are committed, for `createGateway`. Throws when one cannot be read. */
export async function readSchemas(): Promise<{ readonly supergraphSdl: string; readonly apiSdl: string }> {
  return { supergraphSdl: await read("supergraph.graphql"), apiSdl: await read("api.graphql") };
}
