import type { ConnectedGraph } from "../graph/graph.ts";
import { migrate } from "../graph/migrate.ts";
import { isEmpty } from "./isEmpty.ts";
import { load } from "./load.ts";
import { readSeed } from "./readSeed.ts";
import { showProgress } from "./showProgress.ts";

/** Makes a graph ready to be asked: migrated, and with the seed in it if nothing was. Tells on stderr what takes time. `now`: from when sessions are laid out. Throws as `migrate` and `load` do. */
export async function prepare(graph: ConnectedGraph, now: Date): Promise<void> {
  await migrate(graph, { report: (line) => process.stderr.write(`${line}\n`) });
  if (!(await isEmpty(graph))) return;
  const progress = showProgress(process.stderr);
  try {
    await load(graph, await readSeed(), { ...progress, now });
  } finally {
    progress.end();
  }
}
