// Our gateway, with its subgraphs elsewhere or in its own process.
import { subgraphNames } from "../../../core/config.ts";
import { createLog } from "../../../core/log.ts";
import { askInProcess } from "../../../gateway/askInProcess.ts";
import { createGateway } from "../../../gateway/gateway.ts";
import { remoteSubgraph } from "../../../gateway/remoteSubgraph.ts";
import { readSchemas } from "../../../schema/readSchemas.ts";
import { serveContender } from "../../contender.ts";
import type { Question } from "../../questions.ts";
import { localSubgraphs } from "./localSubgraphs.ts";
import { gatewaySettings } from "./settings.ts";

const { neo4j: server, urls, credential } = gatewaySettings.parse(JSON.parse(process.argv[2] ?? "{}"));

const log = createLog("error", "bench");
const local = urls === null ? await localSubgraphs(server, log) : null;
const gateway = await createGateway({
  ...(await readSchemas()),
  connections:
    local?.connections ??
    subgraphNames.map((name) => remoteSubgraph({ name, url: urls?.[name] ?? "", credential, log })),
  graph: local?.graph ?? null,
  log,
  operationTimeoutMs: 60_000,
});

serveContender(
  (question) => {
    const { query, variables } = question as Question;
    return askInProcess(gateway, query, variables);
  },
  async () => {
    await gateway.stop();
    await local?.stop();
  },
);
