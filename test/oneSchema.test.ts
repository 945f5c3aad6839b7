import { afterAll, beforeAll, expect, test } from "vitest";
import { joiningPage } from "../bench/questions.ts";
import { openOneSchema } from "../bench/oneSchema/openOneSchema.ts";
import { villageSubgraphs } from "../bench/oneSchema/village.ts";
import { createLog } from "../core/log.ts";
import { askInProcess } from "../gateway/askInProcess.ts";
import type { Door } from "../gateway/door.ts";
import { createGateway } from "../gateway/gateway.ts";
import { readSchemas } from "../schema/readSchemas.ts";
import { executorOf } from "../subgraphs/execute.ts";
import { noGraph } from "./fixtures/town.ts";

// What federation costs is measured against one schema (bench/oneSchema): that is a measure of something only while both can be opened, and say the same.

const log = createLog("error", "test");
const operationTimeoutMs = 10_000;

let federated: Door;
let one: Door;
let compiled: Door;

beforeAll(async () => {
  const subgraphs = villageSubgraphs();
  const { supergraphSdl, apiSdl } = await readSchemas();
  const connections = subgraphs.map((subgraph) => ({
    name: subgraph.name,
    execute: executorOf(subgraph, { graph: noGraph, log }),
  }));
  const common = { apiSdl, graph: noGraph, log, operationTimeoutMs };
  federated = await createGateway({ ...common, supergraphSdl, connections });
  one = await openOneSchema(subgraphs, { ...common, isCompiled: false });
  compiled = await openOneSchema(villageSubgraphs(), { ...common, isCompiled: true });
});

afterAll(async () => {
  await Promise.all([federated.stop(), one.stop(), compiled.stop()]);
});

test("a page that joins five subgraphs is the same to the letter from the gateway and from one schema, compiled or not", async () => {
  const { query, variables } = joiningPage("the village");
  const expected = await askInProcess(federated, query, variables);
  const answer = JSON.parse(expected) as {
    errors?: unknown;
    data: { search: { edges: { node: { heldAt?: unknown[] } }[] } };
  };
  expect(answer.errors).toBeUndefined();
  expect(answer.data.search.edges).toHaveLength(20);
  expect(answer.data.search.edges[0]?.node.heldAt).toEqual([
    expect.objectContaining({ address: { streetAddress: "2 High Street", postalCode: null } }),
  ]);
  expect(await askInProcess(one, query, variables)).toBe(expected);
  expect(await askInProcess(compiled, query, variables)).toBe(expected);
});
