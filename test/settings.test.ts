import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { expect, test } from "vitest";
import { readConfig, settingNames } from "../core/config.ts";

/** .env.example with every setting uncommented: name and value, which is empty where there is no default. */
const described = parseEnv(
  readFileSync(join(import.meta.dirname, "..", ".env.example"), "utf8").replace(/^#([A-Z0-9_]+=)/gm, "$1"),
);

test("every setting is described in .env.example, and no other", () => {
  expect(Object.keys(described).sort()).toEqual([...settingNames].sort());
});

test("the defaults that .env.example gives are the defaults", () => {
  expect(readConfig(described)).toEqual(readConfig({}));
});

test("a wrong setting is refused by its name, and with all others that are wrong", () => {
  expect(() => readConfig({ PORT: "http", NEO4J_URI: "localhost" })).toThrow(/PORT[^]*NEO4J_URI|NEO4J_URI[^]*PORT/);
});

test("a Neo4j without its password is refused before anything starts", () => {
  expect(() => readConfig({ NEO4J_URI: "bolt://localhost:7687" })).toThrow(/NEO4J_PASSWORD/);
});

test("subgraphs elsewhere are refused without the credential that they would ask for", () => {
  expect(() => readConfig({ SUBGRAPH_GROUPS_URL: "http://localhost:4001/graphql" })).toThrow(/GATEWAY_CREDENTIAL/);
});

test("a credential or a key that could be guessed is refused", () => {
  expect(() => readConfig({ GATEWAY_CREDENTIAL: "secret" })).toThrow(/GATEWAY_CREDENTIAL/);
  expect(() => readConfig({ RECORDING_KEY: "secret" })).toThrow(/RECORDING_KEY/);
});
