import type { Config } from "../core/config.ts";
import { CodedError } from "../core/errors.ts";
import { connectGraph, type Graph } from "../graph/graph.ts";
import { startLocalNeo4j } from "../graph/local/startLocalNeo4j.ts";
import { migrate } from "../graph/migrate.ts";

const aDayMs = 24 * 60 * 60_000;

/**
 * Hands a migrated graph to `use`, in the Neo4j of the settings or else in the local one, and closes it after, however that ended. Statements end
 * when `signal` fires; `name` is what Neo4j's own log knows them by. Tells on stderr what takes time. Returns what `use` returns.
 *
 * Throws an Error of one sentence when Neo4j cannot be started or does not answer; otherwise as `migrate` and `use` do.
 */
export async function withGraph<Result>(
  config: Config,
  { name, signal }: { readonly name: string; readonly signal: AbortSignal },
  use: (graph: Graph) => Promise<Result>,
): Promise<Result> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const local = config.server === null ? await startLocalNeo4j({ ...config.local, report: say }) : null;
  const server = config.server ?? local;
  if (server === null) throw new Error("There is no Neo4j to load into.");
  const graph = connectGraph(server);
  try {
    const interruptible = graph.within({ signal, deadline: Date.now() + aDayMs, requestId: name });
    await migrate(interruptible, { report: say });
    return await use(interruptible);
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== "UNAVAILABLE") throw error;
    throw new Error(`Neo4j at ${server.uri} does not answer. See that it runs and that NEO4J_URI is right.`, {
      cause: error,
    });
  } finally {
    await graph.close();
    await local?.stop();
  }
}
