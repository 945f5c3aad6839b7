// The subgraphs as HTTP services, in one process: what it uses of the processor is counted with that of the gateway that asks.
import { z } from "zod";
import { subgraphNames } from "../../../core/config.ts";
import { listen } from "../../../core/listen.ts";
import { createLog } from "../../../core/log.ts";
import { connectGraph } from "../../../graph/graph.ts";
import { createSubgraphServer } from "../../../subgraphs/serve.ts";
import { createSubgraphs } from "../../../subgraphs/subgraphs.ts";
import { serveContender } from "../../contender.ts";

const { neo4j: server, credential } = z
  .object({
    neo4j: z.object({ uri: z.string(), user: z.string(), password: z.string(), database: z.string() }),
    credential: z.string(),
  })
  .parse(JSON.parse(process.argv[2] ?? "{}"));

const log = createLog("error", "bench");
const graph = connectGraph(server, { log });
const subgraphs = createSubgraphs(graph, { log });
await subgraphs.warmUp();
const services = await Promise.all(
  subgraphNames.map(async (name) => {
    const service = await createSubgraphServer(subgraphs.byName[name], {
      graph,
      log,
      credential,
      operationTimeoutMs: 60_000,
    });
    const { url, close } = await listen(service.fetch, { host: "127.0.0.1", port: 0 });
    return { name, url: `${url}/graphql`, stop: () => close().then(service.stop) };
  }),
);

serveContender(
  () => {
    const { user, system } = process.cpuUsage();
    return Promise.resolve({
      urls: Object.fromEntries(services.map(({ name, url }) => [name, url])),
      cpuMs: (user + system) / 1000,
    });
  },
  async () => {
    await Promise.all(services.map(({ stop }) => stop()));
    await subgraphs.stop();
    await graph.close();
  },
);
