// The whole directory in one process, behind an HTTP port: asked in this process, or over HTTP by another.
import { listen } from "../../core/listen.ts";
import type { GraphServer } from "../../graph/graph.ts";
import { serveContender } from "../contender.ts";
import { openDirectory } from "../openDirectory.ts";
import type { Question } from "../questions.ts";
import { type Recorded, recordedGraph } from "../recordedGraph.ts";

export interface DirectorySettings {
  readonly server: GraphServer;
}

/** What may be asked: a question of GraphQL, where the directory listens, or how long each stage of answering takes. */
export type AskedOfDirectory = Question | "url" | { readonly stagesOf: Question };

/** Of one answer, in milliseconds: until the first statement was sent, all walks, what its owners told, and after the last was answered. */
export interface Stages {
  readonly before: number;
  readonly walk: number;
  readonly owners: number;
  readonly after: number;
}

const { server } = JSON.parse(process.argv[2] ?? "") as DirectorySettings;
const sent: Recorded[] = [];
const directory = await openDirectory(server, (graph) => recordedGraph(graph, (recorded) => sent.push(recorded)));
const listening = await listen(directory.gateway.fetch, { host: "127.0.0.1", port: 0 });

async function stagesOf(question: Question): Promise<Stages> {
  const started = performance.now();
  sent.length = 0;
  await directory.ask(question);
  const ended = performance.now();
  const walks = sent.filter(({ statement }) => statement.name.startsWith("walk "));
  const first = Math.min(...sent.map(({ sentAt }) => sentAt));
  const walked = Math.max(...walks.map(({ answeredAt }) => answeredAt));
  const last = Math.max(...sent.map(({ answeredAt }) => answeredAt));
  return { before: first - started, walk: walked - first, owners: last - walked, after: ended - last };
}

serveContender(
  async (question) => {
    const asked = question as AskedOfDirectory;
    if (asked === "url") return listening.url;
    if ("stagesOf" in asked) return stagesOf(asked.stagesOf);
    sent.length = 0;
    return directory.ask(asked);
  },
  async () => {
    await listening.close();
    await directory.close();
  },
);
