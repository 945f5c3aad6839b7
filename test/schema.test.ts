import { readFileSync } from "node:fs";
import { join } from "node:path";
import { composeServices } from "@apollo/composition";
import { CriticalityLevel, diff, DiffRule } from "@graphql-inspector/core";
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  Kind,
  lexicographicSortSchema,
  parse,
  print,
  printSchema,
} from "graphql";
import { expect, test } from "vitest";
import { z } from "zod";
import { subgraphNames } from "../core/config.ts";
import { composeSupergraph } from "../gateway/compose.ts";
import { typeDefsOf } from "../subgraphs/subgraph.ts";

const root = join(import.meta.dirname, "..");
const committed = (name: string) => readFileSync(join(root, "schema", `${name}.graphql`), "utf8");

const subgraphs = subgraphNames.map((name) => ({ name, typeDefs: typeDefsOf(name) }));
const { supergraphSdl, apiSdl } = composeSupergraph(subgraphs);

/** The lines of an SDL, each with the definition it stands in, and its number where it stands there more than once. */
function linesOf(sdl: string): Set<string> {
  const lines = new Set<string>();
  for (const definition of parse(sdl).definitions) {
    const name = "name" in definition ? definition.name.value : undefined;
    for (const line of print(definition).split("\n")) {
      const entry = `${name ?? "schema"}: ${line.trim()}`;
      let count = 1;
      while (lines.has(count === 1 ? entry : `${entry} (${count})`)) count += 1;
      lines.add(count === 1 ? entry : `${entry} (${count})`);
    }
  }
  return lines;
}

/** What is in one SDL alone: a page of changed lines rather than two schemas to compare by eye. */
function changes(before: string, after: string) {
  const [old, now] = [linesOf(before), linesOf(after)];
  return {
    added: [...now].filter((line) => !old.has(line)),
    removed: [...old].filter((line) => !now.has(line)),
  };
}

test.for([
  ["api", apiSdl],
  ["supergraph", supergraphSdl],
] as const)("the committed %s is what the subgraphs compose to", ([name, composed]) => {
  const advice = `schema/${name}.graphql: run \`npm run compose\`, and commit what it writes`;
  expect(changes(committed(name), composed), advice).toEqual({ added: [], removed: [] });
  expect(composed === committed(name), advice).toBe(true);
});

test("another composer finds no fault, and makes the same API", () => {
  const { schema, errors } = composeServices(subgraphs.map((subgraph) => ({ ...subgraph, url: "" })));
  expect(errors?.map(({ message }) => message) ?? []).toEqual([]);
  const theirs = schema?.toAPISchema().toGraphQLJSSchema();
  if (theirs === undefined) throw new Error("It composed nothing.");
  expect(changes(printSchema(lexicographicSortSchema(theirs)), apiSdl)).toEqual({ added: [], removed: [] });
});

test("what the API promised still holds", async () => {
  const broken = await diff(buildSchema(committed("published")), buildSchema(apiSdl), [
    // It was announced, with what to use instead and from when: that was the promise.
    DiffRule.suppressRemovalOfDeprecatedField,
  ]);
  expect(
    broken
      .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
      .map(({ message, criticality }) => `${message}. ${criticality.reason ?? ""}`),
    "this would break apps. Keep it, and mark it @deprecated; or, if it has to be, raise the version in package.json and run `npm run publish:api`",
  ).toEqual([]);
});

test("each version promises its own API", () => {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));
  expect(committed("published"), "run `npm run publish:api`").toContain(`in version ${version},`);
});

test("everything in the API is described, but for what Relay has named", () => {
  const schema = buildSchema(apiSdl);
  const described: (readonly [string, { readonly description?: string | null | undefined }])[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__") || isSpecifiedScalarType(type)) continue;
    described.push([type.name, type]);
    if (isEnumType(type)) for (const value of type.getValues()) described.push([`${type.name}.${value.name}`, value]);
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) described.push([`${type.name}.${field.name}`, field]);
    }
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      described.push([`${type.name}.${field.name}`, field]);
      for (const argument of field.args) described.push([`${type.name}.${field.name}(${argument.name})`, argument]);
    }
  }
  const named = /^(Query|Mutation|Subscription)$|[.(](id|edges|node|cursor|pageInfo)\)?$/;
  const undescribed = described.filter(([name, { description }]) => !description && !named.test(name));
  expect(undescribed.map(([name]) => name)).toEqual([]);
});

test("a type is described by the subgraph that owns it, and by no other: composition takes any description for the type's own", () => {
  const describedBy = new Map<string, string[]>();
  for (const { name, typeDefs } of subgraphs) {
    for (const definition of typeDefs.definitions) {
      if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
      if (!definition.directives?.some((directive) => directive.name.value === "key")) continue;
      const by = describedBy.get(definition.name.value) ?? [];
      describedBy.set(definition.name.value, definition.description === undefined ? by : [...by, name]);
    }
  }
  expect(Object.fromEntries(describedBy)).toEqual({
    Activity: ["activities"],
    Area: ["places"],
    Change: ["workshops"],
    Condition: ["directory"],
    Group: ["groups"],
    Organisation: ["organisations"],
    Pathway: ["pathways"],
    Place: ["places"],
    Referrer: ["pathways"],
    Session: ["activities"],
    Workshop: ["workshops"],
  });
});
