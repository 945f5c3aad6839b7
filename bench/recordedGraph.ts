import type { Graph, Parameters, Statement } from "../graph/graph.ts";

/** A statement that was sent, when, and when it was answered, in milliseconds as `performance.now`. */
export interface Recorded {
  readonly statement: Statement;
  readonly parameters: Parameters;
  readonly sentAt: number;
  readonly answeredAt: number;
}

/** What the directory reads by itself from time to time, which is no part of any request. */
const inBackground = new Set(["vocabularyRows", "namedAreas", "density"]);

/** A graph that tells of every statement that answered, apart from what is read in the background. */
export function recordedGraph(graph: Graph, onAnswer: (recorded: Recorded) => void): Graph {
  async function recorded<Rows>(
    statement: Statement,
    parameters: Parameters,
    send: () => Promise<Rows>,
  ): Promise<Rows> {
    const sentAt = performance.now();
    const rows = await send();
    if (!inBackground.has(statement.name)) {
      onAnswer({ statement, parameters, sentAt, answeredAt: performance.now() });
    }
    return rows;
  }
  return {
    run: (statement, parameters = {}) => recorded(statement, parameters, () => graph.run(statement, parameters)),
    write: (statement, parameters = {}) => recorded(statement, parameters, () => graph.write(statement, parameters)),
    bookmark: () => graph.bookmark(),
    within: (operation) => recordedGraph(graph.within(operation), onAnswer),
  };
}

/** What was sent, in groups of what was under way together: a group begins with what was sent after one of the last had been answered. */
export function wavesOf(recorded: readonly Recorded[]): readonly (readonly Recorded[])[] {
  const waves: Recorded[][] = [];
  for (const one of recorded.toSorted((a, b) => a.sentAt - b.sentAt)) {
    const last = waves.at(-1);
    if (last === undefined || last.some(({ answeredAt }) => answeredAt <= one.sentAt)) waves.push([one]);
    else last.push(one);
  }
  return waves;
}
