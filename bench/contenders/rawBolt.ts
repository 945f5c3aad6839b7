// The statements of a request, sent over Bolt by a bare driver, and their rows read: nothing is understood, checked, joined or written out.
import neo4j from "neo4j-driver";
import type { GraphServer, Parameters } from "../../graph/graph.ts";
import { serveContender } from "../contender.ts";
import { openDirectory } from "../openDirectory.ts";
import type { Question } from "../questions.ts";
import { type Recorded, recordedGraph, wavesOf } from "../recordedGraph.ts";

export interface RawBoltSettings {
  readonly server: GraphServer;
  /** What will be asked: each is asked of a directory in this process first, to learn which statements it sends. */
  readonly questions: readonly Question[];
}

interface Sent {
  readonly text: string;
  readonly parameters: Parameters;
}

const { server, questions } = JSON.parse(process.argv[2] ?? "") as RawBoltSettings;

/** The statements of a question, in groups of those that are sent together. */
async function learn(): Promise<ReadonlyMap<string, readonly (readonly Sent[])[]>> {
  const recorded: Recorded[] = [];
  const directory = await openDirectory(server, (graph) => recordedGraph(graph, (one) => recorded.push(one)));
  try {
    const learnt = new Map<string, readonly (readonly Sent[])[]>();
    for (const question of questions) {
      // The first time Neo4j may plan something, and what is sent together would seem not to be.
      await directory.ask(question);
      recorded.length = 0;
      await directory.ask(question);
      const waves = wavesOf(recorded).map((wave) =>
        wave.map(({ statement: { text }, parameters }) => ({ text, parameters })),
      );
      learnt.set(JSON.stringify(question), waves);
    }
    return learnt;
  } finally {
    await directory.close();
  }
}

const wavesByQuestion = await learn();
const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password), {
  disableLosslessIntegers: true,
  telemetryDisabled: true,
});

async function rowsOf({ text, parameters }: Sent): Promise<readonly unknown[]> {
  const session = driver.session({ database: server.database, defaultAccessMode: neo4j.session.READ });
  try {
    return (await session.run(text, parameters)).records;
  } finally {
    await session.close();
  }
}

serveContender(
  async (question) => {
    const waves = wavesByQuestion.get(JSON.stringify(question));
    if (waves === undefined) throw new Error("Nobody has said that this would be asked.");
    const answers: unknown[] = [];
    for (const wave of waves) answers.push(await Promise.all(wave.map(rowsOf)));
    return answers;
  },
  () => driver.close(),
);
