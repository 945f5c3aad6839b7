import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { parse } from "yaml";
import { subgraphNames } from "../core/config.ts";
import { type RunningProcess, startProcess } from "./startProcess.ts";
import { openWorld, type World } from "./world.ts";

// The services of docker-compose.yml as plain processes: the same commands, the same settings, other addresses.

const credential = "shared by the gateway and the subgraphs alone";
const query = `{
  search(text: "loneliness support near Rose Hill", first: 5) {
    totalCount
    edges { node { id name ... on Activity { heldAt { name } } ... on Group { meetsAt { name } } } site { name } why { sentence } }
  }
}`;

let world: World;
let gateway: RunningProcess;
const subgraphs = new Map<string, RunningProcess>();

async function ask(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query }),
  });
}

beforeAll(async () => {
  world = await openWorld();
  const { services } = parse(await readFile(join(import.meta.dirname, "..", "docker-compose.yml"), "utf8"), {
    merge: true,
  }) as { readonly services: Readonly<Record<string, { readonly command: readonly [string, string, ...string[]] }>> };
  const commandOf = (name: string) => {
    const [node, file, ...args] = services[name]?.command ?? ["", ""];
    expect(node).toBe("node");
    return { file, args };
  };
  const { uri, user, password, database } = inject("neo4j");
  const common = { PORT: "0", GATEWAY_CREDENTIAL: credential, OPERATION_TIMEOUT_MS: "60000" };
  await Promise.all(
    subgraphNames.map(async (name) => {
      const { file, args } = commandOf(name);
      const running = await startProcess(file, args, {
        ...common,
        NEO4J_URI: uri,
        NEO4J_USER: user,
        NEO4J_PASSWORD: password,
        NEO4J_DATABASE: database,
      });
      subgraphs.set(name, running);
    }),
  );
  const { file, args } = commandOf("gateway");
  gateway = await startProcess(file, args, {
    ...common,
    ...Object.fromEntries(
      Array.from(subgraphs, ([name, { url }]) => [`SUBGRAPH_${name.toUpperCase()}_URL`, `${url}/graphql`]),
    ),
  });
}, 300_000);

afterAll(async () => {
  await gateway.stop();
  await Promise.all(Array.from(subgraphs.values(), (subgraph) => subgraph.stop()));
  await world.close();
});

test("a gateway and five subgraphs, each a process of its own, answer as one process does", async () => {
  const response = await ask(gateway.url);
  expect(response.status).toBe(200);
  expect(await response.text()).toBe(await world.bytesOf(query));
});

test("a gateway of services is ready when all of them are", async () => {
  expect((await fetch(`${gateway.url}/readyz`)).status).toBe(200);
});

test("a subgraph refuses who does not know the gateway's credential", async () => {
  const url = subgraphs.get("groups")?.url ?? "";
  expect((await ask(url)).status).toBe(401);
  expect((await ask(url, { authorization: "Bearer something else of 32 characters" })).status).toBe(401);
});

test("when a subgraph is gone, what the others know is still answered, with one coded error for each path", async () => {
  await subgraphs.get("groups")?.stop();
  const response = await ask(gateway.url);
  const { data, errors } = (await response.json()) as {
    data: { search: { edges: { node: { id: string; name: string } | null; why: { sentence: string } }[] } };
    errors: { message: string; path: (string | number)[]; extensions: { code: string } }[];
  };
  const { edges } = data.search;
  expect(edges.some(({ node }) => node?.name === "Tea & Chat at Rose Hill")).toBe(true);
  expect(edges.every(({ why }) => why.sentence !== "")).toBe(true);
  expect(errors.length).toBeGreaterThan(0);
  expect(new Set(errors.map(({ path }) => JSON.stringify(path))).size).toBe(errors.length);
  for (const error of errors) {
    expect(error.extensions.code).toBe("UNAVAILABLE");
    expect(JSON.stringify(error)).not.toMatch(/127\.0\.0\.1|ECONNREFUSED|groups|stack/i);
  }
  expect((await fetch(`${gateway.url}/readyz`)).status).toBe(503);
});
