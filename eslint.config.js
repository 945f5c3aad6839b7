import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import js from "@eslint/js";
import graphqlEslint from "@graphql-eslint/eslint-plugin";
import { makeExecutableSchema } from "@graphql-tools/schema";
import { Kind, parse, printSchema } from "graphql";
import tseslint from "typescript-eslint";

const environment =
  "Only an entry point reads the environment, and hands it to core/config.ts: all else is given its settings, typed.";

/** Where a process begins: it may read the environment, and speak to whoever started it. */
const entryPoints = [
  // What a child process needs of the environment (PATH, HOME) is no setting of ours, and passes through.
  "graph/local/childEnvironment.ts",
  "*/main.ts",
  "*/*Main.ts",
  "codegen.ts",
  "vitest.config.ts",
  "test/globalSetup.ts",
  "test/processes/**",
];

/** What composition knows by itself, and a schema of plain GraphQL has to be told. */
const federation = parse(`
  directive @key(fields: String!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE
  directive @shareable repeatable on FIELD_DEFINITION | OBJECT
  directive @external on FIELD_DEFINITION | OBJECT
  directive @requires(fields: String!) on FIELD_DEFINITION
  directive @provides(fields: String!) on FIELD_DEFINITION
  directive @override(from: String!, label: String) on FIELD_DEFINITION
  directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ENUM | ENUM_VALUE | SCALAR | INPUT_OBJECT | INPUT_FIELD_DEFINITION | ARGUMENT_DEFINITION
  directive @tag(name: String!) repeatable on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ENUM | ENUM_VALUE | SCALAR | INPUT_OBJECT | INPUT_FIELD_DEFINITION | ARGUMENT_DEFINITION | SCHEMA
  directive @authenticated on FIELD_DEFINITION | OBJECT | INTERFACE | ENUM | SCALAR
  directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | ENUM | SCALAR
  directive @cost(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
  directive @link(url: String!, as: String, import: [String]) repeatable on SCHEMA
`);

/**
 * All that is written by hand, as one schema: a subgraph's file alone does not say what its shared types are, nor what another subgraph
 * knows of a type. Each subgraph by itself is checked by composition.
 */
function wholeSchema() {
  const entriesOf = (folder) => readdirSync(join(import.meta.dirname, folder), { withFileTypes: true });
  const files = [
    ...entriesOf("subgraphs").flatMap((entry) =>
      entry.isDirectory() ? [`subgraphs/${entry.name}/schema.graphql`] : [],
    ),
    ...entriesOf("schema/shared").map(({ name }) => `schema/shared/${name}`),
  ];
  const documents = files.map((file) => {
    const { definitions, ...document } = parse(readFileSync(join(import.meta.dirname, file), "utf8"));
    return { ...document, definitions: definitions.filter(({ kind }) => kind !== Kind.SCHEMA_EXTENSION) };
  });
  return printSchema(makeExecutableSchema({ typeDefs: [federation, ...documents] }));
}

export default tseslint.config(
  {
    ignores: [
      "**/*.generated.ts",
      "schema/*.graphql",
      "graph/local/lib/",
      "coverage/",
      ".data/",
      ".test-data/",
      // A package of its own that is installed when it is first run: until then nothing is known of its types, and each of their uses is an error.
      "bench/peers/",
      "ide/dist/",
    ],
  },
  {
    files: ["**/*.{ts,tsx,js,mjs}"],
    extends: [js.configs.recommended],
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "no-console": "error",
      "no-restricted-properties": ["error", { object: "process", property: "env", message: environment }],
      "no-restricted-imports": [
        "error",
        {
          paths: [
            { name: "process", importNames: ["env"], message: environment },
            { name: "node:process", importNames: ["env"], message: environment },
          ],
        },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector: "ExportDefaultDeclaration",
          message: "Export it by name: then it is called the same wherever it is used.",
        },
        {
          selector: "TSEnumDeclaration",
          message: "Node strips types and cannot run an enum: a union of strings says the same.",
        },
      ],
    },
  },
  {
    files: ["**/*.ts"],
    ignores: ["ide/**"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/consistent-type-exports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      // The compiler refuses comparisons that cannot hold, and knows graphql's kinds, which are an enum there, by their names.
      "@typescript-eslint/no-unsafe-enum-comparison": "off",
      // The driver names its plain option objects as classes.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
    },
  },
  {
    // A package of its own, installed when it is first built: `check:ide` knows its types, and this what can be seen without them.
    files: ["ide/**/*.{ts,tsx}"],
    extends: [tseslint.configs.strict],
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
    },
  },
  {
    // An answer is whatever came back: a test that looks for the wrong thing in it fails by itself.
    files: ["test/**"],
    rules: {
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  { files: entryPoints, rules: { "no-console": "off", "no-restricted-properties": "off" } },
  {
    files: [
      "*.config.{ts,js}",
      "ide/vite.config.ts",
      "ide/src/packages.d.ts",
      ".dependency-cruiser.mjs",
      "test/globalSetup.ts",
    ],
    rules: { "no-restricted-syntax": "off" },
  },
  {
    files: ["subgraphs/*/schema.graphql", "schema/shared/*.graphql"],
    plugins: { "@graphql-eslint": graphqlEslint },
    languageOptions: {
      parser: graphqlEslint.parser,
      parserOptions: { graphQLConfig: { schema: wholeSchema() } },
    },
    rules: {
      ...graphqlEslint.configs["flat/schema-recommended"].rules,
      ...graphqlEslint.configs["flat/schema-relay"].rules,
      "@graphql-eslint/require-description": [
        "error",
        {
          types: true,
          DirectiveDefinition: true,
          FieldDefinition: true,
          InputValueDefinition: true,
          EnumValueDefinition: true,
          // Their meaning is Relay's: a description could only repeat the name. Root types are where to begin, and not a thing.
          ignoredSelectors: [
            "FieldDefinition[name.value=/^(id|edges|node|cursor|pageInfo)$/]",
            "ObjectTypeDefinition[name.value=/^(Query|Mutation|Subscription)$/]",
            // Its owner describes it, and nobody else may (test/schema.test.ts): which of them owns it, a file cannot tell.
            "ObjectTypeDefinition:has(Directive[name.value=key])",
          ],
        },
      ],
      // How a type is known in a subgraph that does not own it is told to the reader of its file, and not to clients.
      "@graphql-eslint/no-hashtag-description": "off",
      // Much of what an asset has is a value, such as its cost: nothing that could be asked for by itself.
      "@graphql-eslint/strict-id-in-types": "off",
      // Lists are read forwards only, short bounded ones are plain lists, and an edge may lead to a relationship.
      "@graphql-eslint/relay-arguments": ["error", { includeBoth: false }],
      "@graphql-eslint/relay-edge-types": [
        "error",
        { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false },
      ],
      "@graphql-eslint/no-scalar-result-type-on-mutation": "error",
      "no-restricted-syntax": [
        "error",
        {
          selector:
            "Directive[name.value=deprecated] > Argument[name.value=reason] > StringValue:not([value=/\\d{4}-\\d{2}-\\d{2}/])",
          message: "Say what to use instead, and the day it will be removed: 2027-06-30.",
        },
        {
          selector:
            "ObjectTypeDefinition[name.value=Query] > FieldDefinition > Name.name[value=/^(get|list|find)[A-Z]/]",
          message: "Name what it returns: `groups` rather than `listGroups`.",
        },
      ],
    },
  },
);
