import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { diff } from "@graphql-inspector/core";
import { buildSchema, parse, print, visit } from "graphql";

// `npm run publish:api` promises the API as it is now, under the version in package.json: from then on, test/schema.test.ts refuses what
// would break it for those who use it. Prints what is new since the last promise, and what no longer holds.
const root = join(import.meta.dirname, "..");
const path = join(root, "schema", "published.graphql");

const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { readonly version: string };
const api = await readFile(join(root, "schema", "api.graphql"), "utf8");
const published = await readFile(path, "utf8").catch(() => null);

if (published !== null) {
  for (const { criticality, message } of await diff(buildSchema(published), buildSchema(api))) {
    if (!/description/i.test(message)) console.error(`${criticality.level}: ${message}`);
  }
}

// What something is called and takes is promised, and not the words it is described in.
const promised = visit(parse(api), {
  enter: (node) => ("description" in node ? { ...node, description: undefined } : undefined),
});
await writeFile(
  path,
  `# The API as promised in version ${version}, written by \`npm run publish:api\`.\n\n${print(promised)}\n`,
);
