import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { settingNames, subgraphNames } from "../core/config.ts";

const root = join(import.meta.dirname, "..");

const Service = z.object({
  image: z.string(),
  build: z.string().optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ test: z.array(z.string()).optional(), disable: z.boolean().default(false) }),
  networks: z.array(z.string()),
  ports: z.array(z.string()).default([]),
  read_only: z.boolean().default(false),
  cap_drop: z.array(z.string()).default([]),
  security_opt: z.array(z.string()),
});

const Compose = z.object({
  services: z.record(z.string(), Service),
  networks: z.record(z.string(), z.object({ internal: z.boolean().default(false) }).nullable()),
});

const { services, networks } = Compose.parse(
  parse(readFileSync(join(root, "docker-compose.yml"), "utf8"), { merge: true }),
);
const dockerfile = readFileSync(join(root, "Dockerfile"), "utf8");

function service(name: string) {
  const found = services[name];
  if (found === undefined) throw new Error(`docker-compose.yml has no service "${name}"`);
  return found;
}

const ours = Object.entries(services).filter(([name]) => name !== "neo4j");

test("every subgraph has a container that serves it", () => {
  expect(Object.keys(services).sort()).toEqual([...subgraphNames, "gateway", "neo4j", "seed"].sort());
  for (const name of subgraphNames) expect(service(name).command).toEqual(["node", "subgraphs/main.ts", name]);
});

test("the gateway asks every subgraph where its container is, and never Neo4j", () => {
  const { environment } = service("gateway");
  for (const name of subgraphNames) {
    expect(environment[`SUBGRAPH_${name.toUpperCase()}_URL`]).toBe(`http://${name}:4000/graphql`);
  }
  expect(Object.keys(environment).filter((setting) => setting.startsWith("NEO4J"))).toEqual([]);
});

test("containers are given only settings that there are", () => {
  for (const [name, { environment }] of ours) {
    for (const setting of Object.keys(environment)) expect(settingNames, `of ${name}`).toContain(setting);
  }
});

test("secrets come from the environment, and nothing starts without them", () => {
  for (const name of [...subgraphNames, "gateway"]) {
    expect(service(name).environment["GATEWAY_CREDENTIAL"]).toMatch(/^\$\{GATEWAY_CREDENTIAL:\?/);
  }
  for (const name of [...subgraphNames, "seed"]) {
    expect(service(name).environment["NEO4J_PASSWORD"]).toMatch(/^\$\{NEO4J_PASSWORD:\?/);
  }
  expect(service("neo4j").environment["NEO4J_AUTH"]).toMatch(/^neo4j\/\$\{NEO4J_PASSWORD:\?/);
});

test("the key that signs people in is given to those who use it, and to nobody else", () => {
  const has = Object.keys(services).filter((name) => "SIGNING_KEY" in service(name).environment);
  expect(has.sort()).toEqual(["gateway", "workshops"]);
});

test("each waits until what it needs is ready", () => {
  expect(service("seed").depends_on).toEqual({ neo4j: { condition: "service_healthy" } });
  for (const name of subgraphNames) {
    expect(service(name).depends_on).toEqual({ seed: { condition: "service_completed_successfully" } });
  }
  expect(service("gateway").depends_on).toEqual(
    Object.fromEntries(subgraphNames.map((name) => [name, { condition: "service_healthy" }])),
  );
});

test("every container that stays says whether it is well", () => {
  for (const [name, { healthcheck }] of Object.entries(services)) {
    expect(healthcheck.disable, name).toBe(name === "seed");
    if (name !== "seed") expect(healthcheck.test?.[0], name).toBe("CMD");
  }
});

test("only the gateway can be reached from outside, and only from this machine", () => {
  for (const [name, { ports, networks: joined }] of Object.entries(services)) {
    expect(ports, name).toEqual(name === "gateway" ? ["127.0.0.1:${PORT:-4000}:4000"] : []);
    expect(joined, name).toEqual(name === "gateway" ? ["inner", "outer"] : ["inner"]);
  }
  expect(networks["inner"]?.internal).toBe(true);
});

test("our containers can change nothing of themselves and gain no rights", () => {
  for (const [name, { read_only: readOnly, cap_drop: dropped, security_opt: security }] of ours) {
    expect({ readOnly, dropped, security }, name).toEqual({
      readOnly: true,
      dropped: ["ALL"],
      security: ["no-new-privileges:true"],
    });
  }
  expect(dockerfile).toMatch(/^USER node$/m);
});
