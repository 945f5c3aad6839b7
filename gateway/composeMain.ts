import { readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { subgraphNames } from "../core/config.ts";
import { typeDefsOf } from "../subgraphs/subgraph.ts";
import { composeSupergraph } from "./compose.ts";

// `npm run compose` writes what the subgraphs compose to; with `--check` nothing is written, and what is out of date is a failure.
const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const root = join(import.meta.dirname, "..");

async function main(): Promise<void> {
  const { supergraphSdl, apiSdl } = composeSupergraph(
    subgraphNames.map((name) => ({ name, typeDefs: typeDefsOf(name) })),
  );
  const files = [
    { path: join(root, "schema", "supergraph.graphql"), content: supergraphSdl },
    { path: join(root, "schema", "api.graphql"), content: apiSdl },
  ];
  for (const { path, content } of files) {
    const present = await readFile(path, "utf8").catch(() => null);
    if (present === content) continue;
    const name = relative(root, path);
    if (values.check) {
      console.error(`${name} is not what the subgraphs compose to: run \`npm run compose\` and commit what it writes.`);
      process.exitCode = 1;
    } else {
      await writeFile(path, content);
      console.error(`${name} written`);
    }
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
