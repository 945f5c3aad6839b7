import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { expect, test } from "vitest";
import { readConfig, settingNames, subgraphNames } from "../core/config.ts";
import { startProcess } from "./startProcess.ts";

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
  expect(() => readConfig({ SIGNING_KEY: "secret" })).toThrow(/SIGNING_KEY/);
});

test("an identity provider is refused whose tokens could be anybody's, or that anybody on the way could stand in for", () => {
  const whole = { OIDC_ISSUER: "https://id.example.org", OIDC_AUDIENCE: "common-ground" };
  expect(readConfig(whole).identityProvider).toEqual({
    issuer: "https://id.example.org",
    audience: "common-ground",
    claim: "common_ground",
  });
  expect(() => readConfig({ ...whole, OIDC_AUDIENCE: "" })).toThrow(/OIDC_AUDIENCE/);
  expect(() => readConfig({ ...whole, OIDC_ISSUER: "http://id.example.org" })).toThrow(/OIDC_ISSUER/);
  expect(() => readConfig({ ...whole, OIDC_ISSUER: "http://localhost.example.org" })).toThrow(/OIDC_ISSUER/);
  expect(readConfig({ ...whole, OIDC_ISSUER: "http://localhost:8080/realms/x" }).identityProvider).not.toBeNull();
});

test("an identity provider needs a signing key, where none is made", () => {
  const whole = { OIDC_ISSUER: "https://id.example.org", OIDC_AUDIENCE: "common-ground" };
  const elsewhere = { NEO4J_URI: "bolt://localhost:7687", NEO4J_PASSWORD: "secret" };
  expect(() => readConfig({ ...whole, ...elsewhere })).toThrow(/SIGNING_KEY/);
  const key = "a secret of 32 characters or more";
  expect(readConfig({ ...whole, ...elsewhere, SIGNING_KEY: key }).signingKey).toBe(key);
});

test.for(["trace", "fatal", "silent"])("the gateway starts with as much logged as %s says", async (level) => {
  const gateway = await startProcess("gateway/main.ts", [], {
    ...Object.fromEntries(
      subgraphNames.map((name) => [`SUBGRAPH_${name.toUpperCase()}_URL`, "http://127.0.0.1:1/graphql"]),
    ),
    GATEWAY_CREDENTIAL: "a secret of 32 characters or more",
    PORT: "0",
    LOG_LEVEL: level,
  });
  const { status } = await fetch(`${gateway.url}/livez`);
  const code = await gateway.stop();
  expect({ status, code, says: gateway.said().includes("SIGNING_KEY is not set") }).toEqual({
    status: 200,
    code: 0,
    says: level === "trace",
  });
});
